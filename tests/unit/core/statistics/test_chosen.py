"""A chart of any kind as the result of a series: the lines of its own chart, in the unit in which it is shown."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.indicators.variation import Direction, variation
from sightline.core.signals import Rule, Side
from sightline.core.statistics.charts import ChartInput, draw
from sightline.core.statistics.chosen import as_result
from sightline.core.statistics.kinds import ChartKind
from sightline.core.statistics.rulesets import NELSON, RULE_SETS
from sightline.core.statistics.series import SeriesInput, Status, assess

K = ChartKind
TOPS = [4, 6, 5, 5, None, 40, 60, 55, 45, 5, 6, 4, 5, 20]
BOTTOMS = [50, 50, 50, 50, 50, 500, 500, 500, 500, 50, 50, 50, 50, 50]


@settings(max_examples=200, deadline=None)
@given(
    values=st.lists(st.one_of(st.none(), st.integers(0, 40).map(float)), min_size=1, max_size=40),
    rebase=st.integers(0, 40),
    baseline=st.sampled_from([0, 12]),
    rules=st.sampled_from(sorted(RULE_SETS)),
    screen=st.booleans(),
)
def test_xmr_chart_comes_out_as_the_block_kernel_has_it(values, rebase, baseline, rules, screen):
    chosen = RULE_SETS[rules]
    (expected,) = assess([SeriesInput(values, (rebase,), baseline)], chosen, screen)
    found = as_result(draw(ChartInput(K.I, values, rebases=(rebase,), baseline=baseline), chosen, screen))
    assert (found.status, found.marks, found.changes) == (expected.status, expected.marks, expected.changes)
    assert found.steps == ()
    for one, other in zip(found.phases, expected.phases, strict=True):
        assert (one.start, one.n, one.n_valid, one.n_basis, one.varies) == (
            other.start, other.n, other.n_valid, other.n_basis, other.varies,
        )  # fmt: skip
        for name in ("mean", "lpl", "upl", "near_lpl", "near_upl"):
            mine, theirs = getattr(one, name), getattr(other, name)
            assert mine == (theirs if theirs is None else pytest.approx(theirs, rel=1e-9, abs=1e-9)), name


def test_limits_of_proportions_are_those_of_each_point_and_the_phase_has_the_latest():
    found = as_result(draw(ChartInput(K.P, TOPS, BOTTOMS)), 100.0)
    share = sum(one for one in TOPS if one) / (sum(BOTTOMS) - 50)
    last = found.last_phase
    assert last.mean == pytest.approx(100 * share)
    for index, size in enumerate(BOTTOMS):
        if TOPS[index] is None:
            assert found.steps[index] == (None, None)
            continue
        reach = 300 * sqrt(share * (1 - share) / size)
        assert found.steps[index] == pytest.approx((100 * share - reach, 100 * share + reach))
    assert (last.lpl, last.upl) == found.steps[-1] == found.usual_at(13)
    assert found.usual_at(5) == found.steps[5] != found.steps[-1]
    assert found.causes(13) == ((Rule.OUTSIDE, Side.HIGH),)
    read = variation(
        found,
        [None if one is None else 100 * one / n for one, n in zip(TOPS, BOTTOMS, strict=True)],
        Direction.DECREASE,
    )
    assert read.icon == "concern_high"


def test_limits_that_are_alike_are_two_lines():
    found = as_result(draw(ChartInput(K.P, [4, 6, 5, 3], [50] * 4)), 100.0)
    assert found.steps == () and found.usual_at(2) == (found.last_phase.lpl, found.last_phase.upl)


def test_run_chart_has_its_median_and_no_limits():
    found = as_result(draw(ChartInput(K.RUN, [*range(1, 8), *range(8, 15)])))
    last = found.last_phase
    assert (last.mean, last.lpl, last.upl, found.steps) == (7.5, None, None, ())
    assert found.status is Status.OK
    assert {rule for index in range(14) for rule, _ in found.causes(index)} == {Rule.TREND, Rule.SHIFT}


@pytest.mark.parametrize("kind", [K.P, K.C, K.RUN])
def test_series_without_figures_has_no_lines(kind):
    found = as_result(draw(ChartInput(kind, [None, None], [None, None] if kind is K.P else None)))
    assert found.status is Status.NO_DATA
    assert (found.last_phase.mean, found.last_phase.lpl, found.steps, found.marks) == (None, None, (), b"\0\0")


def test_rule_set_with_rules_that_pages_do_not_name_is_refused():
    with pytest.raises(ValueError, match="nelson"):
        as_result(draw(ChartInput(K.C, [1, 2, 3]), NELSON))
