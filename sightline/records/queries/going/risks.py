"""How a risk goes: as a whole, with its lines on every register, unless a look-back, a report or a later risk rests on it."""

from __future__ import annotations

from sightline.core.rulebook.keeping import RecordKind
from sightline.records.queries.going.shape import Rows, whole
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


RISK = whole(
    RecordKind.RISK,
    Risk,
    day=lambda one: one.ending.ended_on,
    rows=_rows,
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
    rests=((Risk, "follows"), (LookBack, "risk"), (ReportLine, "risk")),
)
