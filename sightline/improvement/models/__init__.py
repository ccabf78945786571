"""Records of improvement: plans, each version of them with its parts, and their approvals."""

from sightline.improvement.models.plans import (
    Plan,
    PlanAction,
    PlanApproval,
    PlanCommissioner,
    PlanCriterion,
    PlanKpi,
    PlanVersion,
)

__all__ = ["Plan", "PlanAction", "PlanApproval", "PlanCommissioner", "PlanCriterion", "PlanKpi", "PlanVersion"]
