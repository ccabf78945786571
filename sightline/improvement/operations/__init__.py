"""What people do to improve: plans are written, approved and ended, milestones noted; reviews are called and closed."""

from sightline.improvement.operations.endings import end_plan
from sightline.improvement.operations.milestones import note_milestone, tell_concern, update_milestone
from sightline.improvement.operations.plans import approve_plan, begin_plan, restate_plan
from sightline.improvement.operations.reviews import call_review, close_review, record_report, write_findings

__all__ = [
    "approve_plan",
    "begin_plan",
    "call_review",
    "close_review",
    "end_plan",
    "note_milestone",
    "record_report",
    "restate_plan",
    "tell_concern",
    "update_milestone",
    "write_findings",
]
