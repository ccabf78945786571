"""``sightline cusum``: cumulative sums and EWMA of the series of a CSV, without a database.

The files that come in and go out have the columns of the reference vectors: sums in standard errors from the
centre, the average and its limits in the units of the series. A series without variation has neither.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from sightline.cli.cusum_layout import CUSUM_POINTS_IN, CUSUM_SERIES_IN, CusumSeries, read_cusum
from sightline.cli.funnel import folder, refuse
from sightline.cli.tables import figure, write_table
from sightline.core.verdict import Invalid

RESTARTS = ("never", "zero", "half")
POINT_COLUMNS = (
    *("series_id", "idx", "cusum_pos", "cusum_neg", "ewma", "ewma_lcl", "ewma_ucl"),
    *("cusum_signal_up", "cusum_signal_down", "ewma_signal"),
)
SERIES_COLUMNS = ("series_id", "center", "std_dev", "status")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the two files, the choices, and where the answer goes."""
    parser.add_argument(
        "points", type=Path, metavar="POINTS.csv", help=f"{', '.join(CUSUM_POINTS_IN)} (empty: missing)"
    )
    parser.add_argument("--series", type=Path, required=True, metavar="SERIES.csv", help=", ".join(CUSUM_SERIES_IN))
    parser.add_argument(
        "--restart", choices=RESTARTS, default="never", help="where a sum goes on after a signal (half: half its limit)"
    )
    parser.add_argument("--distance", type=float, default=3.0, help="limits of the EWMA, in standard errors (3)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the two files are written")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def handle(arguments: argparse.Namespace) -> int:
    """This function will sum and answer; exit code 2 with every fault named when the input cannot be used."""
    try:
        summary = run(
            arguments.points, arguments.series, arguments.out, restart=arguments.restart, distance=arguments.distance
        )
    except Invalid as problem:
        return refuse(problem, arguments.json)
    if arguments.json:
        print(json.dumps(summary, allow_nan=False))
        return 0
    print(
        f"{summary['series']} series, {summary['points']} points: the sums signal in {summary['signalling_cusum']}, "
        f"the EWMA in {summary['signalling_ewma']} of them.\nWritten: {', '.join(summary['files'])}"
    )
    return 0


def run(
    points_csv: Path, series_csv: Path, out_dir: Path, *, restart: str = "never", distance: float = 3.0
) -> dict[str, Any]:
    """This function will sum and average every series, write series and points, and sum up what was done."""
    series = read_cusum(Path(points_csv), Path(series_csv))
    answers = [_assess(one, restart, distance) for one in series]
    out = folder(Path(out_dir))
    paths = (out / "series.csv", out / "points.csv")
    write_table(paths[0], SERIES_COLUMNS, (answer[0] for answer in answers))
    points = write_table(paths[1], POINT_COLUMNS, (row for answer in answers for row in answer[1]))
    return {
        "series": len(series),
        "points": points,
        "restart": restart,
        "signalling_cusum": sum(any(row[-3] or row[-2] for row in rows) for _, rows in answers),
        "signalling_ewma": sum(any(row[-1] for row in rows) for _, rows in answers),
        "files": [str(path) for path in paths],
    }


def _assess(one: CusumSeries, restart: str, distance: float) -> tuple[list[Any], list[list[Any]]]:
    """The row of series.csv and the rows of points.csv for one series."""
    # numpy takes a tenth of a second to load, which ``--help`` and a refusal need not pay.
    import numpy as np

    from sightline.core.statistics.cusums import Restart, tabular_cusum
    from sightline.core.statistics.ewma import baseline, ewma

    values = np.array(one.values, dtype=np.float64)
    centres, deviations = baseline(values[None, :], np.array([one.baseline]))
    centre, deviation = float(centres[0]), float(deviations[0])
    sums = tabular_cusum((values - centre) / deviation, shift=one.shift, limit=one.limit, restart=Restart(restart))
    averages = ewma(values, centre, deviation, weight=one.weight, distance=distance)
    varies = deviation == deviation
    figures = (sums.up, sums.down, averages.average, averages.lower, averages.upper)
    columns = [[figure(x) for x in row.tolist()] if varies else [""] * len(values) for row in figures]
    flags = (sums.signal_up, sums.signal_down, averages.above | averages.below)
    cells = zip(*columns, *(row.astype(int).tolist() for row in flags), strict=True)
    status = "ok" if varies else "no_variation"
    head = [one.series_id, figure(centre), figure(deviation), status]
    return head, [[one.series_id, i, *row] for i, row in enumerate(cells)]
