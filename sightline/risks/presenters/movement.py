"""How a register moved, as a picture with its table, and what moved most, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup, escape

from sightline.core.rulebook.risks import RiskMatrix
from sightline.risks.presenters.registers import NOT_SCORED, band_of
from sightline.risks.queries.ledgers import Cell, scores_of
from sightline.risks.queries.movement import How, Month, Moved, Movements
from sightline.web.charts.scales import nice_step
from sightline.web.environment import link
from sightline.web.wording import day, plural, short_month

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 300, 44, 12, 44
DARKEST, LIGHTEST = 0.92, 0.2  # of the colour of the text, so that it holds in the dark and on paper
HEADING = {
    How.RISEN: "Risen",
    How.CAME: "Came onto the register",
    How.FALLEN: "Fallen",
    How.LEFT: "Closed, or left the register",
}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The open risks at the end of one month, by band."""

    on: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class MonthTable:
    """The picture in figures."""

    bands: tuple[str, ...]
    rows: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One risk that moved."""

    title: str
    href: str
    before: str
    after: str
    by: str


@dataclass(frozen=True, slots=True)
class MovedGroup:
    """The risks that moved in one way; ``many`` counts those too that are not listed."""

    name: str
    many: int
    lines: tuple[MovedLine, ...]


def table(months: Sequence[Month], matrix: RiskMatrix) -> MonthTable:
    """This function will count open risks by band at the end of each month, the highest band first."""
    bands = [one.id for one in reversed(matrix.bands)]
    made = []
    for month in months:
        counts = dict.fromkeys([*bands, ""], 0)
        for cell, many in month.by_cell.items():
            counts[band_of(matrix, cell).id if cell else ""] += many
        made.append(MonthRow(day(month.on), tuple(counts.values()), month.open))
    names = {one.id: one.name for one in matrix.bands}
    return MonthTable((*(names[one] for one in bands), NOT_SCORED), tuple(made))


def drawing(months: Sequence[Month], matrix: RiskMatrix) -> Markup:
    """This function will draw a column for each month, its bands one on another, the highest on top and the darkest.

    Each band bears its number, so that no colour is needed; the same figures stand in the table beneath.
    """
    found = table(months, matrix)
    most = max((row.total for row in found.rows), default=0) or 1
    step = max(1, round(nice_step(most / 4)))
    top = -(-most // step) * step
    height, wide = HEIGHT - TOP - BOTTOM, (WIDTH - LEFT) // max(1, len(months))
    axis = "".join(_tick(value, TOP + height - height * value // top) for value in range(0, top + 1, step))
    columns = "".join(
        _column(row, short_month(month.on), LEFT + place * wide, wide, height / top)
        for place, (row, month) in enumerate(zip(found.rows, months, strict=True))
    )
    opening = (
        f'<svg class="chart c-full" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_words(found))}">'
    )
    return Markup(f"{opening}{axis}{columns}</svg>")  # noqa: S704 - every text is escaped where it is set


def keys(months: Sequence[Month], matrix: RiskMatrix) -> list[tuple[Markup, str]]:
    """This function will give the key of the picture: a patch as it is drawn, and the name of its band."""
    names = table(months, matrix).bands
    opening = '<svg class="c-key" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
    patches = (
        f'{opening}<rect {_shade(place, len(names))} x="2" y="2" width="16" height="16"/></svg>'
        for place in range(len(names))
    )
    return [(Markup(patch), name) for patch, name in zip(patches, names, strict=True)]  # noqa: S704 - figures alone


def _tick(value: int, y: int) -> str:
    return (
        f'<path class="c-grid" d="M{LEFT} {y}H{WIDTH}"/>'
        f'<g class="c-tick c-right"><text x="{LEFT - 6}" y="{y + 4}">{value:,}</text></g>'
    )


def _column(row: MonthRow, month: str, x: int, wide: int, each: float) -> str:
    """From the ground up: what is not scored, then the bands, rising."""
    drawn, many, gap, middle = [], 0, max(2, wide // 8), x + wide // 2
    for place in range(len(row.counts) - 1, -1, -1):
        low = HEIGHT - BOTTOM - round(each * many)
        many += row.counts[place]
        tall = low - (HEIGHT - BOTTOM - round(each * many))
        if tall:
            box = f'x="{x + gap}" y="{low - tall}" width="{wide - 2 * gap}" height="{tall}"'
            drawn.append(f"<rect {_shade(place, len(row.counts))} {box}/>")
        if tall >= 14:
            number = f'<tspan fill="{_ink(place, len(row.counts))}">{row.counts[place]:,}</tspan>'
            drawn.append(f'<text x="{middle}" y="{low - tall // 2 + 5}">{number}</text>')
    name, _, year = month.partition(" ")
    label = (
        f'<text x="{middle}" y="{HEIGHT - 24}">{escape(name)}</text><text x="{middle}" y="{HEIGHT - 8}">{year}</text>'
    )
    return f'<g class="c-tick c-middle">{"".join(drawn)}{label}</g>'


def _share(place: int, many: int) -> float:
    """How dark a band is; what is not scored, the last, is drawn as an empty box."""
    return DARKEST - (DARKEST - LIGHTEST) * place / max(1, many - 2)


def _shade(place: int, many: int) -> str:
    if place == many - 1:
        return 'fill="none" stroke="currentColor" stroke-dasharray="3 3"'
    return f'fill="currentColor" fill-opacity="{_share(place, many):.2f}"'


def _ink(place: int, many: int) -> str:
    """The ground's colour on what is dark, the text's on what is light: the browser knows both, in the dark too."""
    return "Canvas" if place < many - 1 and _share(place, many) > 0.5 else "CanvasText"


def _words(found: MonthTable) -> str:
    if not found.rows:
        return "No months to show."
    first, last = found.rows[0], found.rows[-1]
    ends = [f"{name.lower()} {first.counts[place]} and {last.counts[place]}" for place, name in enumerate(found.bands)]
    return f"Open risks by band on {first.on} and on {last.on}: {'; '.join(ends)}. The table gives every month."


def groups(found: Movements, titles: Mapping[UUID, str], matrix: RiskMatrix) -> list[MovedGroup]:
    """This function will list what moved, the furthest first."""
    return [
        MovedGroup(
            HEADING[how],
            found.counts[how],
            tuple(_line(one, titles[one.risk], matrix) for one in found.moved if one.how is how and one.risk in titles),
        )
        for how in How
        if found.counts[how]
    ]


def _line(one: Moved, title: str, matrix: RiskMatrix) -> MovedLine:
    by = f"{'up' if one.by > 0 else 'down'} by {plural(abs(one.by), 'point')}"
    moved = by if one.by and one.how in {How.RISEN, How.FALLEN} else ""
    before = "" if one.how is How.CAME else _where(one.before, matrix)
    after = "" if one.how is How.LEFT else _where(one.after, matrix)
    return MovedLine(title, link("risk", one.risk), before, after, moved)


def _where(cell: Cell | None, matrix: RiskMatrix) -> str:
    return f"{scores_of(matrix)[cell]} {band_of(matrix, cell).name}" if cell else NOT_SCORED
