"""Charts: well formed, described in words, no style attributes, a shape and a colour for each kind of point."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.indicators.assurance import Assurance
from sightline.core.indicators.variation import Direction, Variation
from sightline.core.signals import Rule, Side
from sightline.web import charts
from sightline.web.charts import AreaShape, AreaValue, ChartSeries, Mark, Phase, Point, Predecessor, Rebase
from sightline.web.charts.strokes import Frame, bands, line, places, scale_of, stairs

NASTY = "<script>alert('x')</script> & \"Sons\""
KINDS = [
    (Mark.COMMON, Side.NONE, "c-common", "circle"),
    (Mark.IMPROVEMENT, Side.HIGH, "c-improvement", "diamond"),
    (Mark.CONCERN, Side.HIGH, "c-concern", "triangle-up"),
    (Mark.CONCERN, Side.LOW, "c-concern", "triangle-down"),
    (Mark.NEUTRAL, Side.HIGH, "c-neutral", "square"),
]


def month(index: int) -> date:
    return date(2023 + index // 12, index % 12 + 1, 1)


def series(
    values: list[float | None], marks: dict[int, tuple[Mark, Side]] | None = None, **facts: object
) -> ChartSeries:
    points = tuple(
        Point(month(index), value, *(marks or {}).get(index, (Mark.COMMON, Side.NONE)))
        for index, value in enumerate(values)
    )
    facts.setdefault("phases", (Phase(0, len(points) - 1, 50.0, 40.0, 60.0),) if points else ())
    return ChartSeries("k1", f"Waits: {NASTY}", points, **facts)  # type: ignore[arg-type]


def axis(chart: ChartSeries) -> charts.TimeAxis:
    return charts.TimeAxis.covering(point.start for point in chart.points)


FULL = series(
    [48.0, 52.0, None, 50.0, 61.5, 55.0, 45.0, 39.0, 58.0, 51.0, 66.0, 50.0],
    {4: (Mark.CONCERN, Side.HIGH), 7: (Mark.IMPROVEMENT, Side.LOW), 10: (Mark.NEUTRAL, Side.HIGH)},
    phases=(Phase(0, 5, 51.0, 40.0, 60.0), Phase(6, 11, 52.0, 38.0, 66.0, True)),
    unit="per 1,000",
    decimals=1,
    target=45.0,
    direction=Direction.DECREASE,
    rebases=(Rebase(month(6), f"New desk {NASTY}"),),
    predecessor=Predecessor(month(3), f"Old body {NASTY}"),
)
DRAWINGS = {
    "small multiple": lambda chart: charts.small_multiple(chart, axis(chart)),
    "full chart": charts.full_chart,
    "sparkline": charts.sparkline,
}
SERIES = {
    "everything": FULL,
    "nothing reported": series([None, None]),
    "no points": series([]),
    "one point": series([5.0], phases=()),
    "constant": series([5.0] * 4, phases=(Phase(0, 3),)),
    "large": series([12_345_678.0, 23_456_789.0], unit="attendances"),
}


@pytest.mark.parametrize("chart", SERIES.values(), ids=SERIES.keys())
@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_every_drawing_is_well_formed_and_has_no_style_or_script(draw, chart: ChartSeries) -> None:
    svg = draw(chart)
    root = ElementTree.fromstring(svg)
    assert not [element.tag for element in root.iter() if "style" in element.attrib or "script" in element.tag]
    assert not re.search(r"\bNone\b|\bnan\b|\binf\b", svg)


@pytest.mark.parametrize("name", ["small multiple", "full chart"])
def test_drawing_is_one_picture_named_by_its_title_and_description(name: str) -> None:
    root = next(ElementTree.fromstring(f"<div>{DRAWINGS[name](FULL)}</div>").iter("svg"))
    title, description = root.find("title"), root.find("desc")
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
    assert NASTY in title.text
    for words in (
        "Latest: 50.0 per 1,000 in December 2023",
        "Lower is better",
        "1 period without a figure",
        "Old body",
    ):
        assert words in description.text


@pytest.mark.parametrize(("mark", "side", "colour", "shape"), KINDS)
def test_each_kind_of_point_has_its_own_colour_and_shape(mark: Mark, side: Side, colour: str, shape: str) -> None:
    drawn = charts.full_chart(series([50.0, 51.0], {1: (mark, side)}))
    assert f'class="c-mark {colour} c-{shape}"' in drawn
    if mark is not Mark.COMMON:
        assert f'class="c-mark {colour} c-{shape}"' in charts.small_multiple(
            series([50.0], {0: (mark, side)}), axis(FULL)
        )


def test_shapes_differ_from_one_another_without_their_colours() -> None:
    outlines = set()
    for mark, side, *_ in KINDS:
        path = re.search(
            r'<path class="c-mark [^"]*" d="([^"]*)"', charts.full_chart(series([50.0], {0: (mark, side)}))
        )
        outlines.add(path.group(1))
    assert len(outlines) == len(KINDS)


def test_line_is_broken_by_a_gap_and_by_a_new_phase() -> None:
    chart = series([1.0, 2.0, None, 3.0, 4.0, 5.0, 6.0], phases=(Phase(0, 4), Phase(5, 6)))
    frame = Frame(0, 100, 0, 100, axis(chart), charts.ValueScale(0, 10))
    path = re.search(r' d="([^"]*)"', line(chart, places(chart, frame))).group(1)
    strokes = [len(re.findall("l", stroke)) + 1 for stroke in path.split("M")[1:]]
    assert strokes == [2, 2, 2]


def test_limits_that_differ_from_point_to_point_are_stairs_around_each_point_broken_where_there_are_none() -> None:
    lows, highs = (4.0, 2.0, None, 3.0), (6.0, 8.0, None, 7.0)
    chart = series([5.0, 5.0, None, 5.0], phases=(Phase(0, 3, 5.0, 3.0, 7.0, lows=lows, highs=highs),))
    frame = Frame(0, 300, 0, 100, axis(chart), charts.ValueScale(0, 10))
    at = [frame.x(point.start) for point in chart.points]
    middle = [(one + other) // 2 for one, other in pairwise(at)]
    (phase,) = chart.phases
    assert stairs(phase.highs, phase, chart, frame) == [
        [(at[0], middle[0], 40), (middle[0], middle[1], 20)],
        [(middle[2], at[3], 30)],
    ]
    first, second = re.search(r'class="c-band" d="([^"]*)"', bands(chart, frame)).group(1).split("z")[:2]
    assert first == f"M{at[0]} 40H{middle[0]}V20H{middle[1]}V80H{middle[0]}V60H{at[0]}"
    assert second == f"M{middle[2]} 30H{at[3]}V70H{middle[2]}"
    drawn = str(charts.full_chart(chart))
    assert len(re.findall('class="c-limit"', drawn)) == 2 and "upper limit" in drawn
    assert "Usual range in the latest period: 3 to 7" in drawn
    assert "narrower where more stand behind a figure" in str(charts.legend(chart))
    assert scale_of(chart).low <= 2.0 and scale_of(chart).high >= 8.0


def test_chart_that_a_person_chose_is_named_with_its_centre_line() -> None:
    run = series([1.0, 2.0, 3.0], phases=(Phase(0, 2, 2.0),), chart="run chart", centre="median")
    drawn = str(charts.full_chart(run))
    assert "Run chart. 3 periods" in drawn and "</tspan> median</text>" in drawn
    assert "Median" in str(charts.legend(run)) and "Usual range" not in str(charts.legend(run))


def test_line_passes_through_every_value_as_plain_arithmetic_places_it() -> None:
    chart = series([0.0, 10.0, 2.5, 7.5])
    frame = Frame(0, 900, 0, 400, axis(chart), charts.ValueScale(0, 10))
    path = re.search(r' d="([^"]*)"', line(chart, places(chart, frame))).group(1)
    numbers = [int(number) for number in re.findall(r"-?\d+", path)]
    found = [(numbers[0], numbers[1])]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        found.append((found[-1][0] + dx, found[-1][1] + dy))
    assert [y for _, y in found] == [400, 0, 300, 100]
    assert [x for x, _ in found] == [0, 310, 590, 900]  # 31, 28 and 31 of 90 days


@given(st.lists(st.one_of(st.none(), st.floats(-50, 150)), min_size=1, max_size=20))
def test_points_lie_where_the_axes_would_put_them_one_by_one(values: list[float | None]) -> None:
    chart = series(values)
    frame = Frame(10, 490, 14, 158, axis(chart), charts.ValueScale(0, 100))
    slowly = [None if p.value is None else (frame.x(p.start), frame.y(p.value)) for p in chart.points]
    assert places(chart, frame) == slowly


def test_same_month_lies_at_the_same_place_in_every_small_multiple() -> None:
    longer, shorter = series([50.0] * 24), series([50.0] * 24)
    shorter = series([None] * 12 + [50.0] * 12)
    common = axis(longer)
    dots = [
        re.search(r'c-dot[^>]* d="([^"]*)"', charts.small_multiple(chart, common)).group(1).split("M")[-1].split()[0]
        for chart in (longer, shorter)
    ]
    assert dots[0] == dots[1]


def test_series_that_fell_silent_says_so() -> None:
    chart = series([50.0] * 6)
    later = charts.TimeAxis(month(0), month(12))
    assert "c-silent" in charts.small_multiple(chart, later)
    assert "c-silent" not in charts.small_multiple(chart, axis(chart))
    assert ">Jun 2023<" in charts.small_multiple(chart, later)


def test_full_chart_names_limits_target_rebase_and_predecessor() -> None:
    drawn = re.sub(r"</?tspan>", "", charts.full_chart(FULL))
    for words in (
        "upper, provisional",
        "lower, provisional",
        "average",
        "target",
        "Dec 2023",
        "Before the merger: Old body",
    ):
        assert words in drawn
    assert "New limits from 1 July 2023" in drawn
    assert drawn.count("c-hollow") == 2  # of the three periods before the merger one has no figure


def test_full_chart_scrolls_within_a_frame_that_the_keyboard_reaches() -> None:
    frame = ElementTree.fromstring(charts.full_chart(FULL))
    assert (frame.attrib["tabindex"], frame.attrib["role"]) == ("0", "region")
    assert NASTY in frame.attrib["aria-label"]


def test_labels_at_the_edge_do_not_overlap() -> None:
    crowded = series([50.0, 50.2], phases=(Phase(0, 1, 50.0, 49.9, 50.1),), target=0.0)
    places = sorted(int(y) for y in re.findall(r'class="c-label[^"]*" x="\d+" y="(\d+)"', charts.full_chart(crowded)))
    assert len(places) == 5
    assert all(below - above >= 15 for above, below in pairwise(places))


def test_point_tells_every_rule_that_fired() -> None:
    point = Point(month(0), 61.0, Mark.CONCERN, Side.HIGH, (Rule.OUTSIDE, Rule.SHIFT))
    words = charts.point_words(point, series([61.0], unit="%"))
    assert words.startswith("January 2023: 61%, worse than chance alone would explain")
    assert "outside its usual range" in words and "one side of its usual level" in words


def test_legend_holds_what_is_drawn_and_nothing_else() -> None:
    listed = charts.legend(FULL)
    ElementTree.fromstring(f"<div>{listed}</div>")
    assert "Provisional limits" in listed and "Target" in listed and "New desk" in listed and "Old body" in listed
    plain = charts.legend(series([50.0, 51.0]))
    assert plain.count("<li>") == 2
    assert "Target" not in plain


@pytest.mark.parametrize("variation", list(Variation))
def test_variation_icon_says_its_words(variation: Variation) -> None:
    root = ElementTree.fromstring(charts.variation_icon(variation))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == root.find("title").text == variation.words


def test_icons_differ_from_one_another_in_shape_alone() -> None:
    drawn = [charts.variation_icon(variation) for variation in Variation]
    drawn += [charts.assurance_icon(verdict, Direction.INCREASE) for verdict in Assurance]
    shapes = [tuple(re.findall(r' d="([^"]*)"', icon)) for icon in drawn]
    assert len(set(shapes)) == len(shapes)


def test_range_is_drawn_on_the_good_side_of_the_target() -> None:
    def bar(verdict: Assurance, direction: Direction) -> str:
        return re.search(r'c-icon-bar" d="([^"]*)"', charts.assurance_icon(verdict, direction)).group(1)

    above = bar(Assurance.MEETS, Direction.INCREASE)
    assert bar(Assurance.MISSES, Direction.DECREASE) == above
    assert bar(Assurance.MISSES, Direction.INCREASE) == bar(Assurance.MEETS, Direction.DECREASE) != above


def test_thirty_small_multiples_stay_light() -> None:
    chart = series(
        [40.0 + index * 7 % 20 for index in range(48)], dict.fromkeys(range(40, 48), (Mark.CONCERN, Side.LOW))
    )
    assert len(charts.small_multiple(chart, axis(chart)).encode()) * 30 < 100_000


def test_comparison_is_a_table_with_a_row_for_each_subject() -> None:
    rows = (
        charts.ComparisonRow(NASTY, "/a/?x=1&y=2", 91.25, month(5), 80.0, 95.0),
        charts.ComparisonRow("Second", "", 70.0, month(5), 75.0, 85.0, Mark.CONCERN, Side.LOW, "Worse since March"),
        charts.ComparisonRow("Third", "/c/", None),
    )
    table = ElementTree.fromstring(charts.comparison_chart(charts.Comparison("All trusts", rows, "%", 1, 90.0)))
    names = ["".join(row.find("th").itertext()) for row in table.find("tbody")]
    cells = [["".join(cell.itertext()) for cell in row.findall("td")] for row in table.find("tbody")]
    assert names == [NASTY, "Second", "Third"]
    assert cells[0][0] == "91.2%Jun 2023"
    assert [row[2] for row in cells] == ["Usual variation", "Worse since March", "Nothing reported"]
    assert all(cell.attrib["scope"] for cell in table.iter("th"))


SQUARE = ((-1.0, 52.0), (0.0, 52.0), (0.0, 53.0), (-1.0, 53.0), (-1.0, 52.0))
EAST = tuple((x + 1.0, y) for x, y in SQUARE)


def test_map_says_the_same_in_its_list_and_never_by_colour_alone() -> None:
    shapes = [AreaShape("A", "Northmoor", (SQUARE,)), AreaShape("B", NASTY, (EAST,))]
    drawn = charts.area_map("Signals", shapes, {"A": AreaValue("3 signals, worse", Mark.CONCERN, "/a/")})
    root = ElementTree.fromstring(drawn)
    items = ["".join(item.itertext()) for item in root.iter("li")]
    assert items == [f"{NASTY} No information", "Northmoor 3 signals, worse"]
    assert 'fill="url(#mapconcern)"' in drawn and 'id="mapconcern"' in drawn
    assert 'class="c-hatch"' in drawn
    assert "Northmoor: 3 signals, worse" in drawn


def test_map_keeps_the_shape_of_an_area_and_drops_needless_points() -> None:
    dense = [(-1 + step / 1000, 52.0) for step in range(1001)] + [(0.0, 53.0), (-1.0, 53.0), (-1.0, 52.0)]
    plain, full = (
        re.search(r'class="c-area-none" d="([^"]*)"', charts.area_map("x", [AreaShape("A", "A", (ring,))], {})).group(1)
        for ring in (SQUARE, dense)
    )
    assert full == plain
    assert plain.endswith("z") and plain.count("l") == 3


@pytest.mark.parametrize("drawing", [str(charts.full_drawing(FULL)), *(key for key, _ in charts.keys(FULL))])
def test_a_drawing_that_stands_alone_has_its_size_its_colours_and_everything_it_had_on_the_page(drawing: str) -> None:
    alone = charts.standing_alone(drawing)
    root = ElementTree.fromstring(alone)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert f"0 0 {root.get('width')} {root.get('height')}" == root.get("viewBox")
    style = root[0].text or ""
    assert "var(" not in style and "@" not in style and ":not" not in style
    assert ".c-concern{fill:#d45d00}" in style and ".c-line{stroke:#7d8a94" in style
    assert alone.partition("</style>")[2] == drawing.partition(">")[2]
