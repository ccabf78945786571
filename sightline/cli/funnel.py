"""``sightline funnel``: find outliers among units of a CSV, without a database.

The files that come in and go out have the columns of the reference vectors, with the levels that were asked for
in their names (``ll95``, ``ul998``). ``od_`` columns allow for overdispersion, and are empty where none is asked
for. ``q`` is the lowest share of noise at which a unit is on the list of all that stand out in the whole file, by
its adjusted z. A unit that cannot be compared has its reason in words under ``status`` and no flag.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sightline.cli import pictures
from sightline.cli.funnel_layout import UNITS_IN, read_sets
from sightline.cli.tables import write_tables
from sightline.core.verdict import Invalid

if TYPE_CHECKING:
    from sightline.cli.funnel_rows import Answer
    from sightline.web.charts.sheet import Sheet

METHODS = ("CQC", "SHMI")
ADJUSTMENTS = ("additive", "multiplicative", "none")
PERCENTS = (95.0, 99.8)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the two files, the choices, and where the answer goes."""
    parser.add_argument("units", type=Path, metavar="UNITS.csv", help=", ".join(UNITS_IN))
    parser.add_argument(
        "--sets",
        type=Path,
        required=True,
        metavar="SETS.csv",
        help="set_id, data_type (SR: observed ÷ expected, PR: a proportion, RC: a ratio of counts), and target if not "
        "the pooled ratio (SR: 1)",
    )
    parser.add_argument("--method", choices=METHODS, default="CQC", help="how observed ÷ expected is handled")
    parser.add_argument("--od", choices=ADJUSTMENTS, default="additive", help="how overdispersion is allowed for")
    parser.add_argument("--trim", type=float, default=0.1, help="the share at each end trimmed first (0.1)")
    parser.add_argument(
        "--level", type=float, action="append", metavar="PERCENT", help="limits to draw (95 and 99.8); may be repeated"
    )
    parser.add_argument(
        "--rate",
        type=float,
        default=0.05,
        help="of the units listed as standing out in the whole file, the share of noise",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the two files are written")
    pictures.add_argument(parser)
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def handle(arguments: argparse.Namespace) -> int:
    """This function will compare and answer; exit code 2 with every fault named when the input cannot be used."""
    try:
        summary = run(
            arguments.units,
            arguments.sets,
            arguments.out,
            method=arguments.method,
            adjust=arguments.od,
            trim=arguments.trim,
            percents=arguments.level or PERCENTS,
            rate=arguments.rate,
            picture=arguments.picture,
        )
    except Invalid as problem:
        return refuse(problem, arguments.json)
    if arguments.json:
        print(json.dumps(summary, allow_nan=False))
        return 0
    widest, beyond = max(summary["outliers"].items(), key=lambda item: float(item[0]))
    how = "" if summary["od"] == "none" else f" with {summary['od']} overdispersion"
    left_out = f", {summary['not_compared']} of them not compared" if summary["not_compared"] else ""
    print(
        f"{summary['sets']} sets, {summary['units']} units{left_out}: {beyond} outside the {widest} % limits{how}.\n"
        f"Of all units of the file: {summary['says']}\n"
        f"Written: {', '.join(summary['files'])}"
    )
    pictures.tell(summary)
    return 0


def refuse(problem: Invalid, as_json: bool) -> int:
    """This function will say every fault of an input that cannot be used, and give the exit code."""
    if as_json:
        print(json.dumps({"error": str(problem), "faults": list(problem.problems)}, allow_nan=False))
    else:
        print(*problem.problems, "Nothing was written.", sep="\n", file=sys.stderr)
    return 2


def run(
    units_csv: Path,
    sets_csv: Path,
    out_dir: Path,
    *,
    method: str = "CQC",
    adjust: str = "additive",
    trim: float = 0.1,
    percents: Sequence[float] = PERCENTS,
    rate: float = 0.05,
    picture: bool = False,
) -> dict[str, Any]:
    """This function will compare the units of every set, write sets and units, and sum up what was done."""
    sets = read_sets(Path(units_csv), Path(sets_csv))
    # numpy takes a tenth of a second to load, which ``--help`` and a refusal need not pay.
    import numpy as np

    from sightline.cli.funnel_rows import Answer, set_columns, unit_columns
    from sightline.core.statistics.discovery import chance, discover
    from sightline.core.statistics.funnels import Overdispersion, assess_funnel
    from sightline.core.statistics.levels import LEAST_LEVEL, WIDEST
    from sightline.core.statistics.scales import Method, Ratio

    wrong = [percent for percent in percents if not LEAST_LEVEL <= percent / 100 <= WIDEST]
    if wrong:
        given = ", ".join(f"{percent:g}" for percent in wrong)
        raise Invalid(f"Limits cannot be drawn at --level {given}. Give percents from 50 to 99.99, as 95 or 99.8.")
    levels = {f"{percent:g}": percent / 100 for percent in percents}
    how = Overdispersion(adjust)
    funnels = []
    for one in sets:
        ratio = Ratio(one.kind)
        way = Method(method) if ratio is Ratio.STANDARDISED else Method.CQC
        o, d = np.array(one.numerators), np.array(one.denominators)
        funnels.append(assess_funnel(o, d, ratio, method=way, trim=trim, target=one.target))
    listed = discover(chance(np.concatenate([funnel.z_scores(how) for funnel in funnels])), rate)
    ends = np.cumsum([len(funnel.z) for funnel in funnels])[:-1]
    found = [
        Answer(one, funnel, how, levels, q)
        for one, funnel, q in zip(sets, funnels, np.split(listed.q, ends), strict=True)
    ]
    out = Path(out_dir)
    tables = {
        "sets.csv": (set_columns(levels), (answer.set_row() for answer in found)),
        "units.csv": (unit_columns(levels), (row for answer in found for row in answer.unit_rows())),
    }
    written = write_tables(out, tables)
    return {
        "method": method,
        "od": adjust,
        "sets": len(found),
        "units": written[out / "units.csv"],
        "not_compared": sum(int((answer.funnel.unit_status > 0).sum()) for answer in found),
        "outliers": {name: sum(int(answer.count(name, answer.adjust)) for answer in found) for name in levels},
        "listed": int(listed.found.sum()),
        "says": listed.says,
        "files": [str(path) for path in written],
        "pictures": pictures.write_pictures(out, _sheets(found)) if picture else [],
    }


def _sheets(found: Sequence[Answer]) -> Iterator[tuple[str, Sheet]]:
    """Each funnel drawn with the limits that were asked for."""
    from sightline.web.charts.funnel import funnel_plot, funnel_says
    from sightline.web.charts.sheet import sheet_of_plot

    for number, answer in enumerate(found):
        one, funnel = answer.one, answer.funnel
        plot = funnel_plot(funnel, list(one.units), answer.levels, answer.adjust)
        says = funnel_says(funnel, plot, answer.levels)
        yield one.set_id, sheet_of_plot(plot, f"p{number}", one.title or one.set_id, says, (says,))
