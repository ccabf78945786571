"""A funnel, drawn: limits that narrow as units grow, and every unit outside them by its name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sightline.core.signals import Side
from sightline.core.statistics.funnels import Flags, Funnel, FunnelStatus, Overdispersion, UnitStatus
from sightline.core.statistics.scales import Floats, Ratio
from sightline.web import wording
from sightline.web.charts.plot import Curve, Plot, Spot
from sightline.web.charts.series import Mark

ACROSS = {Ratio.STANDARDISED: "expected", Ratio.PROPORTION: "cases in all", Ratio.RATES: "denominator"}
UP = {Ratio.STANDARDISED: "observed ÷ expected", Ratio.PROPORTION: "proportion", Ratio.RATES: "ratio"}
# So many places across at which the limits are worked out; more would not be seen.
PLACES = 60
STATUS_WORDS = {
    FunnelStatus.OK: "",
    FunnelStatus.FEW_UNITS: "There are fewer than ten units, so the spread between them is hardly known.",
    FunnelStatus.ONE_UNIT: "There is one unit alone, so no spread between units can be known.",
    FunnelStatus.NO_EVENTS: "There are no events, so there is no level to compare with.",
    FunnelStatus.NO_UNITS: "There is no unit that can be compared.",
}


def funnel_plot(funnel: Funnel, names: Sequence[str], levels: dict[str, float], adjust: Overdispersion) -> Plot:
    """This function will lay a funnel out; ``names`` has one per unit, and ``levels`` the limits by their percentage.

    A unit is marked where it is outside the widest limits, as the table says it by the same arithmetic.
    """
    compared = (funnel.unit_status == UnitStatus.COMPARED) & np.isfinite(funnel.ratio)
    widest = max(levels.values())
    can_limit = bool(compared.any()) and bool(np.isfinite(funnel.errors(adjust)[compared]).any())
    outside = funnel.outliers(widest, adjust) if can_limit else np.zeros(len(names), dtype=np.int8)
    spots = tuple(
        _spot(names[i], float(funnel.denominator[i]), float(funnel.ratio[i]), int(outside[i]))
        for i in np.flatnonzero(compared).tolist()
    )
    curves = _curves(funnel, funnel.denominator[compared], levels, adjust) if can_limit else []
    return Plot(
        across=ACROSS[funnel.ratio_kind],
        up=UP[funnel.ratio_kind],
        curves=tuple(curves),
        spots=spots,
        clip=_heights(funnel, compared, widest, adjust, can_limit),
    )


def funnel_says(funnel: Funnel, plot: Plot, levels: dict[str, float]) -> str:
    """This function will say in a few sentences what the funnel shows."""
    outside = [spot.label for spot in plot.spots if spot.label]
    widest = max(levels, key=lambda name: levels[name])
    names = ", ".join(outside[:10]) + (f" and {len(outside) - 10} more" if len(outside) > 10 else "")
    named = f": {names}" if outside else ""
    said = f"{wording.plural(len(plot.spots), 'unit')}, {len(outside)} outside the {widest} % limits{named}."
    return " ".join(one for one in (said, STATUS_WORDS[funnel.status]) if one)


def _spot(name: str, size: float, ratio: float, outside: int) -> Spot:
    words = f"{name}: {ratio:.6g}, of {size:.6g}"
    if not outside:
        return Spot(size, ratio, words)
    side = Side.HIGH if outside > 0 else Side.LOW
    return Spot(size, ratio, f"{words}, {'above' if outside > 0 else 'below'} the limits", Mark.NEUTRAL, side, name)


def _curves(funnel: Funnel, sizes: Floats, levels: dict[str, float], adjust: Overdispersion) -> list[Curve]:
    low, high = float(sizes.min()), float(sizes.max())
    # Closer together where limits bend: at small denominators.
    at = np.geomspace(low * 0.9, high * 1.02, PLACES)
    drawn = []
    for number, (name, level) in enumerate(sorted(levels.items(), key=lambda item: item[1])):
        kind = "c-limit" if number == len(levels) - 1 else "c-near"
        for line in funnel.lines(at, level, adjust):
            points = tuple(zip(at.tolist(), line.tolist(), strict=True))
            drawn.append(Curve(kind, points, f"{name} %", f"Limits that hold {name} % by chance"))
    ends = ((low * 0.9, funnel.target), (high * 1.02, funnel.target))
    return [*drawn, Curve("c-centre", ends, "target", "Target, or the level of all units")]


def _heights(
    funnel: Funnel, compared: Flags, level: float, adjust: Overdispersion, can_limit: bool
) -> tuple[float, float] | None:
    """The figures that are shown: all units, and the limits of the middle of them; the mouth of the funnel is cut off."""
    ratios = funnel.ratio[compared]
    if not can_limit or not len(ratios):
        return None
    lower, upper = (line[compared] for line in funnel.limits(level, adjust))
    low, high = float(np.nanquantile(lower, 0.25)), float(np.nanquantile(upper, 0.75))
    return min(low, float(ratios.min())), max(high, float(ratios.max()))
