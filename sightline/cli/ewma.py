"""``sightline ewma``: the moving average of each series of a CSV with its limits, without a database.

The figures are those of ``sightline cusum``, with one weight for all series.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sightline.cli import pictures, values
from sightline.cli.tables import figure, write_tables

COLUMNS = ("series_id", "idx", "y", "ewma", "ewma_lcl", "ewma_ucl", "ewma_signal", "status")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the file, the choices, and where the answer goes."""
    values.add_arguments(parser, "series_id, idx, y (empty: missing)", picture=True)
    parser.add_argument("--weight", type=float, default=0.2, help="of the newest value, above 0 and 1 at most (0.2)")
    parser.add_argument("--distance", type=float, default=3.0, help="limits, in standard errors (3)")
    parser.add_argument("--baseline", type=int, default=0, help="points from the start that give the centre (0: all)")


def handle(arguments: argparse.Namespace) -> int:
    """This function will average and answer; exit code 2 with every fault named when the input cannot be used."""
    given = arguments

    def done() -> dict[str, Any]:
        how = {"weight": given.weight, "distance": given.distance, "baseline": given.baseline}
        return run(given.points, given.out, **how, picture=given.picture)

    return values.answer(
        given.json,
        done,
        lambda found: (
            f"{found['series']} series, {found['points']} points: the average signals in {found['signalling']}."
        ),
    )


def run(
    points_csv: Path,
    out_dir: Path,
    *,
    weight: float = 0.2,
    distance: float = 3.0,
    baseline: int = 0,
    picture: bool = False,
) -> dict[str, Any]:
    """This function will average every series, write the averages, and sum up what was done."""
    series = values.read_values(Path(points_csv), ("y",))
    import numpy as np

    from sightline.core.statistics.ewma import baseline as baseline_of
    from sightline.core.statistics.ewma import ewma
    from sightline.core.verdict import Invalid
    from sightline.web.charts.sheet import Sheet, sheet_of_plot
    from sightline.web.charts.sums import average_plot, signals_say

    if baseline < 0:
        raise Invalid(f"A baseline of {baseline} points makes no sense. Give a number of points, or 0 for all.")
    rows: list[list[Any]] = []
    sheets: list[tuple[str, Sheet]] = []
    signalling = 0
    for number, one in enumerate(series):
        y = np.array(one.columns["y"], dtype=np.float64)
        centres, deviations = baseline_of(y[None, :], np.array([baseline]))
        centre, deviation = float(centres[0]), float(deviations[0])
        found = ewma(y, centre, deviation, weight=weight, distance=distance)
        varies, outside = deviation == deviation, found.above | found.below
        signalling += bool(outside.any())
        for i, value in enumerate(y.tolist()):
            lines = [figure(float(line[i])) if varies else "" for line in (found.average, found.lower, found.upper)]
            status = "ok" if varies else "no_variation"
            rows.append([one.series_id, i, figure(value), *lines, int(outside[i]), status])
        if varies and picture:
            plot = average_plot(y, found, centre)
            says = signals_say(plot, len(y))
            sheets.append(
                (one.series_id, sheet_of_plot(plot, f"p{number}", f"{one.series_id}: moving average", says, (says,)))
            )
    out = Path(out_dir)
    written = write_tables(out, {"points.csv": (COLUMNS, rows)})
    return {
        "series": len(series),
        "points": sum(written.values()),
        "signalling": signalling,
        "files": [str(path) for path in written],
        "pictures": pictures.write_pictures(out, iter(sheets)) if picture else [],
    }
