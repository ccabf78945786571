"""A scan of Parquet, some millions of rows at a time, so that memory depends on neither file nor nation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from sightline.core.statistics.phases import chosen_road
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET, RuleSet
from sightline.core.verdict import Invalid
from sightline.indicators.scanning.ahead import read_ahead
from sightline.indicators.scanning.frames import Layout, Reading, in_order, scan

# So many rows are assessed at once, while as many are read; each takes some hundred bytes in both.
ROWS = 3_000_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a scan found: how many series and rows there are, how many series are marked, and the first of these."""

    series: int
    rows: int
    marked: int
    first: pl.DataFrame


def rank_parquet(
    path: Path,
    layout: Layout | None = None,
    rules: RuleSet = DEFAULT_RULE_SET,
    *,
    screen: bool | None = None,
    most: int = 1_000,
    rows: int = ROWS,
) -> Ranked:
    """This function will rank the series of a file, or of a folder's files in the order of their names.

    The rows are sorted as the layout says; ``rows`` of them are assessed at a time. No more than ``most`` series are
    listed. Raises Invalid for what cannot be read or is not sorted.
    """
    layout = layout or Layout()
    lazy, height = _opened(path, layout)
    reading = Reading(rules, rules.screens if screen is None else screen, chosen_road(height))
    series = seen = marked = 0
    listed: list[pl.DataFrame] = []
    for part in scan(_frames(lazy, height, rows), layout, reading):
        series, seen, marked = series + part.series, seen + part.rows, marked + part.marked.height
        listed = [in_order(pl.concat([*listed, part.marked]), layout).head(most)]
    if not listed:
        raise Invalid(f"{path}: there are no rows.")
    return Ranked(series, seen, marked, listed[0])


def _opened(path: Path, layout: Layout) -> tuple[pl.LazyFrame, int]:
    """The columns that are read, and the number of rows."""
    where = path / "*.parquet" if path.is_dir() else path
    try:
        lazy = pl.scan_parquet(where)
        layout.refuse_unless_fits(lazy.collect_schema())
        return lazy.select(layout.columns), int(lazy.select(pl.len()).collect().item())
    except (OSError, pl.exceptions.PolarsError) as problem:
        raise Invalid(f"{path}: this cannot be read as Parquet ({str(problem).splitlines()[0]}).") from None


def _frames(lazy: pl.LazyFrame, height: int, rows: int) -> Iterator[pl.DataFrame]:
    return read_ahead(partial(_slice, lazy, at, rows) for at in range(0, height, rows))


def _slice(lazy: pl.LazyFrame, at: int, rows: int) -> pl.DataFrame:
    return lazy.slice(at, rows).collect()
