"""Departures from what was usual: against a slow twin, on invented noise of several kinds, and where nothing can be said."""

from __future__ import annotations

from itertools import pairwise
from math import log1p, sqrt
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.departures import departures
from sightline.core.statistics.evidence import WINDOW, rank_evidence
from sightline.core.verdict import Invalid

nan = float("nan")
SERIES, FALSE_ALARMS = 4000, 4


def slowly(row: list[float], newest: int, fewest: int) -> list[float]:
    """One series by the formula as its docstring gives it; NaN is a missing figure."""
    before = row[:-newest]
    known = [x for x in before if x == x]
    n = len(known)
    if n < fewest or max(known) - min(known) < 1e-9:
        return [nan] * newest
    mean = fmean(known)
    squares = sum((x - mean) ** 2 for x in known)
    follows = sum((x - mean) * (y - mean) for x, y in pairwise(before) if x == x and y == y) / squares
    r = min(0.9, max(0.0, follows + (1 + 4 * follows) / n))
    error = sqrt(squares / (n - 1) * (1 + newest / n) * (1 + r) / (1 - r))
    freedom = max(n * (1 - r**2) / (1 + r**2) - 1, 1.0)
    found = []
    for x in row[-newest:]:
        t = (x - mean) / error
        size = (8 * freedom + 1) / (8 * freedom + 3) * sqrt(freedom * log1p(t * t / freedom))
        found.append(size if t > 0 else -size)
    return found


figures = st.one_of(st.just(nan), st.integers(-50, 50).map(float))


@settings(max_examples=200, deadline=None)
@given(row=st.lists(figures, min_size=8, max_size=30))
def test_a_series_alone_is_read_as_its_slow_twin_reads_it(row: list[float]) -> None:
    np.testing.assert_allclose(departures(np.array([row]), newest=3, fewest=4)[0], slowly(row, 3, 4), atol=1e-9)


def wandering(count: int, periods: int, follows: float) -> np.ndarray:
    """Series of which nothing is the matter, each figure following the one before by so much."""
    steps = np.random.default_rng(20).standard_normal((count, periods + 40))
    for at in range(1, steps.shape[1]):
        steps[:, at] = follows * steps[:, at - 1] + steps[:, at] * sqrt(1 - follows**2)
    return steps[:, 40:]


@pytest.mark.parametrize("periods", [18, 24, 42])
@pytest.mark.parametrize("follows", [0.0, 0.3, 0.6])
def test_where_nothing_is_the_matter_hardly_any_series_is_listed(periods: int, follows: float) -> None:
    ranking = rank_evidence(departures(wandering(SERIES, periods, follows)), above_only=True)
    assert int(ranking.discoveries.found.sum()) <= FALSE_ALARMS
    assert (ranking.p < 0.01).mean() < 0.015


def test_series_that_worsened_are_listed_and_such_as_improved_are_not() -> None:
    figures = wandering(1000, 42, 0.2)
    figures[:50, -WINDOW:] += 4
    figures[50:100, -WINDOW:] -= 4
    found = rank_evidence(departures(figures), above_only=True).discoveries.found
    assert found[:50].sum() >= 45
    assert not found[50:100].any()
    # Of those listed without cause there are about as many as the list says.
    assert found[100:].sum() <= 10


def test_one_side_alone_halves_the_chance_of_what_lies_above_and_lists_nothing_below() -> None:
    z = np.array([[0.1, 0.2, 4.0], [-0.1, -0.2, -4.0], [nan, nan, nan]])
    both, above = rank_evidence(z), rank_evidence(z, above_only=True)
    assert above.p[0] == pytest.approx(both.p[0] / 2)
    assert both.p[1] == pytest.approx(both.p[0]) and above.p[1] == 1.0
    assert np.isnan(above.p[2])


def test_nothing_is_said_of_a_series_that_is_short_or_never_varies() -> None:
    rows = np.array([[nan] * 8 + [1.0, 2.0] * 5 + [9.0] * 2, [4.0] * 20, [1.0, 2.0] * 9 + [nan, 3.0]])
    found = departures(rows, newest=2, fewest=12)
    assert np.isnan(found[:2]).all()
    assert np.isnan(found[2, 0]) and found[2, 1] > 0
    assert np.isnan(departures(np.array([[1.0, 2.0]]))).all() and departures(np.empty((0, 5))).shape == (0, WINDOW)


@pytest.mark.parametrize("more", [{"newest": 0}, {"fewest": 1}])
def test_what_makes_no_sense_is_refused(more: dict[str, int]) -> None:
    with pytest.raises(Invalid, match="one newest figure or more"):
        departures(np.ones((2, 20)), **more)
    with pytest.raises(Invalid):
        departures(np.ones(20))
