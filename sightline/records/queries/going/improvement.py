"""How an improvement plan and a Rapid Quality Review go: each as a whole, unless another record rests on it."""

from __future__ import annotations

from django.utils import timezone

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
from sightline.records.queries.going.shape import Rows, whole
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


PLAN = whole(
    RecordKind.PLAN,
    Plan,
    day=lambda one: timezone.localdate(one.ending.ended_at),
    rows=_plan_rows,
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
    rests=((RapidFinding, "plan"), (PlanWatch, "plan")),
)


def _review_rows(review: RapidReview) -> Rows:
    """What goes with a review; the group that met for it stays, with the notes of its meetings."""
    return {
        "findings": RapidFinding.objects.filter(review=review),
        "reports": RapidReport.objects.filter(review=review),
        "endings": RapidEnding.objects.filter(review=review),
        "reviews": RapidReview.objects.filter(pk=review.pk),
    }


REVIEW = whole(
    RecordKind.REVIEW,
    RapidReview,
    day=lambda one: one.ending.ends_on,
    rows=_review_rows,
    models=frozenset({RapidFinding, RapidReport, RapidEnding, RapidReview}),
    rests=((ImprovementGroup, "review"), (ReportLine, "review")),
)
