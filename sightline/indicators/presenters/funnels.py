"""A funnel of one indicator in words and strokes, for its page and for papers: the picture, what it says, who lies outside."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.urls import reverse
from markupsafe import Markup

from sightline.core.indicators.funnels import LaidOut, Stand, lay_out
from sightline.core.indicators.variation import bearing
from sightline.core.signals import Bearing, Side
from sightline.core.statistics.funnels import FEW, UNIT_WORDS, FunnelStatus, UnitStatus
from sightline.core.statistics.scales import Ratio
from sightline.indicators.catalogue import ChartKind, Indicator
from sightline.indicators.presenters.drawings import direction_of
from sightline.indicators.presenters.words import BEARING, period, unit_of
from sightline.indicators.queries.peers import ADJUST, LEVELS, Peers, funnel_of_units
from sightline.web.charts.funnel import STATUS_WORDS, Measured, laid_out_plot
from sightline.web.charts.series import Mark
from sightline.web.charts.sheet import Sheet, legend_on_page, on_page, sheet_of_plot
from sightline.web.wording import number, plural

WIDEST = max(LEVELS.values())
SHOWN, NAMED = 25, 10
_MARK = {Bearing.CONCERN: Mark.CONCERN, Bearing.IMPROVEMENT: Mark.IMPROVEMENT, Bearing.NEITHER: Mark.NEUTRAL}


@dataclass(frozen=True, slots=True)
class Row:
    """One body of a funnel by its name; without ``href`` nothing leads to its figures."""

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
    outside: tuple[Row, ...] = ()
    more: int = 0


def funnel_page(indicator: Indicator, peers: Peers | None) -> FunnelPage | None:
    """This function will draw the newest period of an indicator as a funnel (DAT-03); None where it has no counts."""
    if peers is None:
        return None
    title = title_of(indicator, peers.start, peers.kind)
    count = len(peers.units)
    if count < FEW:
        return FunnelPage(title, (_too_few(count, peers),))
    funnel = funnel_of_units(indicator, peers.units)
    if funnel.status is not FunnelStatus.OK:
        return FunnelPage(title, (STATUS_WORDS[funnel.status],))
    laid, units = lay_out(funnel, LEVELS, ADJUST), peers.units
    outside, names = laid.outside, [unit.name for unit in units]
    says = says_of(count, [names[one.place] for one in outside[:NAMED]], len(outside))
    sheet = sheet_of(indicator, laid, names, title, says)
    return FunnelPage(
        title=title,
        notes=tuple(notes_of(indicator, laid, peers.uncounted + count - len(laid.stands))),
        picture=on_page(sheet),
        legend=legend_on_page(sheet),
        says=says,
        outside=tuple(
            row_of_stand(
                indicator,
                laid,
                one,
                names[one.place],
                reverse("series", args=[indicator.id, units[one.place].subject]),
            )
            for one in outside[:SHOWN]
        ),
        more=max(0, len(outside) - SHOWN),
    )


def title_of(indicator: Indicator, start: date, kind: str) -> str:
    """This function will name a funnel by its indicator and its period."""
    return f"{indicator.name}, {period(start, kind)}"


def sheet_of(
    indicator: Indicator,
    laid: LaidOut,
    names: Sequence[str],
    title: str,
    says: str,
    *,
    key: str = "funnel",
    own: Collection[int] = (),
    ringed: str = "",
) -> Sheet:
    """This function will draw a funnel as readers know its figures; a ring marks those whose places are ``own``."""
    plot = laid_out_plot(laid, names, _measured(indicator, laid), own, ringed)
    return sheet_of_plot(plot, key, title, says)


def says_of(count: int, named: Sequence[str], outside: int) -> str:
    """This function will say how many bodies are compared and how many lie outside, the furthest by name."""
    compared = plural(count, "subject")
    if not outside:
        return f"{compared}, none of them outside the 99.8 % limits."
    more = f" and {outside - len(named):,} more" if outside > len(named) else ""
    return f"{compared}, {outside:,} of them outside the 99.8 % limits: {', '.join(named)}{more}."


def row_of_stand(indicator: Indicator, laid: LaidOut, one: Stand, name: str, href: str = "") -> Row:
    """This function will write one body: its figure, its own limits, and on which side of them it lies."""
    measured, side = _measured(indicator, laid), Side.HIGH if one.outside > 0 else Side.LOW
    outside = f"{'Above' if one.outside > 0 else 'Below'} the limits: {BEARING[_bearing(indicator, side)]}"
    return Row(
        name=name,
        href=href,
        figure=measured.words(one.ratio),
        size=number(one.size, 0),
        limits=f"{measured.words(one.lower)} to {measured.words(one.upper)}",
        says=outside if one.outside else "Within the limits",
    )


def notes_of(indicator: Indicator, laid: LaidOut, absent: int) -> Iterator[str]:
    """This function will say what a reader must know so as not to take the picture for more than it is."""
    if laid.spread > 1:
        yield (
            f"Subjects differ by more than chance alone would bring (the usual spread between them is {laid.spread**0.5:.1f} "
            "times that of chance). The limits allow for that: whoever is outside differs more than subjects usually do."
        )
    else:
        yield "Subjects differ by no more than chance alone would bring, so the limits are those of chance."
    if laid.ratio is Ratio.STANDARDISED:
        yield f"Limits are worked out as for the {laid.method.value}: on a logarithmic scale, the extreme tenths left out."
    if indicator.chart is ChartKind.PUBLISHER_LIMITS:
        yield "The publisher’s own limits decide who is called an outlier; this picture may differ from them a little."
    if absent:
        yield (
            f"{plural(absent, 'subject')} cannot be drawn: without counts for this period, or with counts that do not "
            "make the published figure."
        )


def _too_few(count: int, peers: Peers) -> str:
    have = "has" if count == 1 else "have"
    return (
        f"No funnel is drawn: {plural(count, 'subject')} that you may see {have} counts for "
        f"{period(peers.start, peers.kind)}, and with fewer than {FEW} the spread between them is hardly known."
    )


def _measured(indicator: Indicator, laid: LaidOut) -> Measured:
    marks = {1: _MARK[_bearing(indicator, Side.HIGH)], -1: _MARK[_bearing(indicator, Side.LOW)]}
    standard = laid.ratio is Ratio.STANDARDISED
    return Measured(
        across=indicator.denominator,
        up=unit_of(indicator) or indicator.short_name,
        per=indicator.per or 1.0,
        unit=unit_of(indicator),
        decimals=indicator.decimals,
        marks=marks,
        by="by chance" if laid.spread <= 1 else "by chance and the usual spread",
        centre="as expected" if standard else "all together",
        centre_means="As many as expected" if standard else "The level of all subjects together",
    )


def _bearing(indicator: Indicator, side: Side) -> Bearing:
    return bearing(direction_of(indicator), side)


def export_rows(indicator: Indicator, peers: Peers | None) -> Iterator[list[str]]:
    """This function will give every body of a funnel as rows of text, with its limits where there are enough for any."""
    head = ["subject", "code", "period", "numerator", "denominator", "figure"]
    yield [*head, *(f"{end} {name}%" for name in LEVELS for end in ("lower", "upper")), "what it says"]
    if peers is None:
        return
    funnel, when, per = funnel_of_units(indicator, peers.units), period(peers.start, peers.kind), indicator.per or 1.0
    drawn = funnel.status is FunnelStatus.OK
    limits = [line for level in LEVELS.values() for line in funnel.limits(level, ADJUST)] if drawn else []
    marked = funnel.outliers(WIDEST, ADJUST) if drawn else np.zeros(len(peers.units), dtype=np.int8)
    for at, unit in enumerate(peers.units):
        why = UNIT_WORDS[UnitStatus(int(funnel.unit_status[at]))]
        says = {1: "above the widest limits", -1: "below the widest limits"}.get(int(marked[at]), "")
        given = [unit.numerator, unit.denominator, float(funnel.ratio[at]) * per]
        ends = [f"{float(line[at]) * per:.6g}" for line in limits] if drawn else [""] * (2 * len(LEVELS))
        yield [unit.name, unit.key, when, *(f"{one:.10g}" for one in given), *ends, why or says]
