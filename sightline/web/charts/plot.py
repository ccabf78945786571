"""A plot: curves and points over numbers, for every chart that is not one of months: funnels, sums, charts of any kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import TypeGuard

from markupsafe import escape

from sightline.core.signals import Side
from sightline.web import wording
from sightline.web.charts.axes import BOTTOM, LEFT, RIGHT, TOP, edge_labels, value_axis, written
from sightline.web.charts.scales import ValueScale, decimals_of
from sightline.web.charts.series import Mark
from sightline.web.charts.strokes import dots, joined, shape, shape_name

At = tuple[float, float] | None
# Beyond so many points, those of usual variation are drawn at once and have no words of their own.
MANY = 600
_SPECIAL, _PLAIN, _FINE, _RING = 7, 3, 1, 10
_LETTER, _LINE = 7, 15


@dataclass(frozen=True, slots=True)
class Curve:
    """One line through (x, value), None where it breaks; ``kind`` is its class in charts.css, ``name`` stands at its end."""

    kind: str
    at: tuple[At, ...]
    name: str = ""
    means: str = ""  # in the legend


@dataclass(frozen=True, slots=True)
class Spot:
    """One point: what is said of it on hover, how it is marked, its label where it is named, and whether a ring is round it."""

    x: float
    y: float
    words: str
    mark: Mark = Mark.COMMON
    side: Side = Side.NONE
    label: str = ""
    ringed: bool = False


@dataclass(frozen=True, slots=True)
class Divide:
    """Where new lines begin, and why, as a note under the drawing says."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot ready to be drawn. ``ticks`` name places across; without them figures do. ``clip`` bounds the figures.

    ``ringed`` says in the legend whom the rings are round.
    """

    across: str
    up: str
    curves: tuple[Curve, ...] = ()
    spots: tuple[Spot, ...] = ()
    divides: tuple[Divide, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    clip: tuple[float, float] | None = None
    ringed: str = ""

    def scales(self) -> tuple[ValueScale, ValueScale]:
        """This function will make the scale across and the scale of figures; what is not finite has no place."""
        known = [at for curve in self.curves for at in curve.at if _placed(at)]
        known += [(spot.x, spot.y) for spot in self.spots if _placed((spot.x, spot.y))]
        heights = [y for _, y in known if self.clip is None or self.clip[0] <= y <= self.clip[1]]
        across = ValueScale.covering((x for x, _ in known), 0.01)
        return across, ValueScale.covering(heights)


def _placed(at: At) -> TypeGuard[tuple[float, float]]:
    return at is not None and isfinite(at[0]) and isfinite(at[1])


def plot_strokes(plot: Plot, key: str) -> str:
    """This function will draw a plot, WIDTH by HEIGHT of ``axes``; ``key`` makes its ids unique."""
    across, values = plot.scales()
    frame, up = _Frame(across, values), ", ".join(word for word in (plot.up, written(values).words) if word)
    inner = "".join(_curve(curve, frame) for curve in plot.curves)
    clipped = (
        f'<clipPath id="{escape(key)}c"><rect x="{LEFT}" y="{TOP - 10}" width="{RIGHT - LEFT + 4}" '
        f'height="{BOTTOM - TOP + 10}"/></clipPath><g clip-path="url(#{escape(key)}c)">{inner}</g>'
    )
    return "".join(
        (
            value_axis(values, named=True),
            f'<text class="c-tick" x="{LEFT - 54}" y="{TOP - 26}">{escape(up)}</text>',
            _across(plot, frame),
            _divides(plot, frame),
            clipped,
            _spots(plot, frame),
            _labels(plot, frame),
            edge_labels(_ends(plot, frame), values),
        )
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    across: ValueScale
    values: ValueScale

    def x(self, x: float) -> int:
        return self.across.at(x, RIGHT, LEFT)

    def y(self, y: float) -> int:
        """A height that may lie outside the frame, for what is cut off there."""
        share = (y - self.values.low) / (self.values.high - self.values.low)
        return round(min(max(BOTTOM - share * (BOTTOM - TOP), -3000.0), 3000.0))


def _across(plot: Plot, frame: _Frame) -> str:
    """The axis across, with places by name or by figure."""
    low, high = frame.across.low, frame.across.high
    if plot.ticks:
        shown = [(x, name) for x, name in plot.ticks if low <= x <= high]
        every = 1 + len(shown) // 9
        shown = shown[::every]
    else:
        ticks = frame.across.ticks(8)
        places = decimals_of(ticks[1] - ticks[0]) if len(ticks) > 1 else None
        shown = [(tick, wording.figure(tick, places)) for tick in ticks]
    marks = "".join(f"M{frame.x(x)} {BOTTOM}v6" for x, _ in shown)
    names = "".join(f'<text x="{frame.x(x)}" y="{BOTTOM + 21}">{escape(name)}</text>' for x, name in shown)
    title = f'<text x="{(LEFT + RIGHT) // 2}" y="{BOTTOM + 41}">{escape(plot.across)}</text>'
    axis = f'<path class="c-axis" d="M{LEFT} {BOTTOM}H{RIGHT}{marks}"/>'
    return f'{axis}<g class="c-tick c-middle">{names}{title}</g>'


def _divides(plot: Plot, frame: _Frame) -> str:
    return "".join(
        f'<g><title>{escape(divide.words)}</title><path class="c-rebase" d="M{frame.x(divide.x)} {TOP - 8}V{BOTTOM}"/>'
        f'<circle class="c-note-ring" cx="{frame.x(divide.x)}" cy="{TOP - 18}" r="9"/>'
        f'<text class="c-note c-mid" x="{frame.x(divide.x)}" y="{TOP - 13}">{number}</text></g>'
        for number, divide in enumerate(plot.divides, 1)
    )


def _curve(curve: Curve, frame: _Frame) -> str:
    path: list[str] = []
    before: tuple[int, int] | None = None
    for at in curve.at:
        if at is None or not _placed(at):
            before = None
            continue
        here = (frame.x(at[0]), frame.y(at[1]))
        if before is None:
            path.append(f"M{here[0]} {here[1]}")
        elif here != before:
            path.append(f"l{here[0] - before[0]} {here[1] - before[1]}")
        before = here
    return f'<path class="{curve.kind}" d="{joined(path)}"/>' if path else ""


def _spots(plot: Plot, frame: _Frame) -> str:
    """Points with their words; those of usual variation lie beneath the others."""
    spots = [spot for spot in plot.spots if _placed((spot.x, spot.y))]
    plain = [spot for spot in spots if spot.mark is Mark.COMMON and not spot.ringed]
    many = len(plain) > MANY
    drawn = dots(((frame.x(spot.x), frame.y(spot.y)) for spot in plain), _FINE) if many else ""
    ordered = [*([] if many else plain), *(spot for spot in spots if spot.mark is not Mark.COMMON or spot.ringed)]
    return drawn + "".join(_spot(spot, frame) for spot in ordered)


def _spot(spot: Spot, frame: _Frame) -> str:
    size = _PLAIN if spot.mark is Mark.COMMON else _SPECIAL
    path = shape(spot.mark, spot.side, frame.x(spot.x), frame.y(spot.y), size)
    kind = f"c-mark c-{spot.mark} c-{shape_name(spot.mark, spot.side)}"
    ring = f'<circle class="c-ring" cx="{frame.x(spot.x)}" cy="{frame.y(spot.y)}" r="{_RING}"/>' if spot.ringed else ""
    return f'{ring}<path class="{kind}" d="{path}"><title>{escape(spot.words)}</title></path>'


def _labels(plot: Plot, frame: _Frame) -> str:
    """Names beside their points, each where there is room; for one without room the words on hover and the table stand.

    A name that stands among points of usual variation keeps clear of them where it can.
    """
    apart = (one for one in plot.spots if one.mark is not Mark.COMMON or one.ringed)
    taken = [_around(frame.x(one.x), frame.y(one.y)) for one in apart]
    drawn = []
    for spot in plot.spots:
        if not spot.label or not _placed((spot.x, spot.y)):
            continue
        box = (_room(spot, frame, [*taken, *_plain(plot, frame)]) if spot.ringed else None) or _room(spot, frame, taken)
        if box is not None:
            taken.append(box)
            drawn.append(f'<text class="c-name" x="{box[0]}" y="{box[3] - 3}">{escape(spot.label)}</text>')
    return "".join(drawn)


def _plain(plot: Plot, frame: _Frame) -> list[_Box]:
    plain = (one for one in plot.spots if one.mark is Mark.COMMON and not one.ringed and _placed((one.x, one.y)))
    return [_around(frame.x(one.x), frame.y(one.y)) for one in plain]


def _room(spot: Spot, frame: _Frame, taken: Sequence[_Box]) -> _Box | None:
    """Where a name has room within the frame and beside what is there."""
    wide = _LETTER * len(spot.label)
    for left, base in _places(frame.x(spot.x), frame.y(spot.y), wide, spot.side, 5 if spot.ringed else 0):
        box = (left, base - _LINE + 3, left + wide, base + 3)
        inside = box[0] >= LEFT and box[2] <= RIGHT + 8 and box[1] >= TOP - 12 and box[3] <= BOTTOM
        if inside and not any(_meet(box, other) for other in taken):
            return box
    return None


_Box = tuple[int, int, int, int]


def _places(x: int, y: int, wide: int, side: Side, off: int) -> Iterator[tuple[int, int]]:
    """Above and below, the side on which the point lies first; then right and left. ``off`` is the room for a ring."""
    over, under = (x - wide // 2, y - 11 - off), (x - wide // 2, y + 21 + off)
    yield from (under, over) if side is Side.LOW else (over, under)
    yield x + 11 + off, y + 4
    yield x - wide - 11 - off, y + 4


def _around(x: int, y: int) -> _Box:
    return x - 6, y - 6, x + 6, y + 6


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _ends(plot: Plot, frame: _Frame) -> list[tuple[float, str, str, str]]:
    """The names of the lines at the right edge, each at the last height that it has inside the drawing."""
    how, found = written(frame.values), []
    for curve in plot.curves:
        last = _last(curve.at)
        if curve.name and last is not None and frame.values.low <= last <= frame.values.high:
            kind = "c-label c-label-target" if curve.kind == "c-target" else "c-label"
            found.append((last, _figure(last / how.factor, how.places), curve.name, kind))
    return found


def _figure(value: float, places: int | None) -> str:
    """One decimal more than the axis has, and as many as leave two figures of a number that is small beside it."""
    if places is None or not value:
        return wording.figure(value, places)
    return wording.figure(value, min(max(places + 1, 1 - floor(log10(abs(value)))), 6))


def _last(at: Sequence[At]) -> float | None:
    return next((one[1] for one in reversed(at) if one is not None and _placed(one)), None)
