"""``sightline scan``: rank the series of a Parquet file by their newest figure, without a database.

The rows are sorted by series and period, as a part of the house is, whose columns are the default. The file that
comes out has one row for each series whose newest value the rules mark, the strongest first.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sightline.cli.tables import figure, write_table
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET, RULE_SETS
from sightline.core.verdict import Invalid

if TYPE_CHECKING:
    from sightline.indicators.scanning.parquet import Ranked

KEY = ("indicator", "code", "kind")
MOST = 1_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the file, its columns, the rules, and where the answer goes."""
    parser.add_argument("file", type=Path, metavar="FILE.parquet", help="or a folder of files, read by their names")
    parser.add_argument(
        "--key", nargs="+", default=list(KEY), metavar="COLUMN", help=f"which name a series; left out: {' '.join(KEY)}"
    )
    parser.add_argument("--period", default="start", metavar="COLUMN", help="a date or number; left out: start")
    parser.add_argument("--value", default="value", metavar="COLUMN", help="empty where missing; left out: value")
    parser.add_argument("--phase", metavar="COLUMN", help="where this changes within a series, limits begin anew")
    parser.add_argument("--rule-set", choices=sorted(RULE_SETS), default=DEFAULT_RULE_SET.name)
    screening = parser.add_mutually_exclusive_group()
    screening.add_argument(
        "--screen",
        dest="screen",
        action="store_true",
        default=None,
        help="leave out outlying moving ranges; left out, the rule set decides",
    )
    screening.add_argument("--no-screen", dest="screen", action="store_false", default=None, help="keep them all")
    parser.add_argument("--most", type=int, default=MOST, metavar="N", help=f"list no more; left out: {MOST:,}")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv", help="where the list is written")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def handle(arguments: argparse.Namespace) -> int:
    """This function will rank and answer; exit code 2 when the file cannot be used."""
    if arguments.most < 1:
        raise Invalid("Give --most a number above nought.")
    # polars takes a tenth of a second to load, which ``--help`` and a refusal need not pay.
    from sightline.indicators.scanning.frames import Layout
    from sightline.indicators.scanning.parquet import rank_parquet

    layout = Layout(tuple(arguments.key), arguments.period, arguments.value, arguments.phase)
    rules = RULE_SETS[arguments.rule_set]
    ranked = rank_parquet(arguments.file, layout, rules, screen=arguments.screen, most=arguments.most)
    screened = rules.screens if arguments.screen is None else arguments.screen
    try:
        listed = write_list(arguments.out, ranked, layout.key, layout.period)
    except OSError as problem:
        raise Invalid(f"{arguments.out}: {problem.strerror}. Give --out a file that can be written.") from None
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


def write_list(out: Path, ranked: Ranked, key: tuple[str, ...], period: str) -> int:
    """This function will write the list, strongest first, and give its length."""
    # numpy, which marks are kept with, is loaded by now.
    from sightline.core.statistics.marks import causes

    figures = ("value", "mean", "lpl", "upl", "distance", "lasting")
    header = ("rank", *key, period, *figures, "n_valid", "provisional", "rules")
    rows = (
        [
            *(rank, *(row[name] for name in (*key, period)), *(figure(_number(row[name])) for name in figures)),
            *(row["n_valid"], int(row["provisional"])),
            ";".join(f"{rule.value}_{side.value}" for rule, side in causes(row["marks"])),
        ]
        for rank, row in enumerate(ranked.first.iter_rows(named=True), 1)
    )
    return write_table(out, header, rows)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _told(summary: dict[str, Any]) -> str:
    screened = "screened" if summary["screened"] else "not screened"
    says = (
        f"{summary['series']:,} series, {summary['rows']:,} rows: the newest value of {summary['marked']:,} is marked"
    )
    return (
        f"{says} under {summary['rule_set']} ({screened}).\nWritten: {summary['file']}, {summary['listed']:,} of them."
    )
