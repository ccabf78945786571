"""Plots: funnels, sums and charts of any kind as files, announced in words, with shapes and strokes that need no colour."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from sightline.core.indicators.funnels import lay_out
from sightline.core.indicators.variation import Direction
from sightline.core.statistics.charts import ChartInput, draw
from sightline.core.statistics.cusums import Restart, tabular_cusum
from sightline.core.statistics.ewma import ewma
from sightline.core.statistics.funnels import Overdispersion, assess_funnel
from sightline.core.statistics.kinds import RATIOS, ChartKind
from sightline.core.statistics.rulesets import CHART_RULE_SETS, MDC_2023
from sightline.core.statistics.runs import Towards, take_medians
from sightline.core.statistics.scales import Ratio
from sightline.web.charts.control import About, chart_says, control_plot, medians_plot
from sightline.web.charts.funnel import funnel_plot, funnel_says, laid_out_plot
from sightline.web.charts.plot import MANY, Curve, Plot, Spot
from sightline.web.charts.series import Mark
from sightline.web.charts.sheet import picture, sheet_of_plot
from sightline.web.charts.sums import average_plot, signals_say, sums_plot

LEVELS = {"95": 0.95, "99.8": 0.998}
SVG = "{http://www.w3.org/2000/svg}"


def file_of(plot: Plot, title: str = "Waits", says: str = "What it shows.", notes: tuple[str, ...] = ()) -> str:
    svg = picture(sheet_of_plot(plot, "k", title, says, notes))
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img" and root.get("aria-labelledby") == "kt kd"
    assert root.find(f"{SVG}title").text == title and root.find(f"{SVG}desc").text == says
    assert " style=" not in svg and "<script" not in svg and "nan" not in re.sub(r"<(title|desc).*?</\1>", "", svg)
    assert int(root.get("height")) < 900
    return svg


def chart(kind: ChartKind, values: list[float | None], rules=MDC_2023, **more):
    sizes = [100.0] * len(values) if kind in RATIOS else None
    return draw(ChartInput(kind, values, sizes, **more), rules)


LEVEL = [float(20 + i % 3) for i in range(16)]


@pytest.mark.parametrize("kind", [kind for kind in ChartKind if kind not in {"xbar", "s"}])
@pytest.mark.parametrize(
    "values",
    [[*LEVEL, 60.0], [5.0] * 9, [None] * 5, [7.0], [None, 3.0, None, 4.0, 3.0], [0.0] * 12, []],
    ids=["outlier", "constant", "missing", "one", "gaps", "zeros", "nothing"],
)
def test_every_kind_of_chart_is_drawn_whatever_there_is(kind: ChartKind, values: list[float | None]) -> None:
    if not values:
        file_of(Plot("", ""))
        return
    found = chart(kind, values)
    svg = file_of(control_plot(found, About()), says=chart_says(found, About()))
    special = int((found.marks > 0).sum())
    assert len(re.findall(r'class="c-mark c-neutral[^"]*" d="[^"]*"><title>', svg)) == special
    assert ("c-limit" in svg.partition("</style>")[2]) is any(
        p.varies and kind is not ChartKind.RUN for p in found.phases
    )


def test_a_special_point_is_labelled_shaped_and_told_with_every_rule() -> None:
    found = chart(ChartKind.I, [*LEVEL, 60.0], baseline=16)
    plot = control_plot(found, About(direction=Direction.DECREASE, target=25.0))
    svg = file_of(plot)
    assert ">Outside the limits</text>" in svg
    assert "Point 16: 60, worse than chance alone would explain (outside its usual range)" in svg
    assert "c-triangle-up" in svg and "Worse than chance alone would explain, on the high side" in svg
    assert ">25.0</tspan> target" in svg
    better = file_of(control_plot(found, About(direction=Direction.INCREASE)))
    assert "c-diamond" in better and "c-triangle" not in better


def test_a_stretch_is_labelled_once_and_a_rebase_has_its_number_and_its_reason() -> None:
    found = chart(ChartKind.I, [*LEVEL, *[float(40 + i % 2) for i in range(16)]], rebases=(16,))
    names = tuple(f"{i} May" for i in range(32))
    plot = control_plot(found, About(names=names, because=("a <new> ward",)))
    assert [divide.words for divide in plot.divides] == ["New limits from 16 May: a <new> ward"]
    svg = file_of(plot)
    assert "1. New limits from 16 May: a &lt;new&gt; ward" in svg and ">0 May</text>" in svg
    shifted = control_plot(chart(ChartKind.I, [*LEVEL, *[21.5] * 9, 20.0, 20.5]), About())
    assert [spot.label for spot in shifted.spots if spot.label].count("Shift") == 1


def test_points_of_a_rule_without_a_side_are_marked_too() -> None:
    found = chart(ChartKind.I, [1.0, 2.0] * 10, CHART_RULE_SETS["nelson"])
    assert "up and down in turn" in file_of(control_plot(found, About(direction=Direction.INCREASE)))


def test_lines_that_differ_from_point_to_point_are_steps_and_those_that_do_not_are_straight() -> None:
    counts = [float(10 + i % 4) for i in range(14)]
    alike = control_plot(chart(ChartKind.P, counts), About())
    differing = draw(ChartInput(ChartKind.P, counts, [100.0 + 40 * (i % 2) for i in range(14)]))
    for plot, ends in ((alike, 2), (control_plot(differing, About()), 28)):
        limits = [curve for curve in plot.curves if curve.kind == "c-limit"]
        assert [len([at for at in curve.at if at]) for curve in limits] == [ends, ends]


def test_a_funnel_names_its_outliers_beside_them_on_hover_and_in_its_description() -> None:
    sizes = np.array([100.0, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 650, 750, 0])
    cases = np.round(sizes * 0.2)
    cases[3], cases[8] = 160, 90
    names = [f"Unit {i}" for i in range(13)]
    funnel = assess_funnel(cases, sizes, Ratio.PROPORTION)
    plot = funnel_plot(funnel, names, LEVELS, Overdispersion.NONE)
    outside = {names[i] for i in np.flatnonzero(funnel.outliers(0.998, Overdispersion.NONE))}
    assert outside == {"Unit 3", "Unit 8"} == {spot.label for spot in plot.spots if spot.label}
    svg = file_of(plot, says=funnel_says(funnel, plot, LEVELS))
    assert "Unit 3: 0.4, of 400, above the limits" in svg and "Unit 8: 0.1, of 900, below the limits" in svg
    assert ">Unit 3</text>" in svg and "Unit 12" not in svg
    assert "12 units, 2 outside the 99.8 % limits: Unit 3, Unit 8." in svg
    kinds = {curve.kind for curve in plot.curves}
    assert kinds == {"c-near", "c-limit", "c-centre"}


def test_a_ring_is_round_those_who_are_meant_and_their_names_stand_beside_them_and_nobody_elses() -> None:
    sizes = np.array([100.0, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
    laid = lay_out(assess_funnel(sizes * 0.2, sizes, Ratio.PROPORTION), LEVELS, Overdispersion.NONE)
    plot = laid_out_plot(laid, ["", "", "Meant", *[""] * 7], own=[2], ringed="Of this paper")
    svg = file_of(plot)
    assert svg.count("<circle") == 2  # the point, and the legend
    assert ">Meant</text>" in svg and "<title>Meant: 0.2, of 300</title>" in svg and ">Of this paper</text>" in svg
    assert "<title>0.2, of 400</title>" in svg
    assert "<circle" not in file_of(laid_out_plot(laid, ["x"] * 10, ringed="Of this paper"))


def test_the_name_of_a_ringed_point_keeps_clear_of_others_where_it_can_and_stands_all_the_same() -> None:
    def drawn(*others: tuple[float, float]) -> tuple[int, int]:
        spots = [Spot(5.0, 5.0, "meant", label="Meant", ringed=True), Spot(0.0, 0.0, "low"), Spot(10.0, 10.0, "high")]
        svg = file_of(Plot("across", "up", spots=(*spots, *(Spot(x, y, "other") for x, y in others))))
        left, base = re.search(r'class="c-name" x="(\d+)" y="(\d+)">Meant<', svg).groups()
        return int(left), int(base)

    over, under = drawn(), drawn((5.0, 5.6))
    assert under[1] > over[1]
    crowd = [(5 + x / 10, 5 + y / 10) for x in range(-15, 16) for y in range(-15, 16)]
    assert drawn(*crowd) == over


@pytest.mark.parametrize("ratio", list(Ratio))
@pytest.mark.parametrize("how", list(Overdispersion))
@pytest.mark.parametrize(
    ("cases", "sizes"),
    [
        ([3.0], [10.0]),
        ([0.0, 0.0], [3.0, 3.0]),
        ([np.nan], [5.0]),
        ([1.0, 2.0], [0.0, -1.0]),
        ([5.0] * 12, [50.0] * 12),
    ],
    ids=["one", "no events", "missing", "no denominators", "all alike"],
)
def test_a_funnel_with_nothing_to_compare_says_so_and_marks_nobody(ratio, how, cases, sizes) -> None:
    funnel = assess_funnel(np.array(cases), np.array(sizes), ratio)
    plot = funnel_plot(funnel, ["a"] * len(cases), LEVELS, how)
    file_of(plot, says=funnel_says(funnel, plot, LEVELS))
    # Expected events are a level of their own: exact limits about them hold for a few units as for many.
    brings_its_level = ratio is Ratio.STANDARDISED and how is Overdispersion.NONE
    if len(cases) < 12 and not brings_its_level:
        assert not [spot for spot in plot.spots if spot.label]


def test_sums_show_both_ways_their_limit_and_each_signal() -> None:
    z = np.array([0.0] * 5 + [3.0] * 6 + [np.nan, -4.0, -4.0, -4.0])
    sums = tabular_cusum(z, restart=Restart.ZERO)
    plot = sums_plot(sums, 5, "standard errors")
    signals = int(sums.signal_up.sum() + sums.signal_down.sum())
    assert len(plot.spots) == signals > 2
    svg = file_of(plot, says=signals_say(plot, len(z)))
    assert f"15 points, {signals} signals, first at point 7." in svg
    assert "c-line" in svg and "c-down" in svg and ">5.0</tspan> limit" in svg


def test_an_average_is_drawn_beside_its_values_and_its_signals_are_marked() -> None:
    values = np.array([10.0, 11, 9, 10, np.nan, 20, 21, 22, 20])
    found = ewma(values, 10.0, 1.0)
    plot = average_plot(values, found, 10.0)
    assert len([s for s in plot.spots if s.mark is Mark.COMMON]) == 8
    assert len([s for s in plot.spots if s.mark is Mark.NEUTRAL]) == int((found.above | found.below).sum()) > 0
    file_of(plot)


def test_a_median_taken_anew_begins_where_its_run_began() -> None:
    values = np.array([5.0, 4, 6, 5, 9, 8, 9, 9])
    medians = take_medians(values, 4, 4, Towards.BOTH)
    plot = medians_plot(values, medians, ())
    assert len(medians) == 2 and [divide.x for divide in plot.divides] == [3.5]
    assert "New median from Point 4" in file_of(plot)


def test_thousands_of_points_are_one_path_and_special_ones_keep_their_words() -> None:
    spots = [Spot(i, i % 7, f"Point {i}") for i in range(10_000)]
    svg = file_of(Plot("point", "value", spots=(*spots, Spot(50, 30, "far", Mark.NEUTRAL, label="far"))))
    assert "Point 5<" not in svg and "<title>far</title>" in svg and len(svg) < 200_000
    few = file_of(Plot("point", "value", spots=tuple(spots[: MANY - 1])))
    assert "Point 5<" in few


def test_labels_never_lie_over_each_other() -> None:
    spots = tuple(Spot(5 + i / 50, 5, "x", Mark.NEUTRAL, label=f"A long name {i}") for i in range(20))
    svg = file_of(Plot("", "", spots=(Spot(0, 0, "o"), Spot(10, 10, "o"), *spots)))
    places = re.findall(r'class="c-name" x="(-?\d+)" y="(\d+)"', svg)
    assert 1 < len(places) < 20
    assert all(
        abs(int(y) - int(b)) >= 12 or abs(int(x) - int(a)) >= 80
        for i, (x, y) in enumerate(places)
        for a, b in places[:i]
    )


def test_what_is_not_finite_breaks_a_line_and_is_nowhere() -> None:
    at = ((0.0, 1.0), (1.0, float("inf")), (2.0, 2.0), None, (3.0, float("nan")), (4.0, 1.5))
    svg = file_of(Plot("", "", curves=(Curve("c-line", at, "line"),), spots=(Spot(1, float("nan"), "nowhere"),)))
    drawn = re.search(r'class="c-line" d="([^"]*)"', svg).group(1)
    assert drawn.count("M") == 3 and "l" not in drawn and "nowhere" not in svg


def test_long_titles_and_notes_are_broken_and_markup_in_them_is_only_text() -> None:
    svg = file_of(Plot("", ""), title="<b> & " + "word " * 40, notes=("note " * 60,))
    assert svg.count('class="c-title"') == 3 and "<b>" not in svg and svg.count(">note note") == 3


@pytest.mark.parametrize(
    ("times", "words", "figure"),
    [(1, "value</text>", "52.0"), (1e7, "value, millions</text>", "520.0"), (1e-9, "value, × 10⁻⁹</text>", "52.0")],
)
def test_figures_too_long_for_their_axis_are_written_in_another_unit_that_is_named(times, words, figure) -> None:
    """Of a million only the noughts would be left at the edge of the drawing."""
    svg = file_of(control_plot(chart(ChartKind.I, [times * (50 + i % 5) for i in range(20)]), About()))
    ticks = re.findall(r">([^<]+)</text>", re.search(r'class="c-tick c-right">(.*?)</g>', svg)[1])
    assert words in svg and max(map(len, ticks)) <= 7
    assert f"<tspan>{figure}</tspan> centre" in svg


def test_a_line_that_is_low_beside_its_axis_still_has_two_figures() -> None:
    plot = Plot("across", "ratio", (Curve("c-centre", ((0, 0.0334), (9, 0.0334)), "target"),), (Spot(4, 3.0, "far"),))
    assert "<tspan>0.033</tspan> target" in file_of(plot)


def test_a_c_chart_is_not_called_a_capital_letter() -> None:
    assert chart_says(chart(ChartKind.C, [4, 6, 5]), About()).startswith("c chart of 3 points")
    assert chart_says(chart(ChartKind.RUN, [4, 6, 5]), About()).startswith("Run chart of 3 points")
