"""Newest: what the last point of each series says by the rules, how far out it lies, and whether that lasts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.core.statistics.kernel import Columns, Floats, Ints, Marks
from sightline.core.statistics.phases import Spans
from sightline.core.statistics.rulesets import RuleSet

# Over so many of the newest periods a distance counts as lasting.
WINDOW = 6


@dataclass(frozen=True, slots=True, eq=False)
class Newest:
    """One entry per series, about its last point and the phase in which that lies.

    ``marks`` are 0 also where the phase does not vary; figures that cannot be had are NaN. ``distance`` is how far
    the last value lies from the mean, in sigma, and ``lasting`` the same of the values of the newest periods
    together, in the sigma of their mean (Stouffer); below the mean both are negative. ``provisional`` are limits
    that rest on fewer values than the rule set asks for.
    """

    value: Floats
    marks: Marks
    n_valid: Ints
    mean: Floats
    lpl: Floats
    upl: Floats
    distance: Floats
    lasting: Floats
    provisional: NDArray[np.bool_]

    @property
    def strength(self) -> Floats:
        """By which series are ranked: the further of both distances, whichever its side; NaN where there is none."""
        return np.asarray(np.fmax(np.abs(self.distance), np.abs(self.lasting)))


def newest_points(column: Floats, spans: Spans, last: Ints, found: Columns, rules: RuleSet) -> Newest:
    """This function will read off the last point of each series, whose last phases are ``last`` among the spans.

    Every one of those phases has a point at least.
    """
    begin, end = spans.begin[last], spans.end[last]
    varies = (found.amr[last] > 0) & np.isfinite(found.upl[last])
    mean, lpl, upl = (np.where(varies, line[last], np.nan) for line in (found.mean, found.lpl, found.upl))
    value = column[end - 1]
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        sigma = (upl - mean) / 3
        together, count = np.zeros(len(last)), np.zeros(len(last), dtype=np.int64)
        for back in range(1, WINDOW + 1):
            place = end - back
            away = column[np.maximum(place, begin)] - mean
            known = (place >= begin) & np.isfinite(away)
            together += np.where(known, away, 0.0)
            count += known
        lasting = together / (sigma * np.sqrt(count))
        distance = (value - mean) / sigma
    return Newest(
        value=value,
        marks=np.where(varies, found.marks[end - 1], np.uint8(0)),
        n_valid=found.n_valid[last],
        mean=mean,
        lpl=lpl,
        upl=upl,
        distance=np.where(np.isfinite(distance), distance, np.nan),
        lasting=lasting,
        provisional=found.n_basis[last] < rules.min_points,
    )
