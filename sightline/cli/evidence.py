"""``sightline evidence``: series of a CSV ranked by how surely each stands away from its peers, without a database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sightline.cli import values
from sightline.cli.tables import figure, write_tables

COLUMNS = ("rank", "series_id", "p", "q", "listed", "leading", "side", "now", "lasting", "run", "gathering")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the file, the choices, and where the answer goes."""
    says = (
        "series_id, idx, z: distance from the peers in standard errors, as sightline funnel gives it (empty: missing)"
    )
    values.add_arguments(parser, says)
    parser.add_argument("--rate", type=float, default=0.05, help="of the series listed, the share of noise (0.05)")
    parser.add_argument("--window", type=int, default=6, help="over so many newest periods a distance lasts (6)")


def handle(arguments: argparse.Namespace) -> int:
    """This function will rank and answer; exit code 2 with every fault named when the input cannot be used."""
    return values.answer(
        arguments.json,
        lambda: run(arguments.points, arguments.out, rate=arguments.rate, window=arguments.window),
        lambda found: f"{found['series']} series of up to {found['periods']} periods. {found['says']}",
    )


def run(points_csv: Path, out_dir: Path, *, rate: float = 0.05, window: int = 6) -> dict[str, Any]:
    """This function will rank every series, the strongest evidence first, write the list, and sum up what was done.

    The newest period of the whole file is now: a series that ends before it has no figure there.
    """
    series = values.read_values(Path(points_csv), ("z",))
    import numpy as np

    from sightline.core.statistics.evidence import Evidence, rank_evidence

    z = np.full((len(series), max(len(one) for one in series)), np.nan)
    for row, one in zip(z, series, strict=True):
        row[: len(one)] = np.array(one.columns["z"], dtype=np.float64)
    found = rank_evidence(z, rate=rate, window=window)
    sides = {1: "high", -1: "low", 0: ""}
    rows = [
        [
            *(rank, series[at].series_id, figure(float(found.p[at])), figure(float(found.discoveries.q[at]))),
            *(
                int(found.discoveries.found[at]),
                Evidence(int(found.leading[at])).name.lower(),
                sides[int(found.side[at])],
            ),
            *(figure(float(found.now[at])), figure(float(found.lasting[at])), int(found.run[at])),
            figure(float(found.gathering[at])),
        ]
        for rank, at in enumerate(found.order.tolist(), 1)
    ]
    written = write_tables(Path(out_dir), {"ranking.csv": (COLUMNS, rows)})
    return {
        "series": len(series),
        "periods": z.shape[1],
        "listed": int(found.discoveries.found.sum()),
        "says": found.discoveries.says,
        "files": [str(path) for path in written],
        "pictures": [],
    }
