"""A funnel of one indicator for its page: the picture, what it says, and which bodies lie outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.urls import reverse
from markupsafe import Markup

from sightline.core.indicators.variation import bearing
from sightline.core.signals import Bearing, Side
from sightline.core.statistics.funnels import FEW, UNIT_WORDS, Funnel, FunnelStatus, UnitStatus
from sightline.core.statistics.scales import Ratio
from sightline.indicators.catalogue import ChartKind, Indicator
from sightline.indicators.presenters.drawings import direction_of
from sightline.indicators.presenters.words import BEARING, period, unit_of
from sightline.indicators.queries.peers import ADJUST, Peers, Unit, funnel_of
from sightline.web.charts.funnel import STATUS_WORDS, Measured, funnel_plot
from sightline.web.charts.series import Mark
from sightline.web.charts.sheet import legend_on_page, on_page, sheet_of_plot
from sightline.web.wording import number, plural

LEVELS = {"95": 0.95, "99.8": 0.998}
WIDEST = max(LEVELS.values())
SHOWN, NAMED = 25, 10
_MARK = {Bearing.CONCERN: Mark.CONCERN, Bearing.IMPROVEMENT: Mark.IMPROVEMENT, Bearing.NEITHER: Mark.NEUTRAL}


@dataclass(frozen=True, slots=True)
class Outside:
    """One body outside the widest limits."""

    name: str
    href: str
    figure: str
    size: str
    limits: str
    says: str


@dataclass(frozen=True, slots=True)
class FunnelPage:
    """What the page of an indicator says of its funnel; without a picture, ``notes`` say why there is none."""

    title: str
    notes: tuple[str, ...]
    picture: Markup | str = ""
    legend: Markup | str = ""
    says: str = ""
    outside: tuple[Outside, ...] = ()
    more: int = 0


def funnel_page(indicator: Indicator, peers: Peers | None) -> FunnelPage | None:
    """This function will draw the newest period of an indicator as a funnel (DAT-03); None where it has no counts."""
    if peers is None:
        return None
    title = f"{indicator.name}, {period(peers.start, peers.kind)}"
    count = len(peers.units)
    if count < FEW:
        return FunnelPage(title, (_too_few(count, peers),))
    funnel = _funnel(indicator, peers.units)
    if funnel.status is not FunnelStatus.OK:
        return FunnelPage(title, (STATUS_WORDS[funnel.status],))
    measured = _measured(indicator, funnel)
    plot = funnel_plot(funnel, [unit.name for unit in peers.units], LEVELS, ADJUST, measured)
    outside = list(_outside(indicator, funnel, peers.units, measured))
    says = _says(count, [one.name for one in outside])
    sheet = sheet_of_plot(plot, "funnel", title, says)
    return FunnelPage(
        title=title,
        notes=tuple(_notes(indicator, funnel, peers)),
        picture=on_page(sheet),
        legend=legend_on_page(sheet),
        says=says,
        outside=tuple(outside[:SHOWN]),
        more=max(0, len(outside) - SHOWN),
    )


def _too_few(count: int, peers: Peers) -> str:
    have = "has" if count == 1 else "have"
    return (
        f"No funnel is drawn: {plural(count, 'subject')} that you may see {have} counts for "
        f"{period(peers.start, peers.kind)}, and with fewer than {FEW} the spread between them is hardly known."
    )


def _says(count: int, outside: Sequence[str]) -> str:
    named = ", ".join(outside[:NAMED]) + (f" and {len(outside) - NAMED:,} more" if len(outside) > NAMED else "")
    compared = plural(count, "subject")
    if not outside:
        return f"{compared}, none of them outside the 99.8 % limits."
    return f"{compared}, {len(outside):,} of them outside the 99.8 % limits: {named}."


def _funnel(indicator: Indicator, units: Sequence[Unit]) -> Funnel:
    counts = np.array([(unit.numerator, unit.denominator) for unit in units], dtype=np.float64)
    return funnel_of(indicator, counts[:, 0], counts[:, 1])


def _measured(indicator: Indicator, funnel: Funnel) -> Measured:
    marks = {1: _MARK[_bearing(indicator, Side.HIGH)], -1: _MARK[_bearing(indicator, Side.LOW)]}
    standard = funnel.ratio_kind is Ratio.STANDARDISED
    return Measured(
        across=indicator.denominator,
        up=unit_of(indicator) or indicator.short_name,
        per=indicator.per or 1.0,
        unit=unit_of(indicator),
        decimals=indicator.decimals,
        marks=marks,
        by="by chance" if funnel.phi <= 1 else "by chance and the usual spread",
        centre="as expected" if standard else "all together",
        centre_means="As many as expected" if standard else "The level of all subjects together",
    )


def _bearing(indicator: Indicator, side: Side) -> Bearing:
    return bearing(direction_of(indicator), side)


def _outside(indicator: Indicator, funnel: Funnel, units: Sequence[Unit], measured: Measured) -> Iterator[Outside]:
    """Those outside the widest limits, the furthest first."""
    marked = funnel.outliers(WIDEST, ADJUST)
    lower, upper = funnel.limits(WIDEST, ADJUST)
    far = np.nan_to_num(np.abs(funnel.z_scores(ADJUST)))
    for at in sorted(np.flatnonzero(marked).tolist(), key=lambda at: (-far[at], at)):
        side = Side.HIGH if marked[at] > 0 else Side.LOW
        yield Outside(
            name=units[at].name,
            href=reverse("series", args=[indicator.id, units[at].subject]),
            figure=measured.words(float(funnel.ratio[at])),
            size=number(units[at].denominator, 0),
            limits=f"{measured.words(float(lower[at]))} to {measured.words(float(upper[at]))}",
            says=f"{'Above' if side is Side.HIGH else 'Below'} the limits: {BEARING[_bearing(indicator, side)]}",
        )


def _notes(indicator: Indicator, funnel: Funnel, peers: Peers) -> Iterator[str]:
    """What a reader must know so as not to take the picture for more than it is."""
    if funnel.phi > 1:
        yield (
            f"Subjects differ by more than chance alone would bring (the usual spread between them is {funnel.phi**0.5:.1f} "
            "times that of chance). The limits allow for that: whoever is outside differs more than subjects usually do."
        )
    else:
        yield "Subjects differ by no more than chance alone would bring, so the limits are those of chance."
    if funnel.ratio_kind is Ratio.STANDARDISED:
        yield f"Limits are worked out as for the {funnel.method.value}: on a logarithmic scale, the extreme tenths left out."
    if indicator.chart is ChartKind.PUBLISHER_LIMITS:
        yield "The publisher’s own limits decide who is called an outlier; this picture may differ from them a little."
    absent = peers.uncounted + int((funnel.unit_status != UnitStatus.COMPARED).sum())
    if absent:
        yield (
            f"{plural(absent, 'subject')} cannot be drawn: without counts for this period, or with counts that do not "
            "make the published figure."
        )


def export_rows(indicator: Indicator, peers: Peers | None) -> Iterator[list[str]]:
    """This function will give every body of a funnel as rows of text, with its limits where there are enough for any."""
    head = ["subject", "code", "period", "numerator", "denominator", "figure"]
    yield [*head, *(f"{end} {name}%" for name in LEVELS for end in ("lower", "upper")), "what it says"]
    if peers is None:
        return
    funnel, when, per = _funnel(indicator, peers.units), period(peers.start, peers.kind), indicator.per or 1.0
    drawn = funnel.status is FunnelStatus.OK
    limits = [line for level in LEVELS.values() for line in funnel.limits(level, ADJUST)] if drawn else []
    marked = funnel.outliers(WIDEST, ADJUST) if drawn else np.zeros(len(peers.units), dtype=np.int8)
    for at, unit in enumerate(peers.units):
        why = UNIT_WORDS[UnitStatus(int(funnel.unit_status[at]))]
        says = {1: "above the widest limits", -1: "below the widest limits"}.get(int(marked[at]), "")
        given = [unit.numerator, unit.denominator, float(funnel.ratio[at]) * per]
        ends = [f"{float(line[at]) * per:.6g}" for line in limits] if drawn else [""] * (2 * len(LEVELS))
        yield [unit.name, unit.key, when, *(f"{one:.10g}" for one in given), *ends, why or says]
