"""EWMA: each value beside a moving average that forgets, for small lasting changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.core.statistics.blocks import assess_block
from sightline.core.statistics.rulesets import MDC_2023
from sightline.core.verdict import Invalid

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

# Mean moving range of two values, over the standard deviation of normal ones.
D2 = 1.128


@dataclass(frozen=True, slots=True, eq=False)
class Averages:
    """The average at each point, its limits, and whether it is strictly outside; of the shape of what was given."""

    average: Floats
    lower: Floats
    upper: Floats
    above: Flags
    below: Flags


def baseline(values: Floats, first: Ints | None = None) -> tuple[Floats, Floats]:
    """This function will give centre and standard deviation of each row: mean, and mean moving range / 1.128.

    ``values`` is (series, points), NaN where missing; ``first`` gives for each row how many points from the start
    they rest on, 0 for all. A row without two neighbouring values, or without variation, has a deviation of NaN:
    nothing can be called unusual there.
    """
    block = assess_block(values, MDC_2023, screen=False, lengths=_widths(values), baselines=first)
    deviation = block.amr / D2
    return block.mean, np.where(deviation > 0, deviation, np.nan)


def _widths(values: Floats) -> Ints:
    return np.full(len(values), values.shape[1], dtype=np.int64)


def ewma(
    values: Floats,
    centre: Floats | float,
    deviation: Floats | float,
    *,
    weight: Floats | float = 0.2,
    distance: float = 3.0,
) -> Averages:
    """This function will average values with falling weights, and draw limits that widen as the average settles.

    ``values`` run in order of time along the last axis, NaN where missing; ``centre``, ``deviation`` and ``weight``
    are one number or one per series. The average starts at the centre. A missing value leaves the average and its
    limits where they stand and is never outside. After i values the limits lie ``distance`` × deviation ×
    √(w / (2 - w) × (1 - (1 - w)^2i)) from the centre (Roberts 1959; Lucas & Saccucci 1990). Without a deviation
    above 0 there are no limits. Raises Invalid for a weight outside 0 to 1, and for a distance that makes no sense.

    >>> found = ewma(np.array([10.0, 12.0, 18.0]), 10.0, 1.0, weight=0.5)
    >>> found.average.tolist(), found.above.tolist()
    ([10.0, 11.0, 14.5], [False, False, True])
    """
    w = np.asarray(weight, dtype=np.float64)
    if not ((w > 0) & (w <= 1)).all():
        raise Invalid("The weight of the newest value makes no sense. Use a share above 0, and 1 at most.")
    if not 0 < distance < float("inf"):
        raise Invalid(f"Limits {distance:.6g} standard errors away make no sense. Use a number above 0.")
    y = np.asarray(values, dtype=np.float64)
    known = np.isfinite(y)
    middle, spread = np.asarray(centre, dtype=np.float64), np.asarray(deviation, dtype=np.float64)
    average = np.empty(y.shape)
    now = np.broadcast_to(middle, y.shape[:-1])
    for t in range(y.shape[-1]):
        now = np.where(known[..., t], w * y[..., t] + (1 - w) * now, now)
        average[..., t] = now
    seen = known.cumsum(axis=-1)
    w, middle, spread = w[..., None], middle[..., None], spread[..., None]
    reach = distance * np.where(spread > 0, spread, np.nan) * np.sqrt(w / (2 - w) * (1 - (1 - w) ** (2 * seen)))
    lower, upper = middle - reach, middle + reach
    return Averages(average, lower, upper, known & (average > upper), known & (average < lower))
