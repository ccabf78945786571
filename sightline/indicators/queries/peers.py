"""Bodies beside each other: the counts of one indicator, and how far each body lies from its peers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from sightline.audit.keeping import until_changed_by
from sightline.core.access import Actor
from sightline.core.indicators.funnels import LaidOut, lay_out
from sightline.core.statistics.funnels import FEW, Funnel, FunnelStatus, Overdispersion, assess_funnel
from sightline.core.statistics.scales import Method
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Series
from sightline.indicators.queries.known import catalogue
from sightline.intake.contract import PeriodKind
from sightline.intake.periods import Period

Floats = NDArray[np.float64]

ADJUST = Overdispersion.ADDITIVE
LEVELS = {"95": 0.95, "99.8": 0.998}
# The newest periods among which the one is looked for that enough bodies have reported.
LATELY = 4
_ROUNDED, _SLIP = 0.6, 0.01  # of the last printed place, and of the figure: how far a printed figure may be rounded


@dataclass(frozen=True, slots=True)
class Unit:
    """One body in a funnel."""

    subject: UUID
    name: str
    key: str
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class Peers:
    """The bodies that a reader may see, with their counts of one period; ``uncounted`` have none that make the figure."""

    start: date
    kind: str
    units: tuple[Unit, ...]
    uncounted: int


def peers_of(actor: Actor, on: date, indicator: Indicator) -> Peers | None:
    """This function will give the counts of the newest period that at least half of the bodies have reported.

    Only open bodies that the actor may see are compared, so that nothing drawn tells of any other (PER-10). None
    where the indicator has no counts, or no body of them any.
    """
    if indicator.ratio is None:
        return None
    kept = _lately(indicator.id)
    seen = Series.objects.visible_to(actor, on).filter(indicator=indicator.id).of_open_bodies(on)
    rows = seen.order_by("subject__name", "pk").values_list("subject_id", "subject__name", "subject__key", "kind")
    bodies = [(subject, name, key, kind, kept.get(subject, {})) for subject, name, key, kind in rows]
    reported: dict[date, int] = {}
    for *_, counts in bodies:
        for start in counts:
            reported[start] = reported.get(start, 0) + 1
    if not reported:
        return None
    enough = max(reported.values()) / 2
    start = max(day for day, count in reported.items() if count >= enough)
    units = tuple(
        Unit(subject, name, key, *counts[start]) for subject, name, key, _, counts in bodies if start in counts
    )
    kind = next(kind for *_, kind, counts in bodies if start in counts)
    return Peers(start, kind, units, len(bodies) - len(units))


def funnel_of(indicator: Indicator, numerators: Floats, denominators: Floats) -> Funnel:
    """This function will compare bodies at one moment by the way of the indicator; ask only where it has a ratio."""
    assert indicator.ratio is not None
    way = indicator.standardised_by or Method.CQC
    return assess_funnel(numerators, denominators, indicator.ratio, method=way)


def funnel_of_units(indicator: Indicator, units: Iterable[Unit]) -> Funnel:
    """This function will compare the bodies of a period, in the order in which they are given."""
    counts = np.array([(unit.numerator, unit.denominator) for unit in units], dtype=np.float64)
    return funnel_of(indicator, counts[:, 0], counts[:, 1])


def laid_out(indicator: Indicator, peers: Peers) -> LaidOut | None:
    """This function will lay out the funnel of an indicator; None where its bodies are too few, or nothing happened."""
    funnel = funnel_of_units(indicator, peers.units)
    return lay_out(funnel, LEVELS, ADJUST) if funnel.status is FunnelStatus.OK else None


def distances(indicator: Indicator, numerators: Floats, denominators: Floats) -> Floats:
    """This function will give each body's distance from its peers, period by period, the usual spread allowed for.

    Both tables are (bodies, periods), NaN where missing; so is the answer, and in every period with fewer than ten
    bodies, whose spread is hardly known.
    """
    found = np.full(numerators.shape, np.nan)
    if indicator.ratio is None:
        return found
    for at in range(numerators.shape[1]):
        funnel = funnel_of(indicator, numerators[:, at], denominators[:, at])
        if int((funnel.unit_status == 0).sum()) >= FEW and np.isfinite(funnel.phi):
            found[:, at] = funnel.z_scores(ADJUST)
    return found


@until_changed_by("indicators")
def _lately(indicator: str) -> Mapping[UUID, Mapping[date, tuple[float, float]]]:
    """The counts of each body's newest periods; all of them, for whoever asks: what is shown is chosen later."""
    definition = catalogue()[indicator]
    rows = Series.objects.filter(indicator=indicator).only("subject", "packed")
    return {one.subject_id: dict(list(counts_of(definition, one.content))[-LATELY:]) for one in rows.iterator()}


def counts_of(indicator: Indicator, content: Mapping[str, Any]) -> Iterator[tuple[date, tuple[float, float]]]:
    """This function will give the counts of each period in which they make the figure that was published.

    A figure that its publisher adjusted, as for age, is not what its counts make of it: beside others they would lie.
    """
    if "numerators" not in content or "denominators" not in content or indicator.per is None:
        return
    for start, value, top, bottom in zip(
        content["starts"], content["values"], content["numerators"], content["denominators"], strict=True
    ):
        if value is None or top is None or not bottom:
            continue
        if abs(top / bottom * indicator.per - value) <= _ROUNDED * 10**-indicator.decimals + _SLIP * abs(value):
            yield date.fromisoformat(start), (top, bottom)


def apart(starts: Iterable[date], kind: str, most: int) -> list[date]:
    """This function will choose the newest periods that share no day, counted back from the last, in order of time."""
    chosen: list[date] = []
    for start in sorted(set(starts), reverse=True):
        if not chosen or Period(start, PeriodKind(kind)).end < chosen[-1]:
            chosen.append(start)
        if len(chosen) == most:
            break
    return chosen[::-1]
