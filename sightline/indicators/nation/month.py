"""A month of a nation: figures taken into its columns, and only the series that they changed assessed again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sightline.core.statistics.phases import chosen_road
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET, RuleSet
from sightline.core.verdict import Invalid
from sightline.indicators.nation.arriving import Arrived, together
from sightline.indicators.nation.columns import GROUP, Column, Delivery, Manifest, Nation, Period, alone, keep, kept_in
from sightline.indicators.scanning.ahead import read_ahead
from sightline.indicators.scanning.frames import FOUND, Layout, Reading, columns_of, newest_of

PLACE = "place in the roster"
FILE = "number of the file"
Flags = NDArray[np.bool_]


class Status(StrEnum):
    """How a series stands beside what was found before, in the order in which the list tells of them."""

    NEW = "new"  # its newest value is marked, and was not before
    ENDED = "ended"  # the other way round
    GOES_ON = "goes on"  # something came or was corrected, and it is marked as before
    UNCHANGED = "unchanged"  # nothing came for it since it was marked


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run brought: its files, how many series it met first and assessed, and all that is marked or was.

    ``found`` has the key, the newest period, ``status``, the period ``since`` which a series is marked, and the columns
    of a scan; it is in the order of the statuses, and then the strongest first. ``silent`` counts the series without a
    row in the newest period.
    """

    layout: Layout
    files: tuple[Delivery, ...]
    series: int
    first_met: int
    newest: Period
    silent: int
    assessed: int
    by_status: Counter[Status]
    found: pl.DataFrame


def take_in(
    folder: Path,
    paths: Sequence[Path],
    layout: Layout | None = None,
    rules: RuleSet = DEFAULT_RULE_SET,
    *,
    screen: bool | None = None,
) -> Taken:
    """This function will take files into a nation's folder, assess the series that they changed, and say what is new.

    The first run begins the folder, and fixes its layout. A figure that stands already is corrected. All of the files
    count, or none. Raises Invalid for a folder or file that cannot be used, and where a figure is given twice.
    """
    with alone(folder):
        kept = _begun(folder, layout)
        nation = Nation(folder, kept)
        before = nation.roster.height
        arriving = _Arriving(nation)
        for files in together(paths, kept.layout, kept.dated if kept.periods else None):
            arriving.take(files)
        if not nation.periods:
            raise Invalid(f"{folder}: there is no figure yet. Name files to take in.")
        screened = rules.screens if screen is None else screen
        read_by = f"{rules.name} {rules.parameter_hash()} {'screened' if screened else 'not screened'}"
        if read_by != kept.read_by:
            arriving.changed[:] = True
        points = int(arriving.changed.sum()) * len(nation.periods)
        found = _compared(nation, arriving.changed, Reading(rules, screened, chosen_road(points)))
        marked = found.filter(pl.col("marks") != 0)
        nation.mark(marked.drop("status"))
        nation.commit(read_by, arriving.deliveries)
        newest = nation.ordered[-1]
        return Taken(
            layout=kept.layout,
            files=arriving.deliveries,
            series=nation.roster.height,
            first_met=nation.roster.height - before,
            newest=newest,
            silent=int((~nation.column(newest).there).sum()),
            assessed=int(arriving.changed.sum()),
            by_status=Counter(Status(one) for one in found["status"].to_list()),
            found=_told(found, nation),
        )


def write_rows(folder: Path, out: Path) -> int:
    """This function will write all rows of a nation as files that a scan reads, sorted, into an empty folder; their number."""
    with alone(folder):
        kept = kept_in(folder)
        if kept is None:
            raise Invalid(f"{folder}: there is nothing in it.")
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise Invalid(f"{out}: something lies there already. Name an empty folder.")
        nation, rows = Nation(folder, kept), 0
        key, layout = kept.layout.key, kept.layout
        order = nation.roster.with_row_index(PLACE).sort(key)
        for number, at in enumerate(range(0, order.height, GROUP)):
            part = order[at : at + GROUP]
            places = part[PLACE].to_numpy()
            first, last = int(places.min()), int(places.max()) + 1
            places = places - first
            frames = []
            for period in nation.ordered:
                column = nation.column(period, first, last)
                frame = part.select(key).with_columns(
                    pl.lit(period).alias(layout.period), pl.Series(layout.value, column.value[places])
                )
                if layout.phase:
                    names = pl.Series(nation.phases, dtype=pl.String)
                    frame = frame.with_columns(names[column.phase[places]].alias(layout.phase))
                frames.append(frame.filter(pl.Series(column.there[places])))
            written = pl.concat(frames).sort([*key, layout.period])
            written.write_parquet(out / f"{number:05}.parquet")
            rows += written.height
    return rows


def _begun(folder: Path, layout: Layout | None) -> Manifest:
    kept = kept_in(folder)
    if kept is None or not kept.periods:
        kept = Manifest(layout or Layout())
        keep(folder, kept)  # before any column: a folder without a manifest is somebody else's
    if layout not in {None, kept.layout}:
        named = f"--key {' '.join(kept.layout.key)} --period {kept.layout.period} --value {kept.layout.value}"
        phased = f" --phase {kept.layout.phase}" if kept.layout.phase else ""
        raise Invalid(f"{folder}: its columns were named otherwise when it was begun: {named}{phased}.")
    return kept


@dataclass(slots=True)
class _Arriving:
    """What comes into a nation in one run: the series that it changes, and what is known of each file."""

    nation: Nation
    changed: Flags = field(init=False)
    given: dict[Period, Flags] = field(default_factory=dict)  # what this run brought already
    deliveries: tuple[Delivery, ...] = ()

    def __post_init__(self) -> None:
        self.changed = np.zeros(self.nation.roster.height, dtype=np.bool_)

    def take(self, files: list[Arrived]) -> None:
        """Put the figures of some files into their columns."""
        layout = self.nation.manifest.layout
        rows = pl.concat(
            one.rows.with_columns(pl.lit(number, dtype=pl.UInt32).alias(FILE)) for number, one in enumerate(files)
        )
        rows = self._placed(rows)
        counts = np.zeros((3, len(files)), dtype=np.int64)
        for (period,), part in rows.partition_by(layout.period, as_dict=True, maintain_order=True).items():
            assert isinstance(period, date | int)
            counts += self._put(period, part, files)
        today = datetime.now(tz=UTC).date().isoformat()
        self.deliveries += tuple(
            Delivery(one.name, one.sha256, one.rows.height, new, corrected, same, today)
            for one, (new, corrected, same) in zip(files, counts.T.tolist(), strict=True)
        )

    def _placed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with their places in the roster, which grows by the series that it does not know."""
        key = self.nation.manifest.layout.key
        placed = self._looked_up(rows)
        if placed[PLACE].null_count():
            self.nation.grow(placed.filter(pl.col(PLACE).is_null()).select(key).unique().sort(key))
            more = self.nation.roster.height - len(self.changed)
            self.changed = np.append(self.changed, np.zeros(more, dtype=np.bool_))
            placed = self._looked_up(rows)
        return placed

    def _looked_up(self, rows: pl.DataFrame) -> pl.DataFrame:
        roster = self.nation.roster.with_row_index(PLACE)
        return rows.join(roster, on=self.nation.manifest.layout.key, how="left", maintain_order="left")

    def _put(self, period: Period, part: pl.DataFrame, files: list[Arrived]) -> NDArray[np.int64]:
        """Write the figures of one period; how many were new, corrected and the same, in each file."""
        nation, layout = self.nation, self.nation.manifest.layout
        places = part[PLACE].to_numpy()
        given = self._given(period, part, places, files)
        column = nation.column(period)
        value = part[layout.value].to_numpy()
        there, stands = column.there[places], column.value[places]
        same = there & ((stands == value) | (np.isnan(stands) & np.isnan(value)))
        if layout.phase:
            phase = nation.numbers_of(part[layout.phase]).to_numpy()
            same &= column.phase[places] == phase
            column.phase[places] = phase
        column.value[places], column.there[places] = value, True
        given[places] = True
        if not same.all():
            self.changed[places[~same]] = True
            nation.put(period, column)
        file = part[FILE].to_numpy()
        return np.array([np.bincount(file[of], minlength=len(files)) for of in (~there, there & ~same, same)])

    def _given(self, period: Period, part: pl.DataFrame, places: NDArray[np.int64], files: list[Arrived]) -> Flags:
        """What this run brought of a period so far; refuses what it gives twice."""
        before = self.given.get(period, np.zeros(0, dtype=np.bool_))
        given = self.given[period] = np.append(before, np.zeros(len(self.changed) - len(before), dtype=np.bool_))
        twice = given[places] | (np.bincount(places, minlength=len(given)) > 1)[places]
        if twice.any():
            row = int(np.flatnonzero(twice)[-1])
            key = " ".join(part.select(self.nation.manifest.layout.key).row(row))
            raise Invalid(
                f"{files[part[FILE][row]].name}: the figure of {key} for {period} is given twice."
                " Give each once, and a correction by itself, afterwards."
            )
        return given


def _compared(nation: Nation, changed: Flags, reading: Reading) -> pl.DataFrame:
    """All series that are marked or were: what was found of the changed ones now, and of the others before."""
    before = nation.marked()
    was = np.zeros(len(changed), dtype=np.bool_)
    if before is not None:
        was[before[PLACE].to_numpy()] = True
    read = [_assessed(nation, *block, was, reading) for block in _blocks(nation, changed)]
    period = pl.Date if isinstance(nation.ordered[0], date) else pl.Int64
    kinds = {PLACE: pl.Int64, nation.manifest.layout.period: period, **FOUND}
    now = pl.concat(read) if read else pl.DataFrame(schema=kinds)
    known = before if before is not None else pl.DataFrame(schema=kinds | {"since": period})
    status = (
        pl.when(pl.col("since").is_null())
        .then(pl.lit(Status.NEW.value))
        .when(pl.col("marks") == 0)
        .then(pl.lit(Status.ENDED.value))
        .otherwise(pl.lit(Status.GOES_ON.value))
    )
    moved = now.join(known.select(PLACE, "since"), on=PLACE, how="left").with_columns(
        status.alias("status"), pl.col("since").fill_null(pl.col(nation.manifest.layout.period))
    )
    stays = known.filter(~pl.Series(changed[known[PLACE].to_numpy()], dtype=pl.Boolean))
    unchanged = stays.with_columns(pl.lit(Status.UNCHANGED.value).alias("status"))
    return pl.concat([moved, unchanged.select(moved.columns)])


def _blocks(nation: Nation, changed: Flags) -> Iterator[tuple[NDArray[np.int64], list[Column]]]:
    """The changed series, some hundred thousand at a time, with their figures in each period."""
    firsts = [at for at in range(0, len(changed), GROUP) if changed[at : at + GROUP].any()]
    return read_ahead(partial(_block, nation, changed, first) for first in firsts)


def _block(nation: Nation, changed: Flags, first: int) -> tuple[NDArray[np.int64], list[Column]]:
    last = min(first + GROUP, len(changed))
    picked = np.flatnonzero(changed[first:last])
    columns = [nation.column(period, first, last) for period in nation.ordered]
    if len(picked) < last - first:
        columns = [Column(one.value[picked], one.there[picked], one.phase[picked]) for one in columns]
    return picked + first, columns


def _assessed(
    nation: Nation, places: NDArray[np.int64], columns: Iterable[Column], was: Flags, reading: Reading
) -> pl.DataFrame:
    """What is found of some series, of those that are marked or were."""
    layout, columns = nation.manifest.layout, list(columns)
    there = np.column_stack([one.there for one in columns])
    column = np.column_stack([one.value for one in columns])[there]
    rows = there.sum(axis=1)
    begins = np.append(0, np.cumsum(rows)[:-1])
    moved = None
    if layout.phase:
        phase = np.column_stack([one.phase for one in columns])[there]
        moved = np.flatnonzero(phase[1:] != phase[:-1]) + 1
    newest = newest_of(column, begins, moved, reading)
    chosen = np.flatnonzero((newest.marks != 0) | was[places])
    last = there.shape[1] - 1 - np.argmax(there[chosen][:, ::-1], axis=1)
    periods = pl.Series(layout.period, nation.ordered, dtype=None)[last]
    return pl.DataFrame([pl.Series(PLACE, places[chosen]), periods, *columns_of(newest, chosen)])


def _told(found: pl.DataFrame, nation: Nation) -> pl.DataFrame:
    """What was found, with the keys, in the order of a list."""
    key = nation.manifest.layout.key
    keyed = found.with_columns(nation.roster[found[PLACE].to_numpy()])
    rank = {status.value: number for number, status in enumerate(Status)}
    turn = pl.col("status").replace_strict(rank, return_dtype=pl.Int8)
    return keyed.sort(turn, "strength", *key, descending=[False, True, *(False for _ in key)], nulls_last=True).drop(
        PLACE
    )
