"""How one risk moved over time, drawn as steps, with its table and its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from sightline.core.risks import Score, Target, rate
from sightline.core.rulebook.risks import HIGHEST, RiskMatrix
from sightline.web.wording import day, plural

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 44, 560, 16, 180
TICKS = (1, 5, 10, 15, 20, 25)


@dataclass(frozen=True, slots=True)
class Point:
    """A score from a day on."""

    on: date
    score: int
    band: str


@dataclass(frozen=True, slots=True)
class Path:
    """A risk's scores over time: the drawing, the same as a table, and in a sentence."""

    drawing: Markup  # empty while there is nothing but one score to draw
    points: tuple[Point, ...]
    says: str


def path_of(
    matrix: RiskMatrix, scores: Sequence[Score], target: Target | None, tolerance: int | None, until: date
) -> Path | None:
    """This function will draw how a risk's score moved up to a day; nothing where it was never scored."""
    if not scores:
        return None
    points = tuple(Point(one.on, rate(matrix, one).score, rate(matrix, one).band.name) for one in scores)
    says = _words(points, rate(matrix, target).score if target else None, tolerance)
    aim = rate(matrix, target).score if target else None
    drawn = _drawn(points, aim, tolerance, max(until, points[-1].on), says) if len(points) > 1 else Markup()
    return Path(drawn, points, says)


def _words(points: Sequence[Point], aim: int | None, tolerance: int | None) -> str:
    first, last = points[0], points[-1]
    said = f"{last.score} ({last.band.lower()}) since {day(last.on)}"
    if len(points) > 1:
        said = f"{said}, from {first.score} on {day(first.on)}, scored {plural(len(points), 'time')}"
    ends = [f"the target is {aim}" if aim else "", f"up to {tolerance} is tolerated" if tolerance else ""]
    more = "; ".join(one for one in ends if one)
    return f"{said}; {more}." if more else f"{said}."


def _drawn(points: Sequence[Point], aim: int | None, tolerance: int | None, until: date, says: str) -> Markup:
    first = points[0].on
    days = max((until - first).days, 1)

    def x(on: date) -> int:
        return LEFT + (RIGHT - LEFT) * (on - first).days // days

    ticks = "".join(
        f'<path class="c-grid" d="M{LEFT} {_y(one)}H{RIGHT}"/>'
        f'<g class="c-tick c-right"><text x="{LEFT - 8}" y="{_y(one) + 4}">{one}</text></g>'
        for one in TICKS
    )
    steps = f"M{x(first)} {_y(points[0].score)}" + "".join(f"H{x(one.on)}V{_y(one.score)}" for one in points[1:])
    dots = "".join(f'<circle class="c-mark c-common" cx="{x(one.on)}" cy="{_y(one.score)}" r="5"/>' for one in points)
    lines = _level(aim, "target") + _level(tolerance, "tolerated")
    ends = (
        f'<g class="c-tick"><text x="{LEFT}" y="{BOTTOM + 26}">{escape(day(first))}</text></g>'
        f'<g class="c-tick c-right"><text x="{RIGHT}" y="{BOTTOM + 26}">{escape(day(until))}</text></g>'
    )
    last = f'<text class="c-last" x="{RIGHT + 10}" y="{_y(points[-1].score) + 5}">{points[-1].score}</text>'
    opened = f'<svg class="chart c-small" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(says)}">'
    drawn = f'{ticks}{lines}<path class="c-line" d="{steps}H{RIGHT}"/>{dots}{last}{ends}'
    return Markup(f"{opened}{drawn}</svg>")  # noqa: S704 - every text is escaped where it is set


def _level(score: int | None, name: str) -> str:
    if score is None:
        return ""
    at = _y(score)
    label = f'<g class="c-tick"><text x="{RIGHT + 10}" y="{at + 5}">{name}</text></g>' if name == "tolerated" else ""
    return f'<path class="c-{"target" if name == "target" else "mean"}" d="M{LEFT} {at}H{RIGHT}"/>{label}'


def _y(score: int) -> int:
    return BOTTOM - (BOTTOM - TOP) * score // HIGHEST
