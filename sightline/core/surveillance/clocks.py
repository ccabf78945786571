"""What is due about a level by the calendar: a long stay, a risk that returns, a review, an update."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook.circumstances import Condition
from sightline.core.rulebook.clocks import Clock, ClockId, Clocks, Counting, Quarters, Shorter, later_by
from sightline.core.rulebook.levels import REGIONAL, Trigger, Triggers
from sightline.core.surveillance.facts import History

_QUARTER = 3  # months


@dataclass(frozen=True, slots=True)
class LongStay:
    """A stay at a level without a break: since when, the quarters that count so far, and when it becomes long."""

    since: date
    quarters: int
    fires_on: date
    is_long: bool
    source: str


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A risk that came back: after how many whole months, and the triggers of regional involvement that this offers."""

    months: int
    triggers: tuple[Trigger, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due; without a day where it is due at the next meeting."""

    clock: ClockId
    name: str
    due_on: date | None
    is_overdue: bool
    source: str


def quarter_of(clock: Clock, day: date, since: date | None = None) -> date:
    """This function will give the first day of the quarter in which a day falls, as the clock counts (SUR-08)."""
    if clock.chosen("quarters") == Quarters.FROM_START and since is not None:
        whole = 0
        while later_by(since, (whole + 1) * _QUARTER) <= day:
            whole += 1
        return later_by(since, whole * _QUARTER)
    return date(day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, 1)


def long_stay(clock: Clock, history: History, pack: str, on: date) -> LongStay | None:
    """This function will say how long a subject has stayed at the levels of a clock (SUR-07, SUR-08; QSG 2017 ¶126).

    It is long when one quarter more than the value begins. Any level that the clock does not name ends the stay, and
    so does a day under another guidance.
    """
    since = _stays_since(clock, history, pack, on)
    if since is None or not clock.is_on:
        return None
    first = quarter_of(clock, since, since)
    is_whole = clock.chosen("counting") == Counting.FULL_QUARTERS
    if is_whole and first < since:
        first = later_by(first, _QUARTER)
    begun = 0
    while later_by(first, begun * _QUARTER) <= on:
        begun += 1
    fires_on = later_by(first, clock.value * _QUARTER)
    return LongStay(since, max(0, begun - is_whole), fires_on, on >= fires_on, clock.cites)


def recurs(clock: Clock, triggers: Triggers, closed_on: date, returned_on: date) -> Recurrence | None:
    """This function will say whether a risk that returns counts as recurring (RSK-07; NQB risk response 2022, Enhanced).

    Which risk is "the same" the caller says. The window includes its last day; whether a return before it begins
    counts too is a choice of the clock.
    """
    if not clock.is_on or clock.at_most is None or not closed_on <= returned_on <= later_by(closed_on, clock.at_most):
        return None
    months = 0
    while later_by(closed_on, months + 1) <= returned_on:
        months += 1
    if months < clock.value and clock.chosen("shorter") == Shorter.DOES_NOT_COUNT:
        return None
    offered = tuple(one for one in triggers.of(REGIONAL) if one.when is Condition.RECURS)
    return Recurrence(months, offered, clock.cites)


def reviews_due(
    clocks: Clocks, level: str, last: Mapping[ClockId, date], on: date, next_review_on: date | None = None
) -> tuple[Due, ...]:
    """This function will give what falls due at a level, the earliest first: reviews and updates (SUR-09, PRV-04).

    ``last`` says when each was last done or, where it never was, when the level was entered. A day that was set for
    the next review counts before the clock's own.
    """
    skipped = {ClockId.LONG_STAY, ClockId.RECURRENCE}
    found = []
    for clock in clocks.clocks:
        if clock.is_for(level) and clock.id not in skipped:
            is_set = clock.id is ClockId.LEVEL_REVIEW and next_review_on is not None
            day = next_review_on if is_set else clock.next_after(last.get(clock.id, on))
            found.append(Due(clock.id, clock.name, day, day is not None and on > day, clock.cites))
    return tuple(sorted(found, key=lambda one: (one.due_on is None, one.due_on or on, one.clock)))


def _stays_since(clock: Clock, history: History, pack: str, on: date) -> date | None:
    """Since when the subject has been at the levels of the clock without a break; nothing if it is not there now."""
    since: date | None = None
    for one in history.dated:
        if one.since > on:
            break
        is_there = one.pack == pack and (not clock.levels or one.level in clock.levels)
        since = (since or one.since) if is_there else None
    return since
