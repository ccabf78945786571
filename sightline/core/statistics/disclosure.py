"""Disclosure: which cells of a table of people may be published, so that none can be worked out from the others.

Every small count is withheld, and then as few others as needed, so that from the totals and whatever else is
published an outsider can still not tell it. What an outsider is taken to know: every cell that is shown, that
noughts are always shown, and so that a withheld cell is 1 or more.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from sightline.core.verdict import Invalid

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Cell = tuple[int, int]
Steps = list[tuple[Cell, int]]

# As NHS England publishes hospital activity: 1 to 7 withheld, the rest to the nearest 5.
LEAST, ROUND_TO = 8, 5
# So many values beside its own a withheld small count must still be able to have.
SPREAD = 2
WITHHELD = "*"


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """A table as it may be published, its totals last in both directions (a list: its total last).

    ``shown`` holds the figures, NaN where withheld; ``small`` marks those withheld because they are small, and
    ``beside`` those withheld because a small one could be worked out from them. Rounded figures need not add up.
    """

    shown: Floats
    small: Flags
    beside: Flags
    round_to: int

    @property
    def texts(self) -> list[list[str]]:
        """This function will give every cell as a reader sees it."""
        rows = np.atleast_2d(self.shown).tolist()
        return [[WITHHELD if value != value else f"{value:,.0f}" for value in row] for row in rows]

    @property
    def says(self) -> str:
        """The note that stands beneath the table."""
        parts = []
        if self.small.any():
            parts.append(f"{WITHHELD} stands for a number withheld so that nobody can be recognised.")
        if self.round_to > 1:
            parts.append(f"Numbers are to the nearest {self.round_to} and need not add up.")
        return " ".join(parts)


def publish(counts: Floats, *, least: int = LEAST, round_to: int = ROUND_TO) -> Published:
    """This function will add totals to a table of counts of people and withhold what must not be published.

    ``counts`` is a table (rows, columns) or a list, of whole numbers of 0 or more. Counts from 1 to ``least`` - 1
    are withheld, totals too. More are then withheld, the fewest and smallest that are found, inner cells before
    totals, until each small one could have ``SPREAD`` other values, whatever is shown. The rest is rounded to
    ``round_to`` (1: not at all). Raises Invalid for counts or settings that make no sense.

    >>> publish(np.array([[3.0, 41], [22, 58]])).texts
    [['*', '*', '45'], ['*', '*', '80'], ['25', '100', '125']]
    """
    if not (least >= 2 and 1 <= round_to <= 2 * least):
        raise Invalid(
            f"Withholding counts below {least} and rounding to {round_to} make no sense together. Withhold those below 2 "
            "or more, and round to 1 or more, to twice that at most, so that no other count becomes nought."
        )
    given = np.asarray(counts, dtype=np.float64)
    if given.ndim not in {1, 2} or not (np.isfinite(given) & (given >= 0) & (given == np.round(given))).all():
        raise Invalid("A table to publish holds whole numbers of 0 or more, in rows and columns or in one list.")
    table = _with_totals(given)
    laid = np.atleast_2d(table)
    small = (laid > 0) & (laid < least)
    withheld = _protect(laid, small, listed=given.ndim == 1)
    shown = np.where(withheld, np.nan, np.floor(laid / round_to + 0.5) * round_to)
    back = table.shape
    return Published(shown.reshape(back), small.reshape(back), (withheld & ~small).reshape(back), round_to)


def rates(numerators: Published, denominators: Published) -> Floats:
    """This function will divide two tables of one shape as they are published; NaN where either is withheld or 0."""
    below = np.where(denominators.shown > 0, denominators.shown, np.nan)
    return np.asarray(numerators.shown / below)


def _with_totals(counts: Floats) -> Floats:
    if counts.ndim == 1:
        return np.append(counts, counts.sum())
    across = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([across, across.sum(axis=0)])


def _protect(table: Floats, small: Flags, *, listed: bool) -> Flags:
    """All small cells, and what has to be withheld beside them."""
    audit = _Audit(table, small.copy(), listed)
    for row, column in np.argwhere(small):
        while not audit.is_safe((int(row), int(column))):
            audit.withhold_beside((int(row), int(column)))
    return audit.withheld


class _Audit:
    """What an outsider can work out, exactly.

    Each row and each column adds up to its total. Write totals as negative numbers and every line adds up to 0;
    then cells can only change by going round a ring, one up, the next down, along withheld cells alone. A cell's
    value is safe when it can be moved so often along such rings, with every withheld cell on them staying 1 or
    more. (A list has one line; all its cells share what would be the column.)
    """

    def __init__(self, table: Floats, withheld: Flags, listed: bool) -> None:
        self.values = {(r, c): int(value) for (r, c), value in np.ndenumerate(table)}
        self.withheld, self.listed = withheld, listed
        self.last = (table.shape[0] - 1, table.shape[1] - 1)
        self.whole = float(table.max(initial=0)) + 1

    def is_safe(self, cell: Cell) -> bool:
        """Whether a cell could have other values enough."""
        return sum(self._moves(dict(self.values), cell, way) for way in (1, -1)) >= SPREAD

    def withhold_beside(self, cell: Cell) -> None:
        """Withhold the cheapest cells that let this one move once more."""
        rings = []
        for way in (1, -1):
            values = dict(self.values)
            self._moves(values, cell, way)
            if ring := self._ring(values, cell, way, shown_too=True):
                rings.append(ring)
        _, steps = min(rings)  # one over the totals there always is: all four up
        for (row, column), _ in steps:
            self.withheld[row, column] = True

    def _moves(self, values: dict[Cell, int], cell: Cell, way: int) -> int:
        """How often a cell can move one way, up to what is needed; moves ``values`` with it."""
        count = 0
        while count < SPREAD and (ring := self._ring(values, cell, way, shown_too=False)):
            for at, step in ring[1]:
                values[at] += step * self._sign(at)
            count += 1
        return count

    def _sign(self, cell: Cell) -> int:
        """-1 for a total, 1 for an inner cell and for the total of totals."""
        if self.listed:
            return -1 if cell[1] == self.last[1] else 1
        return -1 if (cell[0] == self.last[0]) != (cell[1] == self.last[1]) else 1

    def _price(self, cell: Cell, values: dict[Cell, int], step: int, shown_too: bool) -> float | None:
        """What it costs to move a cell; None where it cannot be moved: a nought stays, and none becomes one."""
        value = values[cell]
        if value == 0 or (value == 1 and step * self._sign(cell) < 0):
            return None
        if self.withheld[cell]:
            return 0.0
        if not shown_too:
            return None
        totals = (cell[0] == self.last[0] and not self.listed) + (cell[1] == self.last[1])
        return float((1.0, 1e3, 1e6)[totals] + value / self.whole)

    def _ring(self, values: dict[Cell, int], cell: Cell, way: int, *, shown_too: bool) -> tuple[float, Steps] | None:
        """The cheapest ring through a cell (Dijkstra, over rows and columns as places and cells as ways between)."""
        if self._price(cell, values, way, shown_too=True) is None:
            return None
        height, width = self.last[0] + 1, self.last[1] + 1
        start, goal = ("row", cell[0]), ("column", 0 if self.listed else cell[1])
        queue: list[tuple[float, tuple[str, int], Steps]] = [(0.0, start, [(cell, way)])]
        done = set()
        while queue:
            cost, place, steps = heappop(queue)
            if place == goal:
                return cost, steps
            if place in done:
                continue
            done.add(place)
            kind, at = place
            step = -way if kind == "row" else way
            for other in range(width if kind == "row" else height):
                via = (at, other) if kind == "row" else (other, at)
                price = None if via == cell else self._price(via, values, step, shown_too)
                if price is not None:
                    to = ("column", 0 if self.listed else other) if kind == "row" else ("row", other)
                    heappush(queue, (cost + price, to, [*steps, (via, step)]))
        return None
