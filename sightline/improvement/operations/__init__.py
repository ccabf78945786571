"""What people do to improve: plans are begun, written anew, approved; reviews are called, find, report, are closed."""

from sightline.improvement.operations.plans import approve_plan, begin_plan, restate_plan
from sightline.improvement.operations.reviews import call_review, close_review, record_report, write_findings

__all__ = [
    "approve_plan",
    "begin_plan",
    "call_review",
    "close_review",
    "record_report",
    "restate_plan",
    "write_findings",
]
