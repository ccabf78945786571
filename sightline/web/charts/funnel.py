"""A funnel, drawn: limits that narrow as units grow, and every unit outside them by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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


_NEITHER: Mapping[int, Mark] = {1: Mark.NEUTRAL, -1: Mark.NEUTRAL}


@dataclass(frozen=True, slots=True)
class Measured:
    """How readers know what a funnel compares: its axes, what multiplies the ratio into their figure, and which way is worse.

    ``marks`` holds the mark of a unit above (1) and below (-1) the limits; ``by`` says what the limits
    allow for, and ``centre`` names the centre line.
    """

    across: str
    up: str
    per: float = 1.0
    unit: str = ""
    decimals: int | None = None
    marks: Mapping[int, Mark] = field(default_factory=lambda: _NEITHER)
    by: str = "by chance"
    centre: str = "target"
    centre_means: str = "Target, or the level of all units"

    def words(self, ratio: float) -> str:
        """This function will write a ratio as the figure that readers know."""
        return wording.number(ratio * self.per, self.decimals, self.unit)


def funnel_plot(
    funnel: Funnel,
    names: Sequence[str],
    levels: dict[str, float],
    adjust: Overdispersion,
    measured: Measured | None = None,
) -> Plot:
    """This function will lay a funnel out; ``names`` has one per unit, and ``levels`` the limits by their percentage.

    A unit is marked where it is outside the widest limits, as the table says it by the same arithmetic. Without
    ``measured`` bare ratios are drawn.
    """
    known = measured or Measured(ACROSS[funnel.ratio_kind], UP[funnel.ratio_kind])
    compared = (funnel.unit_status == UnitStatus.COMPARED) & np.isfinite(funnel.ratio)
    widest = max(levels.values())
    can_limit = bool(compared.any()) and bool(np.isfinite(funnel.errors(adjust)[compared]).any())
    outside = funnel.outliers(widest, adjust) if can_limit else np.zeros(len(names), dtype=np.int8)
    spots = tuple(
        _spot(names[i], float(funnel.denominator[i]), float(funnel.ratio[i]), int(outside[i]), measured, known)
        for i in np.flatnonzero(compared).tolist()
    )
    curves = _curves(funnel, funnel.denominator[compared], levels, adjust, known) if can_limit else []
    heights = _heights(funnel, compared, widest, adjust, can_limit)
    return Plot(
        across=known.across,
        up=known.up,
        curves=tuple(curves),
        spots=spots,
        clip=heights and (heights[0] * known.per, heights[1] * known.per),
    )


def funnel_says(funnel: Funnel, plot: Plot, levels: dict[str, float]) -> str:
    """This function will say in a few sentences what the funnel shows."""
    outside = [spot.label for spot in plot.spots if spot.label]
    widest = max(levels, key=lambda name: levels[name])
    names = ", ".join(outside[:10]) + (f" and {len(outside) - 10} more" if len(outside) > 10 else "")
    named = f": {names}" if outside else ""
    said = f"{wording.plural(len(plot.spots), 'unit')}, {len(outside)} outside the {widest} % limits{named}."
    return " ".join(one for one in (said, STATUS_WORDS[funnel.status]) if one)


def _spot(name: str, size: float, ratio: float, outside: int, measured: Measured | None, known: Measured) -> Spot:
    figures = (
        f"{ratio:.6g}, of {size:.6g}" if measured is None else f"{known.words(ratio)}, of {wording.number(size, 0)}"
    )
    words, height = f"{name}: {figures}", ratio * known.per
    if not outside:
        return Spot(size, height, words)
    side = Side.HIGH if outside > 0 else Side.LOW
    words = f"{words}, {'above' if outside > 0 else 'below'} the limits"
    return Spot(size, height, words, known.marks[outside], side, name)


def _curves(
    funnel: Funnel, sizes: Floats, levels: dict[str, float], adjust: Overdispersion, known: Measured
) -> list[Curve]:
    low, high = float(sizes.min()), float(sizes.max())
    # Closer together where limits bend: at small denominators.
    at = np.geomspace(low * 0.9, high * 1.02, PLACES)
    drawn = []
    for number, (name, level) in enumerate(sorted(levels.items(), key=lambda item: item[1])):
        kind = "c-limit" if number == len(levels) - 1 else "c-near"
        for line in funnel.lines(at, level, adjust):
            points = tuple(zip(at.tolist(), (line * known.per).tolist(), strict=True))
            drawn.append(Curve(kind, points, f"{name} %", f"Limits that hold {name} % {known.by}"))
    level = funnel.target * known.per
    ends = ((low * 0.9, level), (high * 1.02, level))
    return [*drawn, Curve("c-centre", ends, known.centre, known.centre_means)]


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
