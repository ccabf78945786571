"""Writes the files of a nation for ``sightline nation``: two years of months, the newest month, and a correction of it.

``python -m tests.bench.month FOLDER`` writes 24 files of Parquet, ``newest.csv`` with 2.4 million figures in no order,
and ``corrected.csv`` with some of them ten times as high.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

BODIES, INDICATORS, MONTHS = 24_000, 100, 25
CORRECTED = 50
SEED, STORY = 2027, 0.08  # the share of series whose last months lie higher than before


def write(folder: Path) -> None:
    """This function will write all files; each series has its own level, and a figure in every month."""
    rng = np.random.default_rng(SEED)
    series = BODIES * INDICATORS
    keys = pl.DataFrame(
        {
            "indicator": np.repeat([f"nation-{number:03}" for number in range(1, INDICATORS + 1)], BODIES),
            "code": np.tile([f"ZZY{number:05}" for number in range(BODIES)], INDICATORS),
        }
    )
    level, worse = rng.uniform(45, 55, series), rng.random(series) < STORY
    for number in range(MONTHS):
        higher = np.where(worse & (number >= MONTHS - 8), 7.5, 0.0)
        values = np.round(level + higher + rng.normal(0, 3, series), 2)
        day = date(2024 + number // 12, number % 12 + 1, 1)
        month = keys.with_columns(pl.lit(day).alias("month"), pl.Series("value", values))
        if number < MONTHS - 1:
            month.write_parquet(folder / f"{day:%Y-%m}.parquet")
        else:
            month[rng.permutation(series)].write_csv(folder / "newest.csv")
            month[:CORRECTED].with_columns(pl.col("value") * 10).write_csv(folder / "corrected.csv")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
