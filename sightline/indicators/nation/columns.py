"""A nation's figures as columns: a file for each period, in the order of one roster, all named by one manifest.

A folder holds ``nation.json``, the manifest; ``roster-N.parquet``, the key of each series, which grows at its end
alone; ``PERIOD-N.parquet`` with one row for each series of the roster as it was then: its value (null where it has no
row, NaN where that is a gap) and the number of its phase; and ``marked-N.parquet``, what was found last. No file is
ever changed: a new one is written beside it, and the manifest, which is exchanged at once, then names that one.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.core.statistics.kernel import Floats
from sightline.core.verdict import Invalid
from sightline.indicators.scanning.frames import Layout

MANIFEST = "nation.json"
FORM = 1  # of the manifest
# Parquet is read by so many rows at least.
GROUP = 240_000

Period = date | int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file as it was taken in: its SHA-256, its rows, and how many of them were new, corrected one, or said the same."""

    file: str
    sha256: str
    rows: int
    new: int
    corrected: int
    same: int
    taken_on: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What counts in a folder: the layout of its files, the periods with their columns, and how series were read last."""

    layout: Layout
    number: int = 0
    dated: bool = True  # periods are days, and not whole numbers
    roster: str = ""
    series: int = 0
    phases: tuple[str, ...] = ()  # what the numbers of phases stand for
    periods: Mapping[Period, str] = field(default_factory=dict)
    marked: str = ""
    read_by: str = ""  # the rules, with their parameters, and whether they screened
    deliveries: tuple[Delivery, ...] = ()

    @property
    def files(self) -> set[str]:
        """All files that count, but for the manifest."""
        return {self.roster, self.marked, *self.periods.values()} - {""}


@dataclass(frozen=True, slots=True)
class Column:
    """The figures of some series in one period: ``there`` says which have a row; a gap is NaN."""

    value: Floats
    there: NDArray[np.bool_]
    phase: NDArray[np.int32]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """This context will hold a folder against everybody else, and end by itself when the process does."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = os.open(folder, os.O_RDONLY)
    except OSError as problem:
        raise Invalid(f"{folder}: {problem.strerror}. Name a folder that can be written to.") from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Invalid(f"{folder}: another run takes figures in there. Wait until it has ended.") from None
    else:
        yield
    finally:
        os.close(held)


def kept_in(folder: Path) -> Manifest | None:
    """This function will read the manifest of a folder; None where the folder is absent or empty.

    Raises Invalid where something else lies there.
    """
    path = folder / MANIFEST
    if not path.exists():
        if folder.exists() and any(one.name != f"{MANIFEST}.new" for one in folder.iterdir()):
            raise Invalid(f"{folder}: something else lies there. Name a folder of a nation, or one that is empty.")
        return None
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said.pop("form") != FORM:
            raise Invalid(f"{path}: this is of another version of Sightline.")
        layout = said.pop("layout")
        dated = bool(said["dated"])
        return Manifest(
            **said
            | {
                "layout": Layout(**layout | {"key": tuple(layout["key"])}),
                "phases": tuple(said["phases"]),
                "periods": {period_of(text, dated): name for text, name in said["periods"].items()},
                "deliveries": tuple(Delivery(**one) for one in said["deliveries"]),
            }
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise Invalid(f"{path}: this is no manifest of a nation ({problem!r}). Take the folder from a copy.") from None


def keep(folder: Path, manifest: Manifest) -> None:
    """This function will put a manifest in the place of another, so that there is always a whole one."""
    said = {"form": FORM} | asdict(manifest)
    said["periods"] = {str(period): name for period, name in manifest.periods.items()}
    beside = folder / f"{MANIFEST}.new"
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(said, stream, indent=1, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(folder / MANIFEST)


def period_of(text: str, dated: bool) -> Period:
    """This function will read a period: a day or a month as ISO 8601 writes it, or a whole number; else ValueError."""
    if not dated:
        return int(text)
    return date.fromisoformat(f"{text}-01" if len(text) == len("2026-09") else text)


class Nation:
    """A folder's columns as they are while figures are taken in: nothing counts before ``commit``."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest
        self.number = manifest.number + 1
        self._turn = count()
        self._sweep()
        self.periods = dict(manifest.periods)
        self.phases = list(manifest.phases)
        self.marked_file = manifest.marked
        self.roster_file = manifest.roster
        keyed = {name: pl.String() for name in manifest.layout.key}
        self.roster = self._read(manifest.roster) if manifest.roster else pl.DataFrame(schema=keyed)

    @property
    def ordered(self) -> list[Period]:
        """The periods, the earliest first."""
        return sorted(self.periods)  # all are days, or all are numbers

    def grow(self, keys: pl.DataFrame) -> None:
        """This function will put series at the end of the roster."""
        self.roster = pl.concat([self.roster, keys], rechunk=True)
        self.roster_file = self._write(self.roster, "roster")

    def column(self, period: Period, first: int = 0, last: int | None = None) -> Column:
        """This function will read the figures of the series from ``first`` up to ``last`` in one period."""
        size = (self.roster.height if last is None else last) - first
        name = self.periods.get(period)
        read = self._read(name, first, size) if name else pl.DataFrame({"value": [], "phase": []})
        value, phase = np.full(size, np.nan), np.zeros(size, dtype=np.int32)
        there = np.zeros(size, dtype=np.bool_)
        known = read.height  # the roster may have grown since
        value[:known] = read["value"].cast(pl.Float64).to_numpy()
        there[:known] = read["value"].is_not_null().to_numpy()
        if self.manifest.layout.phase:
            phase[:known] = read["phase"].to_numpy()
        return Column(value, there, phase)

    def put(self, period: Period, column: Column) -> None:
        """This function will write the figures of all series in one period."""
        value = pl.Series("value", column.value)
        if not column.there.all():
            value = pl.select(pl.when(pl.Series(column.there)).then(value).alias("value")).to_series()
        frame = pl.DataFrame([value])
        if self.manifest.layout.phase:
            frame = frame.with_columns(pl.Series("phase", column.phase))
        text = period.isoformat() if isinstance(period, date) else str(period)
        self.periods[period] = self._write(frame, text)

    def numbers_of(self, phases: pl.Series) -> pl.Series:
        """This function will number phases by what stands in their column, in the order in which they came."""
        known = {name: number for number, name in enumerate(self.phases)}
        for name in phases.unique(maintain_order=True).to_list():
            known.setdefault(name, len(known))
        self.phases = list(known)
        return phases.replace_strict(known, return_dtype=pl.Int32)

    def marked(self) -> pl.DataFrame | None:
        """This function will read what was found last."""
        return self._read(self.marked_file) if self.marked_file else None

    def mark(self, found: pl.DataFrame) -> None:
        """This function will write what is found now."""
        self.marked_file = self._write(found, "marked")

    def commit(self, read_by: str, deliveries: tuple[Delivery, ...]) -> Manifest:
        """This function will make all that was written count, at once, and remove what no longer does."""
        dated = all(isinstance(period, date) for period in self.periods)
        self.manifest = Manifest(
            layout=self.manifest.layout,
            number=self.number,
            dated=dated,
            roster=self.roster_file,
            series=self.roster.height,
            phases=tuple(self.phases),
            periods={period: self.periods[period] for period in self.ordered},
            marked=self.marked_file,
            read_by=read_by,
            deliveries=(*self.manifest.deliveries, *deliveries),
        )
        keep(self.folder, self.manifest)
        self._sweep()
        return self.manifest

    def _sweep(self) -> None:
        """Remove what no manifest names: what was exchanged, or was begun by a run that did not end."""
        counts = self.manifest.files
        for path in self.folder.glob("*-*.parquet"):
            if path.name not in counts:
                path.unlink()

    def _read(self, name: str, first: int = 0, size: int | None = None) -> pl.DataFrame:
        try:
            return pl.scan_parquet(self.folder / name, glob=False).slice(first, size).collect()
        except (OSError, pl.exceptions.PolarsError) as problem:
            says = str(problem).splitlines()[0]
            raise Invalid(f"{self.folder / name}: this cannot be read ({says}). Take the folder from a copy.") from None

    def _write(self, frame: pl.DataFrame, what: str) -> str:
        """A file that nobody reads before the manifest names it; those of one run differ by their last number."""
        name = f"{what}-{self.number:05}-{next(self._turn)}.parquet"
        frame.write_parquet(self.folder / name, compression="lz4", row_group_size=GROUP)
        return name
