"""When a sub-group reports back to the group that convened it, and which groups it may report to."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from sightline.core.rulebook.clocks import later_by

Key = TypeVar("Key")
MOST_MONTHS = 24  # who reports back less often than every two years does not report back
SOON = timedelta(days=28)


class Pace(StrEnum):
    """How a sub-group stands with its reports."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    DONE = "done"  # nothing more was asked of it


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What was asked: the day of the first report, after how many months again, and by when the work is done."""

    first_on: date
    every_months: int | None = None
    done_by: date | None = None


def next_due(rhythm: Rhythm, reported_on: date | None) -> date | None:
    """This function will give the day by which a sub-group reports next; nothing once all was reported (GRP-11).

    ``reported_on`` is its last report of what is asked of it now. With an end to the work, a last report is due then.
    """
    if reported_on is None:
        return rhythm.first_on
    if rhythm.done_by is not None and reported_on >= rhythm.done_by:
        return None
    if rhythm.every_months is None:
        return rhythm.done_by
    following = later_by(reported_on, rhythm.every_months)
    return following if rhythm.done_by is None else min(following, rhythm.done_by)


def pace(due: date | None, on: date) -> Pace:
    """This function will say how a sub-group stands with its reports on a day."""
    if due is None:
        return Pace.DONE
    if due < on:
        return Pace.OVERDUE
    return Pace.SOON if due <= on + SOON else Pace.LATER


def problems(rhythm: Rhythm) -> tuple[str, ...]:
    """This function will say what is wrong with a rhythm."""
    found = []
    if rhythm.every_months is not None and not 1 <= rhythm.every_months <= MOST_MONTHS:
        found.append(f"Give a number of months from 1 to {MOST_MONTHS}, or leave it empty.")
    if rhythm.done_by is not None and rhythm.done_by < rhythm.first_on:
        found.append("The work is done before the first report is due: correct one of the two days.")
    return tuple(found)


def goes_round(child: Key, parent: Key, parents: Mapping[Key, Key]) -> bool:
    """This function will say whether a group would report to itself, by way of others; ``parents`` is who reports to whom."""
    seen: Set[Key] = {child}
    at: Key | None = parent
    while at is not None:
        if at in seen:
            return True
        seen = seen | {at}
        at = parents.get(at)
    return False
