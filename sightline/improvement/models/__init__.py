"""Records of improvement: plans in versions, their approvals, milestones and endings; reviews and improvement groups."""

from sightline.improvement.models.endings import PlanEnding
from sightline.improvement.models.improving import (
    ExitAgreement,
    ImprovementGroup,
    ImprovementGroupEnding,
    MemberReport,
    PlanWatch,
    Stakeholder,
)
from sightline.improvement.models.milestones import (
    Milestone,
    MilestoneEntry,
    PlanMilestone,
    ProviderConcern,
    ProviderConcernAnswer,
)
from sightline.improvement.models.plans import (
    Plan,
    PlanAction,
    PlanApproval,
    PlanCommissioner,
    PlanCriterion,
    PlanKpi,
    PlanVersion,
)
from sightline.improvement.models.reviews import RapidEnding, RapidFinding, RapidReport, RapidReview

__all__ = [
    "ExitAgreement",
    "ImprovementGroup",
    "ImprovementGroupEnding",
    "MemberReport",
    "Milestone",
    "MilestoneEntry",
    "Plan",
    "PlanAction",
    "PlanApproval",
    "PlanCommissioner",
    "PlanCriterion",
    "PlanEnding",
    "PlanKpi",
    "PlanMilestone",
    "PlanVersion",
    "PlanWatch",
    "ProviderConcern",
    "ProviderConcernAnswer",
    "RapidEnding",
    "RapidFinding",
    "RapidReport",
    "RapidReview",
    "Stakeholder",
]
