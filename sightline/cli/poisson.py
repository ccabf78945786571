"""``sightline poisson``: cumulative sums of counts beside those expected, without a database.

Where a sum signals, the table has the value that it reached, before it goes on from where ``--restart`` says.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sightline.cli import pictures, values
from sightline.cli.cusum import RESTARTS
from sightline.cli.tables import figure, write_tables

COLUMNS = ("series_id", "idx", "cusum_up", "signal_up", "cusum_down", "signal_down", "counted")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the file, the choices, and where the answer goes."""
    values.add_arguments(parser, "series_id, idx, observed, expected (empty: missing)", picture=True)
    parser.add_argument(
        "--rate-ratio", type=float, default=2.0, help="the rise to look for; the fall is one over it (2)"
    )
    parser.add_argument("--limit", type=float, default=5.0, help="a log likelihood ratio (5)")
    parser.add_argument("--restart", choices=RESTARTS, default="zero", help="where a sum goes on after a signal")


def handle(arguments: argparse.Namespace) -> int:
    """This function will sum and answer; exit code 2 with every fault named when the input cannot be used."""
    given = arguments

    def done() -> dict[str, Any]:
        how = {"rate_ratio": given.rate_ratio, "limit": given.limit}
        return run(given.points, given.out, **how, restart=given.restart, picture=given.picture)

    return values.answer(
        given.json,
        done,
        lambda found: (
            f"{found['series']} series, {found['points']} points, {found['not_counted']} of them not counted: "
            f"{found['signals']} signals."
        ),
    )


def run(
    points_csv: Path,
    out_dir: Path,
    *,
    rate_ratio: float = 2.0,
    limit: float = 5.0,
    restart: str = "zero",
    picture: bool = False,
) -> dict[str, Any]:
    """This function will sum every series, write the sums, and sum up what was done."""
    series = values.read_values(Path(points_csv), ("observed", "expected"))
    import numpy as np

    from sightline.core.statistics.cusums import Restart, poisson_cusum
    from sightline.web.charts.sheet import Sheet, sheet_of_plot
    from sightline.web.charts.sums import signals_say, sums_plot

    rows: list[list[Any]] = []
    sheets: list[tuple[str, Sheet]] = []
    for number, one in enumerate(series):
        observed, expected = (np.array(one.columns[name], dtype=np.float64) for name in ("observed", "expected"))
        sums = poisson_cusum(observed, expected, rate_ratio=rate_ratio, limit=limit, restart=Restart(restart))
        for i in range(len(one)):
            up, down = figure(float(sums.up[i])), figure(float(sums.down[i]) + 0.0)
            signals = int(sums.signal_up[i]), int(sums.signal_down[i])
            rows.append([one.series_id, i, up, signals[0], down, signals[1], int(sums.counted[i])])
        if picture:
            plot = sums_plot(sums, limit, "log likelihood ratio")
            says = signals_say(plot, len(one))
            title = f"{one.series_id}: counts beside those expected"
            sheets.append((one.series_id, sheet_of_plot(plot, f"p{number}", title, says, (says,))))
    out = Path(out_dir)
    written = write_tables(out, {"points.csv": (COLUMNS, rows)})
    return {
        "series": len(series),
        "points": sum(written.values()),
        "not_counted": sum(not row[-1] for row in rows),
        "signals": sum(row[3] + row[5] for row in rows),
        "files": [str(path) for path in written],
        "pictures": pictures.write_pictures(out, iter(sheets)) if picture else [],
    }
