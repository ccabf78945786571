"""Blind spots: where nothing is known, or only old things, or from one source alone; and whom to ask for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from sightline.core.rulebook import Contribution, Freshness
from sightline.core.signals import ROWS, Dimension, Quadrant, row_of
from sightline.core.triangulation.evidence import Evidence, floors_on, rows_of, spread_of
from sightline.core.triangulation.matrix import Matrix

Place = tuple[Dimension, Quadrant]

# Which cells make sense for a kind of subject: a pathway has no staff survey.
Expected = frozenset[Place]
EVERY_CELL: Expected = frozenset(product(ROWS, Quadrant))

# What was heard of many subjects at once, a line for each: the place of the subject, the place of the cell in CELLS,
# a number that stands for the origin, and the day of its newest evidence there as an ordinal.
CELLS: tuple[Place, ...] = tuple(product(ROWS, Quadrant))
Heard = NDArray[np.int64]


class Blindness(StrEnum):
    """In which way a cell is blind, the blindest first."""

    NOTHING = "nothing"
    STALE = "stale"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """One cell in which too little is known; ``newest`` says how old the newest evidence is, where there is any."""

    row: Dimension
    quadrant: Quadrant
    kind: Blindness
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class BlindTally:
    """How many cells of one subject are blind, by kind."""

    subject: str
    nothing: int
    stale: int
    single: int

    @property
    def place(self) -> tuple[int, int, int, str]:
        """The blindest first: what nobody knows weighs more than what is old, and that more than one voice."""
        return (-self.nothing, -self.stale, -self.single, self.subject)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was put before: to whom, for what, on which day, and by whom."""

    whom: str
    what: str
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to one body, with every blind spot that its answer would fill.

    ``asked`` is the latest time that the same was asked of the same body: a warning, not a ban.
    """

    whom: str
    what: str
    spots: tuple[BlindSpot, ...]
    cites: tuple[str, ...]
    asked: Asked | None = None

    @property
    def rows(self) -> tuple[Dimension, ...]:
        """The dimensions that an answer would bear on."""
        return rows_of(spot.row for spot in self.spots)

    @property
    def quadrants(self) -> tuple[Quadrant, ...]:
        """The kinds of source that an answer would be."""
        return tuple(one for one in Quadrant if any(spot.quadrant is one for spot in self.spots))


@dataclass(frozen=True, slots=True)
class Questions:
    """What to ask whom, and the blind spots that nobody is expected to fill: these need a person's thought."""

    asks: tuple[Ask, ...]
    nobody: tuple[BlindSpot, ...]


def blind_spots(matrix: Matrix, freshness: Freshness, expected: Expected = EVERY_CELL) -> tuple[BlindSpot, ...]:
    """This function will name the cells in which too little is known (INT-14, DAT-04; QSG 2017 ¶33, ¶114).

    Whatever is fresh counts as knowing, good, bad or neither: a blind spot is not a worry, and no worry is a spot.
    """
    floors = floors_on(matrix.on, freshness)
    found = []
    for row, quadrant in product(ROWS, Quadrant):
        cell = matrix.cell(row, quadrant)
        kind = _kind(len(cell.origins), cell.newest, floors[quadrant])
        if kind is not None and (row, quadrant) in expected:
            found.append(BlindSpot(row, quadrant, kind, cell.newest))
    return tuple(found)


def _kind(origins: int, newest: date | None, floor: date) -> Blindness | None:
    if newest is None:
        return Blindness.NOTHING
    if newest < floor:
        return Blindness.STALE
    return Blindness.SINGLE if origins == 1 else None


def is_known(matrix: Matrix, freshness: Freshness) -> bool:
    """This function will say whether enough sources speak to say how a subject fares at all (INT-14; QSG 2017 ¶121)."""
    fewest, heard = freshness.fewest, [cell.origins for cell in matrix.whole.cells]
    return len(matrix.whole.origins) >= fewest.sources and spread_of(heard) >= fewest.quadrants


def heard_from(evidence: Iterable[Evidence], subjects: Iterable[str]) -> Heard:
    """This function will write evidence as the lines that ``count_blind`` counts; what has no cell has no line."""
    places, origins = {one: place for place, one in enumerate(subjects)}, dict[str, int]()
    cells = {cell: place for place, cell in enumerate(CELLS)}
    lines = [
        (
            places[one.subject],
            cells[row, one.quadrant],
            origins.setdefault(one.origin, len(origins)),
            one.until.toordinal(),
        )
        for one in evidence
        if one.quadrant is not None and one.subject in places
        for row in one.rows
    ]
    return np.array(lines, dtype=np.int64).reshape(-1, 4)


def count_blind(
    heard: Heard, expected: Mapping[str, Expected], on: date, freshness: Freshness
) -> tuple[BlindTally, ...]:
    """This function will count the blind spots of a whole population at once, the blindest subject first.

    ``expected`` names every subject, in the order by which ``heard`` numbers them, with the cells that make sense for
    it. The answer is that of ``blind_spots`` for each; how often a thing was heard makes no difference.
    """
    floors = floors_on(on, freshness)
    floor = np.array([floors[quadrant].toordinal() for _, quadrant in CELLS], dtype=np.int64)
    subject, cell, origin, until = heard.T
    flat, shape = subject * len(CELLS) + cell, (len(expected), len(CELLS))
    fresh, numbers = until >= floor[cell], origin.max(initial=0) + 1
    # Each origin once in a cell. Sorting is sixty times faster here than numpy's own search for what is unique.
    voices = np.sort(flat[fresh] * numbers + origin[fresh])
    witnesses = voices[np.diff(voices, prepend=-1) != 0] // numbers
    known = (np.bincount(flat, minlength=shape[0] * shape[1]) > 0).reshape(shape)
    origins = np.bincount(witnesses, minlength=shape[0] * shape[1]).reshape(shape)
    sense = _sense(expected)
    nothing, stale, single = (
        (kind & sense).sum(axis=1).tolist() for kind in (~known, known & (origins == 0), origins == 1)
    )
    tallies = map(BlindTally, expected, nothing, stale, single)
    return tuple(sorted(tallies, key=attrgetter("place")))


def _sense(expected: Mapping[str, Expected]) -> NDArray[np.bool_]:
    """Which cells make sense for each subject; there are few kinds of subject, so each kind is looked at once."""
    kinds = {cells: number for number, cells in enumerate(set(expected.values()))}
    of_kind = np.array([[cell in cells for cell in CELLS] for cells in kinds], dtype=np.bool_).reshape(-1, len(CELLS))
    return of_kind[np.array([kinds[cells] for cells in expected.values()], dtype=np.int64)]


def questions(
    spots: Iterable[BlindSpot], contributions: Iterable[Contribution], already_asked: Iterable[Asked] = ()
) -> Questions:
    """This function will say what to ask whom, so that a gap becomes a question (INT-14, INT-18; QSG 2017 ¶50-68).

    A body gets one question for all the spots that its answer would fill. What was asked before is marked, so that
    nobody is asked twice for the same by mistake (CQC-06, DAT-08).
    """
    given, before = tuple(dict.fromkeys(spots)), _latest(already_asked)
    asks: dict[tuple[str, str], Ask] = {}
    for one in contributions:
        filled = [spot for spot in given if _would_fill(one, spot)]
        if not filled:
            continue
        key = _same(one.giver, one.what)
        ask = asks.get(key, Ask(one.giver, one.what, (), (), before.get(key)))
        wanted = {*ask.spots, *filled}
        cites = tuple(dict.fromkeys((*ask.cites, one.cites)))
        asks[key] = Ask(ask.whom, ask.what, tuple(spot for spot in given if spot in wanted), cites, ask.asked)
    answered = {spot for ask in asks.values() for spot in ask.spots}
    # What would fill the most empty cells comes first, and what was asked before comes after what was not.
    order = sorted(asks.values(), key=lambda ask: (ask.asked is not None, *_worth(ask), ask.whom, ask.what))
    return Questions(tuple(order), tuple(spot for spot in given if spot not in answered))


def _would_fill(one: Contribution, spot: BlindSpot) -> bool:
    return spot.quadrant in one.quadrants and (not one.dimensions or spot.row in map(row_of, one.dimensions))


def _worth(ask: Ask) -> tuple[int, int]:
    empty = sum(spot.kind is Blindness.NOTHING for spot in ask.spots)
    return (-empty, -len(ask.spots))


def _latest(asked: Iterable[Asked]) -> dict[tuple[str, str], Asked]:
    return {_same(one.whom, one.what): one for one in sorted(asked, key=lambda each: (each.on, each.by))}


def _same(whom: str, what: str) -> tuple[str, str]:
    """The same question, however it was spaced and capitalised."""
    return " ".join(whom.split()).casefold(), " ".join(what.split()).casefold()
