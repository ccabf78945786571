"""Word to the owners of actions that are due soon or overdue: for the server's clock, as often as it likes."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from sightline.actions.messages import ACTION_DUE_SOON, ACTION_OVERDUE
from sightline.actions.queries.due import due_to_tell
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.actions.standing import Pressing
from sightline.notify.queueing import queue

_KINDS = {Pressing.SOON: ACTION_DUE_SOON, Pressing.OVERDUE: ACTION_OVERDUE}


@operation(Permission.KEEP_ACTIONS)
def remind_of_actions(*, by: Actor, at: datetime) -> int:
    """This function will tell owners of open actions that are due within a week, and of those that are overdue (ACT-08).

    Each is told once of each due date and each of the two: never twice of the same.
    """
    found = 0
    for one in due_to_tell(timezone.localdate(at)):
        path, again = reverse("action", args=[one.action]), one.due_on.isoformat()
        kind, record = _KINDS[one.pressing], str(one.action)
        found += queue(at=at, kind=kind, record=record, path=path, people=[one.owner], again=again)
    return found
