"""What people say of a meeting and of its agenda. Parsed and checked, never saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from sightline.core.meetings.agenda_kinds import PURPOSE, Purpose
from sightline.core.rulebook.meeting import IntakeCheck
from sightline.directory.choosing import CHOSEN, ChoosesSubjects, SubjectWords
from sightline.meetings.giving import Intake, When, Wording
from sightline.meetings.words import MODE, Mode
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose

LONGEST = 2_000
WORDS_OF_WHEN = ("place", "link", "facilitator", "communications", "paired_with")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|noon)?", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIMES = {"noon": time(12), "midday": time(12)}


class ClockField(forms.Field):
    """A time of day, as people write it: 2.30pm, 14:30, 9am, noon."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"class": "nhsuk-input--width-5"}), **given)

    def to_python(self, value: Any) -> Any:
        """This function will read a time of day."""
        if isinstance(value, time):
            return value
        words = str(value or "").strip().lower()
        if not words:
            return None
        found = _CLOCK.fullmatch(words)
        if words in _TIMES:
            return _TIMES[words]
        if found is None:
            raise ValidationError(f"{self.label} must be a time, for example 2.30pm or 14:30.", code="invalid")
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half in {"am", "pm"} and not 1 <= hour <= 12:
            raise ValidationError(f"{self.label} must be a time, for example 2.30pm or 14:30.", code="invalid")
        if half == "pm" and hour < 12:
            hour += 12
        if half == "am" and hour == 12:
            hour = 0
        try:
            return time(hour, minute)
        except ValueError as problem:
            raise ValidationError(f"{self.label} must be a time of the day.", code="invalid") from problem

    def prepare_value(self, value: Any) -> Any:
        """This function will write a time as it may be typed."""
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """This function will compare times, however they are written."""
        return bool(self.prepare_value(initial) != data)


class WhenForm(Checked, Keyed):
    """When and where a meeting is."""

    day = DayField(label="On which day?", help_text="For example 27 3 2026.")
    starts = ClockField(label="When does it begin?", help_text="For example 2.30pm.")
    ends = ClockField(label="When does it end?", help_text="For example 4pm.")
    mode = forms.ChoiceField(
        label="How do people come together?",
        choices=[(one.value, words) for one, words in MODE.items()],
        widget=forms.RadioSelect,
        initial=Mode.HYBRID.value,
    )
    place = forms.CharField(label="Where?", max_length=250, required=False, help_text="The room and the building.")
    link = forms.URLField(
        label="Link to join online",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Members see it on the page of the meeting. It is in no message.",
    )
    facilitator = forms.CharField(
        label="Which organisation provides the room or the virtual space, and the technology?",
        max_length=250,
        required=False,
        help_text="And what is needed to take part, such as a screen or a dial-in number. QSG 2017 ¶87.",
    )
    communications = forms.CharField(
        label="Who coordinates what is said to others about it, where that is needed?",
        max_length=250,
        required=False,
        help_text="By their post, such as: communications lead of the ICB.",
    )
    paired_with = forms.CharField(
        label="Which assurance meeting is held on the same day?",
        max_length=250,
        required=False,
        help_text="Of the ICB, in common with the local authority: it spares a day and brings what was said back soon. "
        "For example: quality committee of the ICB, 2pm. SQG 2022 §2.8.",
    )

    def clean(self) -> dict[str, Any]:
        """This function will give the times with their zone; an hour that the clocks leap over is no time."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        on, starts, ends = given.get("day"), given.get("starts"), given.get("ends")
        if on and starts and ends:
            begins, over = self._moment("starts", on, starts), self._moment("ends", on, ends)
            if begins and over:
                given["when"] = When(
                    begins,
                    over,
                    Mode(given.get("mode") or Mode.HYBRID),
                    **{name: given.get(name, "") for name in WORDS_OF_WHEN},
                )
        return given

    def _moment(self, name: str, on: date, clock: time) -> datetime | None:
        zone = timezone.get_current_timezone()
        found = datetime.combine(on, clock, zone)
        if found.astimezone(UTC).astimezone(zone).time() != clock:
            self.add_error(name, "The clocks go forward over this time. Give one that there is on that day.")
            return None
        return found


class PlanForm(WhenForm):
    """A new meeting of a group."""

    is_extraordinary = forms.BooleanField(label="It is an extraordinary meeting, beside the usual ones", required=False)
    because = Prose(
        label="Why is it called?",
        required=False,
        max_length=LONGEST,
        rows=2,
        help_text="Only for an extraordinary meeting.",
    )
    field_order = ["group", "day", "starts", "ends", "mode", *WORDS_OF_WHEN, "is_extraordinary", "because"]

    def __init__(self, *args: Any, groups: Iterable[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["group"] = forms.ChoiceField(label="Which group meets?", choices=list(groups))
        self.order_fields(self.field_order)


class MoveForm(WhenForm):
    """Another time or place for a meeting."""

    because = Prose(label="Why is it moved?", max_length=LONGEST, rows=2)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(Checked, forms.Form):
    """The end of a meeting before it began."""

    because = Prose(label="Why is it cancelled?", max_length=LONGEST, rows=2)


class WithdrawForm(Checked, forms.Form):
    """That an item comes off the agenda."""

    because = Prose(label="Why is it taken off?", max_length=LONGEST, rows=2, help_text="Whoever brought it will ask.")


class WordingForm(Checked, Keyed):
    """What an item is called and is for; ``people`` may be responsible for it."""

    title = forms.CharField(label="What is it called?", max_length=250)
    why = Prose(
        label="What is it for?",
        required=False,
        max_length=LONGEST,
        help_text="What brings it here, and why it needs this group and not one closer to the point of care.",
    )
    minutes = forms.IntegerField(label="How many minutes?", min_value=1, max_value=480, initial=15)
    purpose = forms.ChoiceField(
        label="Which of the group’s functions does it serve?",
        choices=[(one.value, words) for one, words in PURPOSE.items()],
        widget=forms.RadioSelect,
        initial=Purpose.SHARE.value,
    )
    inequality = Prose(
        label="What does it mean for people who are worse off?",
        required=False,
        max_length=LONGEST,
        rows=2,
        help_text="Who fares worse, as far as is known. “None found” is an answer too.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    field_order = ["title", "why", "minutes", "purpose", "responsible", "inequality"]

    def __init__(self, *args: Any, people: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["responsible"] = forms.ChoiceField(
            label="Who is responsible for it?", choices=[("", "Nobody in particular"), *people.items()], required=False
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """This function will give what was said as one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            given["wording"] = Wording(
                title=given["title"],
                minutes=given["minutes"],
                purpose=Purpose(given["purpose"]),
                why=given["why"],
                responsible=given["responsible"] or None,
                inequality=given["inequality"],
            )
        return given


class ItemForm(ChoosesSubjects, WordingForm):
    """A new item, about a subject or none."""

    subject = SubjectWords(
        label="About whom or what is it?",
        required=False,
        help_text="A provider, a place, a theme. Leave it empty for an item about none.",
    )
    field_order = ["title", "subject", "subject" + CHOSEN, "why", "minutes", "purpose", "responsible", "inequality"]

    def __init__(self, *args: Any, intake: Sequence[IntakeCheck] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self.asked = {f"intake_{one.id}": one.id for one in intake}
        for one in intake:
            self.fields[f"intake_{one.id}"] = forms.ChoiceField(
                label=one.asks, help_text=one.cites, choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
            )
        if intake:
            self.fields["despite"] = Prose(
                label="Why is it brought all the same?",
                required=False,
                max_length=LONGEST,
                rows=2,
                help_text="Only where an answer is no: such a matter is mostly for the organisations themselves.",
            )

    def clean(self) -> dict[str, Any]:
        """This function will ask why an item is brought that does not pass the checks of the guidance."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if any(given.get(name) == "no" for name in self.asked) and not given.get("despite"):
            self.add_error("despite", "Say why it is brought all the same, or leave it to the organisations.")
        return given

    def intake(self) -> Intake:
        """This function will give what was answered as the operation takes it."""
        given = self.cleaned_data
        answers = {question: given[name] == "yes" for name, question in self.asked.items()}
        return Intake(answers, given.get("despite", ""))


class GuestForm(forms.Form):
    """Somebody who is invited to one item."""

    def __init__(self, *args: Any, people: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["person"] = forms.ChoiceField(
            label="Who is invited?", choices=[("", "Choose"), *people.items()], help_text="They read this item alone."
        )


class OrderForm(forms.Form):
    """The items in another order: their ids as they stand, or one of them to be moved up or down."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    order = forms.CharField(widget=forms.HiddenInput, max_length=8_000)
    move = forms.RegexField(r"(up|down):[0-9a-f-]{36}", widget=forms.HiddenInput, required=False)

    def ids(self) -> list[UUID]:
        """This function will give the items in the order that is asked for; whatever is no id is left out."""
        given = [one for one in self.cleaned_data["order"].split(",") if _ID.fullmatch(one)]
        way, _, moved = self.cleaned_data["move"].partition(":")
        if moved in given:
            at = given.index(moved)
            to = max(at - 1, 0) if way == "up" else min(at + 1, len(given) - 1)
            given.insert(to, given.pop(at))
        return [UUID(one) for one in given]
