"""The kernel against the same rules as window functions of two other programs, on random data full of ties and gaps."""

from __future__ import annotations

import importlib.util

import numpy as np
import polars as pl
import pytest

from sightline.core.statistics import phases
from sightline.core.statistics.phases import Road, assess_column
from sightline.core.statistics.rulesets import RULE_SETS

from .window_twins import marks_by_frames, marks_by_sql

ROADS = [
    Road.NUMPY,
    pytest.param(
        Road.COMPILED,
        marks=pytest.mark.skipif(
            phases.compiled_road() is None, reason="numba is not installed: the extra [fast] brings the compiled road"
        ),
    ),
]
TWINS = [
    pytest.param(marks_by_frames, id="polars"),
    pytest.param(
        marks_by_sql,
        id="duckdb",
        marks=pytest.mark.skipif(
            importlib.util.find_spec("duckdb") is None, reason="duckdb is not installed: requirements-dev.txt has it"
        ),
    ),
]


@pytest.fixture(scope="module")
def points():
    """Series of 1 to 99 points in quarters, of which any program forms the same sums, in whatever order it adds.

    Some are noise, some walk, some rest and then shift, some leap; one value in fifty is missing.
    """
    rng = np.random.default_rng(2026)
    made = []
    for number in range(1200):
        length = int(rng.integers(1, 100))
        noise = rng.integers(-8, 9, length) / 4
        kind = number % 4
        values = (noise, noise.cumsum(), noise + 3.0 * (np.arange(length) > length // 2), noise)[kind] + 20.0
        if kind == 3:
            values[rng.random(length) < 0.06] += rng.choice([-12.0, 12.0])
        values[rng.random(length) < 0.02] = np.nan
        made.append(values)
    lengths = [len(values) for values in made]
    return pl.DataFrame(
        {
            "series": np.repeat(np.arange(len(made)), lengths),
            "idx": np.concatenate([np.arange(length) for length in lengths]),
            "y": pl.Series(np.concatenate(made)).fill_nan(None),
        }
    )


@pytest.mark.parametrize("screens", [True, False])
@pytest.mark.parametrize("rules", RULE_SETS.values(), ids=lambda rules: rules.name)
@pytest.mark.parametrize("twin", TWINS)
@pytest.mark.parametrize("road", ROADS)
def test_every_mark_is_that_of_the_window_functions(points, road, twin, rules, screens):
    offsets = np.searchsorted(points["series"].to_numpy(), np.arange(1201))
    column = points["y"].fill_null(float("nan")).to_numpy()
    found = assess_column(column, offsets, rules, screen=screens, road=road)
    told = twin(points, rules, screens)
    assert told["idx"].equals(points["idx"])
    wrong = np.flatnonzero(found.marks != told["marks"].to_numpy())
    assert wrong.tolist() == []
    assert np.bitwise_or.reduce(found.marks) == 255
