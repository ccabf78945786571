"""All subjects of one indicator, a row each: a table that is a dot plot, so that it can be read either way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from sightline.core.signals import Side
from sightline.web import wording
from sightline.web.charts.scales import ValueScale, decimals_of
from sightline.web.charts.series import MARK_WORDS, Mark
from sightline.web.charts.strokes import shape, shape_name

WIDTH, HEIGHT, EDGE = 400, 28, 14


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One subject: its latest figure, its own usual range, and what the rules say."""

    name: str
    href: str
    value: float | None
    on: date | None = None
    low: float | None = None
    high: float | None = None
    mark: Mark = Mark.COMMON
    side: Side = Side.NONE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows, in the order in which they are to be read, and what they measure."""

    caption: str
    rows: tuple[ComparisonRow, ...]
    unit: str = ""
    decimals: int | None = None
    target: float | None = None


def comparison_chart(comparison: Comparison) -> Markup:
    """This function will draw a table with a row for each subject on one common scale."""
    values: list[float | None] = [comparison.target]
    for row in comparison.rows:
        values += [row.value, row.low, row.high]
    scale = ValueScale.covering(values, 0.03)
    head = (
        f'<table class="s-table c-comparison"><caption>{escape(comparison.caption)}</caption><thead><tr>'
        '<th scope="col">Name</th><th scope="col" class="s-number">Latest</th>'
        f'<th scope="col" class="c-plot"><span class="nhsuk-u-visually-hidden">Against its usual range, </span>'
        f"{_axis(comparison, scale)}</th>"
        '<th scope="col">What it says</th></tr></thead><tbody>'
    )
    body = "".join(_row(row, comparison, scale) for row in comparison.rows)
    return Markup(f"{head}{body}</tbody></table>")  # noqa: S704 - every text is escaped where it is set


def _at(value: float, scale: ValueScale) -> int:
    share = (value - scale.low) / (scale.high - scale.low)
    return round(EDGE + min(max(share, 0.0), 1.0) * (WIDTH - 2 * EDGE))


def _axis(comparison: Comparison, scale: ValueScale) -> str:
    """The scale, once, above all rows; screen readers get its ends in words."""
    ticks = scale.ticks(5)
    places = decimals_of(ticks[1] - ticks[0]) if len(ticks) > 1 else comparison.decimals
    names = "".join(
        f'<text x="{_at(tick, scale)}" y="17">{wording.figure(tick, places)}</text>'
        for tick in ticks
        if 20 <= _at(tick, scale) <= WIDTH - 20
    )
    lines = "".join(f"M{_at(tick, scale)} 22v6" for tick in ticks)
    words = _words_of(ticks, comparison)
    return (
        f'<svg class="chart c-strip" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(words)}">'
        f'<g class="c-tick c-middle">{names}</g><path class="c-axis" d="{lines}"/></svg>'
    )


def _words_of(ticks: Sequence[float], comparison: Comparison) -> str:
    low, high = (wording.number(end, None, comparison.unit) for end in (ticks[0], ticks[-1]))
    return f"scale from {low} to {high}"


def _row(row: ComparisonRow, comparison: Comparison, scale: ValueScale) -> str:
    name = escape(row.name)
    named = f'<a href="{escape(row.href)}">{name}</a>' if row.href else name
    figure = wording.number(row.value, comparison.decimals, comparison.unit)
    when = f'<span class="s-when">{wording.short_month(row.on)}</span>' if row.on else ""
    says = row.note or (MARK_WORDS[row.mark].capitalize() if row.value is not None else "Nothing reported")
    return (
        f'<tr><th scope="row">{named}</th><td class="s-number">{escape(figure)}{when}</td>'
        f'<td class="c-plot">{_strip(row, comparison, scale)}</td><td>{escape(says)}</td></tr>'
    )


def _strip(row: ComparisonRow, comparison: Comparison, scale: ValueScale) -> str:
    """The row's usual range as a bar, the target as a line through all rows, the latest figure as a point."""
    drawn = []
    if row.low is not None and row.high is not None:
        left, right = _at(row.low, scale), _at(row.high, scale)
        drawn.append(f'<rect class="c-band" x="{left}" y="8" width="{max(right - left, 1)}" height="12"/>')
    if comparison.target is not None:
        drawn.append(f'<path class="c-target" d="M{_at(comparison.target, scale)} 0v{HEIGHT}"/>')
    if row.value is not None:
        size = 5 if row.mark is Mark.COMMON else 8
        path = shape(row.mark, row.side, _at(row.value, scale), HEIGHT // 2, size)
        drawn.append(f'<path class="c-mark c-{row.mark} c-{shape_name(row.mark, row.side)}" d="{path}"/>')
    return (
        f'<svg class="chart c-strip" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f"{''.join(drawn)}</svg>"
    )
