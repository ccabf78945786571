"""``sightline cusum``: cumulative sums and EWMA of the series of a CSV, without a database.

The files that come in and go out have the columns of the reference vectors: sums in standard errors from the
centre, the average and its limits in the units of the series. A series without variation has neither.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sightline.cli import pictures
from sightline.cli.cusum_layout import CUSUM_POINTS_IN, CUSUM_SERIES_IN, CusumSeries, read_cusum
from sightline.cli.funnel import refuse
from sightline.cli.tables import figure, write_tables
from sightline.core.verdict import Invalid

if TYPE_CHECKING:
    from sightline.core.statistics.cusums import Sums
    from sightline.core.statistics.ewma import Averages
    from sightline.web.charts.sheet import Sheet

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
    pictures.add_argument(parser)
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def handle(arguments: argparse.Namespace) -> int:
    """This function will sum and answer; exit code 2 with every fault named when the input cannot be used."""
    try:
        summary = run(
            arguments.points,
            arguments.series,
            arguments.out,
            restart=arguments.restart,
            distance=arguments.distance,
            picture=arguments.picture,
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
    pictures.tell(summary)
    return 0


def run(
    points_csv: Path,
    series_csv: Path,
    out_dir: Path,
    *,
    restart: str = "never",
    distance: float = 3.0,
    picture: bool = False,
) -> dict[str, Any]:
    """This function will sum and average every series, write series and points, and sum up what was done."""
    series = read_cusum(Path(points_csv), Path(series_csv))
    measured = [_measured(one, restart, distance) for one in series]
    answers = [_rows(one, *found) for one, found in zip(series, measured, strict=True)]
    out = Path(out_dir)
    tables = {
        "series.csv": (SERIES_COLUMNS, (answer[0] for answer in answers)),
        "points.csv": (POINT_COLUMNS, (row for answer in answers for row in answer[1])),
    }
    written = write_tables(out, tables)
    return {
        "series": len(series),
        "points": written[out / "points.csv"],
        "restart": restart,
        "signalling_cusum": sum(any(row[-3] or row[-2] for row in rows) for _, rows in answers),
        "signalling_ewma": sum(any(row[-1] for row in rows) for _, rows in answers),
        "files": [str(path) for path in written],
        "pictures": pictures.write_pictures(out, _sheets(series, measured)) if picture else [],
    }


# The values of a series, its centre and deviation, both sums and the average.
Measured = tuple[Any, float, float, "Sums", "Averages"]


def _measured(one: CusumSeries, restart: str, distance: float) -> Measured:
    """What is found in one series."""
    # numpy takes a tenth of a second to load, which ``--help`` and a refusal need not pay.
    import numpy as np

    from sightline.core.statistics.cusums import Restart, tabular_cusum
    from sightline.core.statistics.ewma import baseline, ewma

    values = np.array(one.values, dtype=np.float64)
    centres, deviations = baseline(values[None, :], np.array([one.baseline]))
    centre, deviation = float(centres[0]), float(deviations[0])
    sums = tabular_cusum((values - centre) / deviation, shift=one.shift, limit=one.limit, restart=Restart(restart))
    averages = ewma(values, centre, deviation, weight=one.weight, distance=distance)
    return values, centre, deviation, sums, averages


def _rows(
    one: CusumSeries, values: Any, centre: float, deviation: float, sums: Sums, averages: Averages
) -> tuple[list[Any], list[list[Any]]]:
    """The row of series.csv and the rows of points.csv for one series."""
    varies = deviation == deviation
    figures = (sums.up, sums.down, averages.average, averages.lower, averages.upper)
    columns = [[figure(x) for x in row.tolist()] if varies else [""] * len(values) for row in figures]
    flags = (sums.signal_up, sums.signal_down, averages.above | averages.below)
    cells = zip(*columns, *(row.astype(int).tolist() for row in flags), strict=True)
    status = "ok" if varies else "no_variation"
    head = [one.series_id, figure(centre), figure(deviation), status]
    return head, [[one.series_id, i, *row] for i, row in enumerate(cells)]


def _sheets(series: Sequence[CusumSeries], measured: Sequence[Measured]) -> Iterator[tuple[str, Sheet]]:
    """Two drawings of each series: its sums, and its average beside its values; none of one that does not vary."""
    from sightline.web.charts.sheet import sheet_of_plot
    from sightline.web.charts.sums import average_plot, signals_say, sums_plot

    for number, (one, (values, centre, deviation, sums, averages)) in enumerate(zip(series, measured, strict=True)):
        if deviation != deviation:
            continue
        drawn = {
            "cusum": ("cumulative sums", sums_plot(sums, one.limit, "standard errors")),
            "ewma": ("moving average", average_plot(values, averages, centre)),
        }
        for kind, (words, plot) in drawn.items():
            title, says = f"{one.title or one.series_id}: {words}", signals_say(plot, len(values))
            yield f"{one.series_id}-{kind}", sheet_of_plot(plot, f"p{number}{kind}", title, says, (says,))
