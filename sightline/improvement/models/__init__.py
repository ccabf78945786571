"""Records of improvement: plans in versions with their approvals, and Rapid Quality Reviews with what they found."""

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
    "Plan",
    "PlanAction",
    "PlanApproval",
    "PlanCommissioner",
    "PlanCriterion",
    "PlanKpi",
    "PlanVersion",
    "RapidEnding",
    "RapidFinding",
    "RapidReport",
    "RapidReview",
]
