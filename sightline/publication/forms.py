"""What is filled in for the public: key points, what a group is for, why either is taken back; and what the public seeks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from sightline.publication.giving import Point, Written
from sightline.publication.queries.public import Sought
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


class ListGroupForm(Checked, Keyed, SeenForm):
    """What the public is told of a group."""

    purpose = Prose(
        label="What is the group for?",
        help_text="One or two sentences for somebody who has never heard of it. Name no provider and nobody.",
        max_length=600,
    )
    tells_days = forms.BooleanField(
        label="Tell the days of its meetings to come",
        required=False,
        help_text="Only the days: no times and no places.",
    )


class UnlistForm(Checked):
    """Why a group is no longer shown to the public."""

    because = Prose(label="Why is it taken off?", help_text="This is kept and is never public.", max_length=1_000)


class FollowForm(forms.Form):
    """An address that is to be told of a group's key points."""

    address = forms.EmailField(
        label="Your e-mail address",
        help_text="We send a letter with a link to it first. Nothing else goes to it until you follow that link.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Give your e-mail address.",
            "invalid": "Give an e-mail address like name@example.org.",
        },
    )


class SearchForm(forms.Form):
    """What somebody of the public seeks; what cannot be understood narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    group = forms.CharField(required=False, max_length=250)
    year = forms.IntegerField(required=False, min_value=1900, max_value=9999)
    page = forms.IntegerField(required=False, min_value=1)

    def sought(self) -> Sought:
        """This function will give what is sought."""
        self.is_valid()
        told = self.cleaned_data
        return Sought(told.get("q", ""), told.get("group", ""), told.get("year"))

    def number(self) -> int:
        """This function will give which page of what was found is asked for, from 1."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1
