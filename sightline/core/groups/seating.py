"""Who is expected in a group and not yet there, as far as the guidance lays down who sits in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.core.rulebook.groups import ExpectedSeat, GroupType
from sightline.core.rulebook.levels import Force


@dataclass(frozen=True, slots=True)
class Filled:
    """One seat that a group has, and whether somebody sits on it who is no deputy."""

    title: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """An expected seat of which there are too few, or on which too few people sit; never one that merely may be."""

    seat: ExpectedSeat
    seats: int
    taken: int

    @property
    def has_no_seat(self) -> bool:
        """This function will say whether seats themselves are missing, and not only people on them."""
        return self.seats < self.seat.at_least


def lacking(kind: GroupType, seats: Iterable[Filled]) -> tuple[Lacking, ...]:
    """This function will give the seats that the guidance expects and that are not there or not taken (GRP-01).

    A seat is known by its title. Nothing hangs on it: a gap is shown to whoever can fill it, and no meeting waits.
    """
    there = list(seats)
    found = []
    for expected in kind.seats:
        if expected.force is Force.MAY:
            continue
        mine = [one for one in there if _folded(one.title) == _folded(expected.title)]
        taken = sum(one.is_taken for one in mine)
        if taken < expected.at_least:
            found.append(Lacking(expected, len(mine), taken))
    return tuple(found)


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
