"""What every large drawing has around its data: its size, the axis of figures, and names at the right edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

from markupsafe import escape

from sightline.web import wording
from sightline.web.charts.scales import ValueScale, decimals_of

WIDTH, HEIGHT = 960, 430
LEFT, RIGHT, TOP, BOTTOM = 64, 788, 44, 380
LINE_HEIGHT = 15


# So many letters of a figure fit beside the axis.
_FIT = 7
_SCALES = {3: "thousands", 6: "millions", 9: "billions"}
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Written:
    """How the figures of an axis are written: divided by ``factor``, which ``words`` name, with so many decimals."""

    factor: float = 1.0
    words: str = ""
    places: int | None = None


def written(values: ValueScale, decimals: int | None = None) -> Written:
    """This function will say how figures are written so that they fit: as they are, or in millions and the like."""
    ticks = values.ticks(6)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else None
    places = decimals_of(step) if step else decimals
    largest = max((abs(tick) for tick in ticks), default=0.0)
    if step is None or not largest or max(len(wording.figure(tick, places)) for tick in ticks) <= _FIT:
        return Written(places=places)
    power = 3 * floor(log10(largest) / 3 + 1e-9)
    factor = 10.0**power
    return Written(factor, _SCALES.get(power, f"× 10{str(power).translate(_RAISED)}"), decimals_of(step / factor))


def value_axis(values: ValueScale, unit: str = "", decimals: int | None = None, *, named: bool = False) -> str:
    """This function will draw the grid with its figures, and the unit above them, unless it is ``named`` elsewhere."""
    ticks, how = values.ticks(6), written(values, decimals)
    heights = [values.at(tick, TOP, BOTTOM) for tick in ticks]
    rules = "".join(f"M{LEFT} {y}H{RIGHT}" for y in heights)
    names = "".join(
        f'<text x="{LEFT - 10}" y="{y + 5}">{wording.figure(tick / how.factor, how.places)}</text>'
        for tick, y in zip(ticks, heights, strict=True)
    )
    above = f'<text class="c-unit" x="{LEFT - 10}" y="{TOP - 24}">{escape(unit)}</text>' if unit else ""
    if how.words:
        words = ", ".join(word for word in (unit, how.words) if word)
        above = f'<text class="c-tick" x="{LEFT - 54}" y="{TOP - 26}">{escape(words)}</text>'
    return f'<path class="c-grid" d="{rules}"/><g class="c-tick c-right">{names}</g>{"" if named else above}'


def edge_labels(wanted: Iterable[tuple[float, str, str, str]], values: ValueScale) -> str:
    """This function will name lines at the right edge: value, its figure, what it is, the kind; moved apart where they meet."""
    labels = sorted(wanted, key=lambda label: -label[0])
    heights = spread([values.at(label[0], TOP, BOTTOM) + 5 for label in labels], LINE_HEIGHT + 1, TOP, BOTTOM)
    return "".join(
        f'<text class="{kind}" x="{RIGHT + 10}" y="{y}"><tspan>{escape(figure)}</tspan> {escape(name)}</text>'
        for (_, figure, name, kind), y in zip(labels, heights, strict=True)
    )


def spread(places: list[int], apart: int, top: int, bottom: int) -> list[int]:
    """This function will move labels apart, from the top down and then back from the bottom up."""
    moved: list[int] = []
    for place in places:
        moved.append(max(place, moved[-1] + apart) if moved else max(place, top))
    limit = bottom
    for index in range(len(moved) - 1, -1, -1):
        moved[index] = min(moved[index], limit)
        limit = moved[index] - apart
    return moved
