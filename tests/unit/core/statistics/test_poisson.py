"""Exact Poisson limits: against published values, against the sum that defines them, and at the ends of the range."""

from __future__ import annotations

from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.levels import critical
from sightline.core.statistics.poisson import LARGE, exact_limits, gamma_quantile


def at_most(count, mean):
    """Chance of so many Poisson events or fewer, term by term."""
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))


@settings(max_examples=100, deadline=None)
@given(expected=st.integers(1, 600), level=st.sampled_from([0.5, 0.9, 0.95, 0.99, 0.998, 0.9999]))
def test_limits_are_the_means_at_which_the_sum_of_poisson_chances_is_the_tail(expected, level):
    lower, upper = exact_limits(np.array([float(expected)]), level)
    tail = (1 - level) / 2
    assert 1 - at_most(expected - 1, lower[0] * expected) == pytest.approx(tail, rel=1e-6)
    assert at_most(expected, upper[0] * expected) == pytest.approx(tail, rel=1e-6)


def test_limits_are_those_of_the_published_table():
    """95 % limits of a Poisson count, as tables of them print it."""
    table = {1: (0.0253, 5.5716), 5: (1.6235, 11.6683), 10: (4.7954, 18.3904), 50: (37.1110, 65.9188)}
    counts = np.array([float(count) for count in table])
    lower, upper = exact_limits(counts, 0.95)
    for (low, high), ours_low, ours_high in zip(table.values(), lower * counts, upper * counts, strict=True):
        assert (ours_low, ours_high) == pytest.approx((low, high), abs=5e-5)


def test_quantiles_agree_with_scipy_from_the_smallest_to_the_largest_shape():
    special = pytest.importorskip("scipy.special")  # comes with what reads themes, and only for this test
    shapes = np.concatenate([np.geomspace(1e-2, 1e7, 3000), np.arange(1.0, 2 * LARGE)])
    for p in (5e-5, 0.001, 0.025, 0.25, 0.75, 0.975, 0.999, 0.99995):
        theirs = special.gammaincinv(shapes, p) if p < 0.5 else special.gammainccinv(shapes, 1 - p)
        np.testing.assert_allclose(gamma_quantile(shapes, p), theirs, rtol=1e-9, atol=1e-300)


def test_the_two_ways_meet_where_one_takes_over_from_the_other():
    for p in (5e-5, 0.025, 0.975, 0.99995):
        below, above = gamma_quantile(np.array([np.nextafter(LARGE, 0), LARGE]), p)
        assert below == pytest.approx(above, rel=1e-9)


def test_a_very_small_expected_count_has_limits_and_a_large_one_normal_limits():
    lower, upper = exact_limits(np.array([1e-6, 1e-3, 1e12]), 0.95)
    assert lower[0] == 0 and upper[0] == pytest.approx(3.68888e6, rel=1e-5)
    assert np.all(np.isfinite(upper)) and np.all(lower < 1)
    assert upper[2] - 1 == pytest.approx(critical(0.95) * 1e-6, rel=1e-3)


def test_what_is_no_expected_count_has_no_limits():
    given = np.array([0.0, -1.0, np.nan, np.inf, -np.inf, 5.0])
    lower, upper = exact_limits(given, 0.95)
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True] * 5 + [False]
    assert exact_limits(np.empty(0), 0.95)[0].shape == (0,)


def test_critical_values_are_those_of_the_normal_table():
    assert critical(0.95) == pytest.approx(1.959964, abs=5e-7)
    assert critical(0.998) == pytest.approx(3.090232, abs=5e-7)
