"""``sightline doubts``: what in the series of a CSV looks more like a slip in the figures than like a change in care."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sightline.cli import values
from sightline.cli.tables import write_tables

COLUMNS = ("series_id", "idx", "kind", "says")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the file and where the answer goes."""
    values.add_arguments(
        parser, "series_id, idx, y (empty: missing), and numerator and denominator where they are known"
    )


def handle(arguments: argparse.Namespace) -> int:
    """This function will look and answer; exit code 2 with every fault named when the input cannot be used."""
    return values.answer(
        arguments.json,
        lambda: run(arguments.points, arguments.out),
        lambda found: f"{found['series']} series: {found['doubts']} doubts. Each is a question; no figure was changed.",
    )


def run(points_csv: Path, out_dir: Path) -> dict[str, Any]:
    """This function will look at every series, write the doubts, and sum up what was done."""
    series = values.read_values(Path(points_csv), ("y",), ("numerator", "denominator"))
    import numpy as np

    from sightline.core.statistics.doubts import doubts

    rows = []
    for one in series:
        columns = {name: np.array(figures, dtype=np.float64) for name, figures in one.columns.items()}
        found = doubts(columns["y"], columns.get("numerator"), columns.get("denominator"))
        rows += [[one.series_id, doubt.at, doubt.kind.value, doubt.says] for doubt in found]
    written = write_tables(Path(out_dir), {"doubts.csv": (COLUMNS, rows)})
    return {"series": len(series), "doubts": len(rows), "files": [str(path) for path in written], "pictures": []}
