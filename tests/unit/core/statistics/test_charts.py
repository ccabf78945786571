"""Charts of every kind: against their slow twin, by hand, in their properties, and on figures that cannot stand."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isclose, isfinite, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.signals import Rule, Side
from sightline.core.statistics.blocks import assess_block
from sightline.core.statistics.charts import ChartInput, draw, of_subgroups
from sightline.core.statistics.kinds import RATIOS, SUBGROUPS, ChartKind
from sightline.core.statistics.marks import causes
from sightline.core.statistics.remarks import RemarkKind
from sightline.core.statistics.rulesets import CHART_RULE_SETS, MDC_2023, NELSON, PBI_1_7, RULE_SETS
from sightline.core.statistics.series import Status
from sightline.core.verdict import Invalid

from .chart_twin import LINES, lines_slowly, marks_slowly

K = ChartKind
SIDES = {Side.HIGH: 1, Side.LOW: -1, Side.NONE: 0}
names = st.sampled_from(list(CHART_RULE_SETS))
rebases = st.lists(st.integers(0, 40), max_size=2).map(tuple)
baselines = st.sampled_from([0, 0, 0, 1, 5, 12])
count = st.one_of(st.none(), st.integers(0, 9))
# Few different values, so that ties and points on a line come up; drifts and jumps, so that every rule is met.
steps = st.lists(st.sampled_from([-1.0, 1.0, 1.0, 1.0, 2.0, -2.0, 0.0]), max_size=40)
values = st.one_of(
    st.lists(st.one_of(st.none(), st.integers(-4, 4).map(float), st.floats(-1e4, 1e4, width=32)), max_size=40),
    st.lists(st.integers(-9, 9).map(float), max_size=60),
    steps.map(lambda moves: [sum(moves[:i]) for i in range(len(moves))]),
    st.lists(st.sampled_from([-3.0, 3.0, -2.0, 2.0, 0.1, -0.1]), max_size=60),
)


@st.composite
def ratios(pick):
    sizes = pick(st.lists(st.one_of(st.none(), st.integers(0, 30)), max_size=40))
    return [(None if pick(st.integers(0, 9)) == 0 else pick(st.integers(0, size or 0)), size) for size in sizes]


@st.composite
def series(pick):
    """Kind, points as the twin wants them, and the same for us."""
    kind = pick(st.sampled_from(list(K)))
    how = {"rebases": pick(rebases), "baseline": pick(baselines)}
    if kind in RATIOS:
        points = pick(ratios())
        return kind, points, how, ChartInput(kind, [one for one, _ in points], [size for _, size in points], **how)
    if kind in SUBGROUPS:
        points = pick(st.lists(st.lists(count, max_size=5), max_size=25))
        return kind, points, how, of_subgroups(kind, points, **how)
    points = pick(st.lists(count, max_size=40) if kind in {K.C, K.G, K.T} else values)
    return kind, points, how, ChartInput(kind, points, **how)


def phases_of(points, how):
    starts = sorted({0, *(index for index in how["rebases"] if 0 < index < len(points))})
    return list(zip(starts, [*starts[1:], len(points)], strict=True))


def same(ours, theirs):
    """Equal to nine digits; a line through which rounding alone decides whether it is zero counts as zero."""
    return not isfinite(ours) if theirs is None else isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)


@settings(max_examples=300, deadline=None)
@given(given=series(), name=names, screen=st.booleans())
def test_lines_are_those_of_the_slow_twin(given, name, screen):
    kind, points, how, ours = given
    factor, divisor, median_screen = LINES[name]
    chart = draw(ours, CHART_RULE_SETS[name], screen)
    assert [(phase.start, phase.stop) for phase in chart.phases] == phases_of(points, how)
    for phase in chart.phases:
        part = points[phase.start : phase.stop]
        basis = how["baseline"] or len(part)
        limits = {k: phase.lines.limits(k) for k in (1, 2, 3)}
        slow = lines_slowly(kind.value, part, basis, screen, factor, divisor, median_screen)
        for i, (value, centre, lines) in enumerate(slow):
            assert same(float(chart.values[phase.start + i]), value)
            if value is None or edge_of_rounding(kind, screen, lines, limits[3], i):
                continue
            assert same(float(phase.lines.centre), centre), (i, centre)
            for k in (1, 2, 3):
                lower, upper = (None, None) if lines is None else lines[k]
                assert same(float(limits[k][0][i]), lower) and same(float(limits[k][1][i]), upper), (i, k, lines)


def edge_of_rounding(kind, screen, lines, drawn, i):
    """Screening a constant leaves no range, and a last digit decides whether a transformed one is constant."""
    return screen and kind in {K.T, K.P_PRIME, K.U_PRIME, K.I_PRIME} and (lines is None or not isfinite(drawn[0][i]))


@settings(max_examples=400, deadline=None)
@given(given=series(), name=names, screen=st.booleans())
def test_rules_are_those_of_the_slow_twin(given, name, screen):
    _, _, _, ours = given
    chart = draw(ours, CHART_RULE_SETS[name], screen)
    for phase in chart.phases:
        found = chart.marks[phase.start : phase.stop]
        if not phase.varies:
            assert not found.any()
            continue
        limits = {k: [as_none(line) for line in phase.lines.limits(k)] for k in (1, 2, 3)}
        amr, centre = as_none([phase.lines.ranges, phase.lines.centre])
        slow = marks_slowly(as_none(phase.lines.values), centre, limits, amr, name, ours.kind is K.MR)
        assert [{(rule.value, SIDES[side]) for rule, side in causes(int(mark))} for mark in found] == slow


def as_none(numbers):
    return [float(number) if isfinite(number) else None for number in numbers]


RULE_EXAMPLES = {
    "within": ("nelson", [0, 50, *[1, -1] * 8], Rule.WITHIN, [16, 17]),
    "beyond": ("nelson", [10.0, -10.0, -10.0, 10.0] * 4, Rule.BEYOND, list(range(7, 16))),
    "alternating": ("nelson", [1.0, 3.0] * 8, Rule.ALTERNATING, [13, 14, 15]),
    "four of five": ("we", [*[0.0, 1.0] * 10, 3.0, 3.0, 0.0, 3.0, 3.0], Rule.FOUR_OF_FIVE, [24]),
    "range": ("nhse-sql-2019", [*[0.0, 1.0] * 10, 9.0, 8.0], Rule.MOVING_RANGE, [20]),
    "steps": ("nhse-sql-2019", [5.0, 1, 2, 3, 4, 5, 6, 1, 5, 1, 5], Rule.TREND, [2, 3, 4, 5, 6]),
    "last": ("nelson", [5.0, 1, 2, 3, 4, 5, 6, 1, 5, 1, 5], Rule.TREND, [6]),
    "five": ("pbi-1.7", [5.0, 1, 2, 3, 4, 5, 1, 5, 1, 5], Rule.TREND, [1, 2, 3, 4, 5]),
    "long run": ("anhoej", [*[1.0, 0.0] * 3, *[2.0, 3.0] * 4, *[0.0, 1.0] * 3], Rule.LONG_RUN, list(range(6, 14))),
}


@pytest.mark.parametrize("example", RULE_EXAMPLES)
def test_rules_of_each_set_mark_these_points_and_no_others(example):
    name, points, rule, expected = RULE_EXAMPLES[example]
    chart = draw(ChartInput(K.I, points), CHART_RULE_SETS[name], screen=False)
    assert [i for i in range(len(points)) if rule in {fired for fired, _ in chart.causes(i)}] == expected


def test_eight_outside_one_sigma_on_either_side_need_a_baseline_that_is_quieter():
    chart = draw(ChartInput(K.I, [*[0.0, 1.0] * 10, *[8.0, 8.0, -7.0, -7.0] * 2], baseline=20), NELSON)
    assert [i for i in range(28) if (Rule.BEYOND, Side.NONE) in chart.causes(i)] == [27]


@pytest.mark.parametrize("name", RULE_SETS)
@settings(max_examples=100, deadline=None)
@given(points=values, rebases=rebases, baseline=baselines, screen=st.booleans())
def test_an_i_chart_is_to_the_last_bit_what_the_block_kernel_gives(name, points, rebases, baseline, screen):
    rules = RULE_SETS[name]
    chart = draw(ChartInput(K.I, points, rebases=rebases, baseline=baseline), rules, screen)
    laid = np.array([points], dtype=float).reshape(1, -1)
    starts = np.zeros(laid.shape, dtype=bool)
    starts[0, [index for index in rebases if 0 < index < len(points)]] = True
    how = {"lengths": np.array([len(points)]), "phase_starts": starts, "baselines": np.array([baseline])}
    block = assess_block(laid, rules, screen=screen, **how)
    for at, phase in enumerate(chart.phases):
        np.testing.assert_array_equal(phase.lines.centre, block.mean[at])
        for k, lower, upper in ((3, block.lpl, block.upl), (2, block.near_lpl, block.near_upl)):
            drawn = phase.lines.limits(k)
            for line, expected in zip(drawn, (lower[at], upper[at]), strict=True):
                np.testing.assert_array_equal(line, np.full(phase.n, expected))
        if phase.varies:
            part = slice(phase.start, phase.stop)
            np.testing.assert_array_equal(chart.marks[part], block.marks[0, part])


@settings(max_examples=60, deadline=None)
@given(given=series(), name=names, cut=st.integers(1, 30))
def test_a_rebase_makes_two_charts_of_one(given, name, cut):
    kind, points, how, _ = given

    def made(part, rebases):
        if kind in SUBGROUPS:
            return of_subgroups(kind, part, rebases, how["baseline"])
        counts, sizes = ([one[0] for one in part], [one[1] for one in part]) if kind in RATIOS else (part, None)
        return ChartInput(kind, counts, sizes, rebases=rebases, baseline=how["baseline"])

    if not cut < len(points):
        return
    whole = draw(made(points, (cut,)), CHART_RULE_SETS[name])
    halves = [draw(made(part, ()), CHART_RULE_SETS[name]) for part in (points[:cut], points[cut:])]
    np.testing.assert_array_equal(whole.marks, np.concatenate([half.marks for half in halves]))
    np.testing.assert_array_equal(whole.centre, np.concatenate([half.centre for half in halves]))
    for side in (0, 1):
        np.testing.assert_array_equal(whole.limits()[side], np.concatenate([half.limits()[side] for half in halves]))
    assert whole.status is halves[1].status


@settings(max_examples=60, deadline=None)
@given(points=st.lists(st.integers(-50, 50), max_size=40), name=names, kind=st.sampled_from([K.I, K.RUN, K.I_MEDIAN]))
def test_marks_stay_where_all_values_are_moved_doubled_or_turned(points, name, kind):
    first = draw(ChartInput(kind, points), CHART_RULE_SETS[name])
    doubled = draw(ChartInput(kind, [4 * one for one in points]), CHART_RULE_SETS[name])
    np.testing.assert_array_equal(first.marks, doubled.marks)
    turned = draw(ChartInput(kind, [-one for one in points]), CHART_RULE_SETS[name])
    # nhse-sql-2019 names a point on the line of a mixed window as high, whichever way it is turned
    if name != "nhse-sql-2019":
        opposite = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH, Side.NONE: Side.NONE}
        for i in range(len(points)):
            assert set(turned.causes(i)) == {(rule, opposite[side]) for rule, side in first.causes(i)}


@settings(max_examples=40, deadline=None)
@given(points=values)
def test_the_order_of_the_rules_changes_what_comes_first_and_nothing_else(points):
    forward = draw(ChartInput(K.I, points), PBI_1_7)
    backward = draw(ChartInput(K.I, points), replace(PBI_1_7, order=PBI_1_7.order[::-1]))
    for i in range(len(points)):
        assert set(forward.causes(i)) == set(backward.causes(i))
        assert [rule for rule, _ in forward.causes(i)] == sorted(
            (rule for rule, _ in forward.causes(i)), key=PBI_1_7.order.index
        )


def test_both_sides_of_a_point_are_kept():
    chart = draw(ChartInput(K.I, [1.0, 2, 3, 4, 5, 4, 3, 2, 1]), PBI_1_7)
    assert {(Rule.TREND, Side.HIGH), (Rule.TREND, Side.LOW)} <= set(chart.causes(4))


HAND = [
    # 30 of 100 and 6 of 20: 36 of 120, so 0.3 with sigma sqrt(0.21 / n)
    (K.P, [30, 6], [100, 20], 0.3, sqrt(0.21 / 100), sqrt(0.21 / 20)),
    (K.U, [30, 6], [100, 20], 0.3, sqrt(0.3 / 100), sqrt(0.3 / 20)),
    (K.C, [4, 6], None, 5.0, sqrt(5), sqrt(5)),
    # one moving range of 2 each: sigma 2 / 1.128 by the factor 2.66 of the rule set
    (K.I, [4, 6], None, 5.0, 2.66 * 2 / 3, 2.66 * 2 / 3),
    (K.I_MEDIAN_RANGE, [4, 6], None, 5.0, 2 / 0.954, 2 / 0.954),
    # 4 of 10 and 8 of 10: 0.4 apart over sqrt(1/10 + 1/10)
    (K.I_PRIME, [4, 8], [10, 10], 0.6, sqrt(np.pi / 2) * 0.4 / sqrt(0.2) / sqrt(10), None),
]


@pytest.mark.parametrize(("kind", "counts", "sizes", "centre", "first", "second"), HAND)
def test_lines_worked_by_hand(kind, counts, sizes, centre, first, second):
    lines = draw(ChartInput(kind, counts, sizes), MDC_2023).phases[0].lines
    lower, upper = lines.limits(3)
    assert lines.centre == pytest.approx(centre)
    for i, sigma in enumerate((first, second)):
        if sigma is not None:
            assert (upper[i], lower[i]) == (pytest.approx(centre + 3 * sigma), pytest.approx(centre - 3 * sigma))


def test_geometric_and_time_charts_worked_by_hand():
    g = draw(ChartInput(K.G, [1, 2, 6]), MDC_2023).phases[0].lines
    assert (g.centre, g.middle, g.limits(3)[1][0]) == (2, 3, pytest.approx(3 + 3 * sqrt(12)))
    t = draw(ChartInput(K.T, [1.0, 2.0**3.6]), MDC_2023).phases[0].lines
    assert (t.centre, t.limits(3)[1][0]) == (pytest.approx(1.5**3.6), pytest.approx((1.5 + 3 / 1.128) ** 3.6))


def test_means_and_spreads_of_subgroups_worked_by_hand():
    groups = [[9.0, 11.0], [10.0, 12.0], [8.0, 14.0, 11.0]]
    pooled = sqrt((2 + 2 + 18) / 4)
    c4_of_2, c4_of_3 = sqrt(2 / np.pi), 0.886226925452758
    means = draw(of_subgroups(K.XBAR, groups), MDC_2023).phases[0].lines
    assert means.centre == pytest.approx(75 / 7)
    assert means.limits(3)[1][0] == pytest.approx(75 / 7 + 3 * pooled / c4_of_2 / sqrt(2))
    spreads = draw(of_subgroups(K.S, groups), MDC_2023).phases[0].lines
    assert spreads.centre == pytest.approx(pooled)
    assert spreads.limits(3)[1][2] == pytest.approx(pooled * (1 + 3 * sqrt(1 - c4_of_3**2) / c4_of_3))


def test_limits_are_clipped_where_they_are_drawn_and_nowhere_else():
    chart = draw(ChartInput(K.P, [9, 10, 1, 9, 10, 8], [10] * 6))
    assert chart.limits()[1][0] > 1 and chart.shown()[1][0] == 1
    low = draw(ChartInput(K.C, [0, 1, 2, 1]))
    assert low.limits()[0][0] < 0 and low.shown()[0][0] == 0
    time = draw(ChartInput(K.T, [1, 900, 2, 800, 1]))
    assert time.limits()[0][0] < 0 and time.shown()[0][0] == 0


def test_limits_follow_the_denominator_so_that_the_same_rate_is_special_only_where_it_rests_on_many():
    counts, sizes = [*[10] * 20, 30, 3], [*[100] * 20, 150, 15]
    chart = draw(ChartInput(K.P, counts, sizes, baseline=20))
    assert (Rule.OUTSIDE, Side.HIGH) in chart.causes(20)
    assert chart.values[20] == chart.values[21] and (Rule.OUTSIDE, Side.HIGH) not in chart.causes(21)


def test_a_gap_is_never_bridged():
    chart = draw(ChartInput(K.MR, [1, None, 9, 8]))
    assert [isfinite(one) for one in chart.values] == [False, False, False, True]
    rising = draw(ChartInput(K.I, [1, 2, 3, 4, None, 5, 6, 7, 8]), MDC_2023)
    assert not any(rule is Rule.TREND for i in range(9) for rule, _ in rising.causes(i))
    assert rising.remarks[0].kind is RemarkKind.GAP


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (ChartInput(K.P, [], []), Status.NO_DATA),
        (ChartInput(K.P, [None] * 3, [10] * 3), Status.NO_DATA),
        (ChartInput(K.P, [0, 0], [0, 0]), Status.NO_DATA),
        (ChartInput(K.P, [1], [10]), Status.PROVISIONAL),
        (ChartInput(K.P_PRIME, [1], [10]), Status.TOO_SHORT),
        (ChartInput(K.P, [0] * 20, [10] * 20), Status.NO_VARIATION),
        (ChartInput(K.P, [10] * 20, [10] * 20), Status.NO_VARIATION),
        (ChartInput(K.U, [0] * 20, [10] * 20), Status.NO_VARIATION),
        (ChartInput(K.C, [0] * 20), Status.NO_VARIATION),
        (ChartInput(K.C, [3] * 20), Status.OK),
        (ChartInput(K.T, [3] * 20), Status.NO_VARIATION),
        (ChartInput(K.I, [3] * 20), Status.NO_VARIATION),
        (ChartInput(K.RUN, [3] * 20), Status.NO_VARIATION),
        (ChartInput(K.RUN, [3, 4] * 10), Status.OK),
        (ChartInput(K.MR, [3]), Status.TOO_SHORT),
        (ChartInput(K.I, [inf, nan, None]), Status.NO_DATA),
        (ChartInput(K.I, [None, None, 3, 4], baseline=2), Status.TOO_SHORT),
        (ChartInput(K.C, [1, 3, 4, 2] * 5, rebases=(17,)), Status.PROVISIONAL),
        (of_subgroups(K.XBAR, [[1], [2], [3]]), Status.TOO_SHORT),
        (of_subgroups(K.S, [[1], [2], [3]]), Status.NO_DATA),
        (of_subgroups(K.S, [[1, 1], [2, 2]]), Status.NO_VARIATION),
    ],
)
@pytest.mark.parametrize("name", CHART_RULE_SETS)
def test_what_cannot_be_drawn_gets_a_status_and_no_flag(given, status, name):
    chart = draw(given, replace(CHART_RULE_SETS[name], min_points=13), screen=False)
    assert chart.status is status
    if status is not Status.OK:
        assert not chart.marks.any()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (ChartInput(K.P, [1, 12], [10, 10]), "Point 1: the numerator is more than the denominator"),
        (ChartInput(K.P, [1, 2], [10, 0]), "Point 1: something is counted out of nothing"),
        (ChartInput(K.U, [-1, 2], [10, 10]), "Point 0: the count is below zero"),
        (ChartInput(K.U, [1, 2], [10, -10]), "Point 1: the denominator is below zero"),
        (ChartInput(K.C, [1, inf]), "Point 1: the figure is infinite"),
        (ChartInput(K.P, [1, 1], [10, inf]), "Point 1: the figure is infinite"),
        (ChartInput(K.T, [-1.0]), "Point 0: the count is below zero"),
        (ChartInput(K.P, [1, 2]), "needs denominators"),
        (ChartInput(K.P, [1, 2], [10]), "There are 2 values, 1 sizes"),
        (ChartInput(K.I, [1, 2], baseline=-3), "The baseline is -3 points"),
        (ChartInput(K.C, [-1] * 30), "10 more faults are not shown"),
    ],
)
def test_figures_that_cannot_be_are_refused_by_name(given, says):
    with pytest.raises(Invalid, match=says):
        draw(given)


@pytest.mark.parametrize("kind", K)
def test_ten_thousand_points_are_drawn(kind):
    rng = np.random.default_rng(5)
    counts = rng.poisson(4, 10_000)
    if kind in SUBGROUPS:
        given = of_subgroups(kind, rng.normal(0, 1, (10_000, 4)).tolist())
    else:
        given = ChartInput(kind, counts, counts + rng.integers(1, 9, 10_000) if kind in RATIOS else None)
    for rules in CHART_RULE_SETS.values():
        chart = draw(given, rules)
        assert chart.status is Status.OK
        assert len(chart.marks) == 10_000
