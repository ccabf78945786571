"""The words beside and within a chart: what it shows, said so that nobody needs to see it."""

from __future__ import annotations

from markupsafe import Markup, escape

from sightline.web import wording
from sightline.web.charts.rules import RULE_WORDS
from sightline.web.charts.series import BETTER, MARK_WORDS, ChartSeries, Mark, Phase, Point


def value_words(value: float | None, series: ChartSeries) -> str:
    """This function will write a figure of the series with its unit."""
    return wording.number(value, series.decimals, series.unit)


def describe(series: ChartSeries) -> str:
    """This function will say in a few sentences what the chart shows."""
    last = series.last
    if last is None:
        return "No figures have been reported."
    first = series.points[0].start
    said = [
        f"{series.chart[0].upper()}{series.chart[1:]}." if series.chart else "",
        f"{wording.plural(len(series.points), 'period')} from {wording.month(first)}.",
        f"Latest: {value_words(last.value, series)} in {wording.month(last.start)}, {MARK_WORDS[last.mark]}.",
        _usual(series),
        f"Target: {value_words(series.target, series)}." if series.target is not None else "",
        f"{BETTER[series.direction]}.",
        _gaps(series),
        *(f"New limits from {wording.day(rebase.on)}." for rebase in series.rebases),
        _before(series),
    ]
    return " ".join(sentence for sentence in said if sentence)


def _usual(series: ChartSeries) -> str:
    phase = series.phases[-1] if series.phases else None
    if phase is None or phase.low is None or phase.high is None:
        return ""
    early = ", provisional" if phase.provisional else ""
    latest = " in the latest period" if phase.lows else ""
    return f"Usual range{latest}{early}: {range_words(phase, series)}."


def range_words(phase: Phase, series: ChartSeries) -> str:
    """This function will write a usual range: "88 to 94%"."""
    if phase.low is None or phase.high is None:
        return "not known"
    return f"{wording.figure(phase.low, series.decimals)} to {value_words(phase.high, series)}"


def _gaps(series: ChartSeries) -> str:
    count = sum(1 for point in series.points if point.value is None)
    return f"{wording.plural(count, 'period')} without a figure." if count else ""


def _before(series: ChartSeries) -> str:
    before = series.predecessor
    return f"Figures before {wording.day(before.until)} are those of {before.name}." if before else ""


def point_words(point: Point, series: ChartSeries) -> str:
    """This function will say everything about one point, every rule included."""
    said = f"{wording.month(point.start)}: {value_words(point.value, series)}"
    if point.mark is Mark.COMMON:
        return said
    why = "; ".join(RULE_WORDS[rule] for rule in point.rules)
    return f"{said}, {MARK_WORDS[point.mark]}{f' ({why})' if why else ''}"


def heading(series: ChartSeries, key: str) -> str:
    """This function will write the title and description that an aria-labelledby names."""
    return f'<title id="{key}t">{escape(series.title)}</title><desc id="{key}d">{escape(describe(series))}</desc>'


def opening(series: ChartSeries, width: int, height: int, kind: str) -> str:
    """This function will open a drawing that is announced as one picture with its words."""
    key = escape(series.key)
    return (
        f'<svg class="chart {kind}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{key}t {key}d">{heading(series, key)}'
    )


def closed(*parts: str) -> Markup:
    """This function will close a drawing; every text that came in was escaped where it was set."""
    return Markup("".join(parts) + "</svg>")  # noqa: S704 - see above
