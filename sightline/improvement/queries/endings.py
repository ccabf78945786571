"""How plans stand when they end, and what ended plans taught, as somebody may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from sightline.core.access import Actor
from sightline.core.improvement.finishing import Outcome
from sightline.core.improvement.milestones import Activity
from sightline.core.improvement.succeeding import Effect
from sightline.improvement.models import Plan, PlanEnding, PlanVersion
from sightline.improvement.queries.effects import measured
from sightline.improvement.queries.milestones import activity_of, approved_version, milestones_of

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """What the record says of a plan that would end: of the version that was approved last, where one was."""

    is_approved: bool
    done: Activity
    effects: tuple[Effect, ...]


def record_of(actor: Actor, on: date, plan: Plan) -> PlanRecord:
    """This function will gather how far the approved version of a plan has come, and what it changed (PLN-08)."""
    version = approved_version(plan)
    if version is None:
        return PlanRecord(False, Activity(0, 0, 0, 0, 0), ())
    effects = tuple(one.judged.effect for one in measured(actor, on, version) if one.judged)
    return PlanRecord(True, activity_of(milestones_of(version, on)), effects)


def ending_of(plan: Plan) -> PlanEnding | None:
    """This function will give how a plan ended, None while it goes on."""
    return PlanEnding.objects.filter(plan=plan).first()


@dataclass(frozen=True, slots=True)
class AskedLearning:
    """What was asked for of what plans taught; empty words leave nothing out."""

    words: str = ""
    outcome: Outcome | None = None
    good_practice: bool = False


def learning_from(actor: Actor, on: date, asked: AskedLearning, page: int) -> tuple[list[PlanEnding], int]:
    """This function will give one page of what ended plans taught, the newest first, and how many there are (LRN-03).

    Only plans that the actor may read count. ``named`` is the name of the plan in its newest version.
    """
    newest = PlanVersion.objects.filter(plan=OuterRef("plan")).order_by("-number").values("name")[:1]
    found = PlanEnding.objects.filter(plan__in=Plan.objects.visible_to(actor, on).order_by().values("pk"))
    found = found.annotate(named=Subquery(newest)).select_related("plan__subject")
    if asked.outcome:
        found = found.filter(outcome=asked.outcome.value)
    if asked.good_practice:
        found = found.filter(is_good_practice=True)
    for word in asked.words.split():
        told = Q(impact__icontains=word) | Q(learning__icontains=word) | Q(embedded__icontains=word)
        found = found.filter(told | Q(named__icontains=word) | Q(plan__subject__name__icontains=word))
    first = (page - 1) * A_PAGE
    return list(found.order_by("-ended_at", "pk")[first : first + A_PAGE]), found.count()
