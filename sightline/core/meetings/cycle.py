"""The plan of a cycle of business: what is drafted for which meeting, how each stands, and for how long a cycle may be agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.meetings.cadence import Cycle, months_later
from sightline.core.meetings.words import few
from sightline.core.rulebook.clocks import Clock, Unit
from sightline.core.verdict import ALLOWED, Verdict, refused

MANY_TOGETHER = 8  # of a sector with more providers than this, all are proposed to be discussed together
LONGEST = 36  # months


class ThemeKind(StrEnum):
    """What a theme is about (MTG-11; QSG 2017 ¶34, ¶94)."""

    POPULATION = "population"
    PROVIDER_TYPE = "provider_type"
    QUALITY_ISSUE = "quality_issue"


THEME_KIND: Mapping[ThemeKind, str] = {
    ThemeKind.POPULATION: "A group of people",
    ThemeKind.PROVIDER_TYPE: "A kind of provider",
    ThemeKind.QUALITY_ISSUE: "An issue of quality",
}


class Covered(StrEnum):
    """How one that a cycle has to reach stands, what needs somebody first."""

    OVERDUE = "overdue"  # planned for a month that is over, and not discussed
    MISSING = "missing"  # neither discussed nor planned
    PLANNED = "planned"
    DISCUSSED = "discussed"


@dataclass(frozen=True, slots=True)
class ToPlan:
    """One that is to be planned: how grave it is, as the rank of its level, and when it was last discussed."""

    id: str
    name: str
    rank: int = 0
    last_on: date | None = None


def covered(cycle: Cycle, today: date, last_on: date | None, planned_in: date | None) -> Covered:
    """This function will say how one stands in a cycle; ``planned_in`` is the first day of the month it is planned for."""
    if last_on is not None and cycle.begins_on <= last_on <= cycle.ends_on:
        return Covered.DISCUSSED
    if planned_in is None or planned_in > cycle.ends_on:
        return Covered.MISSING
    return Covered.OVERDUE if months_later(planned_in, 1) <= today else Covered.PLANNED


def months_to_meet(cycle: Cycle, today: date, meets: Iterable[date], every: int) -> tuple[date, ...]:
    """This function will give the months of a cycle, by their first days, in which a group meets from today on.

    They are those of the meetings that are planned and, after the last of them, one in so many months (``every``).
    """
    start = max(cycle.begins_on, today)
    found = sorted({one.replace(day=1) for one in meets if start <= one <= cycle.ends_on})
    then = months_later(found[-1], every) if found else start.replace(day=1)
    while then <= cycle.ends_on:
        found.append(then)
        then = months_later(then, every)
    return tuple(found)


def spread(wanted: Iterable[ToPlan], months: Sequence[date]) -> tuple[tuple[str, date], ...]:
    """This function will spread what is to be discussed evenly over the months (MTG-10; QSG 2017 ¶95).

    What stands at the gravest level comes first, then what was not discussed for longest, never discussed before all.
    No month has more than one more than another.
    """
    if not months:
        return ()
    order = sorted(wanted, key=lambda one: (-one.rank, one.last_on or date.min, one.name, one.id))
    return tuple((one.id, months[place * len(months) // len(order)]) for place, one in enumerate(order))


def may_agree(months: int, reviewed_after: int, review: Clock | None) -> Verdict:
    """This function will say whether a group may agree a cycle of so many months, reviewed after so many (MTG-09).

    It is reviewed once a year or sooner: no later than the clock of the guidance says, where it runs.
    """
    verdict = ALLOWED
    if not 1 <= months <= LONGEST:
        verdict &= refused(f"A cycle lasts from 1 to {LONGEST} months.")
    if reviewed_after < 1:
        verdict &= refused("Say after how many months the cycle is looked at again.")
    if review is not None and review.unit is Unit.MONTHS and reviewed_after > review.value:
        says = f"The cycle is looked at again after {few(review.value, 'month')} at the latest, or sooner."
        verdict &= refused(says, f"MTG-09; {review.cites}")
    return verdict
