"""What a member says of having told their organisation. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from sightline.web.checking import Checked
from sightline.web.fields import DayField, Prose

LONGEST = 2_000


class TellForm(Checked):
    """When an organisation was told what came of a meeting, and what it says; ``seats`` are those for which it is owed."""

    told_on = DayField(label="On which day did you tell it?", help_text="For example 27 3 2026.")
    says = Prose(
        label="What does it say to that?",
        required=False,
        max_length=LONGEST,
        help_text="It goes back into the group: those who keep its papers read it, and bring it to a meeting.",
    )
    field_order = ["seat", "told_on", "says"]

    def __init__(self, *args: Any, seats: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self._only = next(iter(seats)) if len(seats) == 1 else ""
        if not self._only:
            self.fields["seat"] = forms.ChoiceField(
                label="Which organisation did you tell?", choices=list(seats.items())
            )
        self.order_fields(self.field_order)

    def seat(self) -> UUID:
        """This function will give the seat for which it is said."""
        return UUID(self._only or self.cleaned_data["seat"])
