"""A scan by Spark, where a nation has outgrown one machine: the same reading of each partition; the extra ``[spark]``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from sightline.core.statistics.phases import WORTH_LOADING, chosen_road
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET, RuleSet
from sightline.indicators.scanning.frames import FOUND, Layout, Reading, gathered, scan

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

# Spark hands rows over some ten thousand at a time, too few for a road to show what it can do.
ROWS = 1_000_000

_KINDS = {pl.Float64: "double", pl.Int16: "smallint", pl.Int64: "bigint", pl.Boolean: "boolean"}


def rank_in_spark(
    frame: DataFrame, layout: Layout | None = None, rules: RuleSet = DEFAULT_RULE_SET, *, screen: bool | None = None
) -> DataFrame:
    """This function will rank the series of a frame, sorted or not: one row for each marked one, the strongest first.

    Nothing is computed before Spark is asked for the rows. The columns are those of ``rank_parquet``, and so are the
    figures, to the last bit. Raises Invalid for columns that do not fit; a key or period that is empty, or a period
    that comes twice, fails the job.
    """
    laid = layout or Layout()
    laid.refuse_unless_fits(pl.DataFrame(frame.limit(0).toArrow()).schema)
    reading = Reading(rules, rules.screens if screen is None else screen)
    kinds = {field.name: field.dataType.simpleString() for field in frame.schema.fields}
    columns = {name: kinds[name] for name in (*laid.key, laid.period)} | {
        name: _KINDS[kind] for name, kind in FOUND.items()
    }
    placed = frame.select(*laid.columns).repartition(*laid.key).sortWithinPartitions(*laid.key, laid.period)
    marked = placed.mapInArrow(
        lambda batches: scan_batches(batches, laid, reading),
        ", ".join(f"`{name}` {kind}" for name, kind in columns.items()),
    )
    return marked.orderBy(marked["strength"].desc(), *laid.key)


def scan_batches(
    batches: Iterable[pyarrow.RecordBatch], layout: Layout, reading: Reading
) -> Iterator[pyarrow.RecordBatch]:
    """This function will scan the sorted rows of one partition, and give what it found as Spark takes it.

    A worker serves one partition after another, so the compiled road is loaded wherever it is installed.
    """
    import pyarrow

    reading = replace(reading, road=chosen_road(WORTH_LOADING))
    frames = (pl.DataFrame(pyarrow.Table.from_batches([batch])) for batch in batches)
    for part in scan(gathered(frames, ROWS), layout, reading):
        table = part.marked.to_arrow()
        # polars writes text as large_string, for which Spark has no column.
        plain = [
            pyarrow.field(field.name, pyarrow.string() if pyarrow.types.is_large_string(field.type) else field.type)
            for field in table.schema
        ]
        yield from table.cast(pyarrow.schema(plain)).to_batches()
