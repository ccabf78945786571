"""Signals from a chart: what is current, since when, by which rules, and for whom it is good news."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.core.indicators.evidence import Chart, signals_from
from sightline.core.indicators.patterns import current_patterns
from sightline.core.indicators.variation import Direction
from sightline.core.signals import Bearing, Rule, Side, SignalKind
from sightline.core.statistics.series import SeriesInput, assess

SAW = [4.0, 5.0] * 10


def month(index):
    return date(2023 + index // 12, index % 12 + 1, 1)


def chart(values, direction=Direction.INCREASE, target=None, **how):
    (result,) = assess([SeriesInput(values, **how)])
    dates = [month(index) for index in range(len(values))]
    return Chart("RXX", "waits", "survey", "2024-09", dates, values, result, direction, target)


@pytest.mark.requirement("DAT-03")
def test_a_run_above_the_usual_range_is_one_signal_with_all_its_facts():
    (signal,) = signals_from(chart([*SAW, 9.0, 9.5, 9.0], Direction.DECREASE, baseline=20))
    assert signal.kind is SignalKind.SPECIAL_CAUSE
    assert (signal.bearing, signal.side) == (Bearing.CONCERN, Side.HIGH)
    assert signal.rules == (Rule.OUTSIDE, Rule.TWO_OF_THREE)
    assert (signal.since, signal.until, signal.periods) == (month(20), month(22), 3)
    assert (signal.value, signal.usual_low, signal.usual_high) == (9.0, pytest.approx(1.84), pytest.approx(7.16))
    assert (signal.subject, signal.measure, signal.source, signal.publication) == ("RXX", "waits", "survey", "2024-09")


def test_an_ordinary_series_raises_nothing():
    assert signals_from(chart(SAW, target=4.5)) == ()


@pytest.mark.parametrize(("back", "told"), [(0, True), (1, True), (2, True), (3, False)])
def test_a_pattern_is_current_while_it_touches_the_three_latest_periods(back, told):
    found = signals_from(chart([*SAW, 9.0, *[4.0, 5.0, 4.0][:back]], baseline=20))
    assert bool(found) is told


def test_missing_months_at_the_end_do_not_hide_what_was_last_known():
    (signal,) = signals_from(chart([*SAW, 9.0, None, None, None, None], baseline=20))
    assert signal.until == month(20)


def test_a_hole_of_one_period_does_not_make_an_old_concern_look_new():
    (signal,) = signals_from(chart([*SAW, 9.0, None, 9.0, 5.0, 9.0], baseline=20))
    assert (signal.since, signal.until, signal.periods) == (month(20), month(24), 3)


def test_a_longer_hole_begins_a_new_pattern():
    (signal,) = signals_from(chart([*SAW, 9.0, 4.0, 5.0, 9.0], baseline=20))
    assert (signal.since, signal.periods) == (month(23), 1)


def test_patterns_on_both_sides_are_both_told():
    values = [*SAW, 7.0, 6.6, 6.2, 5.8, 5.4, 5.0, 4.6]
    high, low = signals_from(chart(values, baseline=20))
    assert (high.side, high.bearing) == (Side.HIGH, Bearing.IMPROVEMENT)
    assert high.rules == (Rule.TWO_OF_THREE, Rule.SHIFT)
    assert (low.side, low.bearing, low.rules) == (Side.LOW, Bearing.CONCERN, (Rule.TREND,))
    assert (high.since, low.since) == (month(19), month(20))


def test_a_pattern_before_a_rebase_is_history():
    assert signals_from(chart([*SAW, 9.0, 9.0, *SAW[:13]], rebases=(22,))) == ()
    values = [*SAW[:19], 9.0, *SAW[:13]]
    assert signals_from(chart(values, rebases=(20,)), recent=20) == ()


def test_neutral_measure_signals_a_change_that_is_neither():
    (signal,) = signals_from(chart([*SAW, 0.0], Direction.NEUTRAL))
    assert (signal.bearing, signal.side) == (Bearing.NEITHER, Side.LOW)


def test_provisional_limits_raise_nothing_unless_asked():
    values = [*SAW[:10], 30.0]
    assert signals_from(chart(values, baseline=10)) == ()
    assert len(signals_from(chart(values, baseline=10), provisional_too=True)) == 1


@pytest.mark.parametrize(
    ("direction", "target", "side"),
    [(Direction.INCREASE, 9.0, Side.LOW), (Direction.DECREASE, 1.0, Side.HIGH)],
)
def test_target_that_cannot_be_met_is_a_signal_since_the_phase_began(direction, target, side):
    (signal,) = signals_from(chart([1.0, *SAW, None, 4.0], direction, target, rebases=(1,)))
    assert (signal.kind, signal.bearing, signal.side) == (SignalKind.TARGET_MISSED, Bearing.CONCERN, side)
    assert (signal.since, signal.until, signal.periods) == (month(1), month(22), 21)
    assert signal.rules == ()
    assert signal.usual_low < signal.value < signal.usual_high


def test_a_constant_below_its_target_misses_it():
    (signal,) = signals_from(chart([80.0] * 15, target=95.0))
    assert signal.kind is SignalKind.TARGET_MISSED
    assert (signal.usual_low, signal.usual_high) == (None, None)
    assert signals_from(chart([80.0] * 5, target=95.0)) == ()


def test_a_series_that_never_moves_signals_each_recent_change():
    rise, fall = signals_from(chart([0.0] * 14 + [1.0, 0.0], Direction.DECREASE, baseline=12))
    assert {rise.kind, fall.kind} == {SignalKind.CHANGED}
    assert (rise.side, rise.bearing, rise.since, rise.value) == (Side.HIGH, Bearing.CONCERN, month(14), 1.0)
    assert (fall.side, fall.bearing, fall.since, fall.value) == (Side.LOW, Bearing.IMPROVEMENT, month(15), 0.0)


def test_an_old_change_of_a_constant_is_history():
    assert signals_from(chart([0.0] * 12 + [1.0] * 4, baseline=12)) == ()


@pytest.mark.parametrize("values", [[], [None], [5.0], [None] * 20])
def test_series_without_enough_to_say_raises_nothing(values):
    assert signals_from(chart(values, target=99.0)) == ()


def test_pattern_says_which_points_each_rule_marked():
    values = [*SAW, 9.0, 5.5, 9.0, 9.0]
    (result,) = assess([SeriesInput(values, baseline=20)])
    (pattern,) = current_patterns(result, values)
    assert pattern.indices == (20, 22, 23)
    assert dict(pattern.by_rule)[Rule.OUTSIDE] == (20, 22, 23)
    assert dict(pattern.by_rule)[Rule.TWO_OF_THREE] == (20, 22, 23)
    assert not pattern.unbroken
    values[21] = 9.0
    (result,) = assess([SeriesInput(values, baseline=20)])
    assert current_patterns(result, values)[0].unbroken
