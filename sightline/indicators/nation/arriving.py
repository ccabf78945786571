"""Files of a nation's figures, CSV or Parquet in any order, read into frames of one form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import file_digest
from pathlib import Path

import polars as pl

from sightline.core.verdict import Invalid
from sightline.indicators.nation.columns import Period, period_of
from sightline.indicators.scanning.frames import Layout

# So many rows at least are looked up in the roster at once, but for the last.
TOGETHER = 5_000_000


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file: its name, its SHA-256, and its rows under the names of the layout.

    What makes the key is text, and so is a phase; periods are days or whole numbers, and a value that is empty or
    infinite is a gap, NaN.
    """

    name: str
    sha256: str
    rows: pl.DataFrame


def together(paths: Iterable[Path], layout: Layout, dated: bool | None) -> Iterator[list[Arrived]]:
    """This function will read files one by one, and give as many at a time as have enough rows to be worth looking up.

    ``dated`` says whether periods are days; None where nothing says so yet, and then the first file does. Raises
    Invalid for what cannot be read, with the place of the first fault.
    """
    waiting: list[Arrived] = []
    for path in paths:
        one = _read(path, layout, dated)
        dated = one.rows[layout.period].dtype == pl.Date
        waiting.append(one)
        if sum(each.rows.height for each in waiting) >= TOGETHER:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _read(path: Path, layout: Layout, dated: bool | None) -> Arrived:
    try:
        with path.open("rb") as stream:
            begins = stream.read(4096)
            stream.seek(0)
            sha256 = file_digest(stream, "sha256").hexdigest()
    except OSError as problem:
        raise Invalid(f"{path}: {problem.strerror}. Give the path of a file of CSV or Parquet.") from None
    if begins.startswith(b"PAR1"):
        rows = _parquet(path, layout)
    elif b"\0" in begins or not begins.strip():
        raise Invalid(f"{path}: this is neither CSV nor Parquet. Export it as “CSV UTF-8”.")
    else:
        rows = _csv(path, layout)
    if rows.is_empty():
        raise Invalid(f"{path}: there are no rows.")
    try:
        rows = rows.select(
            *(pl.col(name).cast(pl.String).str.strip_chars() for name in layout.key),
            _periods(rows[layout.period], dated),
            pl.col(layout.value).cast(pl.Float64),
            *([pl.col(layout.phase).cast(pl.String).fill_null("")] if layout.phase else []),
        ).with_columns(pl.when(pl.col(layout.value).is_finite()).then(layout.value).otherwise(float("nan")))
    except (ValueError, pl.exceptions.PolarsError) as problem:
        raise Invalid(f"{path}: {str(problem).splitlines()[0]}") from None
    for name in layout.key:
        if (empty := rows[name].is_null() | (rows[name] == "")).any():
            raise Invalid(f"{path}: column {name} is empty in row {_first(empty)}. Each row names its series.")
    return Arrived(path.name, sha256, rows)


def _parquet(path: Path, layout: Layout) -> pl.DataFrame:
    try:
        lazy = pl.scan_parquet(path, glob=False)
        layout.refuse_unless_fits(lazy.collect_schema())
        return lazy.select(layout.columns).collect()
    except (OSError, pl.exceptions.PolarsError) as problem:
        raise Invalid(f"{path}: this cannot be read as Parquet ({str(problem).splitlines()[0]}).") from None


def _csv(path: Path, layout: Layout) -> pl.DataFrame:
    try:
        layout.refuse_unless_named(pl.scan_csv(path, infer_schema=False, glob=False).collect_schema().names())
    except pl.exceptions.PolarsError as problem:
        raise Invalid(f"{path}: this cannot be read as CSV ({str(problem).splitlines()[0]}).") from None
    text = dict.fromkeys(layout.columns, pl.String)
    try:
        return _columns(path, layout, text | {layout.value: pl.Float64})
    except pl.exceptions.PolarsError as problem:
        says = str(problem).splitlines()[0]
    try:  # the same once more, to say which cell it was
        value = _columns(path, layout, text)[layout.value]
    except pl.exceptions.PolarsError:
        raise Invalid(f"{path}: this cannot be read as CSV ({says}).") from None
    wrong = value.is_not_null() & value.cast(pl.Float64, strict=False).is_null()
    if not wrong.any():
        raise Invalid(f"{path}: this cannot be read as CSV ({says}).")
    shown = value.filter(wrong)[0][:40]
    raise Invalid(f"{path}: “{shown}” in row {_first(wrong)} is not a number. Write it as 12.5, or leave it empty.")


def _columns(path: Path, layout: Layout, kinds: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    return pl.read_csv(path, columns=list(layout.columns), schema_overrides=dict(kinds), infer_schema=False, glob=False)


def _first(wrong: pl.Series) -> int:
    """The first row of which something is true, counted from 1 below the header."""
    return int(wrong.arg_true()[0]) + 1


def _periods(column: pl.Series, dated: bool | None) -> pl.Series:
    """The periods as days or as whole numbers; raises ValueError for what is neither, or is not of the kind kept."""
    empty = column.is_null()
    if empty.any():
        raise ValueError(f"column {column.name} is empty in row {_first(empty)}. Each row names its period.")
    known: dict[object, Period] = {}
    for said in column.unique().to_list():
        try:
            known[said] = _period(said, dated)
        except ValueError:
            meant = {None: "2026-09, 2026-09-30 or 12", True: "2026-09 or 2026-09-30", False: "12"}[dated]
            raise ValueError(f"“{str(said)[:40]}” is no period. Write it as {meant}.") from None
        dated = isinstance(known[said], date)
    return column.replace_strict(known, return_dtype=pl.Date if dated else pl.Int64)


def _period(said: object, dated: bool | None) -> Period:
    """One period as it stands in a file."""
    if isinstance(said, datetime):
        said = said.date()
    if isinstance(said, date | int):
        if dated not in {None, isinstance(said, date)}:
            raise ValueError
        return said
    text = str(said).strip()
    return period_of(text, not text.lstrip("-").isdigit() if dated is None else dated)
