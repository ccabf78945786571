"""What is filled in for a hold, and when it is lifted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.directory.choosing import CHOSEN, ChoosesSubjects, SubjectWords
from sightline.directory.models import Organisation
from sightline.records.giving import ToHold
from sightline.web.checking import Checked
from sightline.web.fields import Keyed, Prose


class HoldForm(Checked, ChoosesSubjects, Keyed):
    """Which records are held, why, and who asked for it."""

    subject = SubjectWords(
        label="About whom or what?",
        required=False,
        help_text="Every record that touches it is held. Leave it empty to hold all records of the system.",
    )
    because = Prose(label="Why are they held?", help_text="For example an inquiry, a claim or an inquest.", rows=2)
    asked_by = forms.CharField(
        label="Who asked for it?", max_length=250, help_text="The body or the office. Write “nobody” if it is your own."
    )

    def __init__(self, *args: Any, systems: Sequence[Organisation], **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [(one.code, one.name) for one in systems]
        self.fields["system"] = forms.ChoiceField(label="Of which system?", choices=choices)
        if len(choices) == 1:
            self.fields["system"].initial = choices[0][0]
        self.order_fields(["system", "subject", "subject" + CHOSEN, "because", "asked_by"])

    def to_hold(self) -> ToHold:
        """This function will give what was filled in as the operation takes it."""
        told = self.cleaned_data
        return ToHold(told["system"], told["because"], told["asked_by"], told["form_key"], told["subject"])


class BecauseForm(Checked):
    """Why something is done; ``asks`` is the question."""

    because = Prose(label="Why?", rows=2)

    def __init__(self, *args: Any, asks: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["because"].label = asks
