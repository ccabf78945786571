"""How often a group meets and whether it does, and what its cycle of business has not reached yet."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.meetings.words import day, listed, verb
from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.meeting import Cadence
from sightline.core.verdict import Reason


def months_later(on: date, months: int) -> date:
    """This function will give the same day so many months later, or the last of a shorter month."""
    years, month = divmod(on.month - 1 + months, 12)
    return date(on.year + years, month + 1, min(on.day, monthrange(on.year + years, month + 1)[1]))


class Pace(StrEnum):
    """How a group keeps to its interval."""

    IN_TIME = "in_time"
    NOT_PLANNED = "not_planned"  # the next meeting is due and stands in nobody's calendar
    PLANNED_LATE = "planned_late"
    OVERDUE = "overdue"

    @property
    def is_breach(self) -> bool:
        """Whether the secretariat has something to do (MTG-07)."""
        return self is not Pace.IN_TIME


@dataclass(frozen=True, slots=True)
class Meets:
    """By when a group meets next, and whether it will."""

    pace: Pace
    due_by: date
    last_on: date | None
    next_on: date | None
    remark: Reason | None

    @property
    def words(self) -> str:
        """How it stands, for whoever plans the meetings."""
        if self.remark is not None:
            return self.remark.says
        planned = f"The next meeting is on {day(self.next_on)}" if self.next_on else "The next meeting is planned"
        return f"{planned}; it is due by {day(self.due_by)}."


def pace(
    cadence: Cadence | None, since: date, today: date, held: Iterable[date] = (), planned: Iterable[date] = ()
) -> Meets | None:
    """This function will say by when a group meets next and whether it does; nothing where no interval is laid down.

    It is late where the last meeting is older than the interval, and where the next does not stand within it (MTG-07;
    MTG-01, MTG-02, MTG-03, MTG-04). ``since`` is when the group began, from which its first meeting is counted. A
    meeting called at short notice is never too early (MTG-05, MTG-06).
    """
    if cadence is None:
        return None
    last = max((one for one in held if one <= today), default=None)
    coming = min((one for one in planned if one >= today), default=None)
    due = months_later(last or since, cadence.value)
    found = _pace(due, coming, today)
    return Meets(found, due, last, coming, _remark(found, due, last, coming, cadence))


def _pace(due: date, coming: date | None, today: date) -> Pace:
    if today > due:
        return Pace.OVERDUE
    if coming is None:
        return Pace.NOT_PLANNED
    return Pace.IN_TIME if coming <= due else Pace.PLANNED_LATE


def _remark(found: Pace, due: date, last: date | None, coming: date | None, cadence: Cadence) -> Reason | None:
    """What is to be done, told more strongly where the guidance must be obeyed."""
    since = f"It last met on {day(last)}." if last else "It has not met yet."
    was = "had to" if cadence.force is Force.MUST else "should have"
    match found:
        case Pace.IN_TIME:
            return None
        case Pace.OVERDUE:
            met = "meet" if cadence.force is Force.MUST else "met"
            then = f" The next meeting is on {day(coming)}." if coming else " No meeting is planned."
            says = f"The group {was} {met} by {day(due)}. {since}{then}"
        case Pace.NOT_PLANNED:
            says = f"No meeting is planned. The next is due by {day(due)}. {since}"
        case Pace.PLANNED_LATE:
            assert coming is not None
            says = f"The next meeting, on {day(coming)}, is later than {day(due)}, by when it is due. {since}"
    return Reason(says, f"MTG-07; {cadence.cites}")


def review_due(cadence: Cadence | None, looked_at: date, today: date) -> Reason | None:
    """This function will remind that how often a group meets is looked at again, as a rule once a year (MTG-01, MTG-02)."""
    if cadence is None or cadence.reviewed_every_months is None:
        return None
    due = months_later(looked_at, cadence.reviewed_every_months)
    if today < due:
        return None
    return Reason(f"How often the group meets was to be looked at again by {day(due)}.", cadence.cites)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle of business: within it everybody is to be discussed."""

    begins_on: date
    ends_on: date  # the last day


def cycle_of(begins_on: date, months: int, today: date) -> Cycle:
    """This function will give the cycle in which a day lies, where they follow each other from a first day."""
    number = 0
    while months_later(begins_on, months * (number + 1)) <= today:
        number += 1
    after = months_later(begins_on, months * (number + 1))
    return Cycle(months_later(begins_on, months * number), date.fromordinal(after.toordinal() - 1))


@dataclass(frozen=True, slots=True)
class ToCover:
    """A provider, or a group of providers, that a cycle has to reach."""

    id: str
    name: str
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whom a cycle has reached, who is planned for, and who is neither (MTG-10; QSG 2017 ¶95)."""

    cycle: Cycle
    discussed: tuple[ToCover, ...]
    planned: tuple[ToCover, ...]
    missing: tuple[ToCover, ...]

    @property
    def is_whole(self) -> bool:
        """Whether everybody was discussed or is planned for."""
        return not self.missing

    @property
    def words(self) -> str:
        """How far the cycle has come."""
        every = len(self.discussed) + len(self.planned) + len(self.missing)
        if not every:
            return "There is nobody yet whom the cycle has to reach."
        had, will = len(self.discussed), len(self.planned)
        head = f"{had} of {every} {verb(had, 'was', 'were')} discussed since {day(self.cycle.begins_on)}"
        plan = f"; {will} {verb(will, 'is', 'are')} planned by {day(self.cycle.ends_on)}" if will else ""
        if not self.missing:
            return f"{head}{plan}. Nobody is left out."
        return f"{head}{plan}. Neither discussed nor planned: {listed(one.name for one in self.missing)}."

    @property
    def by_sector(self) -> tuple[tuple[str, int, int], ...]:
        """For each sector how many were discussed or are planned, and of how many; the emptiest first."""
        every = Counter(one.sector for one in (*self.discussed, *self.planned, *self.missing))
        reached = Counter(one.sector for one in (*self.discussed, *self.planned))
        rows = [(sector, reached[sector], count) for sector, count in every.items()]
        return tuple(sorted(rows, key=lambda row: (row[1] / row[2], row[0])))


def coverage(
    cycle: Cycle,
    everyone: Iterable[ToCover],
    discussed: Iterable[tuple[str, date]],
    planned: Iterable[tuple[str, date]] = (),
) -> Coverage:
    """This function will say whom a cycle has not reached: all providers are to be discussed within it (MTG-10).

    A discussion in an earlier cycle does not count, and neither does a plan for a later one.
    """
    had, will = _within(cycle, discussed), _within(cycle, planned)
    found = list(dict.fromkeys(everyone))
    return Coverage(
        cycle,
        tuple(one for one in found if one.id in had),
        tuple(one for one in found if one.id in will and one.id not in had),
        tuple(one for one in found if one.id not in had and one.id not in will),
    )


def _within(cycle: Cycle, days: Iterable[tuple[str, date]]) -> Collection[str]:
    return {id_ for id_, on in days if cycle.begins_on <= on <= cycle.ends_on}
