"""Records of improvement: plans in versions, their approvals, milestones and endings; Rapid Quality Reviews and findings."""

from sightline.improvement.models.endings import PlanEnding
from sightline.improvement.models.milestones import Milestone, MilestoneEntry, PlanMilestone, ProviderConcern
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
    "ProviderConcern",
    "RapidEnding",
    "RapidFinding",
    "RapidReport",
    "RapidReview",
]
