"""How a risk goes: as a whole, with its lines on every register, unless a look-back, a report or a later risk rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from sightline.core.rulebook.keeping import RecordKind
from sightline.records.giving import What
from sightline.records.queries.going.shape import Around, Going, Rows
from sightline.reports.models import ReportLine
from sightline.risks.models import (
    Acceptance,
    LookBack,
    Measure,
    MeasureStep,
    Place,
    PlaceEnding,
    RegisterLine,
    Risk,
    RiskEnding,
    RiskLink,
    RiskNow,
    RiskReview,
    RiskScore,
    RiskStatement,
    RiskSubject,
)


def _rows(risk: Risk) -> Rows:
    return {
        "lines": RegisterLine.objects.filter(risk=risk),
        "now": RiskNow.objects.filter(risk=risk),
        "steps": MeasureStep.objects.filter(measure__risk=risk),
        "actions": Measure.objects.filter(risk=risk, against__isnull=False),
        "measures": Measure.objects.filter(risk=risk),  # without those that are against another of them, gone by then
        "departures": PlaceEnding.objects.filter(place__risk=risk),
        "places": Place.objects.filter(risk=risk),
        "acceptances": Acceptance.objects.filter(risk=risk),
        "reviews": RiskReview.objects.filter(risk=risk),
        "links": RiskLink.objects.filter(risk=risk),
        "scores": RiskScore.objects.filter(risk=risk),
        "statements": RiskStatement.objects.filter(risk=risk),
        "subjects": RiskSubject.objects.filter(risk=risk),
        "endings": RiskEnding.objects.filter(risk=risk),
        "risks": Risk.objects.filter(pk=risk.pk),
    }


def _around(risks: Sequence[Risk]) -> Mapping[Any, Around]:
    keys = [one.pk for one in risks]
    leaned = {
        *Risk.objects.filter(follows__in=keys).order_by().values_list("follows", flat=True),
        *LookBack.objects.filter(risk__in=keys).order_by().values_list("risk", flat=True),
        *ReportLine.objects.filter(risk__in=keys).order_by().values_list("risk", flat=True),
    }
    return {key: Around(is_leaned_on=key in leaned) for key in keys}


RISK = Going(
    what=lambda one: What(RecordKind.RISK, one.pk),
    find=lambda what: Q(pk=what.record) if what.number == 0 else Q(pk__in=[]),
    day=lambda one: one.ending.ended_on,
    group=lambda one: None,
    locked=lambda one: Risk.objects.filter(pk=one.pk),
    rows=_rows,
    copies=lambda one: [],
    around=_around,
    models=frozenset(
        {
            RegisterLine,
            RiskNow,
            MeasureStep,
            Measure,
            PlaceEnding,
            Place,
            Acceptance,
            RiskReview,
            RiskLink,
            RiskScore,
            RiskStatement,
            RiskSubject,
            RiskEnding,
            Risk,
        }
    ),
    in_the_way=frozenset({LookBack, ReportLine}),
)
