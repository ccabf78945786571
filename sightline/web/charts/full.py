"""The full chart of one series: axes, limits by phase, target, rebases, where its history comes from."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup, escape

from sightline.web import wording
from sightline.web.charts.axes import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, edge_labels, value_axis
from sightline.web.charts.describing import closed, opening, point_words, value_words
from sightline.web.charts.scales import TimeAxis
from sightline.web.charts.series import ChartSeries, Mark, Phase, Point
from sightline.web.charts.strokes import (
    Frame,
    bands,
    climbed,
    line,
    places,
    scale_of,
    shape,
    shape_name,
    span_of,
    stairs,
    target_line,
)


def full_chart(series: ChartSeries, time: TimeAxis | None = None) -> Markup:
    """This function will draw one series with everything that is known about it.

    On a narrow screen the frame around the drawing scrolls, by keyboard too, so that its words stay legible.
    """
    label = escape(f"Chart: {series.title}")
    drawing = full_drawing(series, time)
    return Markup('<div class="c-frame" tabindex="0" role="region" aria-label="%s">%s</div>') % (label, drawing)


def full_drawing(series: ChartSeries, time: TimeAxis | None = None) -> Markup:
    """This function will draw the same without the frame, for whoever sets it elsewhere."""
    return closed(opening(series, WIDTH, HEIGHT, "c-full"), full_strokes(series, time))


def full_strokes(series: ChartSeries, time: TimeAxis | None = None) -> str:
    """This function will draw the strokes alone, WIDTH by HEIGHT, for a drawing that opens and closes elsewhere."""
    axis = time or TimeAxis.covering(point.start for point in series.points)
    frame = Frame(LEFT, RIGHT, TOP, BOTTOM, axis, scale_of(series))
    parts = (
        value_axis(frame.values, _axis_unit(series) if series.unit else "", series.decimals),
        _time_axis(frame),
        bands(series, frame),
        _limits(series, frame),
        target_line(series, frame),
        _rebases(series, frame),
        _predecessor(series, frame),
        line(series, places(series, frame)),
        _points(series, frame),
        _labels(series, frame),
    )
    return "".join(parts)


def _axis_unit(series: ChartSeries) -> str:
    return wording.with_unit("", series.unit).strip()


def _time_axis(frame: Frame) -> str:
    """Ticks at each month that there is room for, with the year under the first one of each."""
    months = _months(frame.time)
    every = next(step for step in (1, 2, 3, 6, 12, 24, 60, 1200) if len(months) / step <= 16)
    # Counted from January, so that ticks fall on the same months in every year.
    shown = [day for day in months if (day.year * 12 + day.month - 1) % every == 0]
    ticks = "".join(f"M{frame.x(day)} {BOTTOM}v6" for day in shown)
    names, year = [], 0
    for day in shown:
        names.append(f'<text x="{frame.x(day)}" y="{BOTTOM + 21}">{day:%b}</text>' if every < 12 else "")
        if day.year != year:
            names.append(f'<text class="c-yearname" x="{frame.x(day)}" y="{BOTTOM + 39}">{day.year}</text>')
            year = day.year
    axis = f'<path class="c-axis" d="M{LEFT} {BOTTOM}H{RIGHT}{ticks}"/>'
    return f'{axis}<g class="c-tick c-middle">{"".join(names)}</g>'


def _months(time: TimeAxis) -> list[date]:
    count = (time.last.year - time.first.year) * 12 + time.last.month - time.first.month
    start = time.first.year * 12 + time.first.month - 1
    days = [date(index // 12, index % 12 + 1, 1) for index in range(start, start + count + 1)]
    return [day for day in days if time.first <= day <= time.last]


def _limits(series: ChartSeries, frame: Frame) -> str:
    """The two edges of each band as lines of their own; dashed while provisional."""
    drawn = []
    for phase in series.phases:
        left, right = span_of(phase, series, frame)
        early = " c-provisional" if phase.provisional else ""
        for stepped in (phase.lows, phase.highs):
            path = "".join(climbed(stretch) for stretch in stairs(stepped, phase, series, frame)) if stepped else ""
            drawn += [f'<path class="c-limit{early}" d="{path}"/>'] if path else []
        for edge in () if phase.lows else (phase.low, phase.high):
            if edge is not None:
                drawn.append(f'<path class="c-limit{early}" d="M{left} {frame.y(edge)}H{right}"/>')
        drawn += _earlier_limits(series, frame, phase) if phase is not series.phases[-1] else []
    return "".join(drawn)


def _earlier_limits(series: ChartSeries, frame: Frame, phase: Phase) -> list[str]:
    """Limits of a phase that is over are named inside it, where there is room; those now in force at the right."""
    left, right = span_of(phase, series, frame)
    if right - left < 90 or phase.lows:
        return []
    edges = ((phase.high, -6), (phase.low, 15))
    return [
        f'<text class="c-small-label" x="{left + 4}" y="{min(frame.y(edge) + shift, BOTTOM - 4)}">'
        f"{escape(_brief(edge, series))}</text>"
        for edge, shift in edges
        if edge is not None
    ]


def _rebases(series: ChartSeries, frame: Frame) -> str:
    drawn = []
    for number, rebase in enumerate(series.rebases, 1):
        x = frame.x(max(rebase.on, frame.time.first)) - 4
        words = f"New limits from {wording.day(rebase.on)}"
        title = f"{words}: {rebase.because}" if rebase.because else words
        drawn.append(
            f'<g><title>{escape(title)}</title><path class="c-rebase" d="M{x} {TOP - 8}V{BOTTOM}"/>'
            f'<circle class="c-note-ring" cx="{x}" cy="{TOP - 18}" r="9"/>'
            f'<text class="c-note c-mid" x="{x}" y="{TOP - 13}">{number}</text></g>'
        )
    return "".join(drawn)


def _predecessor(series: ChartSeries, frame: Frame) -> str:
    """A bracket over the part of the history that belongs to another body."""
    before = series.predecessor
    if before is None or before.until <= frame.time.first:
        return ""
    x = frame.x(min(before.until, frame.time.last)) - 4
    words = escape(f"Before {before.event}: {before.name}")
    return (
        f'<path class="c-merger" d="M{x} {TOP - 8}V{BOTTOM}"/>'
        f'<path class="c-bracket" d="M{LEFT} {TOP - 3}v-5H{x}"/>'
        f'<text class="c-small-label" x="{LEFT + 4}" y="{TOP - 14}">{words}</text>'
    )


def _points(series: ChartSeries, frame: Frame) -> str:
    return "".join(_point(point, series, frame) for point in series.points)


def _point(point: Point, series: ChartSeries, frame: Frame) -> str:
    """One point with its words; hollow where another body's figure stands."""
    if point.value is None:
        return ""
    x, y = frame.x(point.start), frame.y(point.value)
    hollow = " c-hollow" if series.predecessor and point.start < series.predecessor.until else ""
    size = 3 if point.mark is Mark.COMMON else 7
    path = shape(point.mark, point.side, x, y, size)
    kind = f"c-mark c-{point.mark} c-{shape_name(point.mark, point.side)}{hollow}"
    return f'<path class="{kind}" d="{path}"><title>{escape(point_words(point, series))}</title></path>'


def _labels(series: ChartSeries, frame: Frame) -> str:
    """Names of the latest value, the limits in force and the target at the right edge, moved apart where they meet."""
    wanted = []
    phase = series.phases[-1] if series.phases else None
    if phase:
        sure = ", provisional" if phase.provisional else " limit"
        edges = ((phase.high, f"upper{sure}"), (phase.mean, series.centre), (phase.low, f"lower{sure}"))
        wanted += [(edge, name, "c-label") for edge, name in edges if edge is not None]
    if series.target is not None:
        wanted.append((series.target, "target", "c-label c-label-target"))
    last = series.last
    if last is not None and last.value is not None:
        kind = "" if last.mark is Mark.COMMON else f" c-text-{last.mark}"
        wanted.append((last.value, wording.short_month(last.start), f"c-label c-label-last{kind}"))
    named = [(value, _brief(value, series), name, kind) for value, name, kind in wanted]
    return edge_labels(named, frame.values)


def _brief(value: float, series: ChartSeries) -> str:
    """A long unit is named on the axis; beside each line it would not fit."""
    words = value_words(value, series)
    return words if len(words) <= 9 else wording.figure(value, series.decimals)
