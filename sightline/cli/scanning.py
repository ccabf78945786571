"""What the commands share that read a nation's series: its columns, the rules, and one row of a list."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sightline.cli.tables import figure, write_table
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET, RULE_SETS, RuleSet
from sightline.core.verdict import Invalid

if TYPE_CHECKING:
    from sightline.indicators.scanning.frames import Layout

KEY = ("indicator", "code", "kind")
MOST = 1_000
FIGURES = ("value", "mean", "lpl", "upl", "distance", "lasting")
_FOUND = (*FIGURES, "n_valid", "provisional", "rules")


def add_layout(parser: argparse.ArgumentParser) -> None:
    """This function will add the options that name the columns of rows."""
    parser.add_argument("--key", nargs="+", metavar="COLUMN", help=f"which name a series; left out: {' '.join(KEY)}")
    parser.add_argument("--period", metavar="COLUMN", help="a date or number; left out: start")
    parser.add_argument("--value", metavar="COLUMN", help="empty where missing; left out: value")
    parser.add_argument("--phase", metavar="COLUMN", help="where this changes within a series, limits begin anew")


def add_reading(parser: argparse.ArgumentParser) -> None:
    """This function will add the options of the rules, and of how long the list may be."""
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


def layout_of(arguments: argparse.Namespace) -> Layout | None:
    """This function will give the columns that were named; None where none was."""
    # polars takes a tenth of a second to load, which ``--help`` and a refusal need not pay.
    from sightline.indicators.scanning.frames import Layout

    given: dict[str, Any] = {name: getattr(arguments, name) for name in ("period", "value", "phase")}
    given["key"] = tuple(arguments.key) if arguments.key else None
    named = {name: said for name, said in given.items() if said is not None}
    return Layout(**named) if named else None


def reading_of(arguments: argparse.Namespace) -> tuple[RuleSet, bool]:
    """This function will give the rules, and whether they screen; refuses a list that may have nothing in it."""
    if arguments.most < 1:
        raise Invalid("Give --most a number above nought.")
    rules = RULE_SETS[arguments.rule_set]
    return rules, rules.screens if arguments.screen is None else arguments.screen


def write_list(out: Path, told: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """This function will write rows with their rank, what is ``told`` of each, and what was found; gives their number."""
    lines = ([rank, *(row[name] for name in told), *_cells(row)] for rank, row in enumerate(rows, 1))
    try:
        return write_table(out, ("rank", *told, *_FOUND), lines)
    except OSError as problem:
        raise Invalid(f"{out}: {problem.strerror}. Give --out a file that can be written.") from None


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    """What was found of one series."""
    # numpy, which marks are kept with, is loaded by now.
    from sightline.core.statistics.marks import causes

    figures = (float("nan") if row[name] is None else row[name] for name in FIGURES)
    rules = ";".join(f"{rule.value}_{side.value}" for rule, side in causes(row["marks"]))
    return (*(figure(one) for one in figures), row["n_valid"], int(row["provisional"]), rules)
