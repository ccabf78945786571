"""The catalogue in groups, and every subject of one indicator side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sightline.core.indicators.variation import Variation, bearing
from sightline.core.signals import Bearing, Dimension, Side
from sightline.indicators.catalogue import ChartKind, Indicator
from sightline.indicators.describing import open_fields
from sightline.indicators.models import Series
from sightline.indicators.presenters.drawings import direction_of
from sightline.indicators.presenters.words import STATUS, clipped, last_day, period, unit_of
from sightline.indicators.queries.pages import Coverage
from sightline.web.charts.comparison import Comparison, ComparisonRow
from sightline.web.charts.series import Mark
from sightline.web.quality import DIMENSION

DIRECTION = {
    "increase": "Higher is better",
    "decrease": "Lower is better",
    "neither": "Neither high nor low is better",
}


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One indicator in the catalogue: its name, how many subjects report it, and how they stand."""

    id: str
    name: str
    direction: str
    series: int
    concerns: int
    improvements: int
    last: str
    open_fields: tuple[str, ...] = ()  # of its data card


def dimension_words(name: str) -> str:
    """This function will write a quality dimension as readers know it (DAT-11)."""
    return DIMENSION[Dimension(name)] if name in set(Dimension) else name.replace("-", " ").capitalize()


def by_dimension(
    catalogue: Mapping[str, Indicator], coverage: Sequence[Coverage]
) -> list[tuple[str, list[CatalogueRow]]]:
    """This function will group the catalogue by first dimension; one without figures is shown, not hidden (DAT-04)."""
    counted = {row.indicator: row for row in coverage}
    groups: dict[str, list[CatalogueRow]] = {}
    series_of = {name: one for name, one in catalogue.items() if one.chart is not ChartKind.EVENTS}
    for name, indicator in sorted(series_of.items(), key=lambda pair: pair[1].name):
        row = counted.get(name)
        entry = CatalogueRow(
            id=name,
            name=indicator.name,
            direction=DIRECTION[indicator.direction],
            series=row.series if row else 0,
            concerns=row.concerns if row else 0,
            improvements=row.improvements if row else 0,
            last=period(row.last_on, indicator.period.value) if row and row.last_on else "",
            open_fields=open_fields(indicator.card),
        )
        first = next(iter(indicator.dimensions), "")
        groups.setdefault(dimension_words(first) if first else "No quality dimension given", []).append(entry)
    order = [*DIMENSION.values()]
    return sorted(groups.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))


def compare(indicator: Indicator, series: Sequence[Series]) -> Comparison:
    """This function will lay subjects side by side with their usual ranges and the target, the worst first (DAT-02)."""
    return Comparison(
        caption=f"{indicator.name}. {DIRECTION[indicator.direction]}.",
        rows=tuple(_row(one, indicator) for one in series),
        unit=unit_of(indicator),
        decimals=indicator.decimals,
        target=next((one.content["target"] for one in series if one.content["target"] is not None), None),
    )


def _row(one: Series, indicator: Indicator) -> ComparisonRow:
    content = one.content
    low, high = _range(content, indicator)
    mark, side = _mark(one, content, indicator)
    return ComparisonRow(
        name=one.subject.name,
        href=reverse("series", args=[one.indicator, one.subject_id]),
        value=one.last_value,
        on=one.last_on if one.kind == "month" else last_day(one.last_on, one.kind),
        low=low,
        high=high,
        mark=mark,
        side=side,
        note=STATUS[one.status] if indicator.chart is ChartKind.XMR else "",
    )


def _range(content: dict[str, Any], indicator: Indicator) -> tuple[float | None, float | None]:
    """The usual range of ours, or its publisher's where there is none of ours."""
    low, high = content["phases"][-1][4:6]
    if low is None or high is None:
        return (content.get("lows") or [None])[-1], (content.get("highs") or [None])[-1]
    return clipped(low, indicator), clipped(high, indicator)


def _mark(one: Series, content: dict[str, Any], indicator: Indicator) -> tuple[Mark, Side]:
    """Provisional limits mark nothing: with few figures chance alone crosses them too often."""
    band = (content.get("bands") or [""])[-1]
    if band in {Side.HIGH, Side.LOW}:
        found = bearing(direction_of(indicator), Side(band))
        return {Bearing.CONCERN: Mark.CONCERN, Bearing.IMPROVEMENT: Mark.IMPROVEMENT}.get(found, Mark.NEUTRAL), Side(
            band
        )
    return (Mark.COMMON, Side.NONE) if one.status == "provisional" else mark_of(Variation(one.variation))


def mark_of(variation: Variation) -> tuple[Mark, Side]:
    """This function will give the mark and side that a variation icon stands for."""
    if variation in {Variation.COMMON_CAUSE, Variation.NONE}:
        return Mark.COMMON, Side.NONE
    kind, side = variation.value.rsplit("_", 1)
    return Mark(kind), Side(side)
