"""Cumulative sums and EWMA: against their slow twins, on a worked example, over gaps, and on what cannot be summed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.cusums import Restart, bernoulli_cusum, poisson_cusum, shifted_risk, tabular_cusum
from sightline.core.statistics.ewma import baseline, ewma
from sightline.core.verdict import Invalid

from .cusum_twin import bernoulli_weights, ewma_slowly, poisson_weights, sums_slowly, tabular_weights

nan, inf = float("nan"), float("inf")
z_value = st.one_of(st.none(), st.integers(-8, 8).map(lambda n: n / 2), st.floats(-6, 6))
restarts = st.sampled_from(Restart)


def row(values):
    return np.array([nan if value is None else value for value in values], dtype=float)


def same(ours, signals, slow):
    """Sums to twelve digits, signals where the sum is not within rounding of the limit."""
    assert np.abs(ours).tolist() == pytest.approx([value for value, _ in slow], rel=1e-9, abs=1e-9)
    assert signals.tolist() == [signal for _, signal in slow]


@settings(max_examples=200, deadline=None)
@given(
    z=st.lists(z_value, max_size=40),
    shift=st.sampled_from([0.5, 1.0, 2.0]),
    limit=st.sampled_from([2.0, 4.1, 5.0]),
    restart=restarts,
    head=st.booleans(),
)
def test_tabular_sums_are_those_of_the_slow_twin(z, shift, limit, restart, head):
    found = tabular_cusum(row(z), shift=shift, limit=limit, restart=restart, head_start=head)
    for side, ours, signals in ((1, found.up, found.signal_up), (-1, found.down, found.signal_down)):
        slow = sums_slowly(tabular_weights(z, shift, side), limit, restart, True, limit / 2 if head else 0.0)
        same(ours, signals, slow)
    assert found.counted.tolist() == [one is not None for one in z]


case = st.tuples(
    st.one_of(st.none(), st.integers(0, 1)), st.one_of(st.none(), st.sampled_from([0.0, 1.0, 0.01, 0.3, 0.95]))
)


@settings(max_examples=200, deadline=None)
@given(cases=st.lists(case, max_size=60), odds_ratio=st.sampled_from([1.5, 2.0, 4.0]), restart=restarts)
def test_risk_adjusted_sums_are_those_of_the_slow_twin(cases, odds_ratio, restart):
    x, p = ([one[i] for one in cases] for i in (0, 1))
    found = bernoulli_cusum(row(x), row(p), odds_ratio=odds_ratio, limit=2.345, restart=restart)
    same(found.up, found.signal_up, sums_slowly(bernoulli_weights(x, p, odds_ratio), 2.345, restart))
    same(found.down, found.signal_down, sums_slowly(bernoulli_weights(x, p, 1 / odds_ratio), 2.345, restart))


month = st.tuples(st.one_of(st.none(), st.integers(-1, 30)), st.one_of(st.none(), st.sampled_from([0.0, 0.5, 7.3, 20])))


@settings(max_examples=200, deadline=None)
@given(months=st.lists(month, max_size=40), ratio=st.sampled_from([1.2, 1.5, 2.0]), restart=restarts)
def test_sums_of_counts_are_those_of_the_slow_twin(months, ratio, restart):
    o, e = ([one[i] for one in months] for i in (0, 1))
    found = poisson_cusum(row(o), row(e), rate_ratio=ratio, limit=3.456, restart=restart)
    same(found.up, found.signal_up, sums_slowly(poisson_weights(o, e, ratio), 3.456, restart))
    same(found.down, found.signal_down, sums_slowly(poisson_weights(o, e, 1 / ratio), 3.456, restart))


@settings(max_examples=150, deadline=None)
@given(
    values=st.lists(z_value, max_size=40),
    weight=st.sampled_from([0.05, 0.2, 0.4, 1.0]),
    distance=st.sampled_from([2.7, 3.0]),
)
def test_averages_and_limits_are_those_of_the_slow_twin(values, weight, distance):
    found = ewma(row(values), 0.25, 1.5, weight=weight, distance=distance)
    slow = ewma_slowly(values, 0.25, 1.5, weight, distance)
    for ours, at in ((found.average, 0), (found.lower, 1), (found.upper, 2)):
        assert ours.tolist() == pytest.approx([one[at] for one in slow], rel=1e-9, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(z_value, min_size=12, max_size=12), min_size=2, max_size=6), restart=restarts)
def test_a_series_alone_gives_to_the_last_bit_what_it_gives_in_company(rows, restart):
    values = np.array([row(one) for one in rows])
    together, averages = tabular_cusum(values, restart=restart), ewma(values, 0.0, 1.0)
    for i, one in enumerate(values):
        alone = tabular_cusum(one, restart=restart)
        np.testing.assert_array_equal(together.up[i], alone.up)
        np.testing.assert_array_equal(together.signal_down[i], alone.signal_down)
        np.testing.assert_array_equal(averages.upper[i], ewma(one, 0.0, 1.0).upper)


@settings(max_examples=100, deadline=None)
@given(
    z=st.lists(st.floats(-6, 6), min_size=1, max_size=30), at=st.integers(0, 30), hole=st.sampled_from([nan, inf, -inf])
)
def test_a_gap_adds_nothing_and_signals_nothing(z, at, hole):
    at = min(at, len(z))
    holed = np.insert(np.array(z), at, hole)
    whole, found = tabular_cusum(np.array(z), limit=3.0), tabular_cusum(holed, limit=3.0)
    assert not (found.signal_up[at] or found.signal_down[at] or found.counted[at])
    np.testing.assert_array_equal(np.delete(found.up, at), whole.up)
    averages, of_whole = ewma(holed, 0.0, 1.0), ewma(np.array(z), 0.0, 1.0)
    assert not (averages.above[at] or averages.below[at])
    np.testing.assert_array_equal(np.delete(averages.average, at), of_whole.average)
    np.testing.assert_array_equal(np.delete(averages.upper, at), of_whole.upper)


@settings(max_examples=100, deadline=None)
@given(z=st.lists(z_value, max_size=30), restart=restarts)
def test_turned_upside_down_the_sums_change_places(z, restart):
    found, turned = tabular_cusum(row(z), restart=restart), tabular_cusum(-row(z), restart=restart)
    np.testing.assert_array_equal(found.up, -turned.down)
    np.testing.assert_array_equal(found.signal_up, turned.signal_down)


# Twenty values around 10 and ten around 11 (Montgomery, Introduction to Statistical Quality Control, table 9.1).
WORKED = (
    "9.45 7.99 9.29 11.66 12.16 10.18 8.04 11.46 9.20 10.34 9.03 11.47 10.51 9.40 10.08 9.37 10.62 10.31 8.52 10.84 "
    "10.90 9.33 12.29 11.50 10.60 11.08 10.38 11.62 11.31 10.52"
)


def test_the_textbook_example_signals_where_the_textbook_says():
    found = tabular_cusum(np.array([float(one) for one in WORKED.split()]) - 10, shift=1.0, limit=5.0)
    assert np.flatnonzero(found.signal_up).tolist() == [28, 29]
    assert (found.up[28], found.up[29]) == pytest.approx((5.28, 5.30), abs=1e-9)
    assert found.down[1] == pytest.approx(-1.56)
    assert not found.signal_down.any()


@pytest.mark.parametrize(
    ("restart", "sums", "signals"),
    [
        (Restart.NEVER, [2, 4, 6, 8], [2, 3]),
        (Restart.ZERO, [2, 4, 6, 2], [2]),
        (Restart.HALF, [2, 4, 6, 4.5], [2]),
    ],
)
def test_after_a_signal_the_sum_goes_on_from_where_the_rule_says(restart, sums, signals):
    found = tabular_cusum(np.array([2.5] * 4), shift=1.0, limit=5.0, restart=restart)
    assert found.up.tolist() == sums
    assert np.flatnonzero(found.signal_up).tolist() == signals


def test_a_sum_on_its_limit_is_not_beyond_it():
    assert not tabular_cusum(np.array([5.5]), shift=1.0, limit=5.0).signal_up.any()
    assert tabular_cusum(np.array([5.5]), shift=1.0, limit=4.999).signal_up.all()


def test_a_death_of_a_patient_at_low_risk_weighs_more_than_one_at_high_risk():
    """Steiner 2000: log(2 / (1 + p)) for a death and log(1 / (1 + p)) for a survivor, where odds double."""
    found = bernoulli_cusum(np.array([[1.0], [1.0], [0.0]]), np.array([[0.01], [0.5], [0.5]]), odds_ratio=2.0)
    assert found.up[:, 0].tolist() == pytest.approx([np.log(2 / 1.01), np.log(2 / 1.5), 0.0])
    assert shifted_risk(0.5, 3.0) == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("job", "says"),
    [
        (lambda: tabular_cusum(np.ones(3), shift=0.0), "The shift 0 makes no sense"),
        (lambda: tabular_cusum(np.ones(3), limit=-1.0), "The limit -1 makes no sense"),
        (lambda: tabular_cusum(np.ones(3), limit=nan), "The limit nan makes no sense"),
        (lambda: poisson_cusum(np.ones(3), np.ones(3), rate_ratio=1.0), "The rate ratio 1 makes no sense"),
        (lambda: bernoulli_cusum(np.ones(3), 0.5, odds_ratio=0.5), "The odds ratio 0.5 makes no sense"),
        (lambda: bernoulli_cusum(np.array([0.0, 2.0]), 0.5), "neither 0 nor 1"),
        (lambda: bernoulli_cusum(np.array([0.0, inf]), 0.5), "neither 0 nor 1"),
        (lambda: ewma(np.ones(3), 0.0, 1.0, weight=0.0), "weight of the newest"),
        (lambda: ewma(np.ones(3), 0.0, 1.0, weight=nan), "weight of the newest"),
        (lambda: ewma(np.ones(3), 0.0, 1.0, distance=0.0), "make no sense"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(job, says):
    with pytest.raises(Invalid, match=says):
        job()


def test_a_series_without_variation_has_no_limits_and_no_signals():
    values = np.array([[5.0] * 10 + [6.0], [nan] * 11, [1.0, nan] * 5 + [2.0], [1.0, 2.0, nan] * 3 + [1.0, 2.0]])
    centre, deviation = baseline(values, np.array([10, 0, 0, 0]))
    assert centre[0] == 5.0
    assert np.isnan(deviation).tolist() == [True, True, True, False]
    z = (values - centre[:, None]) / deviation[:, None]
    found, averages = tabular_cusum(z), ewma(values, centre, deviation)
    assert not found.signal_up.any() and not averages.above[:3].any()
    assert np.isnan(averages.upper[0]).all()


def test_the_baseline_rests_on_its_first_points_alone():
    centre, deviation = baseline(np.array([[1.0, 3.0, 1.0, 3.0, 90.0]]), np.array([4]))
    assert (centre[0], deviation[0]) == pytest.approx((2.0, 2 / 1.128))


@pytest.mark.parametrize("shape", [(0,), (0, 0), (3, 0), (0, 4)])
def test_nothing_in_gives_nothing_out(shape):
    nothing = np.empty(shape)
    assert tabular_cusum(nothing).up.shape == shape
    assert poisson_cusum(nothing, nothing).down.shape == shape
    assert bernoulli_cusum(nothing, 0.1).signal_up.shape == shape
    assert ewma(nothing, 0.0, 1.0).upper.shape == shape
