"""One scan: sorted rows of many series, frame after frame, to those series whose newest value is a special cause."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.core.statistics.kernel import Floats, Ints
from sightline.core.statistics.newest import Newest, newest_points
from sightline.core.statistics.phases import Road, Spans, assess_spans
from sightline.core.statistics.rulesets import RuleSet
from sightline.core.verdict import Invalid

# What is found of a series, after its key and its newest period.
FOUND = {
    "value": pl.Float64,
    "marks": pl.Int16,
    "n_valid": pl.Int64,
    "mean": pl.Float64,
    "lpl": pl.Float64,
    "upl": pl.Float64,
    "distance": pl.Float64,
    "lasting": pl.Float64,
    "strength": pl.Float64,
    "provisional": pl.Boolean,
}
# What lists say of a series beside that.
SAID = frozenset({"rank", "status", "since", "rules"})


@dataclass(frozen=True, slots=True)
class Layout:
    """How rows are laid out: sorted by the columns of ``key``, which together name a series, and then by ``period``.

    An empty ``value`` is a gap; a period without a row is not known to be one. Where ``phase`` changes within a
    series, a new phase begins. The default is that of a part.
    """

    key: tuple[str, ...] = ("indicator", "code", "kind")
    period: str = "start"
    value: str = "value"
    phase: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return (*self.key, self.period, self.value, *([self.phase] if self.phase else []))

    def refuse_unless_named(self, names: Collection[str]) -> None:
        """This function will refuse columns that are absent, are named twice, or bear the name of a result."""
        if wrong := self._misnamed(names):
            raise Invalid(*wrong)

    def refuse_unless_fits(self, schema: pl.Schema) -> None:
        """This function will refuse columns that do not fit by their names, or hold what cannot be read."""
        wrong = self._misnamed(schema)
        if not schema[self.value].is_numeric():
            wrong.append(f"Column {self.value} holds no numbers.")
        if not (schema[self.period].is_integer() or schema[self.period] in (pl.Date, pl.Datetime)):
            wrong.append(f"Column {self.period} holds neither dates nor whole numbers.")
        if wrong:
            raise Invalid(*wrong)

    def _misnamed(self, names: Collection[str]) -> list[str]:
        absent = [name for name in self.columns if name not in names]
        if absent:
            raise Invalid(f"There is no column {', '.join(absent)}. The columns are: {', '.join(names)}.")
        twice = sorted({name for name in self.columns if self.columns.count(name) > 1})
        taken = sorted({*self.key} & {*FOUND, *SAID})
        return [
            *(f"Column {name} stands for two things." for name in twice),
            *(f"A result has a column {name} too: give this one another name." for name in taken),
            *([] if self.key else ["Name the columns by which a series is known."]),
        ]


@dataclass(frozen=True, slots=True)
class Reading:
    """By which rules series are read, and by which road; a road left out is chosen for each frame."""

    rules: RuleSet
    screened: bool
    road: Road | None = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """Some series of a scan: how many, with how many rows, and those of them whose newest value is marked."""

    series: int
    rows: int
    marked: pl.DataFrame


def scan(frames: Iterable[pl.DataFrame], layout: Layout, reading: Reading) -> Iterator[Scanned]:
    """This function will assess frames that follow on from each other; a series may go on from one to the next.

    Raises Invalid where rows are not sorted, where a period comes twice, or where a key or period is empty.
    """
    held: pl.DataFrame | None = None
    for frame in frames:
        # In one piece, as all that follows reads each column several times.
        rows = frame.rechunk() if held is None else pl.concat([held, frame], rechunk=True)
        if rows.is_empty():
            continue
        begins = _begins(rows, layout)
        held = rows[int(begins[-1]) :]
        if len(begins) > 1:
            yield _assessed(rows[: int(begins[-1])], begins[:-1], layout, reading)
    if held is not None and not held.is_empty():
        yield _assessed(held, np.zeros(1, dtype=np.int64), layout, reading)


def gathered(frames: Iterable[pl.DataFrame], rows: int) -> Iterator[pl.DataFrame]:
    """This function will join small frames to such as have so many rows at least, but for the last."""
    waiting: list[pl.DataFrame] = []
    for frame in frames:
        waiting.append(frame)
        if sum(one.height for one in waiting) >= rows:
            yield pl.concat(waiting)
            waiting = []
    if waiting:
        yield pl.concat(waiting)


def in_order(marked: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """This function will put the strongest first, and those that are as strong in the order of their keys."""
    return marked.sort(["strength", *layout.key], descending=[True, *(False for _ in layout.key)])


def _begins(rows: pl.DataFrame, layout: Layout) -> Ints:
    """At which rows a series begins, the first among them; refuses rows that are not sorted."""
    for name in (*layout.key, layout.period):
        if rows[name].null_count():
            raise Invalid(f"Column {name} is empty in some rows. Each row needs its series and its period.")
    starts = np.ones(rows.height, dtype=np.bool_)
    starts[1:] = False
    for name in layout.key:
        starts[1:] |= (rows[name][1:] != rows[name][:-1]).to_numpy()
    begins = np.flatnonzero(starts)
    keys = rows.select(layout.key)[begins]
    # A key may rise in any of its columns where those before it stay.
    rises = reduce(
        lambda later, name: (pl.col(name) > pl.col(name).shift()) | ((pl.col(name) == pl.col(name).shift()) & later),
        reversed(layout.key),
        pl.lit(value=False),
    )
    fall = keys.select(rises.not_()).to_series()[1:].arg_true()
    if len(fall):
        _refuse(keys.row(fall[0]), keys.row(fall[0] + 1), layout)
    period = rows[layout.period].to_physical().to_numpy()
    stays = np.flatnonzero((period[1:] <= period[:-1]) & ~starts[1:])
    if len(stays):
        key = rows.select(layout.key).row(int(stays[0]))
        twice = f"the periods of {_named(key)} do not rise: {rows[layout.period][int(stays[0]) + 1]} comes too late"
        raise Invalid(f"The rows are not sorted: {twice}. Sort them by {_sorting(layout)}, each period once.")
    return begins


def _refuse(before: tuple[object, ...], after: tuple[object, ...], layout: Layout) -> None:
    said = f"{_named(after)} comes after {_named(before)}"
    raise Invalid(f"The rows are not sorted: {said}. Sort them by {_sorting(layout)}.")


def _named(key: tuple[object, ...]) -> str:
    return " ".join(str(part) for part in key)


def _sorting(layout: Layout) -> str:
    return ", ".join((*layout.key, layout.period))


def _assessed(rows: pl.DataFrame, begins: Ints, layout: Layout, reading: Reading) -> Scanned:
    """Assess whole series, and keep those whose newest value is marked."""
    column = rows[layout.value].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    moved = None
    if layout.phase:
        differs = pl.col(layout.phase).ne_missing(pl.col(layout.phase).shift())
        moved = np.flatnonzero(rows.select(differs).to_series().to_numpy())
    newest = newest_of(column, begins, moved, reading)
    chosen = np.flatnonzero(newest.marks)
    ends = np.append(begins[1:], rows.height)[chosen] - 1
    marked = rows.select(*layout.key, layout.period)[ends].with_columns(columns_of(newest, chosen))
    return Scanned(len(begins), rows.height, marked)


def newest_of(column: Floats, begins: Ints, moved: Ints | None, reading: Reading) -> Newest:
    """This function will assess the series of one column and read off the newest point of each.

    ``begins`` are the places at which series begin, the first of them 0, and ``moved`` those at which phases do.
    """
    starts = begins if moved is None else np.union1d(begins, moved)
    spans = Spans(starts, np.append(starts[1:], column.size))
    last = np.append(np.searchsorted(starts, begins[1:]), len(starts)) - 1
    found = assess_spans(column, spans, reading.rules, reading.screened, road=reading.road)
    return newest_points(column, spans, last, found, reading.rules)


def columns_of(newest: Newest, chosen: NDArray[np.int64]) -> list[pl.Series]:
    """This function will give what was found of the chosen series as columns of a frame."""
    return [pl.Series(name, getattr(newest, name)[chosen], kind) for name, kind in FOUND.items()]
