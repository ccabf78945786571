"""Change points: where a series may have moved to another level. Proposed to a person, never applied."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# A level is not proposed on fewer values than this, and only where chance would do so once in a hundred series.
FEWEST, CHANCE = 8, 0.01
MOST = 0.5
D2 = 1.128
# So many values by places are looked at together.
AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """One proposal: the index of the first point of the new level, the mean before and after, and how sure it is.

    ``distance`` is the difference of the means in its standard errors, ``p`` the chance of one as large anywhere
    in the stretch that it divides.
    """

    at: int
    before: float
    after: float
    distance: float
    p: float

    @property
    def says(self) -> str:
        """The proposal in words."""
        return (
            f"From this point on, values lie around {self.after:.4g} instead of {self.before:.4g}. "
            "Whoever knows the work should say whether it changed then; until they do, nothing is drawn anew."
        )


def propose_changes(values: Floats, *, fewest: int = FEWEST, p: float = CHANCE) -> tuple[Change, ...]:
    """This function will propose where one series, in order of time, moved to another level; NaN is a gap.

    The stretch is divided where the means before and after lie furthest apart, measured by the moving ranges
    within the two parts; if chance would do so at some place less often than ``p`` (Bonferroni over the places),
    the division is proposed and each part is looked at again (binary segmentation, Scott & Knott 1974). Each part
    keeps at least ``fewest`` values, and half of them or more lie nearer to their own mean than to the other,
    so that a single far value is no new level. A step between two constant levels is infinitely far.

    >>> [(one.at, one.before, one.after) for one in propose_changes(np.array([10.0, 11, 9, 10] * 3 + [20, 21, 19, 20] * 3))]
    [(12, 10.0, 20.0)]
    """
    given = np.asarray(values, dtype=np.float64)
    places = np.flatnonzero(np.isfinite(given))
    return tuple(sorted(_divide(given[places], places, fewest, p), key=lambda change: change.at))


def _divide(y: Floats, places: NDArray[np.intp], fewest: int, p: float) -> list[Change]:
    n = len(y)
    if n < 2 * max(1, fewest):
        return []
    cut = np.arange(max(1, fewest), n - max(1, fewest) + 1)
    sums = np.cumsum(y - y[0])
    before, after = sums[cut - 1] / cut, (sums[-1] - sums[cut - 1]) / (n - cut)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = (after - before) / (_deviation(y, cut) * np.sqrt(1 / cut + 1 / (n - cut)))
    chances = [min(1.0, len(cut) * erfc(abs(one) / sqrt(2))) for one in np.nan_to_num(distance, posinf=np.inf).tolist()]
    # The furthest first, a few at a time: a table of all places by all values would be as large as their square.
    likely_first = np.argsort(-np.nan_to_num(np.abs(distance), posinf=np.inf), kind="stable")
    candidates = likely_first[np.array(chances)[likely_first] < p]
    few = max(1, AT_ONCE // n)
    for at_once in range(0, len(candidates), few):
        part = candidates[at_once : at_once + few]
        holds = part[_holds(y - y[0], cut[part], before[part], after[part])]
        if len(holds):
            best = int(holds[0])
            break
    else:
        return []
    at, likely = int(cut[best]), chances[best]
    levels = (float(y[0] + before[best]), float(y[0] + after[best]))
    found = Change(int(places[at]), *levels, float(distance[best]), likely)
    return [found, *_divide(y[:at], places[:at], fewest, p), *_divide(y[at:], places[at:], fewest, p)]


def _holds(y: Floats, cut: NDArray[np.int64], before: Floats, after: Floats) -> NDArray[np.bool_]:
    """Whether half the values or more on each side of each cut are nearer to the mean of their own side."""
    middle = ((before + after) / 2)[:, None]
    first = np.arange(len(y)) < cut[:, None]
    own = np.where((after >= before)[:, None], (y < middle) == first, (y > middle) == first) & (y != middle)
    shares = (own & first).sum(axis=1) / cut, (own & ~first).sum(axis=1) / (len(y) - cut)
    return np.asarray((shares[0] >= MOST) & (shares[1] >= MOST))


def _deviation(y: Floats, cut: NDArray[np.int64]) -> Floats:
    """Standard deviation from the moving ranges, without the one that crosses each cut."""
    ranges = np.abs(np.diff(y))
    return np.asarray((ranges.sum() - ranges[cut - 1]) / (len(ranges) - 1) / D2)
