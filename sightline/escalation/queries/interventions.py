"""The significant interventions that a concern about quality led to, for a report on them (SUM-04; QSG 2017 Annex F §2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from sightline.core.access import Actor
from sightline.core.escalation.regulating import Outcome
from sightline.directory.models import Subject
from sightline.escalation.models import RegulatoryDecision
from sightline.groups.viewers import viewer_of
from sightline.improvement.models import RapidReview
from sightline.intelligence.models import About, Item
from sightline.intelligence.queries.items import beginnings_of
from sightline.intelligence.words import Kind
from sightline.surveillance.models import LevelDecision

AT_MOST = 200  # of each kind; a report covers a quarter
_RISK_SUMMIT = "risk-summit"  # the level of 2013 and 2017, by its id there


class InterventionKind(StrEnum):
    """What counts as a significant intervention."""

    RISK_SUMMIT = "risk_summit"
    RAPID_REVIEW = "rapid_review"
    REGULATORY_ACTION = "regulatory_action"  # of NHS England
    ENFORCEMENT = "enforcement"  # of the regulator, as published


@dataclass(frozen=True, slots=True)
class Intervention:
    """One intervention: about whom, of which kind, when, in which words; ``record`` is the id of what it rests on."""

    subject: Subject
    kind: InterventionKind
    on: date
    says: str
    record: UUID


def interventions(
    actor: Actor, on: date, since: date, until: date, *, system: str = "", subject: UUID | None = None
) -> list[Intervention]:
    """This function will list the significant interventions of some days that the actor may read, the newest first.

    ``since`` and ``until`` are both among the days; without ``system`` those of every system, and without ``subject``
    those about any. What a declared interest closes is not among them (COI-03).
    """
    span = (since, until)
    about = Q(subject=subject) if subject else Q()
    ours = Q(system=system) if system else Q()
    found = [
        *_summits(actor, on, span, about & ours),
        *_reviews(actor, on, span, about & ours),
        *_regulation(actor, on, span, system, subject),
        *_enforcement(actor, on, span, ours, about),
    ]
    return sorted(found, key=lambda one: (one.on, one.kind.value, str(one.record)), reverse=True)


def _summits(actor: Actor, on: date, span: tuple[date, date], only: Q) -> Iterator[Intervention]:
    rows = LevelDecision.objects.visible_to(actor, on).filter(only, level_to=_RISK_SUMMIT, effective_on__range=span)
    for one in rows.select_related("subject").order_by("-effective_on", "pk")[:AT_MOST]:
        yield Intervention(one.subject, InterventionKind.RISK_SUMMIT, one.effective_on, one.because, one.pk)


def _reviews(actor: Actor, on: date, span: tuple[date, date], only: Q) -> Iterator[Intervention]:
    rows = RapidReview.objects.visible_to(actor, on).filter(only, called_on__range=span)
    for one in rows.select_related("subject")[:AT_MOST]:
        yield Intervention(one.subject, InterventionKind.RAPID_REVIEW, one.called_on, one.risk, one.pk)


def _regulation(
    actor: Actor, on: date, span: tuple[date, date], system: str, subject: UUID | None
) -> Iterator[Intervention]:
    rows = RegulatoryDecision.objects.visible_to(actor, on).filter(outcome=Outcome.ACTION.value, decided_on__range=span)
    rows = rows.filter(decision__system=system) if system else rows
    rows = rows.filter(decision__subject=subject) if subject else rows
    for one in rows.select_related("decision__subject")[:AT_MOST]:
        kind = InterventionKind.REGULATORY_ACTION
        yield Intervention(one.decision.subject, kind, one.decided_on, one.action, one.pk)


def _enforcement(actor: Actor, on: date, span: tuple[date, date], ours: Q, about: Q) -> Iterator[Intervention]:
    viewer = viewer_of(actor, on)
    items = Item.objects.heard_by(viewer).counting().filter(ours, kind=Kind.ENFORCEMENT.value, heard_on__range=span)
    rows = About.objects.filter(about, item__in=items.order_by()).select_related("subject", "item")
    some = list(rows.order_by("-item__heard_on", "pk")[:AT_MOST])
    says = beginnings_of(viewer, [one.item_id for one in some])
    for one in some:
        words = says.get(one.item_id, "")
        yield Intervention(one.subject, InterventionKind.ENFORCEMENT, one.item.heard_on, words, one.item_id)
