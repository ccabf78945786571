"""``sightline bernoulli``: cumulative sums of single cases of a CSV, risk-adjusted if it gives risks, without a database.

The files that come in and go out have the columns of the reference vectors: where a sum signals, the value is that
from which it goes on. ``p0`` is the usual risk, ``p1`` and ``p2`` that with its odds multiplied and divided.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sightline.cli import pictures
from sightline.cli.cusum import RESTARTS
from sightline.cli.cusum_layout import BERNOULLI_POINTS_IN, BERNOULLI_SERIES_IN, BernoulliSeries, read_bernoulli
from sightline.cli.funnel import refuse
from sightline.cli.tables import figure, write_tables
from sightline.core.verdict import Invalid

if TYPE_CHECKING:
    from sightline.core.statistics.cusums import Sums
    from sightline.web.charts.sheet import Sheet

COLUMNS = ("series_id", "idx", "cusum_up", "signal_up", "cusum_down", "signal_down", "p0", "p1", "p2")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the two files, the choices, and where the answer goes."""
    parser.add_argument(
        "points",
        type=Path,
        metavar="POINTS.csv",
        help=f"{', '.join(BERNOULLI_POINTS_IN)} (1: it happened, 0: not, empty: missing), and risk to adjust for it",
    )
    parser.add_argument(
        "--series",
        type=Path,
        required=True,
        metavar="SERIES.csv",
        help=f"{', '.join(BERNOULLI_SERIES_IN)}; a target above 1 is the number of cases at the start that give the risk",
    )
    parser.add_argument(
        "--restart", choices=RESTARTS, default="zero", help="where a sum goes on after a signal (half: half its limit)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the file is written")
    pictures.add_argument(parser)
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def handle(arguments: argparse.Namespace) -> int:
    """This function will sum and answer; exit code 2 with every fault named when the input cannot be used."""
    try:
        summary = run(
            arguments.points, arguments.series, arguments.out, restart=arguments.restart, picture=arguments.picture
        )
    except Invalid as problem:
        return refuse(problem, arguments.json)
    if arguments.json:
        print(json.dumps(summary, allow_nan=False))
        return 0
    print(
        f"{summary['series']} series, {summary['cases']} cases: {summary['signals']} signals.\n"
        f"Written: {', '.join(summary['files'])}"
    )
    if summary["without_risk"]:
        print(f"No sum could be run for {', '.join(summary['without_risk'])}: no usual risk between 0 and 1 is known.")
    pictures.tell(summary)
    return 0


def run(
    points_csv: Path, series_csv: Path, out_dir: Path, *, restart: str = "zero", picture: bool = False
) -> dict[str, Any]:
    """This function will sum the cases of every series, write them, and sum up what was done."""
    series = read_bernoulli(Path(points_csv), Path(series_csv))
    summed = [_summed(one, restart) for one in series]
    rows = [_rows(one, *found, restart) for one, found in zip(series, summed, strict=True)]
    out = Path(out_dir)
    written = write_tables(out, {"points.csv": (COLUMNS, [row for part in rows for row in part])})
    return {
        "series": len(series),
        "cases": sum(written.values()),
        "restart": restart,
        "signals": sum(row[3] + row[5] for part in rows for row in part),
        "without_risk": [
            one.series_id for one, part in zip(series, rows, strict=True) if not any(row[2] for row in part)
        ],
        "files": [str(path) for path in written],
        "pictures": pictures.write_pictures(out, _sheets(series, summed)) if picture else [],
    }


def _summed(one: BernoulliSeries, restart: str) -> tuple[Any, Sums]:
    """The usual risk of each case, and the sums of one series."""
    # numpy takes a tenth of a second to load, which ``--help`` and a refusal need not pay.
    import numpy as np

    from sightline.core.statistics.cusums import Restart, bernoulli_cusum

    x = np.array(one.values, dtype=np.float64)
    if one.risks:
        p0 = np.array(one.risks, dtype=np.float64)
    else:
        first = x[: int(one.target)] if one.target > 1 else x[:0]
        first = first[~np.isnan(first)]
        usual = one.target if one.target < 1 else float(first.mean()) if len(first) else float("nan")
        p0 = np.full(len(x), usual)
    return p0, bernoulli_cusum(x, p0, odds_ratio=one.odds_ratio, limit=one.limit, restart=Restart(restart))


def _rows(one: BernoulliSeries, p0: Any, sums: Sums, restart: str) -> list[list[Any]]:
    """The rows of one series; sums are empty where there is no usual risk to hold cases against."""
    from sightline.core.statistics.cusums import Restart, shifted_risk

    p1, p2 = shifted_risk(p0, one.odds_ratio), shifted_risk(p0, 1 / one.odds_ratio)
    known = bool(((p0 > 0) & (p0 < 1)).any())
    goes_on = {Restart.ZERO: 0.0, Restart.HALF: one.limit / 2}.get(Restart(restart))
    rows = []
    for i in range(len(p0)):
        cells: list[Any] = []
        for side, value, signal in ((1, sums.up[i], sums.signal_up[i]), (-1, sums.down[i], sums.signal_down[i])):
            shown = side * goes_on if signal and goes_on is not None else float(value)
            cells += [figure(shown + 0.0) if known else "", int(signal)]
        rows.append([one.series_id, i, *cells, *(figure(float(p[i])) for p in (p0, p1, p2))])
    return rows


def _sheets(series: Sequence[BernoulliSeries], summed: Sequence[tuple[Any, Sums]]) -> Iterator[tuple[str, Sheet]]:
    """The sums of each series; none of one that has no usual risk."""
    from sightline.web.charts.sheet import sheet_of_plot
    from sightline.web.charts.sums import signals_say, sums_plot

    for number, (one, (p0, sums)) in enumerate(zip(series, summed, strict=True)):
        if ((p0 > 0) & (p0 < 1)).any():
            plot = sums_plot(sums, one.limit, "log likelihood ratio")
            title, says = f"{one.title or one.series_id}: cumulative sums of cases", signals_say(plot, len(p0))
            yield one.series_id, sheet_of_plot(plot, f"p{number}", title, says, (says,))
