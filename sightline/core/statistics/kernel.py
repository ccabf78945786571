"""The XmR kernel: many phases side by side, one column each, as a few passes over arrays.

Time runs down the rows, so that every step is one operation over all columns at once, and sums are taken row
by row: a column's figures never depend on its neighbours or on the padding below it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.core.statistics.marks import Mark
from sightline.core.statistics.rulesets import RuleSet, TwoOfThree
from sightline.core.statistics.windows import Flags, every, spread

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the kernel found, one entry per column; ``marks`` has the shape of the values.

    ``n_valid`` counts the values, ``n_basis`` those from which the limits were drawn and ``n_ranges`` the moving
    ranges before screening. A figure that cannot be had is NaN.
    """

    n_valid: Ints
    n_basis: Ints
    n_ranges: Ints
    mean: Floats
    amr: Floats
    lpl: Floats
    upl: Floats
    near_lpl: Floats
    near_upl: Floats
    marks: Marks


def assess_columns(y: Floats, rules: RuleSet, screen: bool, baseline: Ints | None = None) -> Columns:
    """This function will draw limits and mark points for phases given as columns, NaN where a value is missing.

    ``baseline`` gives for each column how many rows from the top the limits rest on; 0 means all of them. A gap
    breaks moving ranges and runs: nothing is ever bridged. A rule set that asks for more than the four rules here is
    refused with ``ValueError``: left out in silence, its rules would seem never to fire.
    """
    refuse_unless_plain(rules)
    known = np.isfinite(y)
    whole = bool(known.all())
    basis = known if baseline is None else known & _within(baseline, len(y))
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        mean, n_basis = _mean(y, basis)
        amr, n_ranges = _mean_range(y, basis, rules.screen_factor if screen else None)
        reach, near = rules.limit_factor * amr, rules.near_factor * amr
        lpl, upl, near_lpl, near_upl = mean - reach, mean + reach, mean - near, mean + near
        clean = y if whole else np.where(known, y, np.nan)
        marks = _marks(clean, rules, mean, (lpl, upl), (near_lpl, near_upl))
    n_valid = known.sum(axis=0, dtype=np.int64)
    return Columns(n_valid, n_basis, n_ranges, mean, amr, lpl, upl, near_lpl, near_upl, marks)


def refuse_unless_plain(rules: RuleSet) -> None:
    """This function will refuse a rule set that asks for more than the four rules here, with ``ValueError``."""
    if not rules.plain:
        raise ValueError(f"The rule set {rules.name} has more rules than the block kernel reads; use charts.draw.")


def _within(baseline: Ints, height: int) -> Flags:
    """Which cells belong to their column's baseline."""
    rows = np.where(baseline > 0, baseline, height)
    return np.asarray(np.arange(height)[:, None] < rows[None, :])


def _total(rows: Floats) -> Floats:
    """Sum down the columns in the order of the rows.

    ``sum(axis=0)`` would do so too, save for a single column, which numpy adds pairwise: the last digit would
    then depend on how many series are assessed together.
    """
    total = np.zeros(rows.shape[1])
    for row in rows:
        total += row
    return total


def _mean(y: Floats, basis: Flags) -> tuple[Floats, Ints]:
    """Mean as first value plus mean distance from it.

    A plain sum of a constant series can differ from the constant by the last digit, and every point would then
    lie on one side of its own mean.
    """
    count = basis.sum(axis=0, dtype=np.int64)
    first = y[basis.argmax(axis=0), np.arange(y.shape[1])]
    away = y - first
    if not basis.all():
        away[~basis] = 0.0
    return first + _total(away) / count, count


def _mean_range(y: Floats, basis: Flags, screen_factor: float | None) -> tuple[Floats, Ints]:
    """Mean moving range inside the phase, once without its outlying ranges where these are screened."""
    ranges = np.abs(y[1:] - y[:-1])
    counted = basis[1:] & basis[:-1]
    count = counted.sum(axis=0, dtype=np.int64)
    if not counted.all():
        ranges[~counted] = 0.0
    amr = _total(ranges) / count
    if screen_factor is None:
        return amr, count
    counted &= ranges < screen_factor * amr
    ranges[~counted] = 0.0
    return _total(ranges) / counted.sum(axis=0), count


def _marks(
    y: Floats, rules: RuleSet, mean: Floats, limits: tuple[Floats, Floats], near: tuple[Floats, Floats]
) -> Marks:
    """All four rules on both sides, one bit each; a NaN compares false and so breaks every window."""
    high, low = y > limits[1], y < limits[0]
    near_high, near_low = y > near[1], y < near[0]
    if rules.two_of_three is TwoOfThree.BETWEEN:
        near_high, near_low = near_high & ~high, near_low & ~low
    above, below = y > mean, y < mean
    marks = np.zeros(y.shape, dtype=np.uint8)
    _add(marks, high, Mark.OUTSIDE_HIGH)
    _add(marks, low, Mark.OUTSIDE_LOW)
    _add(marks, _trend(y[1:] > y[:-1], rules.trend_points), Mark.TREND_HIGH)
    _add(marks, _trend(y[1:] < y[:-1], rules.trend_points), Mark.TREND_LOW)
    _add(marks, _two_of_three(near_high, above), Mark.TWO_OF_THREE_HIGH)
    _add(marks, _two_of_three(near_low, below), Mark.TWO_OF_THREE_LOW)
    _add(marks, _runs(above, rules.shift_points), Mark.SHIFT_HIGH)
    _add(marks, _runs(below, rules.shift_points), Mark.SHIFT_LOW)
    return marks


def _add(marks: Marks, flags: Flags | None, bit: Mark) -> None:
    """Set one bit where the flags stand."""
    if flags is not None:
        marks |= flags.view(np.uint8) * np.uint8(bit)


def _two_of_three(near: Flags, same_side: Flags) -> Flags | None:
    """Near points in a window of three on one side of the mean, at least two of them near."""
    if len(near) < 3:
        return None
    first, second, third = near[:-2], near[1:-1], near[2:]
    windows = (first & second) | (third & (first | second))
    windows &= every(same_side, 3)
    covered = spread(windows, 3)
    return None if covered is None else covered & near


def _runs(flags: Flags, length: int) -> Flags | None:
    """Every point of every run of at least this length."""
    return spread(every(flags, length), length)


def _trend(steps: Flags, points: int) -> Flags | None:
    """Every point of a strictly monotone run; n points are n - 1 steps."""
    return spread(every(steps, points - 1), points)
