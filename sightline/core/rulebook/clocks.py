"""The clocks of a guidance: how long, counted how, and each way of reading an unclear sentence as a visible choice."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once


class ClockId(StrEnum):
    """The clocks that rules read."""

    LONG_STAY = "long-stay"
    RECURRENCE = "recurrence"
    REGION_UPDATE = "region-update"
    CHAIRS_UPDATE = "chairs-update"
    LEVEL_REVIEW = "level-review"
    PROFILE_REVIEW = "profile-review"
    SCRUTINY_REPORT = "scrutiny-report"


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


class Clock(Entry):
    """One clock; ``at_most`` closes a window, and no ``levels`` means every level."""

    id: ClockId
    name: Name
    value: int = Field(ge=1, le=120, description="Length")
    at_most: int | None = Field(default=None, ge=1, le=120, description="At most")
    unit: Unit = Field(description="Counted in")
    is_on: bool = Field(description="Runs")
    levels: tuple[Id, ...] = Field(default=(), description="At")
    says: Words = Field(description="What it counts")
    settings: tuple[Setting, ...] = Field(default=(), description="Read as")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("setting", (one.id for one in self.settings))
        if self.at_most is not None and self.at_most < self.value:
            raise ValueError(f"“{self.id.value}”: the window ends before it begins")
        known = SETTINGS.get(self.id, {})
        if {one.id for one in self.settings} != set(known):
            asked = ", ".join(f"“{name}”" for name in known) or "none"
            raise ValueError(f"“{self.id.value}” has the settings that its rule reads: {asked}")
        for one in self.settings:
            strange = {choice.id for choice in one.choices} - {word.value for word in known[one.id]}
            if strange:
                raise ValueError(f"“{one.id}” offers “{min(strange)}”, which its rule does not understand")
        if self.id is ClockId.LONG_STAY and self.unit is not Unit.QUARTERS:
            raise ValueError("a long stay is counted in quarters")
        if self.id is ClockId.RECURRENCE and (self.unit is not Unit.MONTHS or self.at_most is None):
            raise ValueError("a recurrence is counted in months, with “at_most”")
        return self

    def chosen(self, setting: str) -> str:
        """This function will say which reading of a sentence is taken."""
        return next(one.chosen for one in self.settings if one.id == setting)

    def is_for(self, level: str) -> bool:
        """This function will say whether the clock runs at a level."""
        return self.is_on and (not self.levels or level in self.levels)


class Clocks(Part):
    """Every clock about levels that can be worked out (SUR-07 to SUR-09, RSK-07, LVL-19)."""

    clocks: tuple[Clock, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("clock", (one.id.value for one in self.clocks))
        return self

    def clock(self, clock_id: str) -> Clock | None:
        """This function will find a clock by its id."""
        return next((one for one in self.clocks if one.id == clock_id), None)


PARTS: Mapping[str, type[Part]] = {"clocks": Clocks}
