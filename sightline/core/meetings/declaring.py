"""Who has not declared their interests for a meeting: each member does so for each, or as often as the house has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook.clocks import Clock, Unit

NEAR = 7  # days before a meeting from which it is said who has not declared: local, as the reminder of interests


@dataclass(frozen=True, slots=True)
class Declared:
    """That somebody declared an interest, or that they have none, for a meeting: this one is 0 meetings ago."""

    person: str
    meetings_ago: int
    on: date


def not_declared(
    clock: Clock | None, people: Iterable[str], declared: Iterable[Declared], held_on: date
) -> tuple[str, ...]:
    """This function will name who has still to declare for a meeting (MTG-22; SQG 2022 Annex A, Conflicts of interest).

    Counted in meetings, a declaration lasts for so many, the one that it was made for among them; counted in time, until
    so long after the day on which it was made. Where no clock runs, nobody is named.
    """
    if clock is None or not clock.is_on:
        return ()
    done = {one.person for one in declared if _lasts(clock, one, held_on)}
    return tuple(one for one in dict.fromkeys(people) if one not in done)


def _lasts(clock: Clock, one: Declared, held_on: date) -> bool:
    if clock.unit is Unit.MEETINGS:
        return one.meetings_ago < clock.value
    until = clock.next_after(one.on)
    return one.meetings_ago == 0 or (until is not None and held_on <= until)
