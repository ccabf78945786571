"""What people do to improve: plans are written, approved and ended, milestones noted; reviews and groups begin and end."""

from sightline.improvement.operations.endings import end_plan
from sightline.improvement.operations.improving import (
    convene_group,
    end_improvement_group,
    name_stakeholder,
    record_agreement_to_end,
    record_told,
    watch_plans,
)
from sightline.improvement.operations.milestones import answer_concern, note_milestone, tell_concern, update_milestone
from sightline.improvement.operations.plans import approve_plan, begin_plan, restate_plan
from sightline.improvement.operations.reviews import call_review, close_review, record_report, write_findings

__all__ = [
    "answer_concern",
    "approve_plan",
    "begin_plan",
    "call_review",
    "close_review",
    "convene_group",
    "end_improvement_group",
    "end_plan",
    "name_stakeholder",
    "note_milestone",
    "record_agreement_to_end",
    "record_report",
    "record_told",
    "restate_plan",
    "tell_concern",
    "update_milestone",
    "watch_plans",
    "write_findings",
]
