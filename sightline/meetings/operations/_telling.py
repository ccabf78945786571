"""Word of a meeting to whoever belongs to it: planned, moved, cancelled."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from sightline.meetings.messages import MEETING_CANCELLED, MEETING_MOVED, MEETING_PLANNED, MEETING_SOON
from sightline.meetings.models import Meeting, MeetingTime
from sightline.meetings.queries.calendar import belonging
from sightline.notify.queueing import queue


def tell_planned(meeting: Meeting, time: MeetingTime, at: datetime) -> None:
    """This function will invite whoever belongs to a meeting."""
    tell(MEETING_PLANNED, meeting, time, at)


def tell_moved(meeting: Meeting, time: MeetingTime, at: datetime) -> None:
    """This function will tell whoever belongs to a meeting of its other time or place."""
    tell(MEETING_MOVED, meeting, time, at, again=str(time.number))


def tell_cancelled(meeting: Meeting, time: MeetingTime, at: datetime) -> None:
    """This function will tell whoever belongs to a meeting that it is cancelled."""
    tell(MEETING_CANCELLED, meeting, time, at)


def tell(kind: str, meeting: Meeting, time: MeetingTime, at: datetime, again: str = "") -> int:
    """This function will queue word of a meeting to whoever belongs to it, and say to how many it is new."""
    path = reverse("meeting", args=[meeting.pk])
    people = belonging(meeting, timezone.localdate(time.starts_at))
    is_invitation = kind != MEETING_SOON  # an invitation in a letter of its own: a mailbox takes one from each
    return queue(
        at=at, kind=kind, record=str(meeting.pk), path=path, people=people, again=again, is_urgent=is_invitation
    )
