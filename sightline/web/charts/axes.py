"""What every large drawing has around its data: its size, the axis of figures, and names at the right edge."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from sightline.web import wording
from sightline.web.charts.scales import ValueScale, decimals_of

WIDTH, HEIGHT = 960, 430
LEFT, RIGHT, TOP, BOTTOM = 64, 788, 44, 380
LINE_HEIGHT = 15


def value_axis(values: ValueScale, unit: str = "", decimals: int | None = None) -> str:
    """This function will draw the grid with its figures, and the unit above them."""
    ticks = values.ticks(6)
    places = decimals_of(ticks[1] - ticks[0]) if len(ticks) > 1 else decimals
    heights = [values.at(tick, TOP, BOTTOM) for tick in ticks]
    rules = "".join(f"M{LEFT} {y}H{RIGHT}" for y in heights)
    names = "".join(
        f'<text x="{LEFT - 10}" y="{y + 5}">{wording.figure(tick, places)}</text>'
        for tick, y in zip(ticks, heights, strict=True)
    )
    named = f'<text class="c-unit" x="{LEFT - 10}" y="{TOP - 24}">{escape(unit)}</text>' if unit else ""
    return f'<path class="c-grid" d="{rules}"/><g class="c-tick c-right">{names}</g>{named}'


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
