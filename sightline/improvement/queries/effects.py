"""What the KPIs of a plan show: the figures of each that is an indicator, and whether its test of success is met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sightline.core.access import Actor
from sightline.core.improvement.succeeding import Effect, Figure, Judged, Success, judge
from sightline.core.statistics.rulesets import rule_set
from sightline.improvement.models import PlanKpi, PlanVersion
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Rebase, Series
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.pages import series_for
from sightline.intake.contract import PeriodKind
from sightline.intake.periods import Period

_OVERLAPPING = frozenset({PeriodKind.ROLLING_YEAR, PeriodKind.THREE_YEARS})


@dataclass(frozen=True, slots=True)
class Measured:
    """One KPI: its indicator and series where the reader may see them, and what its test of success found.

    ``judged`` is None where the KPI has no test of its own.
    """

    kpi: PlanKpi
    indicator: Indicator | None = None
    series: Series | None = None
    judged: Judged | None = None
    rebases: tuple[Rebase, ...] = ()


def measured(actor: Actor, on: date, version: PlanVersion) -> list[Measured]:
    """This function will hold each KPI of a version against the figures of its subject, as the actor may see them."""
    subject = version.plan.subject_id
    kpis = list(version.kpis.all())
    found = series_for(actor, on, [(subject, one.indicator) for one in kpis if one.indicator])
    rebases: dict[str, list[Rebase]] = {}
    for one in Rebase.objects.filter(subject=subject, withdraws=None, withdrawn_by=None).order_by("from_on"):
        rebases.setdefault(one.indicator, []).append(one)
    known = catalogue()
    return [
        _measured(
            one, version.starts_on, known, found.get((subject, one.indicator)), tuple(rebases.get(one.indicator, ()))
        )
        for one in kpis
    ]


def _measured(
    kpi: PlanKpi,
    starts_on: date | None,
    known: Mapping[str, Indicator],
    series: Series | None,
    rebases: tuple[Rebase, ...],
) -> Measured:
    indicator = known.get(kpi.indicator)
    made = Measured(kpi, indicator, series, rebases=rebases)
    if indicator is None or (kpi.target is None and kpi.held_months is None):
        return made
    if series is None:
        says = "There are no figures of it here that you may see."
        return replace(made, judged=Judged(Effect.UNKNOWN, says))
    content = series.content
    if PeriodKind(series.kind) in _OVERLAPPING or content.get("bands"):
        says = "Its figures overlap in time, or are judged by their publisher’s own limits. Look at the chart."
        return replace(made, judged=Judged(Effect.UNKNOWN, says))
    better = {"increase": True, "decrease": False}.get(indicator.direction)
    success = Success(kpi.target, kpi.held_months, starts_on, better)
    first = _phase_at(content["starts"], content["phases"], starts_on)
    figures = [
        Figure(begins := date.fromisoformat(day), Period(begins, PeriodKind(series.kind)).end, value)
        for day, value in zip(content["starts"][first:], content["values"][first:], strict=True)
    ]
    judged = judge(figures, success, rule_set(series.rule_set), series.screened)
    return replace(made, judged=judged)


def _phase_at(starts: list[str], phases: list[list[int]], starts_on: date | None) -> int:
    """Where the phase begins in which the work started: what was before a rebase was another service."""
    if starts_on is None:
        return 0
    begun = [phase[0] for phase in phases if starts[phase[0]] < starts_on.isoformat()]
    return max(begun, default=0)
