"""Runs about a line: Anhøj's bounds and counts, and the medians taken anew, against slow twins and by hand."""

from __future__ import annotations

from itertools import pairwise
from math import comb, inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.runs import Median, Runs, Towards, runs_about, take_medians

from .chart_twin import long_runs, median

points = st.lists(st.one_of(st.just(nan), st.integers(-2, 2).map(float)), max_size=60)


def fewest(useful):
    """The smallest number of crossings that leaves at least five per cent of chance below or at it."""
    tosses = useful - 1
    return next(k for k in range(useful) if 20 * sum(comb(tosses, i) for i in range(k + 1)) >= 2**tosses)


@settings(max_examples=200, deadline=None)
@given(values=points)
def test_longest_run_and_crossings_are_those_counted_one_by_one(values):
    sides = [(value > 0) - (value < 0) for value in values]
    useful = [side for side in sides if side]
    found, high, low = runs_about(np.array(values, dtype=float), 0.0)
    assert found.useful == len(useful)
    if not useful:
        assert found == Runs(0) and not found.signals and not high.any() and not low.any()
        return
    longest = run = 0
    for i, side in enumerate(useful):
        run = run + 1 if i and useful[i - 1] == side else 1
        longest = max(longest, run)
    assert found.longest == longest
    assert found.crossings == sum(a != b for a, b in pairwise(useful))
    assert found.crossings_min == fewest(len(useful))
    assert found.signals == (bool(long_runs(sides)) or found.crossings < found.crossings_min)
    for side, marked in ((1, high), (-1, low)):
        expected = {i for run, at in long_runs(sides) if at == side for i in run}
        assert set(np.flatnonzero(marked).tolist()) == expected


@pytest.mark.parametrize(
    ("useful", "longest_max", "crossings_min"),
    [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10), (50, 9, 19), (100, 10, 41)],
)
def test_bounds_at_numbers_of_points_that_charts_often_have(useful, longest_max, crossings_min):
    found, _, _ = runs_about(np.array([1.0, -1.0] * useful)[:useful], 0.0)
    assert (found.longest_max, found.crossings_min) == (longest_max, crossings_min)


def test_runs_of_moving_ranges_are_counted_and_never_signal():
    found, _, _ = runs_about(np.ones(20), 0.0, independent=False)
    assert found.longest == 20 and found.too_long and not found.signals


def medians_slowly(values, first, run, towards):
    """Look from every point back over the points beside the median, until one is on the other side or missing."""
    known = [value for value in values[:first] if value == value]
    if len(values) < first or not known:
        return []
    found, after = [Median(median(known), 0, first - 1)], first
    for end in range(first, len(values)):
        held, side = [], 0
        for i in range(end, after - 1, -1):
            value = values[i]
            if value != value:
                break
            at = (value > found[-1].value) - (value < found[-1].value)
            if at and side and at != side:
                break
            if at:
                side, held = at, [i, *held]
            if len(held) == run:
                break
        wanted = {Towards.ABOVE: side == 1, Towards.BELOW: side == -1, Towards.BOTH: side != 0}[towards]
        if len(held) == run and held[-1] == end and wanted:
            found.append(Median(median([values[i] for i in held]), held[0], end))
            after = end + 1
    return found


@settings(max_examples=300, deadline=None)
@given(
    values=st.lists(st.one_of(st.just(nan), *[st.integers(0, 3).map(float)] * 6), max_size=60),
    first=st.integers(1, 12),
    run=st.integers(1, 6),
    towards=st.sampled_from(list(Towards)),
)
def test_medians_are_those_found_by_looking_back_from_every_point(values, first, run, towards):
    found = take_medians(np.array(values, dtype=float), first, run, towards)
    assert list(found) == medians_slowly(values, first, run, towards)


def test_a_point_on_the_median_does_not_break_a_run_and_a_gap_does():
    base = [5.0, 4.0, 6.0]
    on_it = take_medians(np.array([*base, 7, 5, 8, 9]), 3, 3, Towards.BOTH)
    assert on_it == (Median(5.0, 0, 2), Median(8.0, 3, 6))
    assert len(take_medians(np.array([*base, 7, nan, 8, 9]), 3, 3, Towards.BOTH)) == 1


@pytest.mark.parametrize("values", [[], [nan] * 20, [inf] * 20, [1.0]])
def test_no_median_comes_of_nothing(values):
    assert take_medians(np.array(values, dtype=float), 2, 6, Towards.BOTH) == ()


@pytest.mark.parametrize(("first", "run"), [(0, 6), (12, 0)])
def test_a_baseline_or_a_run_of_no_points_is_refused(first, run):
    with pytest.raises(ValueError, match="at least one point"):
        take_medians(np.ones(20), first, run, Towards.BOTH)
