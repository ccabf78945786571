"""``sightline disclosure``: a table of counts of people as it may be published, without a database.

The first column names the rows and every other one holds counts; totals are added. Small counts are withheld, and as
many others as keep them from being worked out.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

from sightline.cli import values
from sightline.cli.tables import Cells, mend_of_parting, refuse, rows_of, told, write_tables
from sightline.intake.contract import Fault

TOTAL = "total"
_NO_TOTALS = "Take it out: totals are added here, and one that is there would count everybody twice."
# Each small count is tried against the whole table; this many cells take some seconds.
MOST_CELLS = 2_500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the file, the choices, and where the answer goes."""
    values.add_arguments(parser, "one row each: a name, then counts")
    parser.add_argument("--least", type=int, default=8, help="counts from 1 up to below this are withheld (8)")
    parser.add_argument(
        "--round-to", type=int, default=5, help="the rest is given to the nearest so many (5; 1: as it is)"
    )


def handle(arguments: argparse.Namespace) -> int:
    """This function will withhold and answer; exit code 2 with every fault named when the input cannot be used."""
    return values.answer(
        arguments.json,
        lambda: run(arguments.points, arguments.out, least=arguments.least, round_to=arguments.round_to),
        lambda found: (
            f"{found['rows']} rows, {found['columns']} columns: {found['small']} small counts withheld, and "
            f"{found['beside']} beside them. {found['says']}".strip()
        ),
    )


def run(table_csv: Path, out_dir: Path, *, least: int = 8, round_to: int = 5) -> dict[str, Any]:
    """This function will write the table as it may be published, and sum up what was withheld."""
    header, names, counts = _read(Path(table_csv))
    import numpy as np

    from sightline.core.statistics.disclosure import publish

    found = publish(np.array(counts, dtype=np.float64), least=least, round_to=round_to)
    rows = (
        [name, *(cell.replace(",", "") for cell in cells)]
        for name, cells in zip([*names, TOTAL], found.texts, strict=True)
    )
    written = write_tables(Path(out_dir), {"published.csv": ([*header, TOTAL], rows)})
    return {
        "rows": len(names),
        "columns": len(header) - 1,
        "small": int(found.small.sum()),
        "beside": int(found.beside.sum()),
        "says": found.says,
        "files": [str(path) for path in written],
        "pictures": [],
    }


def _read(path: Path) -> tuple[list[str], list[str], list[list[int]]]:
    """The header, the names of rows and the counts, or every fault."""
    faults: list[str] = []
    names: list[str] = []
    known: set[str] = set()
    counts: list[list[int]] = []
    header = _header(path)
    for line, row in rows_of(path, header, faults):
        cells = Cells(path, line, row, faults)
        name = row[header[0]]
        if not name:
            cells.fault(header[0], "the name is empty.", "Give each row a name of its own.")
        elif name in known:
            cells.fault(header[0], f"“{name[:40]}” stands twice.", "Give each row a name of its own.")
        if name.lower() == TOTAL:
            cells.fault(header[0], "this is a total already.", _NO_TOTALS)
        known.add(name)
        names.append(name)
        counts.append([cells.count(column, row[column]) or 0 for column in header[1:]])
    faults += [told(path, Fault("this is a total already.", _NO_TOTALS, 1, c)) for c in header if c.lower() == TOTAL]
    if not faults and len(counts) * len(header) > MOST_CELLS:
        says = f"{len(counts):,} rows of {len(header) - 1:,} counts are too many to be held against each other."
        faults.append(told(path, Fault(says, f"Bring them together to {MOST_CELLS:,} cells at most.")))
    if not faults and (not counts or len(header) < 2):
        mend = mend_of_parting(header) or "Give each row a name and one count or more."
        faults.append(told(path, Fault("there are no counts.", mend)))
    refuse(faults)
    return header, names, counts


def _header(path: Path) -> list[str]:
    """The names of the columns; a file that cannot be read is refused by ``rows_of``, which says why."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header = [cell.strip() for cell in next(csv.reader(stream), [])]
            return header if any(header) else ["name"]
    except (OSError, UnicodeDecodeError, csv.Error):
        return ["name"]
