"""From a stored series to the facts of a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sightline.core.indicators.variation import Direction, bearing
from sightline.core.signals import Rule, Side
from sightline.core.statistics.kinds import ChartKind as Drawn
from sightline.core.statistics.marks import causes, sides
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Rebase, Series
from sightline.indicators.presenters.words import clipped, period, unit_of, value_words
from sightline.web.charts.control import KIND_WORDS
from sightline.web.charts.rules import RULE_NAMES
from sightline.web.charts.series import MARK, ChartSeries, Mark, Phase, Point, Predecessor
from sightline.web.charts.series import Rebase as RebaseMark


@dataclass(frozen=True, slots=True)
class PointRow:
    """One row of the table beside a chart."""

    period: str
    value: str
    counts: str
    usual: str
    says: str
    note: str
    mark: str
    earlier: str = ""


def chart_series(
    series: Series, indicator: Indicator, subject_name: str, rebases: Sequence[Rebase] = ()
) -> ChartSeries:
    """This function will make the facts of a chart: predecessors' figures first, then the body's own."""
    content = series.content
    direction = direction_of(indicator)
    before = _earlier_points(content)
    own = _own_points(content, direction)
    shift = len(before)
    return ChartSeries(
        key=f"s{series.pk}",
        title=f"{indicator.name}: {subject_name}",
        points=(*before, *own),
        phases=tuple(
            _phase(entry, content.get("limits"), shift, series.status, indicator) for entry in content["phases"]
        ),
        unit=unit_of(indicator),
        decimals=indicator.decimals,
        target=content["target"],
        direction=direction,
        rebases=tuple(RebaseMark(rebase.from_on, rebase.because) for rebase in rebases),
        predecessor=_predecessor(content) if before else None,
        chart=KIND_WORDS[drawn_kind(content)] if drawn_kind(content) is not Drawn.I else "",
        centre=centre_of(content),
    )


def drawn_kind(content: dict[str, Any]) -> Drawn:
    """This function will say on which chart a stored series stands: XmR, unless a person chose another that it fits."""
    return Drawn(content["chart"]["kind"]) if "chart" in content else Drawn.I


def centre_of(content: dict[str, Any]) -> str:
    """This function will say what the centre line of a stored series is."""
    return "median" if drawn_kind(content) in {Drawn.RUN, Drawn.I_MEDIAN_RANGE} else "average"


def direction_of(indicator: Indicator) -> Direction:
    """This function will give the direction in which an indicator is better."""
    return Direction.NEUTRAL if indicator.direction == "neither" else Direction(indicator.direction)


def _own_points(content: dict[str, Any], direction: Direction) -> list[Point]:
    """Points as our rules mark them, or as the publisher's own limits do where it gives any."""
    bands = content.get("bands") or [""] * len(content["starts"])
    columns = zip(content["starts"], content["values"], content["marks"], bands, strict=True)
    return [
        _banded(day, value, Side(band), direction) if band in set(Side) else point_of(day, value, marks, direction)
        for day, value, marks, band in columns
    ]


def _banded(day: str, value: float | None, side: Side, direction: Direction) -> Point:
    return Point(date.fromisoformat(day), value, MARK[bearing(direction, side)], side)


def _earlier_points(content: dict[str, Any]) -> list[Point]:
    """The history that can be joined to the chart: one body's, or several added together."""
    if len(content["earlier"]) != 1:
        return []
    figures = content["earlier"][0][1]
    return [
        Point(date.fromisoformat(day), value) for day, value in zip(figures["starts"], figures["values"], strict=True)
    ]


def _predecessor(content: dict[str, Any]) -> Predecessor:
    return Predecessor(date.fromisoformat(content["starts"][0]), content["earlier"][0][0])


def point_of(day: date | str, value: float | None, marks: int, direction: Direction) -> Point:
    """This function will make one point of a chart as the rules marked it."""
    start = date.fromisoformat(day) if isinstance(day, str) else day
    found = sides(marks)
    if not found:
        return Point(start, value)
    rules = tuple(dict.fromkeys(rule for rule, _ in causes(marks)))
    return Point(start, value, MARK[bearing(direction, found[0])], found[0], rules)


def _phase(entry: list[Any], limits: list[Any] | None, shift: int, status: str, indicator: Indicator) -> Phase:
    start, length, _, mean, low, high, _, _ = entry
    # A phase that does not vary has no limits, whatever the others have.
    steps = limits[start : start + length] if limits and low is not None else []
    lows, highs = (
        tuple(None if pair[side] is None else clipped(pair[side], indicator) for pair in steps) for side in (0, 1)
    )
    return Phase(
        start_index=start + shift,
        end_index=start + length - 1 + shift,
        mean=mean,
        low=None if low is None else clipped(low, indicator),
        high=None if high is None else clipped(high, indicator),
        provisional=status == "provisional",
        lows=lows,
        highs=highs,
    )


def table_rows(series: Series, indicator: Indicator) -> list[PointRow]:
    """This function will make the table beside a chart, the newest period first."""
    content = series.content
    direction = direction_of(indicator)
    points = _own_points(content, direction)
    usual = _usual_by_index(content, indicator)
    count = len(content["starts"])
    columns = {name: content.get(name) or [None] * count for name in ("numerators", "denominators", "notes")}
    rows = []
    for index in range(count):
        point = points[index]
        rows.append(
            PointRow(
                period=period(point.start, series.kind),
                value=value_words(point.value, indicator),
                counts=_counts(columns["numerators"][index], columns["denominators"][index]),
                usual=usual[index],
                says=_says(point),
                note=columns["notes"][index] or ("" if point.value is not None else "not reported"),
                mark=point.mark.value,
            )
        )
    earlier = [
        PointRow(
            period(date.fromisoformat(day), series.kind), value_words(value, indicator), "", "", "", "", "common", name
        )
        for name, figures in content["earlier"]
        for day, value in zip(figures["starts"], figures["values"], strict=True)
    ]
    return [*reversed(rows), *reversed(earlier)]


def _usual_by_index(content: dict[str, Any], indicator: Indicator) -> list[str]:
    usual = [""] * len(content["starts"])
    for start, length, _, _, low, high, _, _ in content["phases"]:
        if low is None or high is None:
            continue
        usual[start : start + length] = [_range_words(low, high, indicator)] * length
    for index, (low, high) in enumerate(content.get("limits", ())):
        usual[index] = "" if low is None or high is None else _range_words(low, high, indicator)
    lows, highs = content.get("lows") or [], content.get("highs") or []
    for index, (low, high) in enumerate(zip(lows, highs, strict=True)):
        if low is not None and high is not None:
            usual[index] = f"{value_words(low, indicator)} to {value_words(high, indicator)} (its publisher's)"
    return usual


def _range_words(low: float, high: float, indicator: Indicator) -> str:
    return f"{value_words(clipped(low, indicator), indicator)} to {value_words(clipped(high, indicator), indicator)}"


def _counts(top: float | None, bottom: float | None) -> str:
    if top is None and bottom is None:
        return ""
    if bottom is None:
        return f"{top:,.10g}"
    return f"{top:,.10g} of {bottom:,.10g}" if top is not None else f"of {bottom:,.10g}"


def _says(point: Point) -> str:
    if point.side is Side.NONE:
        return ""
    word = {Mark.CONCERN: "worse", Mark.IMPROVEMENT: "better"}.get(point.mark, "changed")
    names = ", ".join(RULE_NAMES[Rule(rule)].lower() for rule in point.rules) or "outside its publisher's limits"
    return f"{word}: {names}, {point.side.value}"
