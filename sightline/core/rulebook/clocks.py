"""The clocks of a guidance: how long, counted how, and each way of reading an unclear sentence as a visible choice."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once

_QUARTER = 3  # months


class ClockId(StrEnum):
    """Every clock of the guidance: of levels, of risks, of how a group works, and of what it reports."""

    LONG_STAY = "long-stay"
    RECURRENCE = "recurrence"
    REGION_UPDATE = "region-update"
    CHAIRS_UPDATE = "chairs-update"
    LEVEL_REVIEW = "level-review"
    PROFILE_REVIEW = "profile-review"
    SCRUTINY_REPORT = "scrutiny-report"
    MEETING_INTERVAL = "meeting-interval"
    TERMS_REVIEW = "terms-review"
    BUSINESS_CYCLE_REVIEW = "business-cycle-review"
    COVERAGE = "coverage"  # each provider is discussed once in it
    ACTION_REVIEW = "action-review"
    INTEREST_DECLARATION = "interest-declaration"
    RAPID_REVIEW = "rapid-review"


# The clocks that run for a subject at a level; all others run for a group or for the house.
OF_LEVELS = frozenset({
    ClockId.LONG_STAY, ClockId.RECURRENCE, ClockId.REGION_UPDATE, ClockId.CHAIRS_UPDATE, ClockId.LEVEL_REVIEW
})  # fmt: skip
# What the guidance gives no number for, and where none may be laid down (MTG-05).
WITHOUT_NUMBER = frozenset({ClockId.RAPID_REVIEW})


class Unit(StrEnum):
    """In what a clock counts."""

    DAYS = "days"
    MONTHS = "months"
    QUARTERS = "quarters"
    MEETINGS = "meetings"


class Counting(StrEnum):
    """Which quarters count towards a long stay (SUR-08)."""

    ANY_TIME = "any-time"  # the subject was at the level on any day of it
    FULL_QUARTERS = "full-quarters"  # on each day of it


class Quarters(StrEnum):
    """Where a quarter begins (SUR-08). Financial and calendar quarters begin on the same days and differ by name."""

    FINANCIAL = "financial"
    CALENDAR = "calendar"
    FROM_START = "from-start"  # three months at a time from the day the level was entered


class Shorter(StrEnum):
    """Whether a risk that returns sooner than the least of the window counts as recurring (RSK-07)."""

    COUNTS = "counts"
    DOES_NOT_COUNT = "does-not-count"


# Which settings the rules read, at which clock, and what they understand.
SETTINGS: Mapping[ClockId, Mapping[str, type[StrEnum]]] = {
    ClockId.LONG_STAY: {"counting": Counting, "quarters": Quarters},
    ClockId.RECURRENCE: {"shorter": Shorter},
}


class Choice(Entry):
    """One way of reading a sentence."""

    id: Id
    name: Name


class Setting(Entry):
    """A sentence that can be read in several ways, the ways, and the one that is taken."""

    id: Id
    name: Name
    chosen: Id = Field(description="Taken here")
    choices: tuple[Choice, ...] = Field(min_length=2, description="Ways to read it")

    @model_validator(mode="after")
    def _is_one_of_them(self) -> Self:
        only_once("choice", (one.id for one in self.choices))
        if self.chosen not in {one.id for one in self.choices}:
            raise ValueError(f"“{self.id}” takes “{self.chosen}”, which is not among its choices")
        return self


def understood(settings: tuple[Setting, ...], known: Mapping[str, type[StrEnum]], of: str) -> None:
    """This function will raise ValueError unless the settings are those that a rule reads, in words that it knows."""
    if {one.id for one in settings} != set(known):
        asked = ", ".join(f"“{name}”" for name in known) or "none"
        raise ValueError(f"“{of}” has the settings that its rule reads: {asked}")
    for one in settings:
        if strange := {choice.id for choice in one.choices} - {word.value for word in known[one.id]}:
            raise ValueError(f"“{one.id}” offers “{min(strange)}”, which its rule does not understand")


class Clock(Entry):
    """One clock; ``at_most`` closes a window, and no ``levels`` means every level.

    ``stands_in`` names the part of the same guidance that holds its length, where another part does: there it is
    changed, and nowhere twice.
    """

    id: ClockId
    name: Name
    value: int = Field(default=0, ge=0, le=120, description="Length")
    at_most: int | None = Field(default=None, ge=1, le=120, description="At most")
    unit: Unit | None = Field(default=None, description="Counted in")
    stands_in: Id | None = Field(default=None, description="Its length stands in the part")
    is_on: bool = Field(description="Runs")
    levels: tuple[Id, ...] = Field(default=(), description="At")
    says: Words = Field(description="What it counts")
    settings: tuple[Setting, ...] = Field(default=(), description="Read as")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("setting", (one.id for one in self.settings))
        self._has_length()
        if self.at_most is not None and self.at_most < self.value:
            raise ValueError(f"“{self.id.value}”: the window ends before it begins")
        understood(self.settings, SETTINGS.get(self.id, {}), self.id.value)
        if self.id is ClockId.LONG_STAY and self.unit is not Unit.QUARTERS:
            raise ValueError("a long stay is counted in quarters")
        if self.id is ClockId.RECURRENCE and (self.unit is not Unit.MONTHS or self.at_most is None):
            raise ValueError("a recurrence is counted in months, with “at_most”")
        return self

    def _has_length(self) -> None:
        if (self.value > 0) != (self.unit is not None):
            raise ValueError(f"“{self.id.value}”: a length is a number and what is counted: give both, or neither")
        if self.id in WITHOUT_NUMBER and (self.value or self.stands_in):
            raise ValueError(f"“{self.id.value}”: no number may be laid down for it")
        if self.id not in WITHOUT_NUMBER and bool(self.value) == bool(self.stands_in):
            raise ValueError(
                f"“{self.id.value}” has its length here or in another part: give one of “value”, “stands_in”"
            )
        if self.id in OF_LEVELS and self.stands_in:
            raise ValueError(f"“{self.id.value}” has its length here: its rule reads no other part")

    def chosen(self, setting: str) -> str:
        """This function will say which reading of a sentence is taken."""
        return next(one.chosen for one in self.settings if one.id == setting)

    def is_for(self, level: str) -> bool:
        """This function will say whether the clock runs for a subject at a level."""
        return self.id in OF_LEVELS and self.is_on and (not self.levels or level in self.levels)

    @property
    def is_at_each_meeting(self) -> bool:
        """Whether it comes round with every meeting."""
        return self.is_on and (self.value, self.unit) == (1, Unit.MEETINGS)

    def next_after(self, last: date) -> date | None:
        """This function will say when it is due, counted from the day on which it was last done; no day at a meeting."""
        match self.unit:
            case Unit.DAYS:
                return last + timedelta(days=self.value)
            case Unit.MONTHS:
                return later_by(last, self.value)
            case Unit.QUARTERS:
                return later_by(last, self.value * _QUARTER)
            case _:
                return None


class Clocks(Part):
    """Every clock that can be worked out (SUR-07 to SUR-09, RSK-07, LVL-19)."""

    clocks: tuple[Clock, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("clock", (one.id.value for one in self.clocks))
        return self

    def clock(self, clock_id: str) -> Clock | None:
        """This function will find a clock by its id."""
        return next((one for one in self.clocks if one.id == clock_id), None)

    def running(self, clock_id: ClockId) -> Clock | None:
        """This function will find a clock that this guidance has and that is on."""
        found = self.clock(clock_id)
        return found if found is not None and found.is_on else None

    def is_stopped(self, clock_id: ClockId) -> bool:
        """This function will say whether a clock stands here and is off.

        It is for those whose length stands in another part: a guidance without such a clock has not stopped it.
        """
        found = self.clock(clock_id)
        return found is not None and not found.is_on

    def next_due(self, clock_id: ClockId, last: date) -> date | None:
        """This function will say when something is due that was last done on a day; nothing where no clock counts days."""
        found = self.running(clock_id)
        return found.next_after(last) if found else None

    def is_at_each_meeting(self, clock_id: ClockId) -> bool:
        """This function will say whether something comes round with every meeting of a group."""
        found = self.running(clock_id)
        return found is not None and found.is_at_each_meeting


def later_by(day: date, months: int) -> date:
    """This function will give the same day so many months later, or the last one of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


PARTS: Mapping[str, type[Part]] = {"clocks": Clocks}
