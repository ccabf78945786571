"""The block kernel: against its slow twin, alone against in company, and on the cases that invite a lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.signals import Side
from sightline.core.statistics.blocks import assess_block, leading_marks
from sightline.core.statistics.marks import Mark, causes
from sightline.core.statistics.rulesets import MDC_2023, PTD_0_2_2, RULE_SETS

from .cases import block_of, case
from .twin import assess_slowly


def as_set(marks):
    return {(rule.value, 1 if side is Side.HIGH else -1) for rule, side in causes(int(marks))}


@settings(max_examples=150, deadline=None)
@given(
    cases=st.lists(case, min_size=1, max_size=6), rules=st.sampled_from(list(RULE_SETS.values())), screen=st.booleans()
)
def test_block_gives_what_the_slow_twin_gives(cases, rules, screen):
    laid, how = block_of(cases)
    block = assess_block(laid, rules, screen=screen, **how)
    for row, (values, rebases, baseline) in enumerate(cases):
        phases, found = assess_slowly(values, rebases, baseline, screen, between=rules is PTD_0_2_2)
        at = range(block.offsets[row], block.offsets[row + 1])
        assert [int(block.start[i]) for i in at] == [start for start, _, _ in phases]
        for i, (_, mean, amr) in zip(at, phases, strict=True):
            assert float(block.mean[i]) == pytest.approx(np.nan if mean is None else mean, rel=1e-12, nan_ok=True)
            assert float(block.amr[i]) == pytest.approx(np.nan if amr is None else amr, rel=1e-12, nan_ok=True)
        assert [as_set(marks) for marks in block.marks[row, : len(values)]] == found
        assert not block.marks[row, len(values) :].any()


@settings(max_examples=60, deadline=None)
@given(cases=st.lists(case, min_size=2, max_size=8), screen=st.booleans())
def test_a_series_alone_gives_to_the_last_bit_what_it_gives_in_company(cases, screen):
    laid, how = block_of(cases)
    block = assess_block(laid, MDC_2023, screen=screen, **how)
    for row, one in enumerate(cases):
        alone_laid, alone_how = block_of([one])
        alone = assess_block(alone_laid, MDC_2023, screen=screen, **alone_how)
        at = slice(block.offsets[row], block.offsets[row + 1])
        for name in ("start", "n", "n_valid", "n_basis", "n_ranges", "mean", "amr", "lpl", "upl"):
            np.testing.assert_array_equal(getattr(block, name)[at], getattr(alone, name))
        np.testing.assert_array_equal(block.marks[row, : len(one[0])], alone.marks[0])


def test_the_road_for_whole_rows_meets_the_road_for_ragged_ones():
    rng = np.random.default_rng(7)
    values = rng.normal(50, 5, (3000, 30))
    values[rng.random(values.shape) < 0.02] = np.nan
    plain = assess_block(values, MDC_2023)
    ragged = assess_block(values, MDC_2023, lengths=np.full(3000, 30))
    np.testing.assert_array_equal(plain.marks, ragged.marks)
    np.testing.assert_array_equal(plain.upl, ragged.upl)
    assert plain.marks.any()


@pytest.mark.parametrize("constant", [0.1, 1 / 3, 99.7, 1e-12, 123456789.123])
@pytest.mark.parametrize("length", [7, 36, 99])
def test_no_point_of_a_constant_series_lies_beside_its_own_mean(constant, length):
    block = assess_block(np.full((1, length), constant), MDC_2023, screen=False)
    assert block.mean[0] == constant
    assert not block.marks.any()


RISING = [1.0, 2, 3, 4, 5, 6, 7]
FLAT = [4.0, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5]


@pytest.mark.parametrize(
    ("values", "rebases", "bit", "points"),
    [
        (RISING, (), Mark.TREND_HIGH, range(7)),
        (RISING[::-1], (), Mark.TREND_LOW, range(7)),
        (RISING[:6], (), Mark.TREND_HIGH, ()),
        ([1.0, 2, 3, 4, 4, 5, 6, 7], (), Mark.TREND_HIGH, ()),
        ([1.0, 2, 3, None, 4, 5, 6, 7], (), Mark.TREND_HIGH, ()),
        ([*RISING, 8, 9], (4,), Mark.TREND_HIGH, ()),
        ([*FLAT, 9], (), Mark.OUTSIDE_HIGH, (12,)),
        ([*FLAT, 9], (12,), Mark.OUTSIDE_HIGH, ()),
        ([0.0] * 7 + [10.0] * 7, (), Mark.SHIFT_LOW, range(7)),
        ([0.0] * 7 + [10.0] * 7, (), Mark.SHIFT_HIGH, range(7, 14)),
        ([0.0] * 6 + [10.0] * 6, (), Mark.SHIFT_HIGH, ()),
        ([0.0] * 3 + [None] + [0.0] * 4 + [10.0] * 7, (), Mark.SHIFT_LOW, ()),
    ],
)
def test_rule_marks_these_points_and_no_others(values, rebases, bit, points):
    laid, how = block_of([(values, rebases, 0)])
    block = assess_block(laid, MDC_2023, screen=False, **how)
    assert [int(i) for i in np.flatnonzero(block.marks[0] & bit)] == list(points)


def test_two_of_three_counts_points_beyond_three_sigma_only_since_2023():
    values = np.array([[*FLAT * 2, 8.5, 4.9, 6.9, 5.0]])
    baseline = {"baselines": np.array([24])}
    beyond = assess_block(values, MDC_2023, **baseline)
    between = assess_block(values, PTD_0_2_2, **baseline)
    assert [int(i) for i in np.flatnonzero(beyond.marks[0] & Mark.TWO_OF_THREE_HIGH)] == [24, 26]
    assert not (between.marks & Mark.TWO_OF_THREE_HIGH).any()
    assert between.marks[0, 24] & Mark.OUTSIDE_HIGH


def test_screening_leaves_an_outlying_moving_range_out():
    values = np.array([[*FLAT, 60.0, *FLAT]])
    screened, kept = (assess_block(values, MDC_2023, screen=screen) for screen in (True, False))
    assert screened.amr[0] == 1.0
    assert kept.amr[0] > 5


def test_screening_a_constant_leaves_no_moving_range_and_so_no_limits():
    values = np.full((1, 20), 5.0)
    screened, kept = (assess_block(values, MDC_2023, screen=screen) for screen in (True, False))
    assert np.isnan(screened.amr[0]) and np.isnan(screened.upl[0])
    assert (kept.amr[0], kept.upl[0]) == (0.0, 5.0)


def test_limits_rest_on_the_baseline_of_each_phase():
    values = np.array([[1.0, 3, 1, 3, 9, 9, 10, 30, 10, 30, 99, 99]])
    starts = np.zeros(values.shape, dtype=bool)
    starts[0, 6] = True
    block = assess_block(values, MDC_2023, phase_starts=starts, baselines=np.array([4]))
    assert block.mean.tolist() == [2.0, 20.0]
    assert block.amr.tolist() == [2.0, 20.0]
    assert block.n_valid.tolist() == [6, 6]
    assert block.n_basis.tolist() == [4, 4]


def test_an_infinite_value_is_a_gap():
    values = np.array([[1.0, 2, np.inf, 2, 1, 2, 1], [1.0, 2, np.nan, 2, 1, 2, 1]])
    block = assess_block(values, MDC_2023)
    assert block.n_valid.tolist() == [6, 6]
    assert block.mean[0] == block.mean[1]


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (3, 0)])
def test_nothing_in_gives_nothing_out(shape):
    block = assess_block(np.empty(shape), MDC_2023)
    assert block.marks.shape == shape
    assert len(block.mean) == shape[0]


@pytest.mark.parametrize(("values", "name"), [(1, Mark.TREND_LOW), (-1, Mark.TREND_HIGH)])
def test_a_point_that_ends_one_trend_is_named_after_the_one_it_begins(values, name):
    peak = values * np.array([[*RISING, 6.0, 5, 4, 3, 2, 1]])
    trends = assess_block(peak, MDC_2023).marks & np.uint8(Mark.TREND_HIGH | Mark.TREND_LOW)
    assert trends[0, 6] == Mark.TREND_HIGH | Mark.TREND_LOW
    assert leading_marks(peak, trends)[0, 6] == name


def test_the_leading_mark_follows_the_order_outside_trend_two_of_three_shift():
    everything = np.array([[255 & ~int(Mark.OUTSIDE_LOW), 0b11110100, 0b11110000, 0b11000000, 0]], dtype=np.uint8)
    leading = leading_marks(np.zeros(everything.shape), everything)
    assert leading[0].tolist() == [Mark.OUTSIDE_HIGH, Mark.TREND_HIGH, Mark.TWO_OF_THREE_HIGH, Mark.SHIFT_HIGH, 0]
