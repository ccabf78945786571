"""A funnel, drawn: limits that narrow as units grow, and every unit outside them by its name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sightline.core.indicators.funnels import LaidOut, Stand, lay_out
from sightline.core.signals import Side
from sightline.core.statistics.funnels import Funnel, FunnelStatus, Overdispersion
from sightline.core.statistics.scales import Ratio
from sightline.web import wording
from sightline.web.charts.plot import Curve, Plot, Spot
from sightline.web.charts.series import Mark

ACROSS = {Ratio.STANDARDISED: "expected", Ratio.PROPORTION: "cases in all", Ratio.RATES: "denominator"}
UP = {Ratio.STANDARDISED: "observed ÷ expected", Ratio.PROPORTION: "proportion", Ratio.RATES: "ratio"}
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


def funnel_plot(funnel: Funnel, names: Sequence[str], levels: dict[str, float], adjust: Overdispersion) -> Plot:
    """This function will draw a funnel in bare ratios; ``names`` has one per unit, and ``levels`` the limits by percentage.

    A unit is marked where it is outside the widest limits, as the table says it by the same arithmetic.
    """
    return laid_out_plot(lay_out(funnel, levels, adjust), names)


def laid_out_plot(
    laid: LaidOut, names: Sequence[str], measured: Measured | None = None, own: Collection[int] = (), ringed: str = ""
) -> Plot:
    """This function will draw a funnel that was laid out; without ``measured`` in bare ratios.

    ``names`` has one for each place, empty for whom it leaves without; a ring marks those whose places are ``own``,
    and ``ringed`` says in the legend who they are.
    """
    known = measured or Measured(ACROSS[laid.ratio], UP[laid.ratio])
    spots = tuple(_spot(one, names[one.place], measured, known, ringed=one.place in own) for one in laid.stands)
    return Plot(
        across=known.across,
        up=known.up,
        curves=tuple(_curves(laid, known)),
        spots=spots,
        clip=laid.shown and (laid.shown[0] * known.per, laid.shown[1] * known.per),
        ringed=ringed if any(spot.ringed for spot in spots) else "",
    )


def funnel_says(funnel: Funnel, plot: Plot, levels: dict[str, float]) -> str:
    """This function will say in a few sentences what the funnel shows."""
    outside = [spot.label for spot in plot.spots if spot.label]
    widest = max(levels, key=lambda name: levels[name])
    names = ", ".join(outside[:10]) + (f" and {len(outside) - 10} more" if len(outside) > 10 else "")
    named = f": {names}" if outside else ""
    said = f"{wording.plural(len(plot.spots), 'unit')}, {len(outside)} outside the {widest} % limits{named}."
    return " ".join(one for one in (said, STATUS_WORDS[funnel.status]) if one)


def _spot(one: Stand, name: str, measured: Measured | None, known: Measured, *, ringed: bool) -> Spot:
    figures = (
        f"{one.ratio:.6g}, of {one.size:.6g}"
        if measured is None
        else f"{known.words(one.ratio)}, of {wording.number(one.size, 0)}"
    )
    words, height = ": ".join(filter(None, (name, figures))), one.ratio * known.per
    if not one.outside:
        return Spot(one.size, height, words, label=name if ringed else "", ringed=ringed)
    side = Side.HIGH if one.outside > 0 else Side.LOW
    words = f"{words}, {'above' if one.outside > 0 else 'below'} the limits"
    return Spot(one.size, height, words, known.marks[one.outside], side, name, ringed)


def _curves(laid: LaidOut, known: Measured) -> list[Curve]:
    drawn = []
    for place, one in enumerate(laid.limits, 1):
        kind = "c-limit" if place == len(laid.limits) else "c-near"
        for line in (one.lower, one.upper):
            points = tuple((size, ratio * known.per) for size, ratio in zip(one.sizes, line, strict=True))
            drawn.append(Curve(kind, points, f"{one.level} %", f"Limits that hold {one.level} % {known.by}"))
    if not laid.limits:
        return drawn
    sizes, level = laid.limits[0].sizes, laid.target * known.per
    return [*drawn, Curve("c-centre", ((sizes[0], level), (sizes[-1], level)), known.centre, known.centre_means)]
