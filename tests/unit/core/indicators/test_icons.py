"""Variation and assurance: what an icon says, as tables."""

from __future__ import annotations

import pytest

from sightline.core.indicators.assurance import Assurance, against_limits, assurance
from sightline.core.indicators.variation import Direction, Variation, bearing, variation
from sightline.core.signals import Bearing, Side
from sightline.core.statistics.rulesets import PTD_0_2_2, Conflict, TargetOnLimit
from sightline.core.statistics.series import SeriesInput, assess

UP, DOWN, NEUTRAL = Direction.INCREASE, Direction.DECREASE, Direction.NEUTRAL
SAW = [4.0, 5.0] * 10
HIGH = [*SAW, 9.0]
LOW = [*SAW, 0.0]
# Seven falling steps that all lie above the usual level: the trend says one thing, the shift another.
CONFLICT = [*SAW, 7.0, 6.6, 6.2, 5.8, 5.4, 5.0, 4.6]


def one(values, baseline=0, rules=None):
    series = [SeriesInput(values, baseline=baseline)]
    return (assess(series, rules) if rules else assess(series))[0]


@pytest.mark.parametrize(
    ("direction", "side", "means"),
    [
        (UP, Side.HIGH, Bearing.IMPROVEMENT),
        (UP, Side.LOW, Bearing.CONCERN),
        (DOWN, Side.HIGH, Bearing.CONCERN),
        (DOWN, Side.LOW, Bearing.IMPROVEMENT),
        (NEUTRAL, Side.HIGH, Bearing.NEITHER),
        (NEUTRAL, Side.LOW, Bearing.NEITHER),
        (UP, Side.NONE, Bearing.NEITHER),
        (DOWN, Side.NONE, Bearing.NEITHER),
        (NEUTRAL, Side.NONE, Bearing.NEITHER),
    ],
)
def test_bearing_of_a_side_depends_on_which_way_is_better(direction, side, means):
    assert bearing(direction, side) is means


@pytest.mark.parametrize(
    ("values", "direction", "icon"),
    [
        (HIGH, UP, Variation.IMPROVEMENT_HIGH),
        (HIGH, DOWN, Variation.CONCERN_HIGH),
        (HIGH, NEUTRAL, Variation.NEUTRAL_HIGH),
        (LOW, UP, Variation.CONCERN_LOW),
        (LOW, DOWN, Variation.IMPROVEMENT_LOW),
        (LOW, NEUTRAL, Variation.NEUTRAL_LOW),
        (SAW, UP, Variation.COMMON_CAUSE),
        ([*HIGH, 5.0], UP, Variation.COMMON_CAUSE),
        ([*HIGH, None], UP, Variation.IMPROVEMENT_HIGH),
        ([5.0] * 20, UP, Variation.NONE),
        ([5.0], UP, Variation.NONE),
        ([None], UP, Variation.NONE),
        ([], UP, Variation.NONE),
    ],
)
def test_variation_icon_is_read_off_the_last_reported_point(values, direction, icon):
    reading = variation(one(values), values, direction)
    assert (reading.icon, reading.also, reading.provisional) == (icon, None, False)


def test_variation_of_few_points_says_that_it_is_provisional():
    assert variation(one(SAW[:8]), SAW[:8], UP).provisional


@pytest.mark.parametrize(
    ("direction", "conflict", "first", "second"),
    [
        (UP, Conflict.IMPROVEMENT_WINS, Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW),
        (DOWN, Conflict.IMPROVEMENT_WINS, Variation.IMPROVEMENT_LOW, Variation.CONCERN_HIGH),
        (NEUTRAL, Conflict.IMPROVEMENT_WINS, Variation.NEUTRAL_LOW, Variation.NEUTRAL_HIGH),
        (UP, Conflict.PRIORITY, Variation.CONCERN_LOW, Variation.IMPROVEMENT_HIGH),
        (DOWN, Conflict.PRIORITY, Variation.IMPROVEMENT_LOW, Variation.CONCERN_HIGH),
    ],
)
def test_a_point_that_says_two_things_keeps_the_second_beside_the_first(direction, conflict, first, second):
    reading = variation(one(CONFLICT, baseline=20), CONFLICT, direction, conflict)
    assert (reading.icon, reading.also) == (first, second)


def test_the_rule_set_decides_a_conflict_when_nobody_else_does():
    assert variation(one(CONFLICT, 20), CONFLICT, UP).icon is Variation.IMPROVEMENT_HIGH
    assert variation(one(CONFLICT, 20, PTD_0_2_2), CONFLICT, UP).icon is Variation.CONCERN_LOW


@pytest.mark.parametrize("kind", [Variation, Assurance])
def test_every_icon_has_words_of_its_own(kind):
    assert len({icon.words for icon in kind}) == len(kind)


STRICT, INCLUSIVE = TargetOnLimit.INCONSISTENT, TargetOnLimit.CONSISTENT
MEETS, MISSES, MAYBE, NONE = Assurance.MEETS, Assurance.MISSES, Assurance.INCONSISTENT, Assurance.NONE


@pytest.mark.parametrize(
    ("target", "on_limit", "if_up", "if_down"),
    [
        (9.9, STRICT, MEETS, MISSES),
        (10.0, STRICT, MAYBE, MAYBE),
        (10.0, INCLUSIVE, MEETS, MISSES),
        (15.0, STRICT, MAYBE, MAYBE),
        (15.0, INCLUSIVE, MAYBE, MAYBE),
        (20.0, INCLUSIVE, MISSES, MEETS),
        (20.0, STRICT, MAYBE, MAYBE),
        (20.1, STRICT, MISSES, MEETS),
    ],
)
def test_assurance_holds_the_target_against_the_usual_range_of_ten_to_twenty(target, on_limit, if_up, if_down):
    assert against_limits(10.0, 20.0, UP, target, on_limit) is if_up
    assert against_limits(10.0, 20.0, DOWN, target, on_limit) is if_down


@pytest.mark.parametrize("on_limit", [STRICT, INCLUSIVE])
def test_a_target_on_both_limits_at_once_is_uncertain(on_limit):
    assert against_limits(10.0, 10.0, UP, 10.0, on_limit) is MAYBE


@pytest.mark.parametrize(
    ("values", "direction", "target", "says"),
    [
        (SAW, UP, None, NONE),
        (SAW, NEUTRAL, 1.0, NONE),
        (SAW, UP, 1.0, MEETS),
        (SAW, UP, 8.0, MISSES),
        (SAW, DOWN, 8.0, MEETS),
        (SAW, UP, 4.5, MAYBE),
        ([5.0], UP, 1.0, NONE),
        ([], UP, 1.0, NONE),
        ([100.0] * 20, UP, 100.0, MEETS),
        ([100.0] * 20, UP, 100.1, MISSES),
        ([100.0] * 20, DOWN, 100.0, MEETS),
        ([100.0] * 20, DOWN, 99.0, MISSES),
    ],
)
def test_assurance_of_a_series(values, direction, target, says):
    assert assurance(one(values), values, direction, target) is says


def test_a_constant_that_changed_across_its_target_is_uncertain():
    values = [5.0] * 12 + [6.0]
    assert assurance(one(values, baseline=12), values, UP, 5.5) is MAYBE


def test_only_the_last_phase_is_held_against_the_target():
    (result,) = assess([SeriesInput([*SAW, *[value + 50 for value in SAW]], rebases=(20,))])
    assert assurance(result, [*SAW, *SAW], UP, 30.0) is MEETS
