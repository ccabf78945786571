"""``sightline spc``: assess a CSV of points with a named rule set, without a database.

The files that come out have the columns of the reference vectors. Columns without a suffix follow the rule set
that was asked for; those that end in ``_mdc2023`` follow ``mdc-2023`` always. The layout defines three things
on its own, whatever the rule set: a point is named after its first rule in the order outside, trend, two of
three, shift; the variation of a case is that of its last row, a missing value counting as common cause; and a
target exactly on a limit is inconsistent. Limits are written as the arithmetic gives them, also where a series
does not vary: it is the pages that withhold such limits, not this command.

With ``--chart`` another chart is drawn, and the files have the columns of the vectors of that chart, with the causes
of each point beside them. Lines are clipped there as they are drawn; rules read them unclipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from sightline.cli import pictures
from sightline.cli.spc_chart_layout import RUN_MEDIANS, read_charts
from sightline.cli.spc_layout import CASE_COLUMNS, PHASE_COLUMNS, POINT_COLUMNS, read_layout
from sightline.cli.tables import write_tables
from sightline.core.statistics.kinds import ChartKind
from sightline.core.statistics.rulesets import CHART_RULE_SETS, DEFAULT_RULE_SET, RULE_SETS, RuleSet
from sightline.core.verdict import Invalid

# So many series are held in memory as one block.
BATCH = 2048


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the two files, the choices, and where the answer goes."""
    parser.add_argument(
        "points",
        type=Path,
        metavar="POINTS.csv",
        help="series_id, idx, date, y (empty: missing); with --chart p, say: series_id, idx, numerator, denominator",
    )
    parser.add_argument("--series", type=Path, required=True, metavar="SERIES.csv", help="one row for each series")
    parser.add_argument(
        "--chart",
        choices=[*(kind.value for kind in ChartKind), RUN_MEDIANS],
        help="left out: an XmR chart, with its variation and assurance",
    )
    parser.add_argument(
        "--rule-set",
        choices=sorted(CHART_RULE_SETS),
        default=DEFAULT_RULE_SET.name,
        help=f"without --chart one of {', '.join(sorted(RULE_SETS))}",
    )
    screening = parser.add_mutually_exclusive_group()
    default = "left out, the rule set decides: " + ", ".join(
        f"{rules.name} {'screens' if rules.screens else 'does not'}" for rules in CHART_RULE_SETS.values()
    )
    screening.add_argument(
        "--screen",
        dest="screen",
        action="store_true",
        default=None,
        help=f"leave out outlying moving ranges; {default}",
    )
    screening.add_argument("--no-screen", dest="screen", action="store_false", default=None, help="keep them all")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the files are written")
    pictures.add_argument(parser)
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def handle(arguments: argparse.Namespace) -> int:
    """This function will assess and answer; exit code 2 with every fault named when the input cannot be used."""
    files = (arguments.points, arguments.series)
    how = (arguments.rule_set, arguments.screen, arguments.out, arguments.picture)
    try:
        summary = run_chart(*files, arguments.chart, *how) if arguments.chart else run(*files, *how)
    except Invalid as problem:
        if arguments.json:
            print(json.dumps({"error": str(problem), "faults": list(problem.problems)}, allow_nan=False))
        else:
            print(*problem.problems, "Nothing was written.", sep="\n", file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(summary, allow_nan=False))
    else:
        print(_told(summary), f"Written: {', '.join(summary['files'])}", sep="\n")
        pictures.tell(summary)
    return 0


def _told(summary: dict[str, Any]) -> str:
    if "medians" in summary:
        return f"{summary['series']} series, {summary['medians']} medians."
    screened = "screened" if summary["screened"] else "not screened"
    says = f"{summary['series']} series, {summary['points']} points: {summary['special']} points of special cause"
    return f"{says} under {summary['rule_set']} ({screened})."


def run(
    points_csv: Path, series_csv: Path, rule_set: str, screen: bool | None, out_dir: Path, picture: bool = False
) -> dict[str, Any]:
    """This function will assess every series, write phases, points and cases, and sum up what was done."""
    rules = _rules(rule_set, RULE_SETS)
    screened = rules.screens if screen is None else screen
    series = read_layout(Path(points_csv), Path(series_csv))
    # numpy takes a tenth of a second to load, which ``--help`` and a refusal need not pay.
    from sightline.cli.spc_pictures import xmr_sheets
    from sightline.cli.spc_rows import assess_batch

    batches = [assess_batch(series[at : at + BATCH], rules, screened) for at in range(0, len(series), BATCH)]
    cases = [row for batch in batches for row in batch.case_rows()]
    out = Path(out_dir)
    tables = {
        "phases.csv": (PHASE_COLUMNS, (row for batch in batches for row in batch.phase_rows())),
        "points.csv": (POINT_COLUMNS, (row for batch in batches for row in batch.point_rows())),
        "cases.csv": (CASE_COLUMNS, cases),
    }
    written = write_tables(out, tables)
    return {
        "rule_set": rules.name,
        "parameter_hash": rules.parameter_hash(),
        "screened": screened,
        "series": len(series),
        **{path.stem: rows for path, rows in written.items()},
        "special": sum(int(row[CASE_COLUMNS.index("n_special")]) for row in cases),
        "variation": dict(sorted(Counter(row[CASE_COLUMNS.index("variation_type")] for row in cases).items())),
        "files": [str(path) for path in written],
        "pictures": pictures.write_pictures(out, xmr_sheets(series, rules, screened)) if picture else [],
    }


def run_chart(
    points_csv: Path,
    series_csv: Path,
    chart: str,
    rule_set: str,
    screen: bool | None,
    out_dir: Path,
    picture: bool = False,
) -> dict[str, Any]:
    """This function will draw every series on one chart, write what was found, and sum up what was done."""
    rules = _rules(rule_set, CHART_RULE_SETS)
    series = read_charts(Path(points_csv), Path(series_csv), chart)
    out = Path(out_dir)
    from sightline.cli import spc_chart_rows as rows
    from sightline.cli.spc_pictures import chart_sheets, median_sheets

    if chart == RUN_MEDIANS:
        found = list(rows.median_rows(series))
        written = write_tables(out, {"medians.csv": (rows.MEDIAN_COLUMNS, found)})
        return {
            "chart": chart,
            "series": len(series),
            "medians": sum(row[1] == "ok" for row in found),
            "files": [str(path) for path in written],
            "pictures": pictures.write_pictures(out, median_sheets(series)) if picture else [],
        }
    drawn = rows.draw_all(series, ChartKind(chart), rules, screen)
    tables = {
        "phases.csv": (rows.PHASE_COLUMNS, (row for one in drawn for row in one.phase_rows())),
        "points.csv": (rows.POINT_COLUMNS, (row for one in drawn for row in one.point_rows())),
        "remarks.csv": (rows.REMARK_COLUMNS, (row for one in drawn for row in one.remark_rows())),
    }
    written = write_tables(out, tables)
    return {
        "chart": chart,
        "rule_set": rules.name,
        "parameter_hash": rules.parameter_hash(),
        "screened": rules.screens if screen is None else screen,
        "series": len(series),
        **{path.stem: lines for path, lines in written.items()},
        "special": sum(int((one.chart.marks > 0).sum()) for one in drawn),
        "status": dict(sorted(Counter(one.chart.status.value for one in drawn).items())),
        "files": [str(path) for path in written],
        "pictures": pictures.write_pictures(out, chart_sheets(drawn)) if picture else [],
    }


def _rules(name: str, known: dict[str, RuleSet]) -> RuleSet:
    if name in known:
        return known[name]
    more = " It is read with --chart i." if name in CHART_RULE_SETS else ""
    raise Invalid(
        f"There is no rule set “{name}”{' for this' if more else ''}. Choose one of: {', '.join(known)}.{more}"
    )
