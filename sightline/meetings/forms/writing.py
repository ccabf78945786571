"""What is filled in about a decision in writing: what is put, why it is urgent, what is answered, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from sightline.core.meetings.outside import Answer
from sightline.meetings.forms.planning import LONGEST, ClockField
from sightline.meetings.words import HEARD, RESULT, Heard, Result
from sightline.meetings.writing_given import Said, Source
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose

_ANSWERS = [(Answer.AGREES.value, "I agree"), (Answer.DECLINES.value, "I do not agree")]
_THEIRS = [(Answer.AGREES.value, "They agree"), (Answer.DECLINES.value, "They do not agree")]


def moment_of(on: date, clock: time) -> datetime | None:
    """This function will give a time of a day with its zone; nothing for an hour that the clocks leap over."""
    zone = timezone.get_current_timezone()
    found = datetime.combine(on, clock, zone)
    return found if found.astimezone(UTC).astimezone(zone).time() == clock else None


class MomentForm(forms.Form):
    """A day with a time, given as ``moment``."""

    day_field, clock_field = "day", "clock"

    def clean(self) -> dict[str, Any]:
        """This function will put the day and the time together."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        on, clock = given.get(self.day_field), given.get(self.clock_field)
        if on and clock:
            given["moment"] = moment_of(on, clock)
            if given["moment"] is None:
                self.add_error(
                    self.clock_field, "The clocks go forward over this time. Give one that there is on that day."
                )
        return given


class PutForm(Checked, MomentForm, Keyed):
    """What the members are asked to agree to, and by when."""

    text = Prose(
        label="What are the members asked to agree to?",
        help_text="Word for word: what you write is what is agreed. Say in it what happens if they do not.",
        error_messages={"required": "Write down what the members are asked to agree to, word for word."},
    )
    day = DayField(label="By which day do they answer?", help_text="For example 27 3 2026.")
    clock = ClockField(label="By what time?", initial=time(17), help_text="For example 5pm.")
    field_order = ["text", "day", "clock"]


class UrgentForm(Checked):
    """Why it cannot wait."""

    because = Prose(
        label="Why can it not wait for the next meeting?",
        max_length=LONGEST,
        error_messages={"required": "Say why it cannot wait for the next meeting."},
    )


class AnswerForm(Checked, Keyed):
    """What a member answers: one button, and words where they want to say some."""

    answer = forms.ChoiceField(
        label="What do you answer?",
        choices=_ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree."},
    )
    why = Prose(label="Why? You may leave this empty", required=False, max_length=LONGEST, rows=2)
    is_statutory_holder = forms.BooleanField(
        label="The body that I speak for has the statutory responsibility for this", required=False
    )

    def said(self) -> Said:
        """This function will give the answer as the operation takes it."""
        given = self.cleaned_data
        return Said(Answer(given["answer"]), given["why"], given["is_statutory_holder"])


class HeardForm(MomentForm, AnswerForm):
    """An answer that came by email or telephone."""

    how = forms.ChoiceField(
        label="How did it come?",
        choices=[(one.value, HEARD[one]) for one in (Heard.EMAIL, Heard.TELEPHONE)],
        widget=forms.RadioSelect,
        initial=Heard.EMAIL.value,
    )
    day = DayField(label="On which day did it come?", help_text="For example 27 3 2026.")
    clock = ClockField(label="At what time?", help_text="For example 2.30pm.")
    heard = forms.CharField(
        label="Who took it, and where is it kept?",
        max_length=500,
        help_text="For example: the secretary, in the group’s mailbox.",
        error_messages={"required": "Say who took it, and where it can be looked up."},
    )
    field_order = ["person", "answer", "why", "is_statutory_holder", "how", "day", "clock", "heard"]

    def __init__(self, *args: Any, people: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["person"] = forms.ChoiceField(label="Who answered?", choices=[("", "Choose"), *people.items()])
        self.fields["answer"] = forms.ChoiceField(
            label="What do they answer?", choices=_THEIRS, widget=forms.RadioSelect
        )
        self.fields["why"].label = "Why, in their words? You may leave this empty"
        self.fields[
            "is_statutory_holder"
        ].label = "The body that they speak for has the statutory responsibility for this"
        self.order_fields(self.field_order)

    def person(self) -> UUID:
        """This function will give whose answer it is."""
        return UUID(self.cleaned_data["person"])

    def source(self) -> Source:
        """This function will give how it came as the operation takes it."""
        given = self.cleaned_data
        return Source(Heard(given["how"]), given["moment"], given["heard"])


class ResultForm(Checked):
    """What came of it, as whoever chairs finds."""

    result = forms.ChoiceField(
        label="What came of it?",
        choices=[(one.value, RESULT[one]) for one in (Result.CARRIED, Result.NOT_CARRIED)],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )
    says = Prose(label="Do you want to add anything?", required=False, max_length=LONGEST, rows=2)


class TakeBackForm(Checked):
    """Why a question is taken back."""

    because = Prose(
        label="Why is it taken back?",
        max_length=LONGEST,
        rows=2,
        error_messages={"required": "Say why it is taken back."},
    )
