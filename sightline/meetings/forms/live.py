"""What is filled in while a meeting is held: who came, what follows from an interest, what came of an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from sightline.core.meetings.deciding import SORT, Side, Sort
from sightline.core.meetings.interests import MEASURE, Measure
from sightline.directory.models import Organisation
from sightline.groups.queries import MemberOn
from sightline.meetings.forms.planning import LONGEST, ClockField
from sightline.meetings.happening import (
    GUEST,
    STANDS_IN,
    Concluded,
    Stand,
    Telling,
    Voice,
    who_deputises,
    who_sits,
)
from sightline.meetings.words import HOW, How
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose

LONGEST_NOTE = 20_000
_NOW = "Leave it empty for now. For example 2.30pm."
_SIDES = [
    ("", "Not asked"),
    (Side.FOR.value, "For"),
    (Side.AGAINST.value, "Against"),
    (Side.ABSTAINS.value, "Abstains"),
]


class AtForm(forms.Form):
    """The time at which something happened: now, where none is typed."""

    when = ClockField(label="At what time?", required=False, help_text=_NOW)

    def moment(self, on: date) -> datetime | None:
        """This function will give the time on the day of the meeting; nothing for now."""
        typed = self.cleaned_data.get("when")
        return datetime.combine(on, typed, timezone.get_current_timezone()) if typed else None


class ArriveForm(AtForm, Keyed):
    """Somebody who came."""

    visitor = forms.CharField(
        label="Their name",
        max_length=250,
        required=False,
        help_text="Only for somebody who is not on the list.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    how = forms.ChoiceField(
        label="How are they there?",
        choices=[(one.value, words) for one, words in HOW.items()],
        widget=forms.RadioSelect,
        initial=How.IN_ROOM.value,
    )
    has_authority = forms.BooleanField(
        label="Whoever stands in may decide for them",
        required=False,
        initial=True,
        help_text="Without it a deputy does not count for the quorum.",
    )
    field_order = ["who", "visitor", "has_authority", "how", "when"]

    def __init__(self, *args: Any, seats: Sequence[MemberOn], **given: Any) -> None:
        super().__init__(*args, **given)
        self.seats = {str(one.seat): one for one in seats}
        self.fields["who"] = forms.ChoiceField(label="Who came?", choices=[("", "Choose"), *_everybody(seats)])
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """This function will ask for a name where nobody was chosen, and for none where somebody was."""
        given = super().clean() or {}
        seat, person, _ = _parted(given.get("who", ""))
        if given.get("who") and not person and not given.get("visitor"):
            self.add_error("visitor", "Give the name of whoever came.")
        if person and given.get("visitor"):
            self.add_error("visitor", "Give no name here, or choose above that somebody else came.")
        given["seat"], given["person"] = seat, person
        return given

    def given(self) -> Mapping[str, Any]:
        """This function will give who came as the operation takes it, but for the person, who is named by their id."""
        _, _, deputises = _parted(self.cleaned_data["who"])
        return {
            "how": How(self.cleaned_data["how"]),
            "visitor": self.cleaned_data["visitor"],
            "seat": UUID(self.cleaned_data["seat"]) if self.cleaned_data["seat"] else None,
            "deputises": deputises,
            "has_authority": self.cleaned_data["has_authority"] or not deputises,
        }


def _everybody(seats: Sequence[MemberOn]) -> list[tuple[str, str]]:
    sits = [(who_sits(one), f"{one.name} – {one.title}") for one in seats if one.person]
    deputies = [
        (who_deputises(one, deputy.person), f"{deputy.name} – stands in for {one.title}")
        for one in seats
        for deputy in one.deputies
    ]
    others = [(f"{one.seat}::{STANDS_IN}", f"Somebody else – stands in for {one.title}") for one in seats]
    return [*sits, *deputies, (GUEST, "A guest"), *others]


def _parted(choice: str) -> tuple[str, str, bool]:
    """The seat, the person and whether they stand in, as a choice names them."""
    if choice in {"", GUEST}:
        return "", "", False
    seat, _, rest = choice.partition(":")
    person, _, stands_in = rest.partition(":")
    return seat, person, stands_in == STANDS_IN


class StrikeForm(Checked):
    """Why an arrival is struck out."""

    because = Prose(label="What was wrong?", max_length=LONGEST, rows=2)


class TieForm(Keyed):
    """An interest in an item; ``people`` may be chosen by whoever keeps the record."""

    detail = Prose(
        label="What ties you to it?",
        max_length=LONGEST,
        rows=3,
        help_text="A post, shares, a contract, somebody close. Whoever chairs and the secretary read it.",
        error_messages={"required": "Say what it is."},
    )
    field_order = ["person", "detail"]

    def __init__(self, *args: Any, people: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        if len(people) > 1:
            self.fields["detail"].label = "What ties them to it?"
            self.fields["person"] = forms.ChoiceField(label="Whose interest is it?", choices=list(people.items()))
        self.people = people
        self.order_fields(self.field_order)

    def person(self) -> UUID:
        """This function will give whose interest it is."""
        return UUID(self.cleaned_data.get("person") or next(iter(self.people)))


class NothingForm(forms.Form):
    """That somebody has no interest to declare; ``people`` may be chosen by whoever keeps the record."""

    def __init__(self, *args: Any, people: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        if len(people) > 1:
            self.fields["person"] = forms.ChoiceField(label="Who has nothing to declare?", choices=list(people.items()))
        self.people = people

    def person(self) -> UUID:
        """This function will give who it is."""
        return UUID(self.cleaned_data.get("person") or next(iter(self.people)))


class RuleForm(Checked):
    """What follows from an interest."""

    measure = forms.ChoiceField(
        label="What follows from it?",
        choices=[(one.value, words) for one, (words, _) in MEASURE.items()],
        widget=forms.RadioSelect,
    )
    because = Prose(label="Why?", max_length=LONGEST, rows=2, help_text="The minutes give it.")

    def ruled(self) -> Measure:
        """This function will give what follows as the operation takes it."""
        return Measure(self.cleaned_data["measure"])


class NoteForm(Checked):
    """What was said of an item; ``seen`` is the version that the writer had before them."""

    text = Prose(label="What was said?", max_length=LONGEST_NOTE, rows=10, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class CarryForm(Checked, Keyed):
    """Why an item comes again."""

    because = Prose(
        label="Why does it come again?", max_length=LONGEST, rows=2, help_text="For example: there was no time."
    )


@dataclass(frozen=True, slots=True)
class VoiceFields:
    """One voice with its fields, as the page draws them."""

    name: str
    side: BoundField
    more: tuple[BoundField, ...]
    is_open: bool


class OutcomeForm(Checked, AtForm, Keyed):
    """What came of an item, and where each voice stands."""

    text = Prose(
        label="What was decided, or what came of it?",
        max_length=LONGEST,
        help_text="As it was put to the meeting, in words that stand by themselves.",
        error_messages={"required": "Say in a sentence what came of it."},
    )
    only_discussed = forms.BooleanField(label="It was discussed only; nothing was to be decided", required=False)
    sort = forms.ChoiceField(
        label="What sort of decision is it?",
        choices=[(one.value, words) for one, words in SORT.items()],
        widget=forms.RadioSelect,
        initial=Sort.AGREEMENT.value,
    )
    next_steps = Prose(
        label="What comes next?", max_length=LONGEST, rows=2, required=False,
        help_text="Where there was no agreement: what more must be known, and who finds out.",
    )  # fmt: skip

    def __init__(self, *args: Any, voices: Sequence[Voice], bodies: Mapping[UUID, Organisation], **given: Any) -> None:
        super().__init__(*args, **given)
        self.voices, self.bodies = tuple(voices), {str(key): one for key, one in bodies.items()}
        named = sorted(((key, one.name) for key, one in self.bodies.items()), key=lambda pair: pair[1])
        self.fields["taken_by"] = forms.ChoiceField(
            label="Which organisation does it, under its own powers?",
            choices=[("", "None: the members agree among themselves"), *named],
            required=False,
            help_text="A group has no powers of its own.",
        )
        for number, voice in enumerate(self.voices):
            self._ask(number, voice)

    def _ask(self, number: int, voice: Voice) -> None:
        name = voice.name
        self.fields[f"side_{number}"] = forms.ChoiceField(label=f"{name} stands", choices=_SIDES, required=False)
        self.fields[f"reasons_{number}"] = Prose(
            label=f"Why is {name} against?", max_length=LONGEST, rows=2, required=False
        )
        self.fields[f"commits_{number}"] = Prose(
            label=f"What will {name} do itself?", max_length=LONGEST, rows=2, required=False
        )
        self.fields[f"holder_{number}"] = forms.BooleanField(
            label=f"{name} has the statutory responsibility for it", required=False
        )

    def usual(self) -> list[BoundField]:
        """This function will give the fields that are asked of every outcome."""
        return [self[name] for name in ("text", "only_discussed", "sort", "taken_by")]

    def last(self) -> list[BoundField]:
        """This function will give the fields that stand at the end."""
        return [self["next_steps"], self["when"]]

    def stands(self) -> list[VoiceFields]:
        """This function will give the fields of each voice."""
        made = []
        for number, voice in enumerate(self.voices):
            more = tuple(self[f"{name}_{number}"] for name in ("reasons", "commits", "holder"))
            is_open = self[f"side_{number}"].value() == Side.AGAINST.value or any(one.value() for one in more)
            made.append(VoiceFields(voice.name, self[f"side_{number}"], more, is_open))
        return made

    def concluded(self) -> Concluded:
        """This function will give what came of the item as the operation takes it."""
        given = self.cleaned_data
        found = []
        for number, voice in enumerate(self.voices):
            if side := given[f"side_{number}"]:
                reasons, commits, holds = (given[f"{name}_{number}"] for name in ("reasons", "commits", "holder"))
                found.append(Stand(voice.who, voice.name, Side(side), voice.organisation, reasons, commits, holds))
        return Concluded(
            text=given["text"],
            sort=Sort(given["sort"]),
            taken_by=self.bodies.get(given["taken_by"]),
            stands=tuple(found),
            next_steps=given["next_steps"],
            only_discussed=given["only_discussed"],
        )


class TellForm(Checked):
    """Which organisation tells a provider, or why it is not told yet."""

    not_yet = Prose(label="Or why is it not told yet?", max_length=LONGEST, rows=2, required=False)
    review_on = DayField(
        label="When is that looked at again?",
        required=False,
        help_text="Only where it is not told yet. For example 27 3 2026.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    field_order = ["told_by", "not_yet", "review_on"]

    def __init__(self, *args: Any, bodies: Mapping[UUID, Organisation], **given: Any) -> None:
        super().__init__(*args, **given)
        self.bodies = {str(key): one for key, one in bodies.items()}
        named = sorted(((key, one.name) for key, one in self.bodies.items()), key=lambda pair: pair[1])
        self.fields["told_by"] = forms.ChoiceField(
            label="Which organisation tells it what was concluded?", choices=[("", "None yet"), *named], required=False
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """This function will refuse both at once: that it is told, and why it is not."""
        given = super().clean() or {}
        if given.get("told_by") and given.get("not_yet"):
            self.add_error("not_yet", "Choose who tells it, or say why it is not told yet, and not both.")
        return given

    def telling(self) -> Telling:
        """This function will give who tells the provider as the operation takes it."""
        given = self.cleaned_data
        return Telling(self.bodies.get(given["told_by"]), given["not_yet"], given["review_on"])
