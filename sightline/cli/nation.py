"""``sightline nation``: take a month of a nation's figures into a folder, and list what it changed, without a database.

The folder keeps the figures as columns, one file for each period. Only series to which something new came are
assessed. The file that comes out has one row for each series whose newest value the rules mark, or marked before.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from sightline.cli.scanning import add_layout, add_reading, layout_of, reading_of, write_list
from sightline.core.verdict import Invalid
from sightline.web.wording import plural


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the folder, the files, their columns, the rules, and where the answer goes."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the nation is kept, or is to be")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="CSV or Parquet, in any order")
    add_layout(parser)
    add_reading(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv", help="where the list is written")
    parser.add_argument("--rows", type=Path, metavar="EMPTY_FOLDER", help="write all rows there, as a scan reads them")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def handle(arguments: argparse.Namespace) -> int:
    """This function will take in, list and answer; exit code 2 when something cannot be used."""
    rules, screened = reading_of(arguments)
    from sightline.indicators.nation.month import Status, take_in, write_rows

    _refuse_unless_writable(arguments.out)
    taken = take_in(arguments.folder, arguments.files, layout_of(arguments), rules, screen=screened)
    told = ("status", "since", *taken.layout.key, taken.layout.period)
    summary = {
        "rule_set": rules.name,
        "parameter_hash": rules.parameter_hash(),
        "screened": screened,
        "files": len(taken.files),
        "rows": sum(one.rows for one in taken.files),
        "new_figures": sum(one.new for one in taken.files),
        "corrected": sum(one.corrected for one in taken.files),
        "as_before": sum(one.same for one in taken.files),
        "series": taken.series,
        "first_met": taken.first_met,
        "newest": str(taken.newest),
        "silent": taken.silent,
        "assessed": taken.assessed,
        **{status.name.lower(): taken.by_status[status] for status in Status},
        "listed": write_list(arguments.out, told, taken.found.head(arguments.most).iter_rows(named=True)),
        "file": str(arguments.out),
    }
    if arguments.rows:
        summary["rows_written"] = write_rows(arguments.folder, arguments.rows)
    sys.stdout.write((json.dumps(summary, allow_nan=False) if arguments.json else _told(summary)) + "\n")
    return 0


def _refuse_unless_writable(out: Path) -> None:
    """Before anything is taken in: a list that cannot be written would be asked for again, when nothing is new."""
    if not out.parent.is_dir() or out.is_dir() or not os.access(out.parent, os.W_OK):
        raise Invalid(f"{out}: nothing can be written there. Give --out a file that can be written.")


def _told(summary: dict[str, Any]) -> str:
    screened = "screened" if summary["screened"] else "not screened"
    lines = [
        f"{plural(summary['files'], 'file')}, {plural(summary['rows'], 'row')}: {summary['new_figures']:,} new figures,"
        f" {summary['corrected']:,} corrected, {summary['as_before']:,} as before.",
        f"{summary['series']:,} series, {summary['first_met']:,} of them met first;"
        f" {summary['silent']:,} have no row for {summary['newest']}.",
        f"Assessed {summary['assessed']:,} under {summary['rule_set']} ({screened}). Marked: {summary['new']:,} newly,"
        f" {summary['goes_on']:,} still, {summary['unchanged']:,} without news; {summary['ended']:,} no longer.",
        f"Written: {summary['file']}, {summary['listed']:,} series.",
    ]
    if "rows_written" in summary:
        lines.append(f"All rows: {summary['rows_written']:,}.")
    return "\n".join(lines)
