"""What is filled in about something that was said between meetings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sightline.meetings.words import WAY, Way
from sightline.meetings.writing_given import Spoken
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose


class SpokenForm(Checked, Keyed):
    """Who spoke with whom, when, how, what was said, and what follows."""

    between = forms.CharField(
        label="Who spoke with whom?", max_length=500, help_text="By role and organisation, without a patient’s name."
    )
    held_on = DayField(label="On which day?", help_text="For example 27 3 2026.")
    way = forms.ChoiceField(
        label="How?",
        choices=[(one.value, words) for one, words in WAY.items()],
        widget=forms.RadioSelect,
        initial=Way.CALL.value,
    )
    said = Prose(label="What was said?", error_messages={"required": "Say what was said."})
    follows = Prose(label="What follows from it?", required=False, rows=2)

    def __init__(self, *args: Any, groups: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["group"] = forms.ChoiceField(label="For which group?", choices=list(groups.items()))
        self.order_fields(["group", "between", "held_on", "way", "said", "follows"])

    def spoken(self) -> Spoken:
        """This function will give what was filled in as the operation takes it."""
        given = self.cleaned_data
        return Spoken(given["held_on"], Way(given["way"]), given["between"], given["said"], given["follows"])
