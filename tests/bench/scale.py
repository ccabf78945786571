"""Measures what a nation needs: both roads of the kernel and their rivals in one run, and Parquet to ranked list."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import polars as pl

from sightline.core.statistics import phases
from sightline.core.statistics.phases import Road, assess_column
from sightline.core.statistics.rulesets import MDC_2023, PTD_0_2_2
from sightline.indicators.scanning.parquet import rank_parquet
from tests.bench.kernel import best
from tests.unit.core.statistics.window_twins import marks_by_frames, marks_by_sql

SERIES, POINTS, RIVALS = 200_000, 36, 20_000
INDICATORS, BODIES = 200, 5_000  # together a million series
REBASED, MISSING, ODD = 0.2, 0.005, 0.01


def roads() -> dict[str, float | None]:
    """This function will give series per second of one core by each road, and the rivals' time over the compiled one's.

    All is counted in seconds of the processor. The holed series have gaps, a fifth of them a rebase, and screened
    ranges. Both rivals give marks alone, and read full rows.
    """
    rng = np.random.default_rng(2026)
    values = rng.normal(100, 10, SERIES * POINTS)
    offsets = np.arange(SERIES + 1) * POINTS
    holed = values.copy()
    holed[rng.random(values.size) < MISSING] = np.nan
    cuts = offsets[:-1][rng.random(SERIES) < REBASED] + POINTS // 2
    pieces = np.union1d(offsets, cuts)

    def figures(road: Road) -> dict[str, float]:
        name = f"column_{road.value}"
        assess_column(values, offsets, MDC_2023, road=road)  # what is loaded once is not counted
        return {
            f"{name}_series_per_second": SERIES / best(lambda: assess_column(values, offsets, MDC_2023, road=road)),
            f"{name}_holed_series_per_second": SERIES
            / best(lambda: assess_column(holed, pieces, PTD_0_2_2, road=road)),
        }

    found: dict[str, float | None] = dict(figures(Road.NUMPY))
    absent = ("series_per_second", "holed_series_per_second", "times_polars", "times_duckdb")
    if phases.compiled_road() is None:
        return found | dict.fromkeys(f"column_compiled_{name}" for name in absent)
    found |= figures(Road.COMPILED)
    points = pl.DataFrame(
        {
            "series": np.repeat(np.arange(RIVALS), POINTS),
            "idx": np.tile(np.arange(POINTS), RIVALS),
            "y": values[: RIVALS * POINTS],
        }
    )
    ours = RIVALS / found["column_compiled_series_per_second"]
    rivals: dict[str, Callable[[], object]] = {"polars": lambda: marks_by_frames(points, MDC_2023, False)}
    if importlib.util.find_spec("duckdb"):
        rivals["duckdb"] = lambda: marks_by_sql(points, MDC_2023, False)
    for name in ("polars", "duckdb"):
        found[f"column_compiled_times_{name}"] = best(rivals[name]) / ours if name in rivals else None
    return found


def write(path: Path) -> dict[str, float]:
    """This function will write a million series of 36 months, laid out and sorted as a part, one in a hundred odd."""
    rng = np.random.default_rng(2026)
    months = [date(2023 + m // 12, m % 12 + 1, 1) for m in range(POINTS)]
    codes = np.repeat(np.array([f"ZZX{n:05}" for n in range(BODIES)]), POINTS)
    frames = []
    for number in range(INDICATORS):
        values = np.round(rng.normal(50, 3, (BODIES, POINTS)), 2)
        values[rng.random(BODIES) < ODD, -4:] += 12
        values[rng.random(values.shape) < MISSING] = np.nan
        columns = {"indicator": [f"made-up-{number:03}"] * codes.size, "code": codes, "kind": ["month"] * codes.size}
        frames.append(pl.DataFrame(columns | {"start": months * BODIES, "value": values.reshape(-1)}))
    pl.concat(frames).with_columns(pl.col("value").fill_nan(None)).write_parquet(path, compression="zstd")
    return {"scan_million_file_mb": path.stat().st_size / 1_000_000}


def scan(path: Path) -> dict[str, float]:
    """This function will rank a file; loading the compiled road, which every process does once, is told apart."""
    begun = perf_counter()
    phases.compiled_road()
    loaded = perf_counter()
    cpu = process_time()
    ranked = rank_parquet(path)
    return {
        "scan_million_load_seconds": loaded - begun,
        "scan_million_seconds": perf_counter() - loaded,
        "scan_million_processor_seconds": process_time() - cpu,
        "scan_million_marked_share": ranked.marked / ranked.series,
    }


if __name__ == "__main__":
    given = {"roads": roads, "write": write, "scan": scan}[sys.argv[1]]
    sys.stdout.write(json.dumps(given(*map(Path, sys.argv[2:]))))
