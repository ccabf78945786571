"""Who is expected in a group and not yet there, as far as the guidance lays down who sits in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sightline.core.rulebook.groups import ExpectedSeat, GroupType
from sightline.core.rulebook.levels import Force, Slot
from sightline.core.rulebook.sitting import Among


@dataclass(frozen=True, slots=True)
class Filled:
    """One seat that a group has: which expected seat it fills, and whether somebody sits on it who is no deputy.

    ``chairs_for`` is in whose name they chair the group from it, if they do.
    """

    category: str
    is_taken: bool
    among: str = ""
    chairs_for: Slot | None = None


@dataclass(frozen=True, slots=True)
class Lacking:
    """An expected seat of which there are too few, or on which too few people sit; never one that merely may be.

    ``among`` is named where the seats are enough, and whom the guidance wants among them is not (MEM-02).
    """

    seat: ExpectedSeat
    seats: int
    taken: int
    among: Among | None = None

    @property
    def has_no_seat(self) -> bool:
        """This function will say whether seats themselves are missing, and not only people on them."""
        return self.seats < (self.among or self.seat).at_least


def lacking(kind: GroupType, seats: Iterable[Filled], *, is_apart: bool = False) -> tuple[Lacking, ...]:
    """This function will give the seats that the guidance expects and that are not there or not taken (MEM-01, MEM-02).

    Of places MEM-04, of the groups of 2017 MEM-05 and MEM-06, of reviews and improvement groups MEM-08 and MEM-09.
    Where a review meets without providers they are no gap (MEM-10).
    Nothing hangs on it: a gap is shown to whoever can fill it, and no meeting waits.
    """
    there = list(seats)
    found = []
    for expected in kind.seats:
        if expected.force is Force.MAY or (is_apart and expected.is_provider):
            continue
        mine = [one for one in there if expected.is_filled_by(one.category, one.chairs_for)]
        taken = sum(one.is_taken for one in mine)
        among = tuple(_among(expected, mine))
        if taken < expected.at_least and not (among and expected.names_each):
            found.append(Lacking(expected, len(mine), taken))
        found.extend(among)
    return tuple(found)


def _among(expected: ExpectedSeat, mine: Sequence[Filled]) -> Iterable[Lacking]:
    """Whom the guidance wants among those on the seats of one category, and who is not there."""
    for wanted in expected.among:
        such = [one for one in mine if one.among == wanted.id]
        taken = sum(one.is_taken for one in such)
        if taken < wanted.at_least:
            yield Lacking(expected, len(such), taken, wanted)
