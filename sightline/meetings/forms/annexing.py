"""What people say beside the note of a meeting: for its annex, who reads that, and to whom the meeting was fed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from sightline.meetings.forms.live import LONGEST_NOTE
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose

WHOLE = "whole"


class AnnexForm(Checked, Keyed):
    """An entry of the annex."""

    text = Prose(label="What is for the annex alone?", max_length=LONGEST_NOTE, rows=6)
    field_order = ["item", "text"]

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["item"] = forms.ChoiceField(
            label="What does it belong to?", choices=[(WHOLE, "The meeting as a whole"), *items]
        )
        self.order_fields(self.field_order)

    def item(self) -> UUID | None:
        """This function will give the item that was chosen, or nothing for the meeting as a whole."""
        chosen = self.cleaned_data["item"]
        return None if chosen == WHOLE else UUID(chosen)


class ReadersForm(forms.Form):
    """Who reads the annex beside those who keep it."""

    def __init__(self, *args: Any, people: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["people"] = forms.MultipleChoiceField(
            label="Who reads the annex beside those who keep the record?",
            choices=list(people.items()),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text="Nobody reads in it of an item that is closed to them.",
        )

    def people(self) -> list[UUID]:
        """This function will give who was chosen."""
        return [UUID(one) for one in self.cleaned_data["people"]]


class FedBackForm(forms.Form):
    """To whom a meeting was fed back, and when."""

    told_on = DayField(label="On which day?", help_text="For example 27 3 2026.")
    field_order = ["to", "told_on"]

    def __init__(self, *args: Any, recipients: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["to"] = forms.ChoiceField(label="To whom was it fed back?", choices=list(recipients))
        self.order_fields(self.field_order)
