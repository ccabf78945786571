"""Measures the XmR kernel on made-up series, and the spc command on the reference set where that is present."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from sightline.cli.spc import run
from sightline.core.statistics.blocks import assess_block
from sightline.core.statistics.rulesets import MDC_2023, PTD_0_2_2
from sightline.core.statistics.series import SeriesInput, assess

SERIES, POINTS, ROUNDS = 100_000, 36, 3
GOLDENS = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "goldens"


def measure() -> dict[str, float]:
    """This function will give series per second on one core, and seconds for the reference set with its two screens.

    ``kernel_series_per_second`` is the whole job: gaps, a fifth of the rows rebased, a tenth on a fixed baseline,
    ranges screened. The dense figure is for full rows in one phase.
    """
    rng = np.random.default_rng(2026)
    plain = rng.normal(100, 10, (SERIES, POINTS))
    holed = plain.copy()
    holed[rng.random(holed.shape) < 0.005] = np.nan
    starts = np.zeros(holed.shape, dtype=np.bool_)
    starts[rng.random(SERIES) < 0.2, POINTS // 2] = True
    fixed = np.where(rng.random(SERIES) < 0.1, 12, 0)
    one_by_one = [SeriesInput(row) for row in plain[:10_000]]
    figures = {
        "kernel_series_per_second": SERIES
        / best(lambda: assess_block(holed, PTD_0_2_2, phase_starts=starts, baselines=fixed)),
        "kernel_dense_series_per_second": SERIES / best(lambda: assess_block(plain, MDC_2023)),
        "assess_series_per_second": len(one_by_one) / best(lambda: assess(one_by_one)),
    }
    if GOLDENS.is_dir():
        figures["spc_reference_seconds"] = best(_reference_set, perf_counter)
    return figures


def _reference_set() -> None:
    """All cases of the reference set: every series, screened and not."""
    with tempfile.TemporaryDirectory() as folder:
        for screen in (True, False):
            out = Path(folder) / str(screen)
            run(GOLDENS / "xmr_points.csv", GOLDENS / "xmr_series.csv", "mdc-2023", screen, out)


def best(job: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """Seconds of the quickest of a few rounds, which is the one least disturbed by others.

    What a core can do is counted in seconds of its own time, which it may share with others meanwhile.
    """
    seconds = []
    for _ in range(ROUNDS):
        begun = clock()
        job()
        seconds.append(clock() - begun)
    return min(seconds)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()))
