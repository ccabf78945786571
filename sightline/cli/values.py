"""What the commands share that read one CSV of values by series: reading it, and answering or refusing in words."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sightline.cli import pictures
from sightline.cli.funnel import refuse as say_faults
from sightline.cli.tables import Cells, refuse, rows_of, told
from sightline.core.verdict import Invalid
from sightline.intake.contract import Fault


@dataclass(frozen=True, slots=True)
class Values:
    """One series: its name, and for each column one figure per point, None where the cell is empty."""

    series_id: str
    columns: dict[str, list[float | None]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


def add_arguments(parser: argparse.ArgumentParser, columns: str, *, picture: bool = False) -> None:
    """This function will add the file, where the answer goes, and how it is given."""
    parser.add_argument("points", type=Path, metavar="POINTS.csv", help=columns)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the file is written")
    if picture:
        pictures.add_argument(parser)
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def answer(as_json: bool, run: Callable[[], dict[str, Any]], says: Callable[[dict[str, Any]], str]) -> int:
    """This function will run and answer; exit code 2 with every fault named when the input cannot be used."""
    try:
        summary = run()
    except Invalid as problem:
        return say_faults(problem, as_json)
    if as_json:
        print(json.dumps(summary, allow_nan=False))
        return 0
    print(says(summary), f"Written: {', '.join(summary['files'])}", sep="\n")
    pictures.tell(summary)
    return 0


def read_values(points: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> list[Values]:
    """This function will read each series with its columns, or refuse the file with every fault found.

    Points of a series are numbered by ``idx`` from 0 in order of time; an optional column is there for all or for none.
    """
    faults: list[str] = []
    known: dict[str, Values] = {}
    for line, row in rows_of(points, ("series_id", "idx", *columns), faults):
        cells, name = Cells(points, line, row, faults), row["series_id"]
        if not name:
            cells.fault("series_id", "the name is empty.", "Give each series a name of its own.")
        wanted = [*columns, *(column for column in optional if column in row)]
        one = known.setdefault(name, Values(name, {column: [] for column in wanted}))
        index = cells.count("idx", row["idx"])
        if index is not None and index != len(one):
            says = f"idx is {index} where {len(one)} comes next in series “{name[:40]}”."
            mend = "Number points 0, 1, 2 in order of time; give a missing one a row with an empty cell."
            cells.fault("idx", says, mend)
        for column in wanted:
            one.columns[column].append(cells.number(column))
    if not faults and not known:
        faults.append(told(points, Fault("there are no series.", "Give each point a row.")))
    refuse(faults)
    return list(known.values())
