"""What operations on an item of an agenda begin with: the item, of a meeting that the actor keeps, and that they read."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.verdict import Refused, refused
from sightline.meetings.keeping import kept_meeting
from sightline.meetings.models import AgendaItem


def kept_item(by: Actor, at: datetime, item: AgendaItem) -> AgendaItem:
    """This function will give an item that the actor keeps and may read, of a meeting that is not over."""
    today = timezone.localdate(at)
    kept_meeting(by, item.meeting, today)
    found = AgendaItem.objects.visible_to(by, today).standing().filter(pk=item.pk).select_related("meeting").first()
    if found is None:
        raise Refused(refused("There is no such item on this agenda.", "COI-04"))
    return found
