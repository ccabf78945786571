"""``sightline scan``: rank the series of a Parquet file by their newest figure, without a database.

The rows are sorted by series and period, as a part of the house is, whose columns are the default. The file that
comes out has one row for each series whose newest value the rules mark, the strongest first.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from sightline.cli.scanning import add_layout, add_reading, layout_of, reading_of, write_list


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the file, its columns, the rules, and where the answer goes."""
    parser.add_argument("file", type=Path, metavar="FILE.parquet", help="or a folder of files, read by their names")
    add_layout(parser)
    add_reading(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv", help="where the list is written")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def handle(arguments: argparse.Namespace) -> int:
    """This function will rank and answer; exit code 2 when the file cannot be used."""
    rules, screened = reading_of(arguments)
    from sightline.indicators.scanning.frames import Layout
    from sightline.indicators.scanning.parquet import rank_parquet

    layout = layout_of(arguments) or Layout()
    ranked = rank_parquet(arguments.file, layout, rules, screen=screened, most=arguments.most)
    listed = write_list(arguments.out, (*layout.key, layout.period), ranked.first.iter_rows(named=True))
    summary = {
        "rule_set": rules.name,
        "parameter_hash": rules.parameter_hash(),
        "screened": screened,
        "series": ranked.series,
        "rows": ranked.rows,
        "marked": ranked.marked,
        "listed": listed,
        "file": str(arguments.out),
    }
    sys.stdout.write((json.dumps(summary, allow_nan=False) if arguments.json else _told(summary)) + "\n")
    return 0


def _told(summary: dict[str, Any]) -> str:
    screened = "screened" if summary["screened"] else "not screened"
    says = (
        f"{summary['series']:,} series, {summary['rows']:,} rows: the newest value of {summary['marked']:,} is marked"
    )
    return (
        f"{says} under {summary['rule_set']} ({screened}).\nWritten: {summary['file']}, {summary['listed']:,} of them."
    )
