"""Exact Poisson limits, from the quantiles of the gamma distribution, for thousands of units at once."""

from __future__ import annotations

from collections.abc import Callable
from math import lgamma
from statistics import NormalDist
from typing import cast

import numpy as np
from numpy.typing import NDArray

from sightline.core.statistics.levels import check_level

Floats = NDArray[np.float64]

# From here on the expansion alone is right to 2e-10 at every level that is drawn.
LARGE = 400.0
# Newton's method doubles the right digits with each step, so that after one this small nothing is left to gain.
_STEPS, _SMALL_STEP, _ROUNDED = 60, 1e-7, 1e-15


def exact_limits(expected: Floats, level: float) -> tuple[Floats, Floats]:
    """This function will give the lower and upper limit of observed ÷ expected at each expected count.

    ``expected`` has any shape and is above 0; a cell that is not gets NaN. The limits are those published with
    the SHMI and drawn by every peer: half the chi-square quantiles at 2E and 2(E + 1) degrees of freedom, over E
    (Ulm 1990; Spiegelhalter 2005, §A.1.1). They are defined between whole counts too. Right to nine digits. Raises
    Invalid for a level at which no limits are drawn.

    >>> [line.round(4).tolist() for line in exact_limits(np.array([10.0, 100.0]), 0.95)]
    [[0.4795, 0.8136], [1.839, 1.2163]]
    """
    check_level(level)
    e = np.asarray(expected, dtype=np.float64)
    usable = np.isfinite(e) & (e > 0)
    known = np.where(usable, e, 1.0)
    tail = (1 - level) / 2
    lower = np.where(usable, gamma_quantile(known, tail) / known, np.nan)
    upper = np.where(usable, gamma_quantile(known + 1, 1 - tail) / known, np.nan)
    return lower, upper


def gamma_quantile(shape: Floats, p: float) -> Floats:
    """This function will give the values below which a gamma variable with these shapes and scale 1 falls with chance p.

    ``shape`` is above 0 and finite, ``p`` lies strictly between 0 and 1. Large shapes by Cornish and Fisher's
    expansion (Goldberg & Levine 1946), small ones by Newton's method upon it.
    """
    z = NormalDist().inv_cdf(p)
    found = _expansion(shape, z)
    small = shape < LARGE
    if small.any():
        found[small] = _newton(shape[small], p, found[small])
    return found


def _expansion(a: Floats, z: float) -> Floats:
    """The quantile as a series in the root of the shape."""
    r = np.sqrt(a)
    tail = (9 * z**5 + 256 * z**3 - 433 * z) / (38880 * r) + (12 * z**6 - 243 * z**4 - 923 * z**2 + 1472) / (204120 * a)
    tail = (tail - (3 * z**4 + 7 * z**2 - 16) / 810) / a
    return np.asarray(a + z * r + (z**2 - 1) / 3 + (z**3 - 7 * z) / (36 * r) + tail)


def _newton(a: Floats, p: float, start: Floats) -> Floats:
    """Newton's method for log P(a, x) = log p in log x, which is concave, so that no step can run away."""
    log_gamma = cast("Callable[[Floats], Floats]", np.vectorize(lgamma, otypes=[np.float64]))(a + 1)
    # P(a, x) is at most x^a / Γ(a + 1), so this start lies at or below the answer; near 0 nothing else is as good.
    lowest = (np.log(p) + log_gamma) / a
    log_x = np.where(a < 10, lowest, np.log(np.maximum(start, 1e-3)))
    log_x = np.maximum(log_x, lowest)
    for _ in range(_STEPS):
        total = _series(a, np.exp(log_x))
        log_p = a * log_x - np.exp(log_x) - log_gamma + np.log(total)
        step = (log_p - np.log(p)) * total / a
        log_x = log_x - step
        if np.all(np.abs(step) <= _SMALL_STEP):
            break
    return np.asarray(np.exp(log_x))


def _series(a: Floats, x: Floats) -> Floats:
    """Sum of x^n / ((a + 1) … (a + n)), by which P(a, x) is x^a e^-x / Γ(a + 1) times this."""
    term, total, n = np.ones_like(a), np.ones_like(a), 0
    while True:
        n += 1
        term *= x / (a + n)
        total += term
        if n % 8 == 0 and np.all(term <= _ROUNDED * total):
            return total
