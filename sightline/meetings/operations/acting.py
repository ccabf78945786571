"""An action is agreed under an item: it stands in the group's log, and keeps where it was agreed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sightline.actions.giving import Owner, Stated
from sightline.actions.operations import raise_action
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.directory.models import Subject
from sightline.meetings.models import AgendaItem, ItemAction
from sightline.meetings.operations._live import under_way_for


@operation(Permission.KEEP_MEETINGS, on="item")
def agree_action(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    stated: Stated,
    owner: Owner,
    due_on: date,
    form_key: UUID,
    subject: Subject | None = None,
    knowingly: str = "",
) -> ItemAction:
    """This function will raise an action that was agreed under an item, on the day of the meeting (ACT-01, ACT-06).

    Under an item about one subject it is about that subject, and so it is in a group about one.
    """
    room, found = under_way_for(by, at, item)
    action = raise_action(
        by=by,
        at=at,
        group=room.meeting.group,
        stated=stated,
        owner=owner,
        due_on=due_on,
        form_key=form_key,
        subject=found.subject or subject,
        raised_on=room.on,
        knowingly=knowingly,
    )
    return ItemAction.objects.create(item=found, action=action, recorded_at=at, recorded_by=by.actor_id)
