"""What is filled in about key points: their words, an answer to what was remarked upon, why they are withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from sightline.publication.giving import Point, Written
from sightline.web.checking import Checked
from sightline.web.fields import Keyed, Prose

SHORTEST, LONGEST, SPARE = 5, 12, 2  # how many points are offered: some to begin with, some more than there are


class SeenForm(forms.Form):
    """Which version somebody had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class WriteForm(Checked, Keyed, SeenForm):
    """The key points of a meeting."""

    opening = Prose(
        label="How it begins",
        help_text="Which group met, when, and who was there by kind. No names of people.",
        max_length=2_000,
    )

    def __init__(self, *given: Any, items: list[tuple[str, str]], points: int, again: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if again:
            self.fields["changed"] = Prose(
                label="What has changed?",
                help_text="The public reads this sentence above the key points.",
                max_length=1_000,
                rows=2,
            )
        choices = [("", "Nothing that is named here"), *items]
        self.count = min(max(points + SPARE, SHORTEST), LONGEST)
        for number in range(1, self.count + 1):
            self.fields[f"point_{number}"] = Prose(
                label=f"Point {number}", max_length=1_000, rows=2, required=number == 1
            )
            self.fields[f"rests_{number}"] = forms.ChoiceField(
                label=f"What point {number} rests on", choices=choices, required=False
            )

    def written(self) -> Written:
        """This function will give what was filled in as the operation takes it; empty points are left out."""
        told = self.cleaned_data
        points = tuple(
            Point(told[f"point_{number}"], UUID(told[f"rests_{number}"]) if told[f"rests_{number}"] else None)
            for number in range(1, self.count + 1)
            if told[f"point_{number}"].strip()
        )
        return Written(told["opening"], points, told.get("changed", ""))


class ClearForm(Checked, SeenForm):
    """An answer to what was remarked upon."""

    answer = Prose(label="Why may what is remarked upon stay?", help_text="This answer is kept and is never public.")

    def __init__(self, *given: Any, asks: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if not asks:
            del self.fields["answer"]


class ReleaseForm(SeenForm):
    """That the version which was seen is released."""


class WithdrawForm(Checked):
    """Why key points are taken back."""

    because = Prose(label="Why are they withdrawn?", help_text="This is kept and is never public.", max_length=1_000)
