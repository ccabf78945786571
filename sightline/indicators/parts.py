"""Observations as immutable, content-addressed Parquet parts: written once, never changed, read together."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.intake.contract import Observation

if TYPE_CHECKING:
    import polars

COLUMNS = ("indicator", "code", "start", "kind", "value", "numerator", "denominator", "low", "high", "note", "band")


def write_part(folder: Path, observations: Sequence[Observation]) -> str:
    """This function will write one part and give its SHA-256, which is also its name.

    Sorted by indicator, organisation and period, so that series can be read without sorting again. The file
    is complete before it has its name: a program killed in the middle leaves nothing that could be read.
    """
    frame = _frame(observations).sort(["indicator", "code", "kind", "start"], maintain_order=True)
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    content = buffer.getvalue()
    name = hashlib.sha256(content).hexdigest()
    path = part_path(folder, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    return name


def part_path(folder: Path, name: str) -> Path:
    """This function will say where a part lies."""
    return folder / "parts" / name[:2] / f"{name}.parquet"


def read_parts(folder: Path, ranked: Iterable[tuple[str, int]], indicators: set[str] | None = None) -> polars.DataFrame:
    """This function will read parts with their rank and keep, for each figure, the highest-ranked one.

    ``ranked`` pairs a part's name with its rank (higher counts). The result has the columns of a part and
    ``rank``, one row per (indicator, code, kind, start), sorted by them.
    """
    import polars as pl

    frames = []
    for name, rank in ranked:
        frame = pl.read_parquet(part_path(folder, name))
        if indicators is not None:
            frame = frame.filter(pl.col("indicator").is_in(sorted(indicators)))
        frames.append(frame.with_columns(pl.lit(rank, dtype=pl.Int32).alias("rank")))
    if not frames:
        return _frame([]).with_columns(pl.lit(0, dtype=pl.Int32).alias("rank"))
    key = ["indicator", "code", "kind", "start"]
    return pl.concat(frames).sort([*key, "rank"]).unique(subset=key, keep="last", maintain_order=True)


def _frame(observations: Sequence[Observation]) -> polars.DataFrame:
    import polars as pl

    text, number = pl.String, pl.Float64
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "indicator": text, "code": text, "start": pl.Date, "kind": text, "value": number, "numerator": number,
        "denominator": number, "low": number, "high": number, "note": text, "band": text,
    }  # fmt: skip
    return pl.DataFrame({name: [getattr(o, name) for o in observations] for name in COLUMNS}, schema=schema)
