"""What people do with actions: raise, word anew, hand over, make due, report, look at, close, open again; and remind."""

from sightline.actions.operations.doing import close_action, reopen_action, report_on_action, review_action
from sightline.actions.operations.raising import change_due_date, change_owner, raise_action, restate_action
from sightline.actions.operations.reminding import remind_of_actions

__all__ = [
    "change_due_date",
    "change_owner",
    "close_action",
    "raise_action",
    "remind_of_actions",
    "reopen_action",
    "report_on_action",
    "restate_action",
    "review_action",
]
