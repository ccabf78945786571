"""Departures: how far each series' newest figures lie from what was usual for itself before, in standard errors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sightline.core.statistics.evidence import WINDOW
from sightline.core.verdict import Invalid

Floats = NDArray[np.float64]

# With fewer figures before the newest ones, what is usual is hardly known.
FEWEST = 12
# So closely may neighbours follow each other that a series wanders, and no level of it is usual.
_CLOSEST = 0.9


def departures(values: Floats, *, newest: int = WINDOW, fewest: int = FEWEST) -> Floats:
    """This function will give the newest figures as distances from the mean of those before, for ``rank_evidence``.

    ``values`` is (series, periods) in order of time, NaN where missing; the answer is (series, ``newest``), NaN
    where missing and in every row with fewer than ``fewest`` known figures before, or none that vary. Three things
    keep a distance standard normal where nothing is the matter, and the sum of the newest in proportion: the mean
    before is itself estimated, 1 + newest / n; neighbours follow each other, (1 + r) / (1 - r), where r is
    corrected for few figures (Marriott & Pope 1954) and no less than it is for the series of the table together;
    and the spread is estimated, so that a distance is Student's, brought to the normal scale (Wallace 1959).
    Raises Invalid for values that are no table or fewer than one newest figure.
    """
    given = np.asarray(values, dtype=np.float64)
    if given.ndim != 2 or newest < 1 or fewest < 2:
        raise Invalid("Departures are taken from a table of series by periods, and one newest figure or more.")
    known = np.where(np.isfinite(given), given, np.nan)
    padded = np.full((len(known), max(newest - known.shape[1], 0)), np.nan)
    known = np.concatenate([padded, known], axis=1)
    before, now = known[:, :-newest], known[:, -newest:]
    counted = ~np.isnan(before)
    n = counted.sum(axis=1)
    some = np.maximum(n, 1)
    # Taken from one figure of the row, so that the mean of equal figures is that figure.
    first: Floats = np.zeros((len(known), 1))
    if n.any():
        first = np.nan_to_num(np.take_along_axis(before, counted.argmax(axis=1)[:, None], axis=1))
    mean = first + np.where(counted, before - first, 0.0).sum(axis=1, keepdims=True) / some[:, None]
    apart = np.where(counted, before - mean, 0.0)
    squares = (apart**2).sum(axis=1)
    tested = (n >= fewest) & (squares > 1e-18 * np.maximum(1.0, mean[:, 0] ** 2))
    safe = np.where(tested, squares, 1.0)
    follows = (apart[:, 1:] * apart[:, :-1]).sum(axis=1) / safe
    own = follows + (1 + 4 * follows) / some
    # Few figures of one series tell little of how closely neighbours follow; all of the table tell more.
    r = np.clip(np.maximum(own, own[tested].mean() if tested.any() else 0.0), 0.0, _CLOSEST)
    error = np.sqrt(safe / np.maximum(n - 1, 1) * (1 + newest / some) * (1 + r) / (1 - r))
    freedom = np.maximum(some * (1 - r**2) / (1 + r**2) - 1, 1.0)
    distance = _normal((now - mean) / error[:, None], freedom[:, None])
    return np.where(tested[:, None], distance, np.nan)


def _normal(t: Floats, freedom: Floats) -> Floats:
    """The normal value as far out as a Student's t (Wallace 1959, formula 3.2)."""
    share = (8 * freedom + 1) / (8 * freedom + 3)
    return np.asarray(np.sign(t) * share * np.sqrt(freedom * np.log1p(t**2 / freedom)))
