"""Runs about a centre line: Anhøj's test, and the medians that a run chart takes anew after a sustained run.

Sources: Anhøj and Olesen, "Run charts revisited", PLoS ONE 9(11), 2014 (the longest run and the crossings); the
rule by which runcharter, a program of NHS Scotland, takes a new median, as its documentation tells it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import log2

import numpy as np

from sightline.core.statistics.kernel import Floats
from sightline.core.statistics.windows import Flags


@dataclass(frozen=True, slots=True)
class Runs:
    """What Anhøj's test found in one phase: both counts with their bounds, None where no point is beside the line.

    ``useful`` counts the points that do not lie on the line. The test signals where the longest run is longer than
    ``longest_max`` or the line is crossed fewer than ``crossings_min`` times; never among moving ranges, of which two
    neighbours share a value, so that they are not ``independent``.
    """

    useful: int
    longest: int | None = None
    longest_max: int | None = None
    crossings: int | None = None
    crossings_min: int | None = None
    independent: bool = True

    @property
    def signals(self) -> bool:
        """Whether chance alone would rarely give such runs."""
        return self.independent and (self.too_long or self.too_few)

    @property
    def too_long(self) -> bool:
        """Whether the longest run is longer than chance allows."""
        return self.longest is not None and self.longest_max is not None and self.longest > self.longest_max

    @property
    def too_few(self) -> bool:
        """Whether the line is crossed less often than chance allows."""
        return self.crossings is not None and self.crossings_min is not None and self.crossings < self.crossings_min


def runs_about(values: Floats, centre: float, independent: bool = True) -> tuple[Runs, Flags, Flags]:
    """This function will test the runs of one phase (n,), NaN where a value is missing, about its centre line.

    A point on the line is passed over, and so is a gap: the test counts points, not periods. Beside the facts
    comes which points (n,) lie in a run that is too long, above the line and below it.
    """
    with np.errstate(invalid="ignore"):
        side = (values > centre).astype(np.int64) - (values < centre)
    useful = np.flatnonzero(side)
    high, low = np.zeros(len(values), dtype=np.bool_), np.zeros(len(values), dtype=np.bool_)
    if not len(useful):
        return Runs(0, independent=independent), high, low
    at = side[useful]
    begins = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]]))
    lengths = np.diff(np.append(begins, len(at)))
    found = Runs(
        useful=len(at),
        longest=int(lengths.max()),
        longest_max=round(log2(len(at))) + 3,
        crossings=len(begins) - 1,
        crossings_min=_fewest_crossings(len(at)),
        independent=independent,
    )
    if found.too_long:
        in_long = np.repeat(lengths > found.longest_max, lengths)
        high[useful[in_long & (at > 0)]] = True
        low[useful[in_long & (at < 0)]] = True
    return found, high, low


@cache
def _fewest_crossings(useful: int) -> int:
    """The lower five per cent point of as many tosses of a coin as there are places where the line may be crossed.

    In whole numbers, for ten thousand points are more than a float can hold.
    """
    tosses = useful - 1
    below, ways = 0, 1
    for crossings in range(useful):
        below += ways
        if 20 * below >= 1 << tosses:
            return crossings
        ways = ways * (tosses - crossings) // (crossings + 1)
    raise AssertionError("all outcomes together make one")


class Towards(StrEnum):
    """On which side of the median a run may lead to a new one."""

    ABOVE = "above"
    BELOW = "below"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Median:
    """One median and the points on which it rests, ``start`` up to and including ``end``."""

    value: float
    start: int
    end: int


def take_medians(values: Floats, first: int, run: int, towards: Towards) -> tuple[Median, ...]:
    """This function will take the median of the first points, and a new one of each sustained run after them.

    ``values`` (n,) in order of time, NaN where missing; ``first`` rows give the baseline, gaps among them included.
    A run is ``run`` points beside the median in force, on one side, after the points on which that one rests; it
    gives the next median. A point on the median neither breaks a run nor counts; a gap breaks it. Nothing comes
    back where there are fewer rows than ``first``, or none of them has a value. Raises ``ValueError`` where
    ``first`` or ``run`` is below 1.

    >>> take_medians(np.array([5.0, 6, 7, 8, 9, 9, 10]), first=3, run=3, towards=Towards.ABOVE)
    (Median(value=6.0, start=0, end=2), Median(value=9.0, start=3, end=5))
    """
    if first < 1 or run < 1:
        raise ValueError("A baseline and a run need at least one point each.")
    known = np.isfinite(values)
    if len(values) < first or not known[:first].any():
        return ()
    found = [Median(float(np.median(values[:first][known[:first]])), 0, first - 1)]
    side = 0
    held: list[int] = []
    for index in range(first, len(values)):
        middle, value = found[-1].value, float(values[index])
        if not known[index]:
            held = []
        elif value != middle:
            now = 1 if value > middle else -1
            if now != side:
                side, held = now, []
            held.append(index)
        if len(held) == run and side in _SIDES[towards]:
            found.append(Median(float(np.median(values[held])), held[0], index))
            held = []
    return tuple(found)


_SIDES = {Towards.ABOVE: (1,), Towards.BELOW: (-1,), Towards.BOTH: (1, -1)}
