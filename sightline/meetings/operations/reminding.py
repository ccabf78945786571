"""Word of meetings that are coming up: for the server's clock, as often as it likes."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.meetings.messages import MEETING_SOON
from sightline.meetings.operations._telling import tell, tell_planned
from sightline.meetings.queries.calendar import coming_meetings

DAYS_BEFORE = (7, 1)  # a week for the agenda and for interests, and the day before


@operation(Permission.KEEP_MEETINGS)
def remind_of_meetings(*, by: Actor, at: datetime) -> int:
    """This function will remind whoever belongs to a meeting a week and a day before it; each once of each time.

    Whoever came to a group after its meetings were planned is invited to those that are to come.
    """
    today, told = timezone.localdate(at), 0
    for view in coming_meetings(at):
        meeting, time = view.meeting, view.time
        tell_planned(meeting, time, at)
        days = (view.held_on - today).days
        due = min((one for one in DAYS_BEFORE if days <= one), default=None)
        if due is not None:
            told += tell(MEETING_SOON, meeting, time, at, again=f"{time.number}-{due}")
    return told
