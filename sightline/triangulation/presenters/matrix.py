"""The matrix of a subject in words: each cell says who is worried, since when, how fresh and how sure. No score."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.core.signals import Dimension, Quadrant
from sightline.core.triangulation import Cell, Matrix, Row
from sightline.triangulation.words import CERTAINTY, EVERYTHING
from sightline.web.quality import DIMENSION, QUADRANT_SHORT
from sightline.web.wording import day, month, plural

NOT_PLACED = "Source not placed"
CONCERN, BETTER, USUAL = "nhsuk-tag--orange", "nhsuk-tag--blue", "nhsuk-tag--white"


@dataclass(frozen=True, slots=True)
class CellWords:
    """One cell: its tags (what, colour), its sentence, and where its evidence stands on the page."""

    heading: str
    tags: tuple[tuple[str, str], ...]
    says: str
    anchor: str


@dataclass(frozen=True, slots=True)
class RowWords:
    """One dimension across the kinds of source, and what they say together."""

    name: str
    cells: tuple[CellWords, ...]
    together: str
    since: str


@dataclass(frozen=True, slots=True)
class MatrixWords:
    """The whole table; a column for sources that nobody placed, and a row for no dimension, only where they hold any."""

    headings: tuple[str, ...]
    rows: tuple[RowWords, ...]


def matrix_words(matrix: Matrix) -> MatrixWords:
    """This function will put the matrix into words (INT-04; QSG 2017 ¶114, ¶116)."""
    with_unplaced = bool(matrix.whole.unplaced.newest)
    headings = [QUADRANT_SHORT[one] for one in Quadrant]
    rows = [_row(one, with_unplaced) for one in matrix.rows]
    return MatrixWords(tuple([*headings, NOT_PLACED] if with_unplaced else headings), tuple(rows))


def anchor_of(row: Dimension | None, quadrant: Quadrant | None) -> str:
    """This function will name the place on the page where the evidence of a cell stands."""
    return f"cell-{row.value if row else 'whole'}-{quadrant.value if quadrant else 'unplaced'}"


def cells_of(row: Row) -> tuple[Cell, ...]:
    """This function will give the cells of a row in which there is anything."""
    return tuple(cell for cell in (*row.cells, row.unplaced) if cell.newest)


def _row(row: Row, with_unplaced: bool) -> RowWords:
    cells = [*row.cells, row.unplaced] if with_unplaced else row.cells
    return RowWords(
        name=DIMENSION[row.row] if row.row else EVERYTHING,
        cells=tuple(cell_words(cell) for cell in cells),
        together=together(row),
        since=f"Since {month(row.since)}" if row.since else "",
    )


def cell_words(cell: Cell) -> CellWords:
    """This function will say what is known in one cell; that nothing is, is said as plainly (DAT-04)."""
    heading = f"{DIMENSION[cell.row] if cell.row else EVERYTHING}: {_quadrant(cell)}"
    if cell.newest is None:
        return CellWords(heading, (), "No information", "")
    anchor = anchor_of(cell.row, cell.quadrant)
    if cell.stale:
        return CellWords(heading, (), f"Nothing since {month(cell.newest)}", anchor)
    usual = set(cell.neither) - set(cell.concerns) - set(cell.improving)
    counts = ((len(cell.concerns), "worried", CONCERN), (len(cell.improving), "better", BETTER))
    tags = [(f"{count} {word}", colour) for count, word, colour in (*counts, (len(usual), "as usual", USUAL)) if count]
    return CellWords(heading, tuple(tags), _age(cell), anchor)


def _quadrant(cell: Cell) -> str:
    return QUADRANT_SHORT[cell.quadrant].lower() if cell.quadrant else NOT_PLACED.lower()


def _age(cell: Cell) -> str:
    if cell.since is None or cell.latest is None or cell.surest is None:
        return f"Newest {month(cell.newest)}"
    newest = "" if month(cell.latest) == month(cell.since) else f", newest {month(cell.latest)}"
    standing = "" if cell.changing else "; a standard missed all along"
    return f"Since {month(cell.since)}{newest}; {CERTAINTY[cell.surest]}{standing}"


def together(row: Row) -> str:
    """This function will say how many independent sources agree; an origin heard in two places is one."""
    worried, better = len(row.concerns), len(row.improving)
    good = f"{plural(better, 'source says', 'sources say')} that it is better." if better else ""
    if not row.origins:
        return f"Nothing since {month(row.newest)}." if row.newest else "No information."
    if not worried:
        return f"{plural(len(row.origins), 'source')}, none worried. {good}".strip()
    if worried == 1:
        return f"1 source is worried, no other agrees. {good}".strip()
    kinds = f" in {plural(row.spread, 'kind')}" if row.spread else ""
    return f"{plural(worried, 'independent source')}{kinds} agree. {good}".strip()


def known_words(is_known: bool, matrix: Matrix) -> str:
    """This function will say whether enough is known to say anything at all (QSG 2017 ¶33, ¶121)."""
    sources = len(matrix.whole.origins)
    if is_known:
        return ""
    heard = plural(sources, "independent source speaks", "independent sources speak") if sources else "No source speaks"
    return f"{heard} of this subject now: too little to say how it fares. That is a finding, and not good news."


def as_of(matrix: Matrix) -> str:
    """This function will say of which day the picture is."""
    return day(matrix.on)
