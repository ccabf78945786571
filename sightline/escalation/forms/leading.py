"""The form by which it is recorded who leads. It saves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from sightline.directory.models import Organisation
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Keyed, Prose

LONGEST_REASON = 2_000
FUTURE = "This day is still to come. Give the day on which it was agreed."


class LeadForm(Checked, Keyed):
    """Who leads where several commissioners or systems are concerned (ORG-11)."""

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **given: Any) -> None:
        super().__init__(*args, **given)
        self.bodies = {str(one.pk): one for one in bodies}
        self.fields["organisation"] = Choices(
            label="Who leads?",
            help_text="The coordinating commissioner under the contract, or one board on behalf of all.",
            choices=[(key, one.name) for key, one in self.bodies.items()],
            hints={},
            error_messages={"required": "Choose who leads."},
        )
        self.fields["agreed_on"] = DayField(
            label="When was it agreed?",
            help_text="For example, 31 3 2026.",
            error_messages={"required": "Give the day on which it was agreed."},
        )
        self.fields["agreed_with"] = _words("With which organisations was it agreed?", "Say with whom it was agreed.")
        self.fields["because"] = _words("Why do they lead?", "Say in a sentence why they lead.")

    def clean_agreed_on(self) -> date:
        """This function will refuse a day that is still to come."""
        day: date = self.cleaned_data["agreed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(FUTURE)
        return day

    def chosen(self) -> Organisation:
        """This function will give who is to lead."""
        return self.bodies[self.cleaned_data["organisation"]]


def _words(label: str, says: str) -> Prose:
    return Prose(label=label, max_length=LONGEST_REASON, rows=2, error_messages={"required": says})
