"""The compiled road of the XmR kernel, for national scale; it needs numba, the extra ``[fast]``.

Phases are spans of one column of values in order of time. Sums are taken in the order of the points, as the numpy
road takes them, and nothing is rounded another way: both give the same figures to the last bit. The comparisons of a
phase of up to 64 points stand as bits of a word, so that a rule is a few shifts and ANDs; longer phases are counted
point by point.

All compiled functions stand in this file, because what is kept of them is thrown away only when their own file
changes. The outer one names the types it takes, read-only columns among them, so that it is compiled once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba import types

from sightline.core.statistics.kernel import Floats, Ints, Marks

WORD = 64  # points whose flags fit one word
# How many processors this process may use; the environment's NUMBA_NUM_THREADS makes it fewer.
CORES = int(vars(numba.config)["NUMBA_NUM_THREADS"])

_U0, _U1, _U2, _U3, _U4, _U5, _U6, _U7 = (np.uint64(place) for place in range(8))
_NO_WINDOW = np.uint64(0)

_COLUMN = types.Array(types.float64, 1, "C", readonly=True)
_PLACES = types.Array(types.int64, 1, "C", readonly=True)
_SIGNATURE = types.void(
    *(_COLUMN, _PLACES, _PLACES, _PLACES, types.int64, types.int64),
    *(types.float64, types.float64, types.float64, types.boolean, types.boolean, types.int64, types.int64),
    *(types.int64[:, ::1], types.float64[:, ::1], types.uint8[::1]),
)


Compiled = TypeVar("Compiled", bound=Callable[..., Any])
# Lower and upper limit, lower and upper inner line.
Four = tuple[float, float, float, float]


def _inner(function: Compiled) -> Compiled:
    """Compile a part of the outer function; it is kept with that one."""
    return cast("Compiled", numba.njit(error_model="numpy", nogil=True)(function))


def _outer(function: Compiled) -> Compiled:
    """Compile the outer function, or fetch what an earlier process kept of it.

    Where no folder can be written, numba refuses to keep anything; then each process compiles anew, which takes a
    few seconds.
    """
    try:
        return cast("Compiled", numba.njit(_SIGNATURE, error_model="numpy", nogil=True, cache=True)(function))
    except (RuntimeError, OSError):
        return cast("Compiled", numba.njit(_SIGNATURE, error_model="numpy", nogil=True)(function))


@_inner
def _every(flags: np.uint64, length: int) -> np.uint64:
    """Bit s: whether bits s to s + length - 1 all stand. ``length`` is 1 to 64."""
    span = 1
    while span < length:
        step = min(span, length - span)
        flags &= flags >> np.uint64(step)
        span += step
    return flags


@_inner
def _spread(windows: np.uint64, length: int) -> np.uint64:
    """Every bit of each window that begins at a bit that stands."""
    span = 1
    while span < length:
        step = min(span, length - span)
        windows |= windows << np.uint64(step)
        span += step
    return windows


@_inner
def _runs(flags: np.uint64, length: int, n: int) -> np.uint64:
    """Every point of every run of at least this length."""
    if length > n:
        return _NO_WINDOW
    return _spread(_every(flags, length), length)


@_inner
def _trend(steps: np.uint64, points: int, n: int) -> np.uint64:
    """Every point of every run of steps; bit s is the step from point s to the next."""
    if points > n:
        return _NO_WINDOW
    return _spread(_every(steps, points - 1), points)


@_inner
def _two_of_three(near: np.uint64, same_side: np.uint64) -> np.uint64:
    """Near points in a window of three on one side of the mean, at least two of them near."""
    second, third = near >> _U1, near >> _U2
    windows = ((near & second) | (third & (near | second))) & _every(same_side, 3)
    return _spread(windows, 3) & near


@_inner
def _known_figures(values: Floats, b: int, e: int) -> tuple[float, float]:
    """Mean, and sum of the moving ranges, of points b to e; the mean is not finite when a value may be missing."""
    first = before = values[b]
    away = moved = 0.0
    for i in range(b + 1, e):
        y = values[i]
        away += y - first
        moved += abs(y - before)
        before = y
    if not (np.isfinite(first) and np.isfinite(away)):
        return np.nan, moved
    return first + away / (e - b), moved


@_inner
def _holed_figures(values: Floats, b: int, e: int) -> tuple[float, float, int, int]:
    """Mean, sum and number of moving ranges, and number of values of points b to e, where some may be missing."""
    first = before = np.nan
    away = moved = 0.0
    n = ranges = 0
    for i in range(b, e):
        y = values[i]
        if np.isfinite(y):
            if n == 0:
                first = y
            n += 1
            away += y - first
            if np.isfinite(before):
                ranges += 1
                moved += abs(y - before)
        before = y
    return first + away / n, moved, ranges, n


@_inner
def _screened(values: Floats, b: int, e: int, below: float) -> float:
    """Mean of the moving ranges that are less than so much."""
    moved = 0.0
    ranges = 0
    for i in range(b + 1, e):
        y, before = values[i], values[i - 1]
        if np.isfinite(y) and np.isfinite(before):
            moving = abs(y - before)
            if moving < below:
                ranges += 1
                moved += moving
    return moved / ranges


@_inner
def _has_infinity(values: Floats, b: int, e: int) -> bool:
    """Whether a gap is written as infinity, which would compare true."""
    for i in range(b, e):  # noqa: SIM110 - numba compiles no generator inside any()
        if np.isinf(values[i]):
            return True
    return False


@_inner
def _mark_word(
    values: Floats, b: int, e: int, mean: float, lines: Four, between: bool, shift: int, trend: int, marks: Marks
) -> None:
    """Mark a phase of up to 64 points. A NaN compares false and so breaks every window; infinity must not come."""
    lpl, upl, near_lpl, near_upl = lines
    high = low = near_high = near_low = above = below = up = down = np.uint64(0)
    n = e - b
    before = np.nan
    for i in range(n):
        y = values[b + i]
        at = np.uint64(i)
        high |= np.uint64(y > upl) << at
        low |= np.uint64(y < lpl) << at
        near_high |= np.uint64(y > near_upl) << at
        near_low |= np.uint64(y < near_lpl) << at
        above |= np.uint64(y > mean) << at
        below |= np.uint64(y < mean) << at
        up |= np.uint64(y > before) << at
        down |= np.uint64(y < before) << at
        before = y
    if between:
        near_high &= ~high
        near_low &= ~low
    rising, falling = _trend(up >> _U1, trend, n), _trend(down >> _U1, trend, n)
    two_high, two_low = _two_of_three(near_high, above), _two_of_three(near_low, below)
    shift_high, shift_low = _runs(above, shift, n), _runs(below, shift, n)
    if (high | low | rising | falling | two_high | two_low | shift_high | shift_low) == _NO_WINDOW:
        return
    for i in range(n):
        at = np.uint64(i)
        marks[b + i] = np.uint8(
            ((high >> at) & _U1)
            | (((low >> at) & _U1) << _U1)
            | (((rising >> at) & _U1) << _U2)
            | (((falling >> at) & _U1) << _U3)
            | (((two_high >> at) & _U1) << _U4)
            | (((two_low >> at) & _U1) << _U5)
            | (((shift_high >> at) & _U1) << _U6)
            | (((shift_low >> at) & _U1) << _U7)
        )


@_inner
def _stretch(marks: Marks, run: int, length: int, at: int, bit: np.uint8) -> None:
    """Mark the window that a run has just filled, or the point by which it goes on."""
    if run == length:
        for i in range(at - length + 1, at + 1):
            marks[i] |= bit
    elif run > length:
        marks[at] |= bit


@_inner
def _mark_long(
    values: Floats, b: int, e: int, mean: float, lines: Four, between: bool, shift: int, trend: int, marks: Marks
) -> None:
    """Mark a phase of any length, point by point; what is not finite is a gap."""
    lpl, upl, near_lpl, near_upl = lines
    above = below = 0
    up = down = 1  # points, of which a trend of one step has two
    near_1 = near_2 = 0  # on which side each of the two points before lay near a limit: 1, -1, or 0 for neither
    before = np.nan
    for i in range(b, e):
        y = values[i]
        if not np.isfinite(y):
            y = np.nan
        high, low = y > upl, y < lpl
        near = 0
        if y > near_upl and not (between and high):
            near = 1
        if y < near_lpl and not (between and low):
            near = -1
        above = above + 1 if y > mean else 0
        below = below + 1 if y < mean else 0
        up = up + 1 if y > before else 1
        down = down + 1 if y < before else 1
        if high:
            marks[i] |= np.uint8(1)
        if low:
            marks[i] |= np.uint8(2)
        _stretch(marks, up, trend, i, np.uint8(4))
        _stretch(marks, down, trend, i, np.uint8(8))
        for side, run, bit in ((1, above, np.uint8(16)), (-1, below, np.uint8(32))):
            if run >= 3:
                here, second, first = near == side, near_1 == side, near_2 == side
                if (here and (second or first)) or (second and first):
                    if here:
                        marks[i] |= bit
                    if second:
                        marks[i - 1] |= bit
                    if first:
                        marks[i - 2] |= bit
        _stretch(marks, above, shift, i, np.uint8(64))
        _stretch(marks, below, shift, i, np.uint8(128))
        near_2, near_1 = near_1, near
        before = y


@_outer
def assess_spans(
    values: Floats,
    begin: Ints,
    end: Ints,
    baselines: Ints,
    first: int,
    last: int,
    limit_factor: float,
    near_factor: float,
    screen_factor: float,
    screens: bool,
    between: bool,
    shift: int,
    trend: int,
    counts: Ints,
    figures: Floats,
    marks: Marks,
) -> None:
    """Assess phases ``first`` to ``last`` of one column, and write what is found into the last three.

    ``counts`` is (3, phases): values, values in the basis, moving ranges; ``figures`` is (6, phases): mean, mean
    moving range, both limits, both inner lines; ``marks`` is as long as the values and zero before.
    """
    for p in range(first, last):
        b, e = begin[p], end[p]
        n = e - b
        basis = n if baselines[p] <= 0 else min(n, baselines[p])
        mean = moved = np.nan
        if n > 0 and basis == n:
            mean, moved = _known_figures(values, b, e)
        whole = np.isfinite(mean)
        if whole:
            n_valid = n_basis = n
            ranges = n - 1
        else:
            mean, moved, ranges, n_basis = _holed_figures(values, b, b + basis)
            n_valid = n_basis
            for i in range(b + basis, e):
                n_valid += np.isfinite(values[i])
        amr = moved / ranges
        if screens:
            amr = _screened(values, b, b + basis, screen_factor * amr)
        reach, near = limit_factor * amr, near_factor * amr
        lines = mean - reach, mean + reach, mean - near, mean + near
        counts[0, p], counts[1, p], counts[2, p] = n_valid, n_basis, ranges
        figures[0, p], figures[1, p] = mean, amr
        figures[2, p], figures[3, p], figures[4, p], figures[5, p] = lines
        if n <= WORD and (whole or not _has_infinity(values, b, e)):
            _mark_word(values, b, e, mean, lines, between, shift, trend, marks)
        else:
            _mark_long(values, b, e, mean, lines, between, shift, trend, marks)
