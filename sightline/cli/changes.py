"""``sightline changes``: where the series of a CSV may have moved to another level; proposed, never applied."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sightline.cli import values
from sightline.cli.tables import figure, write_tables

COLUMNS = ("series_id", "idx", "before", "after", "distance", "p", "says")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the file, the choices, and where the answer goes."""
    values.add_arguments(parser, "series_id, idx, y (empty: missing)")
    parser.add_argument("--fewest", type=int, default=8, help="values that a level rests on, at least (8)")
    parser.add_argument("--chance", type=float, default=0.01, help="propose where chance would more rarely (0.01)")


def handle(arguments: argparse.Namespace) -> int:
    """This function will propose and answer; exit code 2 with every fault named when the input cannot be used."""
    return values.answer(
        arguments.json,
        lambda: run(arguments.points, arguments.out, fewest=arguments.fewest, chance=arguments.chance),
        lambda found: f"{found['series']} series: {found['proposed']} changes of level proposed, none applied.",
    )


def run(points_csv: Path, out_dir: Path, *, fewest: int = 8, chance: float = 0.01) -> dict[str, Any]:
    """This function will look at every series, write the proposals, and sum up what was done."""
    series = values.read_values(Path(points_csv), ("y",))
    import numpy as np

    from sightline.core.statistics.changes import propose_changes
    from sightline.core.verdict import Invalid

    if fewest < 2 or not 0 < chance < 1:
        raise Invalid("Proposals need 2 values or more on each side, and a chance between 0 and 1.")
    rows = [
        [one.series_id, c.at, *(figure(number) for number in (c.before, c.after, c.distance, c.p)), c.says]
        for one in series
        for c in propose_changes(np.array(one.columns["y"], dtype=np.float64), fewest=fewest, p=chance)
    ]
    written = write_tables(Path(out_dir), {"changes.csv": (COLUMNS, rows)})
    return {"series": len(series), "proposed": len(rows), "files": [str(path) for path in written], "pictures": []}
