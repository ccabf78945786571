"""What a group agreed to measure, as somebody records it. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Rhythm
from sightline.indicators.operations.agreeing import LONGEST_REASON, Chosen
from sightline.web.fields import DayField

LEFT_OUT = "no"
IN_SET = "yes"  # without a rhythm: an empty choice would be no choice
_CHOICES = [
    (LEFT_OUT, "Not in the set"),
    (IN_SET, "In the set"),
    *((one.value, f"In the set, {one.words}") for one in Rhythm if one),
]


class AgreeForm(forms.Form):
    """A set that begins: its name, its area, and every indicator of the catalogue to choose from."""

    name = forms.CharField(
        label="Name of the set",
        help_text="For example, Core quality metrics. Name no person in it.",
        min_length=2,
        max_length=160,
        error_messages={"required": "Give the set a name."},
    )
    area = forms.ChoiceField(label="Where is it used?", required=False)
    agreed_by = forms.CharField(
        label="Which group or committee agreed it?",
        max_length=200,
        error_messages={"required": "Name the group or committee that agreed the set."},
    )
    agreed_on = DayField(
        label="When was it agreed?",
        help_text="For example, 31 3 2026.",
        error_messages={"required": "Give the day on which it was agreed."},
    )
    because = forms.CharField(
        label="Why these indicators?",
        help_text="Everybody who reads the set sees your reason. Name no patient and no member of staff in it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        error_messages={"required": "Say in a sentence why."},
    )

    def __init__(
        self, *args: Any, catalogue: Sequence[tuple[str, Indicator]], areas: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if "area" in self.fields:
            self.fields["area"].choices = [("", "Everywhere"), *areas]  # type: ignore[attr-defined]  # the stubs know only Field
        self.offered = [indicator.id for _, indicator in catalogue]
        for dimension, indicator in catalogue:
            self.fields[_field(indicator.id)] = forms.ChoiceField(
                label=indicator.name, help_text=dimension, choices=_CHOICES, initial=LEFT_OUT, required=False
            )
        last = ["withdraw", "because"]  # they speak of the indicators above them
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean_agreed_on(self) -> date:
        """This function will refuse a day that is still to come."""
        day: date = self.cleaned_data["agreed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Record the set once it is agreed.")
        return day

    def clean(self) -> dict[str, Any]:
        """This function will refuse a set without indicators."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.chosen and not given.get("withdraw"):
            self.add_error(None, self.nothing_chosen)
        return given

    nothing_chosen = "Choose at least one indicator for the set."

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """What the set is to hold; ask only once the form is checked."""
        picked = {name: self.cleaned_data.get(_field(name)) or LEFT_OUT for name in self.offered}
        return tuple(
            Chosen(name, Rhythm.NONE if word == IN_SET else Rhythm(word))
            for name, word in picked.items()
            if word != LEFT_OUT
        )

    @property
    def given(self) -> dict[str, Any]:
        """What is recorded, as the operation takes it."""
        names = ("name", "area", "agreed_by", "agreed_on", "because")
        return {**{name: self.cleaned_data[name] for name in names}, "chosen": self.chosen}


class ChangeForm(AgreeForm):
    """The next version of a set, made from the one that its writer had before them."""

    name = None  # type: ignore[assignment]  # Django's way to leave a field of the parent out
    area = None  # type: ignore[assignment]  # likewise
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    withdraw = forms.BooleanField(label="The group withdrew the set: it holds no indicators any more", required=False)
    nothing_chosen = "Choose at least one indicator, or say that the group withdrew the set."

    @property
    def given(self) -> dict[str, Any]:
        """What is recorded, as the operation takes it."""
        names = ("agreed_by", "agreed_on", "because", "seen")
        chosen = () if self.cleaned_data["withdraw"] else self.chosen
        return {**{name: self.cleaned_data[name] for name in names}, "chosen": chosen}


def initial_of(rhythms: Mapping[str, str], seen: int) -> dict[str, Any]:
    """This function will fill a form in with what a set holds."""
    return {"seen": seen, **{_field(name): rhythm or IN_SET for name, rhythm in rhythms.items()}}


def _field(indicator: str) -> str:
    return f"i-{indicator}"
