"""The matrix of one subject: quality dimension by source quadrant, and who says what in each cell. No score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook import Freshness
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant
from sightline.core.triangulation.evidence import (
    Certainty,
    Evidence,
    Floors,
    floors_on,
    keys_of,
    origins_of,
    spread_of,
    surest_of,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known in one row and quadrant; ``None`` stands for all rows, or for sources that nobody placed.

    ``concerns``, ``changing``, ``improving`` and ``neither`` name each origin once, from fresh evidence only; an
    origin with good and bad news stands among both. ``since``, ``latest`` and ``surest`` speak of the concerns that
    stand, ``newest`` of any evidence. ``stale`` says that there is evidence and none of it is fresh. ``keys`` are
    the fresh pieces, ``old`` the others, which stay to be read.
    """

    row: Dimension | None
    quadrant: Quadrant | None
    concerns: tuple[str, ...] = ()
    changing: tuple[str, ...] = ()
    improving: tuple[str, ...] = ()
    neither: tuple[str, ...] = ()
    since: date | None = None
    latest: date | None = None
    surest: Certainty | None = None
    newest: date | None = None
    stale: bool = False
    keys: tuple[str, ...] = ()
    old: tuple[str, ...] = ()

    @property
    def origins(self) -> tuple[str, ...]:
        """Every origin with fresh evidence, whatever it says."""
        return tuple(sorted({*self.concerns, *self.improving, *self.neither}))


@dataclass(frozen=True, slots=True)
class Row:
    """One quality dimension across the four quadrants, or the whole subject where ``row`` is ``None``.

    An origin that speaks in two quadrants stands in both cells, but it is one witness: here it counts once.
    ``unplaced`` holds evidence whose quadrant nobody said: its origins are witnesses and add no quadrant.
    """

    row: Dimension | None
    cells: tuple[Cell, ...]
    unplaced: Cell

    @property
    def concerns(self) -> tuple[str, ...]:
        """The independent sources that agree in a concern."""
        return tuple(sorted({origin for cell in self._all for origin in cell.concerns}))

    @property
    def changing(self) -> tuple[str, ...]:
        """Those of them by which something changed."""
        return tuple(sorted({origin for cell in self._all for origin in cell.changing}))

    @property
    def improving(self) -> tuple[str, ...]:
        """The independent sources with good news, which takes nothing from a concern."""
        return tuple(sorted({origin for cell in self._all for origin in cell.improving}))

    @property
    def origins(self) -> tuple[str, ...]:
        """Every independent source with fresh evidence, whatever it says."""
        return tuple(sorted({origin for cell in self._all for origin in cell.origins}))

    @property
    def quadrants(self) -> tuple[Quadrant, ...]:
        """The quadrants in which a concern stands."""
        return tuple(cell.quadrant for cell in self.cells if cell.concerns and cell.quadrant)

    @property
    def spread(self) -> int:
        """How many quadrants agree by a witness of their own."""
        return spread_of(cell.concerns for cell in self.cells)

    @property
    def since(self) -> date | None:
        """When the oldest concern that stands began."""
        return min((cell.since for cell in self._all if cell.since), default=None)

    @property
    def newest(self) -> date | None:
        """How recent the newest evidence is, whatever it says."""
        return max((cell.newest for cell in self._all if cell.newest), default=None)

    @property
    def keys(self) -> tuple[str, ...]:
        """The fresh pieces of evidence."""
        return tuple(sorted({key for cell in self._all for key in cell.keys}))

    @property
    def _all(self) -> tuple[Cell, ...]:
        return (*self.cells, self.unplaced)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All six rows of one subject on a day, and ``whole``, which also holds evidence that no row holds."""

    on: date
    rows: tuple[Row, ...]
    whole: Row

    def row(self, row: Dimension | None) -> Row:
        """This function will give one row, or the whole."""
        return self.whole if row is None else self.rows[ROWS.index(row)]

    def cell(self, row: Dimension | None, quadrant: Quadrant | None) -> Cell:
        """This function will give one cell."""
        line = self.row(row)
        return line.unplaced if quadrant is None else line.cells[list(Quadrant).index(quadrant)]


def lay_out(evidence: Iterable[Evidence], on: date, freshness: Freshness) -> Matrix:
    """This function will lay the evidence about one subject side by side (INT-04; QSG 2017 ¶114, ¶116).

    Each concern shows how many independent sources have it, in which quadrants, since when. Nothing is averaged:
    good news stands beside a concern and takes nothing from it.
    """
    given = tuple(evidence)
    if len({one.subject for one in given}) > 1:
        raise ValueError("a matrix is about one subject; the evidence is about several")
    floors = floors_on(on, freshness)
    rows = tuple(_row(row, [one for one in given if row in one.rows], floors) for row in ROWS)
    return Matrix(on, rows, _row(None, given, floors))


def _row(row: Dimension | None, told: Sequence[Evidence], floors: Floors) -> Row:
    by_quadrant: dict[Quadrant | None, list[Evidence]] = {quadrant: [] for quadrant in (*Quadrant, None)}
    for one in told:
        by_quadrant[one.quadrant].append(one)
    *cells, unplaced = (_cell(row, where, heard, floors[where]) for where, heard in by_quadrant.items())
    return Row(row, tuple(cells), unplaced)


def _cell(row: Dimension | None, quadrant: Quadrant | None, told: Sequence[Evidence], floor: date) -> Cell:
    fresh = [one for one in told if one.until >= floor]
    concerns = [one for one in fresh if one.is_concern]
    return Cell(
        row=row,
        quadrant=quadrant,
        concerns=origins_of(concerns),
        changing=origins_of(one for one in concerns if one.changed),
        improving=origins_of(one for one in fresh if one.bearing is Bearing.IMPROVEMENT),
        neither=origins_of(one for one in fresh if one.bearing is Bearing.NEITHER),
        since=min((one.since for one in concerns), default=None),
        latest=max((one.until for one in concerns), default=None),
        surest=surest_of(concerns),
        newest=max((one.until for one in told), default=None),
        stale=bool(told) and not fresh,
        keys=keys_of(fresh),
        old=keys_of(one for one in told if one.until < floor),
    )
