"""Places on a drawing: the same month at the same place, round ticks, labels that do not meet."""

from __future__ import annotations

from datetime import date
from math import isclose, log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.web.charts.axes import spread
from sightline.web.charts.scales import TimeAxis, ValueScale, decimals_of, nice_step

figures = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-6)


@given(st.lists(figures, min_size=1, max_size=30))
def test_every_value_lies_within_its_scale(values: list[float]) -> None:
    scale = ValueScale.covering(values)
    assert scale.low < scale.high
    assert all(scale.low <= value <= scale.high for value in values)
    assert all(0 <= scale.at(value, 0, 100) <= 100 for value in values)


@given(st.floats(1e-6, 1e9))
def test_steps_are_one_two_or_five_and_the_next_above(raw: float) -> None:
    step = nice_step(raw)
    leading = step / 10 ** round(log10(step) - 0.35)
    assert any(isclose(leading, nice, rel_tol=1e-6) for nice in (1, 2, 5, 10))
    assert raw * (1 - 1e-6) <= step <= raw * 2.5 * (1 + 1e-6)


def test_ticks_are_round_and_lie_within() -> None:
    assert ValueScale(83.2, 96.4).ticks(5) == [85, 90, 95]
    assert ValueScale(-0.31, 0.29).ticks(6) == [-0.3, -0.2, -0.1, 0, 0.1, 0.2]
    assert [decimals_of(step) for step in (5, 1, 0.5, 0.2, 0.05)] == [0, 0, 1, 1, 2]


def test_scale_of_a_constant_or_of_nothing_still_has_room() -> None:
    assert ValueScale.covering([7, 7]) == ValueScale(6.3, 7.7)
    assert ValueScale.covering([0]) == ValueScale(-1, 1)
    assert ValueScale.covering([None]).at(0.5, 0, 100) == 50


def test_values_beyond_a_given_scale_are_held_at_its_edge() -> None:
    assert [ValueScale(0, 10).at(value, 0, 100) for value in (-5, 15)] == [100, 0]


def test_axis_runs_from_the_first_day_to_the_last() -> None:
    axis = TimeAxis.covering([date(2025, 3, 1), date(2023, 11, 1)])
    assert (axis.at(date(2023, 11, 1), 10, 90), axis.at(date(2025, 3, 1), 10, 90)) == (10, 90)
    assert axis.years() == [date(2024, 1, 1), date(2025, 1, 1)]
    assert TimeAxis.covering([date(2025, 3, 1)]).at(date(2025, 3, 1), 10, 90) == 90


@pytest.mark.parametrize(
    ("places", "apart"),
    [([100, 100, 100], [100, 116, 132]), ([10, 200], [44, 200]), ([375, 376, 377], [348, 364, 380])],
)
def test_labels_are_moved_apart_and_stay_inside(places: list[int], apart: list[int]) -> None:
    assert spread(places, 16, 44, 380) == apart
