"""The strokes that every chart is made of: lines with gaps, bands, and a shape for each kind of point.

Paths are written with relative whole numbers and one path per kind, since thirty charts must fit on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sightline.core.signals import Side
from sightline.web.charts.scales import TimeAxis, ValueScale
from sightline.web.charts.series import ChartSeries, Mark, Phase


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a drawing that holds the data, and the scales that place things in it."""

    left: int
    right: int
    top: int
    bottom: int
    time: TimeAxis
    values: ValueScale

    def x(self, day: date) -> int:
        """This function will place a day."""
        return self.time.at(day, self.left, self.right)

    def y(self, value: float) -> int:
        """This function will place a figure."""
        return self.values.at(value, self.top, self.bottom)


def scale_of(series: ChartSeries) -> ValueScale:
    """This function will make the scale that holds a series, its limits and its target."""
    values: list[float | None] = [point.value for point in series.points]
    for phase in series.phases:
        values += [phase.low, phase.high, phase.mean, *phase.lows, *phase.highs]
    return ValueScale.covering([*values, series.target])


Places = Sequence[tuple[int, int] | None]


def places(series: ChartSeries, frame: Frame) -> Places:
    """This function will place every point at once (None for a gap): the one loop that thirty charts feel."""
    first, span = frame.time.first.toordinal(), (frame.time.last - frame.time.first).days
    low, extent = frame.values.low, frame.values.high - frame.values.low
    left, width = frame.left, frame.right - frame.left
    top, bottom, height = frame.top, frame.bottom, frame.bottom - frame.top
    found: list[tuple[int, int] | None] = []
    for point in series.points:
        if point.value is None:
            found.append(None)
            continue
        x = round(left + (point.start.toordinal() - first) / span * width) if span else frame.right
        y = round(bottom - (point.value - low) / extent * height)
        found.append((x, top if y < top else bottom if y > bottom else y))
    return found


def line(series: ChartSeries, at: Places) -> str:
    """This function will draw the line, broken at every gap and before each new phase."""
    breaks = {phase.start_index for phase in series.phases}
    path: list[str] = []
    before: tuple[int, int] | None = None
    for index, here in enumerate(at):
        if here is not None:
            x, y = here
            if before is None or index in breaks:
                path.append(f"M{x} {y}")
            else:
                path.append(f"l{x - before[0]} {y - before[1]}")
        before = here
    return f'<path class="c-line" d="{joined(path)}"/>' if path else ""


def joined(path: Sequence[str]) -> str:
    """This function will join the words of a path, leaving out the space that a minus sign makes needless."""
    return "".join(path).replace(" -", "-")


def dots(at: Iterable[tuple[int, int]], radius: int) -> str:
    """This function will draw round dots as strokes of no length with round ends: the shortest way to write one."""
    path = "".join(f"M{x} {y}h0" for x, y in at)
    return f'<path class="c-dot c-common" stroke-width="{2 * radius}" d="{path}"/>' if path else ""


def shape(mark: Mark, side: Side, x: int, y: int, size: int) -> str:
    """This function will outline one special point: diamond, triangle or square."""
    match mark:
        case Mark.IMPROVEMENT:
            return f"M{x} {y - size}l{size} {size}-{size} {size}-{size}-{size}z"
        case Mark.CONCERN:
            up = -1 if side is not Side.LOW else 1
            return joined([f"M{x} {y + up * size}l{size} {-up * (2 * size - 2)} {-2 * size} 0z"])
        case Mark.NEUTRAL:
            half = size - 2
            return f"M{x - half} {y - half}h{2 * half}v{2 * half}h-{2 * half}z"
        case Mark.COMMON:
            return f"M{x - size} {y}a{size} {size} 0 1 0 {2 * size} 0a{size} {size} 0 1 0-{2 * size} 0z"


def marks(series: ChartSeries, at: Places, size: int) -> str:
    """This function will draw every point: grey dots first, then each special kind as one path."""
    plain = []
    special: dict[tuple[Mark, Side], list[str]] = {}
    for point, here in zip(series.points, at, strict=True):
        if here is None:
            continue
        x, y = here
        if point.mark is Mark.COMMON:
            plain.append(here)
        else:
            special.setdefault((point.mark, point.side), []).append(shape(point.mark, point.side, x, y, size))
    drawn = [
        f'<path class="c-mark c-{mark} c-{shape_name(mark, side)}" d="{"".join(paths)}"/>'
        for (mark, side), paths in sorted(special.items())
    ]
    return dots(plain, max(2, size * 4 // 9)) + "".join(drawn)


def shape_name(mark: Mark, side: Side) -> str:
    """This function will name the shape that stands for a kind of point."""
    if mark is Mark.CONCERN:
        return "triangle-down" if side is Side.LOW else "triangle-up"
    return {Mark.IMPROVEMENT: "diamond", Mark.NEUTRAL: "square"}.get(mark, "circle")


def span_of(phase: Phase, series: ChartSeries, frame: Frame) -> tuple[int, int]:
    """This function will give the left and right edge of a phase, which reaches to where the next begins."""
    points = series.points
    left = frame.x(points[phase.start_index].start)
    right = frame.x(points[min(phase.end_index, len(points) - 1)].start)
    return left, max(right, left + 2)


Stair = tuple[int, int, int]  # left, right, height


def stairs(edge: Sequence[float | None], phase: Phase, series: ChartSeries, frame: Frame) -> list[list[Stair]]:
    """This function will lay out a limit that differs from point to point, each held halfway to its neighbours.

    A point without a limit breaks it: what is given are its unbroken stretches.
    """
    at = [frame.x(point.start) for point in series.points[phase.start_index : phase.end_index + 1]]
    bounds = [at[0], *((one + other) // 2 for one, other in pairwise(at)), at[-1]]
    found: list[list[Stair]] = [[]]
    for level, left, right in zip(edge, bounds, bounds[1:], strict=False):
        if level is None:
            found.append([])
        else:
            found[-1].append((left, max(right, left + 1), frame.y(level)))
    return [stretch for stretch in found if stretch]


def climbed(stretch: Sequence[Stair]) -> str:
    """This function will write the path along one stretch of stairs, from left to right."""
    left, right, y = stretch[0]
    return f"M{left} {y}H{right}" + "".join(f"V{y}H{right}" for _, right, y in stretch[1:])


def _stepped_band(phase: Phase, series: ChartSeries, frame: Frame) -> str:
    """Along the upper limit to the right, and back along the lower one."""
    path = ""
    above, below = (stairs(edge, phase, series, frame) for edge in (phase.highs, phase.lows))
    for upper, lower in zip(above, below, strict=True):
        back = "".join(f"V{y}H{left}" for left, _, y in reversed(lower))
        path += f"{climbed(upper)}{back}z"
    return path


def bands(series: ChartSeries, frame: Frame) -> str:
    """This function will draw the usual range of each phase as a light band with its mean."""
    drawn = []
    for phase in series.phases:
        left, right = span_of(phase, series, frame)
        early = " c-provisional" if phase.provisional else ""
        if phase.lows:
            drawn.append(f'<path class="c-band{early}" d="{_stepped_band(phase, series, frame)}"/>')
        elif phase.low is not None and phase.high is not None:
            top, bottom = frame.y(phase.high), frame.y(phase.low)
            box = f'x="{left}" y="{top}" width="{right - left}" height="{max(bottom - top, 1)}"'
            drawn.append(f'<rect class="c-band{early}" {box}/>')
        if phase.mean is not None:
            drawn.append(f'<path class="c-mean{early}" d="M{left} {frame.y(phase.mean)}H{right}"/>')
    return "".join(drawn)


def target_line(series: ChartSeries, frame: Frame) -> str:
    """This function will draw the target from edge to edge."""
    if series.target is None:
        return ""
    return f'<path class="c-target" d="M{frame.left} {frame.y(series.target)}H{frame.right}"/>'
