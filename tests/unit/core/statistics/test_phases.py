"""Both roads of the XmR kernel over one column: the same answers to the last bit, and which of them is taken."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics import phases
from sightline.core.statistics.blocks import assess_block
from sightline.core.statistics.kernel import Columns
from sightline.core.statistics.marks import Mark
from sightline.core.statistics.phases import Road, Spans, assess_column, assess_spans
from sightline.core.statistics.rulesets import CHART_RULE_SETS, MDC_2023, RULE_SETS
from sightline.core.verdict import Invalid

from .cases import block_of, case, series

needs_numba = pytest.mark.skipif(
    phases.compiled_road() is None, reason="numba is not installed: the extra [fast] brings the compiled road"
)
ROADS = [Road.NUMPY, pytest.param(Road.COMPILED, marks=needs_numba)]
RULES = st.sampled_from(list(RULE_SETS.values()))
# With infinities, which are gaps, and lengths about the 64 points of a word.
long_series = st.lists(
    st.one_of(
        st.sampled_from([np.nan, np.inf, -np.inf, 0.1, 0.3, 1e-300, -1e300, 1e300]),
        st.integers(-4, 4).map(lambda n: n / 7),
        st.floats(-1e3, 1e3),
    ),
    max_size=150,
)


def column_of(many):
    """Series laid end to end, and the offsets at which each begins."""
    arrays = [np.array(values, dtype=float) for values in many]
    offsets = np.cumsum([0, *(len(values) for values in arrays)])
    return np.concatenate([*arrays, np.empty(0)]), offsets


def same_to_the_bit(one: Columns, other: Columns) -> None:
    for field in fields(Columns):
        mine, its = getattr(one, field.name), getattr(other, field.name)
        assert mine.dtype == its.dtype, field.name
        if mine.dtype == np.float64:
            assert np.isnan(mine).tolist() == np.isnan(its).tolist(), field.name
            mine, its = np.nan_to_num(mine), np.nan_to_num(its)
        assert mine.tobytes() == its.tobytes(), field.name


@needs_numba
@settings(max_examples=300, deadline=None)
@given(
    many=st.lists(st.one_of(series, long_series), min_size=1, max_size=6),
    rules=RULES,
    screen=st.booleans(),
    data=st.data(),
)
def test_both_roads_give_the_same_to_the_last_bit(many, rules, screen, data):
    column, offsets = column_of(many)
    rests_on = st.sampled_from([0, 0, 1, 2, 12, 64, 200])
    baselines = np.array(data.draw(st.lists(rests_on, min_size=len(many), max_size=len(many))))
    found = [
        assess_column(column, offsets, rules, screen=screen, baselines=baselines, road=road)
        for road in (Road.NUMPY, Road.COMPILED)
    ]
    same_to_the_bit(*found)


@needs_numba
@pytest.mark.parametrize("length", [6, 7, 36, 63, 64, 65, 66, 127, 128, 129, 400])
@pytest.mark.parametrize("rules", RULE_SETS.values(), ids=lambda rules: rules.name)
def test_both_roads_agree_on_phases_shorter_and_longer_than_a_word(length, rules):
    rng = np.random.default_rng(length)
    # A random walk in whole steps has runs, trends, ties and points on lines up to both ends of the word.
    walk = rng.integers(-1, 3, (400, length)).cumsum(axis=1) % 9.0
    walk[::2] *= -1
    walk[200:][rng.random((200, length)) < 0.03] = np.nan
    column, offsets = walk.reshape(-1), np.arange(401) * length
    numpy_road, compiled = (assess_column(column, offsets, rules, road=road) for road in Road)
    same_to_the_bit(numpy_road, compiled)
    assert length < 36 or np.bitwise_or.reduce(compiled.marks) == 255  # every rule was met on either side


@needs_numba
def test_as_many_threads_as_there_are_processors_change_nothing(monkeypatch):
    values = np.random.default_rng(3).normal(50, 5, (1000, 24))
    column, offsets = values.reshape(-1), np.arange(1001) * 24
    alone = assess_column(column, offsets, MDC_2023, road=Road.COMPILED)
    monkeypatch.setattr(phases, "WORTH_A_THREAD", 10)
    monkeypatch.setattr(phases.compiled_road(), "CORES", 7)
    same_to_the_bit(alone, assess_column(column, offsets, MDC_2023, road=Road.COMPILED))


@needs_numba
@settings(max_examples=60, deadline=None)
@given(cases=st.lists(case, min_size=1, max_size=6), rules=RULES)
def test_a_block_is_the_same_by_whichever_road_it_went(cases, rules):
    laid, how = block_of(cases)
    found = []
    for road in Road:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(phases, "chosen_road", lambda _, road=road: road)
            found.append(assess_block(laid, rules, **how))
    for name in ("marks", "offsets", "row", "start", "n", "n_valid", "mean", "lpl", "upl"):
        np.testing.assert_array_equal(getattr(found[0], name), getattr(found[1], name))


@pytest.mark.parametrize("road", ROADS)
def test_a_rebase_is_one_more_offset_over_which_no_rule_reaches(road):
    column = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    whole = assess_column(column, np.array([0, 8]), MDC_2023, road=road)
    cut = assess_column(column, np.array([0, 4, 8]), MDC_2023, road=road)
    assert (whole.marks & Mark.TREND_HIGH).all()
    assert not cut.marks.any()
    assert cut.mean.tolist() == [2.5, 6.5]


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("constant", [0.1, 1 / 3, 123456789.123])
def test_no_point_of_a_constant_phase_lies_beside_its_own_mean(road, constant):
    found = assess_column(np.full(99, constant), np.array([0, 36, 99]), MDC_2023, road=road)
    assert found.mean.tolist() == [constant] * 2
    assert not found.marks.any()


@pytest.mark.parametrize("road", ROADS)
def test_a_column_that_may_only_be_read_is_assessed_and_left_as_it_was(road):
    column = np.arange(12.0)
    column.flags.writeable = False
    found = assess_column(column, np.array([0, 12]), MDC_2023, road=road)
    assert found.marks.any()
    assert column.tolist() == list(range(12))


@pytest.mark.parametrize("road", ROADS)
def test_empty_phases_have_no_figures_and_their_neighbours_keep_theirs(road):
    found = assess_column(np.array([1.0, 3.0]), np.array([0, 0, 2, 2]), MDC_2023, road=road)
    assert found.n_valid.tolist() == [0, 2, 0]
    assert np.isnan(found.mean).tolist() == [True, False, True]
    assert found.mean[1] == 2
    assert len(assess_column(np.empty(0), np.array([0]), MDC_2023, road=road).mean) == 0


@pytest.mark.parametrize("offsets", [[], [1, 3], [0, 2], [0, 2, 1, 3], [[0, 3]]])
def test_offsets_that_do_not_fit_the_column_are_refused(offsets):
    with pytest.raises(Invalid, match="here 3"):
        Spans.of(np.array(offsets, dtype=np.int64), 3)


@pytest.mark.parametrize("road", ROADS)
def test_a_rule_set_with_further_rules_is_refused_by_both_roads(road):
    with pytest.raises(ValueError, match=r"charts\.draw"):
        assess_spans(np.ones(9), Spans.of(np.array([0, 9]), 9), CHART_RULE_SETS["nelson"], False, road=road)


def test_where_numba_is_not_installed_the_numpy_road_is_taken(monkeypatch):
    monkeypatch.setattr(phases, "compiled_road", lambda: None)
    assert phases.chosen_road(10**9) is Road.NUMPY
    with pytest.raises(Invalid, match=r"sightline\[fast\]"):
        assess_column(np.ones(3), np.array([0, 3]), MDC_2023, road=Road.COMPILED)


@needs_numba
def test_the_compiled_road_is_chosen_where_there_is_enough_to_do(monkeypatch):
    monkeypatch.delitem(sys.modules, phases._COMPILED)
    assert phases.chosen_road(phases.WORTH_LOADING - 1) is Road.NUMPY
    assert phases.chosen_road(phases.WORTH_LOADING) is Road.COMPILED


@needs_numba
def test_few_series_never_load_numba():
    says = "import sys, numpy as np; from sightline.core.statistics.series import *; assess([SeriesInput(np.ones(9))])"
    ended = subprocess.run(
        [sys.executable, "-c", f"{says}; sys.exit('numba' in sys.modules)"],
        cwd=Path(__file__).resolve().parents[4],
        check=False,
    )
    assert ended.returncode == 0


@needs_numba
def test_where_no_folder_can_be_written_it_is_compiled_anew(monkeypatch):
    """What numba says where neither the folder of the code nor the user's own can be written."""
    compiled = phases.compiled_road()
    asked = []

    def njit(*_, cache=False, **__):
        asked.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(compiled.numba, "njit", njit)
    assert compiled._outer(len) is len
    assert asked == [True, False]
