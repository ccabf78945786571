"""Small drawings for many series at once: sparklines in tables, and small multiples on one common time axis."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from sightline.web import wording
from sightline.web.charts.describing import closed, opening, value_words
from sightline.web.charts.scales import TimeAxis, ValueScale
from sightline.web.charts.series import ChartSeries, Mark
from sightline.web.charts.strokes import Frame, bands, line, marks, places, scale_of, shape, shape_name, target_line

# Drawn at twice the size at which it is shown, so that whole numbers are fine enough.
WIDTH, HEIGHT = 640, 196
LEFT, RIGHT, TOP, BOTTOM = 10, 488, 14, 158


def sparkline(series: ChartSeries, time: TimeAxis | None = None) -> Markup:
    """This function will draw the bare line with its last point, for a row of a table whose words say the rest."""
    axis = time or TimeAxis.covering(point.start for point in series.points)
    frame = Frame(6, 230, 9, 63, axis, scale_of(series))
    last = series.last
    end = ""
    if last is not None and last.value is not None:
        path = shape(last.mark, last.side, frame.x(last.start), frame.y(last.value), 7)
        end = f'<path class="c-mark c-{last.mark} c-{shape_name(last.mark, last.side)}" d="{path}"/>'
    opened = '<svg class="chart c-spark" viewBox="0 0 240 72" aria-hidden="true" focusable="false">'
    return closed(opened, bands(series, frame), line(series, places(series, frame)), end)


def small_multiple(series: ChartSeries, time: TimeAxis, values: ValueScale | None = None) -> Markup:
    """This function will draw one of many charts on a common time axis.

    The last value and its month stand at the right end. ``values`` is given where several charts share one scale.
    """
    frame = Frame(LEFT, RIGHT, TOP, BOTTOM, time, values or scale_of(series))
    at = places(series, frame)
    return closed(
        opening(series, WIDTH, HEIGHT, "c-small"),
        _years(frame),
        bands(series, frame),
        target_line(series, frame),
        _breaks(series, frame),
        _merger(series, frame),
        line(series, at),
        marks(series, at, 9),
        _silence(series, frame),
        _last(series, frame),
    )


def _years(frame: Frame) -> str:
    """New years as hairlines, with their names while there is room for them."""
    years = frame.time.years()
    every = 1 + len(years) // 8
    lines = "".join(f"M{frame.x(year)} {frame.top - 8}V{frame.bottom + 6}" for year in years)
    names = "".join(
        f'<text x="{frame.x(year) + 5}" y="{HEIGHT - 8}">{year.year}</text>'
        for year in years[::every]
        if frame.x(year) < frame.right - 20
    )
    return f'<path class="c-year" d="{lines}"/><g class="c-tick">{names}</g>' if years else ""


def _breaks(series: ChartSeries, frame: Frame) -> str:
    """A rebase: a break in the band, with the number of its footnote above."""
    drawn = []
    for number, rebase in enumerate(series.rebases, 1):
        x = frame.x(max(rebase.on, frame.time.first)) - 5
        drawn.append(
            f'<path class="c-rebase" d="M{x} {frame.top - 8}V{frame.bottom}"/>'
            f'<text class="c-note" x="{x + 5}" y="{frame.top + 8}">{number}</text>'
        )
    return "".join(drawn)


def _merger(series: ChartSeries, frame: Frame) -> str:
    """A line where the figures of another body end; the words beside the chart name it."""
    before = series.predecessor
    if before is None or not frame.time.first < before.until <= frame.time.last:
        return ""
    return f'<path class="c-merger" d="M{frame.x(before.until) - 5} {frame.top - 8}V{frame.bottom + 6}"/>'


def _silence(series: ChartSeries, frame: Frame) -> str:
    """Where a series ends before the others do, a dotted line says that nothing came."""
    last = series.last
    if last is None or _months(last.start, frame.time.last) < 2:
        return ""
    start = frame.x(last.start) + 10
    return f'<path class="c-silent" d="M{start} {frame.bottom}H{frame.right}"/>' if start < frame.right else ""


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _last(series: ChartSeries, frame: Frame) -> str:
    last = series.last
    x = frame.right + 16
    if last is None or last.value is None:
        return f'<text class="c-when" x="{x}" y="{frame.bottom // 2}">no figures</text>'
    y = min(max(frame.y(last.value) + 4, 34), frame.bottom - 26)
    words = value_words(last.value, series)
    # A long unit would run out of the drawing; the title above the chart names it as well.
    if len(words) > 9:
        words = wording.figure(last.value, series.decimals)
    kind = "" if last.mark is Mark.COMMON else f" c-text-{last.mark}"
    return (
        f'<text class="c-last{kind}" x="{x}" y="{y}">{Markup.escape(words)}</text>'
        f'<text class="c-when" x="{x}" y="{y + 28}">{wording.short_month(last.start)}</text>'
    )
