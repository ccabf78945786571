"""How an improvement plan and a Rapid Quality Review go: each as a whole, unless another record rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from sightline.core.rulebook.keeping import RecordKind
from sightline.improvement.models import (
    ImprovementGroup,
    Milestone,
    MilestoneEntry,
    Plan,
    PlanAction,
    PlanApproval,
    PlanCommissioner,
    PlanCriterion,
    PlanEnding,
    PlanKpi,
    PlanMilestone,
    PlanVersion,
    PlanWatch,
    ProviderConcern,
    ProviderConcernAnswer,
    RapidEnding,
    RapidFinding,
    RapidReport,
    RapidReview,
)
from sightline.records.giving import What
from sightline.records.queries.going.shape import Around, Going, Rows, day_of
from sightline.reports.models import ReportLine


def _plan_rows(plan: Plan) -> Rows:
    return {
        "answers": ProviderConcernAnswer.objects.filter(concern__plan=plan),
        "concerns": ProviderConcern.objects.filter(plan=plan),
        "entries": MilestoneEntry.objects.filter(milestone__plan=plan),
        "said": PlanMilestone.objects.filter(version__plan=plan),
        "milestones": Milestone.objects.filter(plan=plan),
        "kpis": PlanKpi.objects.filter(version__plan=plan),
        "criteria": PlanCriterion.objects.filter(version__plan=plan),
        "actions": PlanAction.objects.filter(version__plan=plan),
        "commissioners": PlanCommissioner.objects.filter(version__plan=plan),
        "approvals": PlanApproval.objects.filter(version__plan=plan),
        "versions": PlanVersion.objects.filter(plan=plan),
        "endings": PlanEnding.objects.filter(plan=plan),
        "plans": Plan.objects.filter(pk=plan.pk),
    }


def _around_plans(plans: Sequence[Plan]) -> Mapping[Any, Around]:
    keys = [one.pk for one in plans]
    leaned = {
        *RapidFinding.objects.filter(plan__in=keys).order_by().values_list("plan", flat=True),
        *PlanWatch.objects.filter(plan__in=keys).order_by().values_list("plan", flat=True),
    }
    return {key: Around(is_leaned_on=key in leaned) for key in keys}


PLAN = Going(
    what=lambda one: What(RecordKind.PLAN, one.pk),
    find=lambda what: Q(pk=what.record) if what.number == 0 else Q(pk__in=[]),
    day=lambda one: day_of(one.ending.ended_at),
    group=lambda one: None,
    locked=lambda one: Plan.objects.filter(pk=one.pk),
    rows=_plan_rows,
    copies=lambda one: [],
    around=_around_plans,
    models=frozenset(
        {
            ProviderConcernAnswer,
            ProviderConcern,
            MilestoneEntry,
            PlanMilestone,
            Milestone,
            PlanKpi,
            PlanCriterion,
            PlanAction,
            PlanCommissioner,
            PlanApproval,
            PlanVersion,
            PlanEnding,
            Plan,
        }
    ),
    in_the_way=frozenset({RapidFinding, PlanWatch}),
)


def _review_rows(review: RapidReview) -> Rows:
    """What goes with a review; the group that met for it stays, with the notes of its meetings."""
    return {
        "findings": RapidFinding.objects.filter(review=review),
        "reports": RapidReport.objects.filter(review=review),
        "endings": RapidEnding.objects.filter(review=review),
        "reviews": RapidReview.objects.filter(pk=review.pk),
    }


def _around_reviews(reviews: Sequence[RapidReview]) -> Mapping[Any, Around]:
    keys = [one.pk for one in reviews]
    leaned = {
        *ImprovementGroup.objects.filter(review__in=keys).order_by().values_list("review", flat=True),
        *ReportLine.objects.filter(review__in=keys).order_by().values_list("review", flat=True),
    }
    return {key: Around(is_leaned_on=key in leaned) for key in keys}


REVIEW = Going(
    what=lambda one: What(RecordKind.REVIEW, one.pk),
    find=lambda what: Q(pk=what.record) if what.number == 0 else Q(pk__in=[]),
    day=lambda one: one.ending.ends_on,
    group=lambda one: None,
    locked=lambda one: RapidReview.objects.filter(pk=one.pk),
    rows=_review_rows,
    copies=lambda one: [],
    around=_around_reviews,
    models=frozenset({RapidFinding, RapidReport, RapidEnding, RapidReview}),
    in_the_way=frozenset({ImprovementGroup, ReportLine}),
)
