"""Evidence: many series ranked by how surely, how far and for how long each stands away from its peers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sightline.core.statistics.cusums import tabular_cusum
from sightline.core.statistics.discovery import RATE, Discoveries, chance, discover
from sightline.core.verdict import Invalid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Over so many of the newest periods with a figure, a distance counts as lasting.
WINDOW = 6
# Shift, in standard errors, that the cumulative sum looks for.
SHIFT = 1.0


class Evidence(IntEnum):
    """What speaks loudest for a series, or that nothing could be tested."""

    NONE = 0
    NOW = 1  # the newest figure alone
    LASTING = 2  # the newest few together
    GATHERING = 3  # the cumulative sum


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """One entry per series, in the order given; ``order`` lists them, the strongest evidence first.

    ``now`` is z in the newest period, NaN where it is missing; ``lasting`` the sum of z over the newest periods
    with a figure, in its own standard errors; ``run`` for how many such periods the series has been on one side
    until now; ``gathering`` the cumulative sum that stands further from 0, negative for below. ``p`` is the chance
    of evidence as strong in any of the three when a series is as its peers; ``leading`` says which of the three
    is strongest and ``side`` whether it lies above (1) or below (-1).
    """

    now: Floats
    lasting: Floats
    run: Ints
    gathering: Floats
    p: Floats
    leading: NDArray[np.int8]
    side: NDArray[np.int8]
    order: Ints
    discoveries: Discoveries


def rank_evidence(z: Floats, *, rate: float = RATE, window: int = WINDOW, above_only: bool = False) -> Ranking:
    """This function will rank series by their evidence, and choose a list of which at most ``rate`` is noise.

    ``z`` is (series, periods): each series' distance from its peers, as funnels give it, in order of time, NaN
    where missing; the last column is now. It is taken to be standard normal and independent from period to
    period where nothing is the matter, which overdispersion in the funnel is there to ensure. Each of the three
    ways to look has its chance: normal for the newest and for the sum of the newest; for the cumulative sum C of
    shift s Lundberg's bound, exp(-s C) for each side, which holds however long the series. Three times the
    smallest is the chance of any (Bonferroni), and by these the list is chosen. ``above_only`` looks for what lies
    above alone, as where that is worse: each chance is then that of one side. Raises Invalid for a window below 1
    or z that is no table.

    >>> found = rank_evidence(np.array([[0.2, -0.4, 0.1], [2.5, 3.0, 4.0], [0.3, np.nan, 0.5]]))
    >>> found.order.tolist(), found.discoveries.found.tolist(), Evidence(found.leading[1]).name
    ([1, 2, 0], [False, True, False], 'LASTING')
    """
    given = np.asarray(z, dtype=np.float64)
    if given.ndim != 2 or window < 1:
        raise Invalid("Evidence is ranked from a table of series by periods, over a window of one period or more.")
    values = np.where(np.isfinite(given), given, np.nan)
    now = values[:, -1] if values.shape[1] else np.full(len(values), np.nan)
    lasting = _lasting(values, window)
    sums = tabular_cusum(values, shift=SHIFT)
    up, down = (side[:, -1] if values.shape[1] else np.zeros(len(values)) for side in (sums.up, -sums.down))
    gathering = up if above_only else np.where(up >= down, up, -down)
    gathering = np.where(np.isnan(lasting), np.nan, gathering)
    ways = np.stack([now, lasting, gathering])
    if above_only:
        chances = np.stack([above(now), above(lasting), np.exp(-SHIFT * gathering)])
    else:
        chances = np.stack([chance(now), chance(lasting), np.minimum(1.0, 2 * np.exp(-SHIFT * np.abs(gathering)))])
    tested = ~np.isnan(chances).all(axis=0)
    best = np.where(np.isnan(chances), np.inf, chances).argmin(axis=0)
    at = np.arange(len(values))
    p = np.where(tested, np.minimum(1.0, 3 * chances[best, at]), np.nan)
    leading = np.where(tested, best + 1, Evidence.NONE).astype(np.int8)
    side = np.sign(np.nan_to_num(ways[best, at])).astype(np.int8)
    far = -np.nan_to_num(np.abs(lasting))
    order = np.lexsort((at, far, np.nan_to_num(p, nan=2.0)))
    return Ranking(now, lasting, _run(values), gathering, p, leading, side, order, discover(p, rate))


def above(z: Floats) -> Floats:
    """This function will give the chance of a value as far above 0 or further, where z is normal; NaN for NaN."""
    outside = chance(z) / 2
    return np.where(z < 0, 1 - outside, outside)


def _lasting(values: Floats, window: int) -> Floats:
    """Sum of the newest known values of each row over the root of their number (Stouffer's z)."""
    known = ~np.isnan(values)
    back = known[:, ::-1].cumsum(axis=1)[:, ::-1]
    used = known & (back <= window)
    count = used.sum(axis=1)
    total = np.where(used, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.sqrt(np.maximum(count, 1)), np.nan)


def _run(values: Floats) -> Ints:
    """How many known values up to the newest lie on one side of 0; a gap neither ends nor lengthens it."""
    sign = np.nan_to_num(np.sign(values)).astype(np.int8)
    known = ~np.isnan(values)
    run = np.zeros(len(values), dtype=np.int64)
    side = np.zeros(len(values), dtype=np.int8)
    for t in range(values.shape[1]):
        goes_on = (sign[:, t] == side) & (sign[:, t] != 0)
        run = np.where(known[:, t], np.where(goes_on, run + 1, np.abs(sign[:, t])), run)
        side = np.where(known[:, t], sign[:, t], side)
    return run
