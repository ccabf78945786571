"""Cumulative sums and moving averages, drawn: with their limits, and every signal marked."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from sightline.core.signals import Side
from sightline.core.statistics.cusums import Sums
from sightline.core.statistics.ewma import Averages
from sightline.core.statistics.kernel import Floats
from sightline.web import wording
from sightline.web.charts.plot import At, Curve, Plot, Spot
from sightline.web.charts.series import Mark


def sums_plot(sums: Sums, limit: float, up: str) -> Plot:
    """This function will lay both sums of one series out, that for a rise above nought and that for a fall below it."""
    n = len(sums.up)
    ways = (
        ("c-line", sums.up, sums.signal_up, Side.HIGH, "rises"),
        ("c-down", sums.down, sums.signal_down, Side.LOW, "falls"),
    )
    curves = [
        Curve(kind, tuple(_points(line)), "", f"Sum that grows where the level {w}") for kind, line, _, _, w in ways
    ]
    for height, name in ((limit, "limit"), (-limit, "limit")):
        curves.append(Curve("c-limit", ((-0.5, height), (n - 0.5, height)), name, "Limit"))
    curves.append(Curve("c-centre", ((-0.5, 0.0), (n - 0.5, 0.0))))
    spots = [
        Spot(i, float(line[i]), f"Point {i}: the sum reaches {line[i]:.4g}, beyond its limit", Mark.NEUTRAL, side)
        for _, line, signals, side, _ in ways
        for i in range(n)
        if signals[i]
    ]
    return Plot(across="point", up=up, curves=tuple(curves), spots=tuple(_first_named(spots)))


def average_plot(values: Floats, averages: Averages, centre: float) -> Plot:
    """This function will lay the moving average of one series (n,) out beside its values."""
    n = len(values)
    curves = (
        Curve("c-limit", tuple(_points(averages.lower)), "lower limit", "Limits of the average"),
        Curve("c-limit", tuple(_points(averages.upper)), "upper limit", "Limits of the average"),
        Curve("c-centre", ((-0.5, centre), (n - 0.5, centre)), "centre", "Centre line"),
        Curve("c-line", tuple(_points(averages.average)), "", "Moving average"),
    )
    plain = [Spot(i, float(y), f"Point {i}: {y:.6g}") for i, y in enumerate(values.tolist()) if isfinite(y)]
    found = [
        Spot(i, float(averages.average[i]), f"Point {i}: the average is outside its limits", Mark.NEUTRAL, side)
        for i in range(n)
        for side, flags in ((Side.HIGH, averages.above), (Side.LOW, averages.below))
        if flags[i]
    ]
    return Plot(across="point", up="value", curves=curves, spots=(*plain, *_first_named(found)))


def signals_say(plot: Plot, n: int) -> str:
    """This function will say how many points signal, and where the first one does."""
    marked = [spot for spot in plot.spots if spot.mark is not Mark.COMMON]
    first = f", first at point {min(spot.x for spot in marked):g}" if marked else ""
    return f"{wording.plural(n, 'point')}, {wording.plural(len(marked), 'signal')}{first}."


def _points(line: Floats) -> list[At]:
    return [(i, y) if isfinite(y) else None for i, y in enumerate(line.tolist())]


def _first_named(spots: Sequence[Spot]) -> list[Spot]:
    """The first signal of each stretch by its point."""
    at = {(spot.x, spot.side) for spot in spots}
    return [
        spot if (spot.x - 1, spot.side) in at else Spot(spot.x, spot.y, spot.words, spot.mark, spot.side, f"{spot.x:g}")
        for spot in spots
    ]
