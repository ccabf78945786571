"""Cumulative sums: small lasting changes, seen sooner than any single point would show them.

Every sum starts at 0, grows by what speaks for a change and never falls below 0. The sum for a change upwards is
kept as a positive and the one downwards as a negative number, as charts draw them. A period or case without a
usable figure adds nothing and signals nothing: the sum waits where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import log

import numpy as np
from numpy.typing import NDArray

from sightline.core.verdict import Invalid

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Restart(StrEnum):
    """Where a sum goes on after it has signalled."""

    NEVER = "never"  # it goes on from where it stands, and signals for as long as it is beyond the limit
    ZERO = "zero"  # from 0, so that each signal is a new one
    HALF = "half"  # from half the limit, so that a change that was not mended is seen again soon (Lucas & Crosier 1982)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Both sums at each point, of the shape of what was given; the value that was reached, before any restart.

    ``counted`` says which points had a usable figure.
    """

    up: Floats
    down: Floats
    signal_up: Flags
    signal_down: Flags
    counted: Flags


def tabular_cusum(
    z: Floats, *, shift: float = 1.0, limit: float = 5.0, restart: Restart = Restart.NEVER, head_start: bool = False
) -> Sums:
    """This function will sum standardised values, less half the shift that is looked for (Page 1954).

    ``z`` runs in order of time along its last axis, in standard errors from the centre, NaN where missing.
    ``shift`` and ``limit`` are in standard errors and above 0; a sum strictly beyond the limit signals.
    ``head_start`` begins both sums at half the limit. Raises Invalid for a shift or limit that makes no sense.

    >>> sums = tabular_cusum(np.array([0.5, 2.5, np.nan, 3.5, 3.0]))
    >>> sums.up.tolist(), sums.signal_up.tolist()
    ([0.0, 2.0, 2.0, 5.0, 7.5], [False, False, False, False, True])
    """
    _above_nought(shift, "shift")
    _above_nought(limit, "limit")
    values = _finite(z)
    start = limit / 2 if head_start else 0.0
    up, signal_up = _sum(values - shift / 2, limit, restart, start, strict=True)
    down, signal_down = _sum(-values - shift / 2, limit, restart, start, strict=True)
    return Sums(up, -down, signal_up, signal_down, ~np.isnan(values))


def poisson_cusum(
    observed: Floats, expected: Floats, *, rate_ratio: float = 2.0, limit: float = 5.0, restart: Restart = Restart.ZERO
) -> Sums:
    """This function will sum the evidence that counts run at ``rate_ratio`` times what is expected, or one over it.

    ``observed`` and ``expected`` are counts per period along the last axis; both may vary. Each period adds
    O log R - (R - 1) E to the sum upwards (Lucas 1985). A period with a negative or missing count, or with
    nothing expected, is not counted. ``limit`` is a log-likelihood ratio; a sum that reaches it signals. Raises
    Invalid for a ratio or limit that makes no sense.

    >>> sums = poisson_cusum(np.array([4.0, np.nan, 9.0]), np.array([2.0, 2.0, 2.0]))
    >>> sums.up.round(4).tolist(), sums.counted.tolist()
    ([0.7726, 0.7726, 5.0109], [True, False, True])
    """
    _ratio(rate_ratio, "rate ratio")
    _above_nought(limit, "limit")
    o, e = np.broadcast_arrays(_finite(observed), _finite(expected))
    usable = (o >= 0) & (e > 0)
    o, e = np.where(usable, o, np.nan), np.where(usable, e, np.nan)
    up, signal_up = _sum(o * log(rate_ratio) - (rate_ratio - 1) * e, limit, restart)
    down, signal_down = _sum(-o * log(rate_ratio) - (1 / rate_ratio - 1) * e, limit, restart)
    return Sums(up, -down, signal_up, signal_down, usable)


def bernoulli_cusum(
    outcomes: Floats,
    risk: Floats | float,
    *,
    odds_ratio: float = 2.0,
    limit: float = 5.0,
    restart: Restart = Restart.ZERO,
) -> Sums:
    """This function will sum the evidence, case by case, that the odds of the event were multiplied, or divided.

    ``outcomes`` is 1 where the event happened and 0 where not, in order of time along the last axis. ``risk`` is
    the chance of it when all is well: one for all cases, or each case's own, which makes the sum risk-adjusted
    (Steiner, Cook, Farewell & Treasure 2000). An event adds log(R / (1 - p + R p)), none log(1 / (1 - p + R p)).
    A case without outcome, or whose risk is not strictly between 0 and 1, is not counted. Raises Invalid for an
    outcome that is neither 0 nor 1. ``limit`` is a log-likelihood ratio; a sum that reaches it signals.

    >>> bernoulli_cusum(np.array([1.0, 0.0, 1.0]), np.array([0.1, 0.5, 0.1])).up.round(4).tolist()
    [0.5978, 0.1924, 0.7902]
    """
    _ratio(odds_ratio, "odds ratio")
    _above_nought(limit, "limit")
    given = np.asarray(outcomes, dtype=np.float64)
    if not (np.isnan(given) | (given == 0) | (given == 1)).all():
        raise Invalid("An outcome is neither 0 nor 1. Write 1 where the event happened, 0 where not.")
    x, p = np.broadcast_arrays(given, _finite(risk))
    usable = (p > 0) & (p < 1) & ~np.isnan(x)
    x, p = np.where(usable, x, np.nan), np.where(usable, p, np.nan)
    up, signal_up = _sum(_evidence(x, p, odds_ratio), limit, restart)
    down, signal_down = _sum(_evidence(x, p, 1 / odds_ratio), limit, restart)
    return Sums(up, -down, signal_up, signal_down, usable)


def shifted_risk(risk: Floats | float, odds_ratio: float) -> Floats:
    """This function will give the risk whose odds are so many times those of the risk given."""
    p = np.asarray(risk, dtype=np.float64)
    return np.asarray(odds_ratio * p / (1 - p + odds_ratio * p))


def _evidence(x: Floats, p: Floats, odds_ratio: float) -> Floats:
    return np.asarray(x * log(odds_ratio) - np.log1p((odds_ratio - 1) * p))


def _sum(
    weights: Floats, limit: float, restart: Restart, start: float = 0.0, *, strict: bool = False
) -> tuple[Floats, Flags]:
    """Run one sum along the last axis, for all series at once."""
    sums, signals = np.empty(weights.shape), np.zeros(weights.shape, dtype=np.bool_)
    again = {Restart.NEVER: None, Restart.ZERO: 0.0, Restart.HALF: limit / 2}[restart]
    now = np.full(weights.shape[:-1], start)
    for t in range(weights.shape[-1]):
        added = weights[..., t]
        counted = ~np.isnan(added)
        now = np.where(counted, np.maximum(0.0, now + added), now)
        beyond = counted & ((now > limit) if strict else (now >= limit))
        sums[..., t], signals[..., t] = now, beyond
        if again is not None:
            now = np.where(beyond, again, now)
    return sums, signals


def _finite(values: Floats | float) -> Floats:
    """Infinite is missing: it would stay in the sum for ever."""
    given = np.asarray(values, dtype=np.float64)
    return np.where(np.isfinite(given), given, np.nan)


def _above_nought(number: float, name: str) -> None:
    if not 0 < number < float("inf"):
        raise Invalid(f"The {name} {number:.6g} makes no sense. Use a number above 0.")


def _ratio(number: float, name: str) -> None:
    if not 1 < number < float("inf"):
        raise Invalid(f"The {name} {number:.6g} makes no sense. Use one above 1; the sum downwards takes one over it.")
