"""What was agreed with a council that cannot come to each meeting. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sightline.directory.words import Sector
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Prose, Ticks

LONGEST = 2_000


class ArrangementForm(Checked):
    """The relationship of chair and council, its way in, and when it is needed; ``sectors`` are names by their ids."""

    relationship = Prose(
        label="Who keeps in touch, the chair with whom, and how often?",
        help_text="By their posts, not their names. Such as: the chair and the director of adult social care, monthly.",
        max_length=LONGEST,
    )
    route = Prose(
        label="By which way do the council’s concerns come to the group, as exceptions?",
        help_text="Such as: the council’s quality team writes to the secretary, who puts it on the next agenda.",
        max_length=LONGEST,
    )
    in_area = forms.BooleanField(label="It is needed when an item is about a provider in its area", required=False)
    words = Prose(
        label="It is needed when the title of an item has one of these words",
        help_text="One in each line. Such as: care home.",
        required=False,
        max_length=LONGEST,
    )
    as_of = DayField(label="On which day was this agreed?", required=False, help_text="Empty for today.")

    def __init__(self, *args: Any, sectors: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["sectors"] = Ticks(
            label="It is needed when an item is about a provider of one of these sectors",
            choices=list(sectors.items()),
            hints={},
            required=False,
        )
        self.order_fields(["relationship", "route", "in_area", "sectors", "words", "as_of"])

    def clean(self) -> dict[str, Any]:
        """This function will give sectors and words as the operation takes them, and ask for at least one of them."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["sectors"] = tuple(Sector(one) for one in given.get("sectors") or ())
        given["words"] = [one.strip() for one in (given.get("words") or "").splitlines() if one.strip()]
        if not (given["sectors"] or given["words"] or given.get("in_area")):
            self.add_error("words", "Say when it is needed: name a sector, a word, or any provider in its area.")
        return given
