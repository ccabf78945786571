"""What every operation on the record of a meeting that is over begins with: the meeting, held, for whoever keeps it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.verdict import Refused, refused
from sightline.meetings.keeping import NOT_YOURS, comes_to, held, keeps_meetings
from sightline.meetings.models import Meeting, MeetingStep
from sightline.meetings.words import Step

NOT_HELD = refused("The note is written once the meeting is closed.", "REC-01; QSG 2017 ¶130")


def held_meeting(by: Actor, at: datetime, meeting: Meeting) -> Meeting:
    """This function will give a meeting that the actor keeps and that was held to its end, held against others who write."""
    today = timezone.localdate(at)
    if not keeps_meetings(by, meeting.system, today) or not comes_to(by, meeting, today):
        raise Refused(NOT_YOURS)
    found = held(meeting)
    if not MeetingStep.objects.filter(meeting=found, step=Step.CLOSED.value).exists():
        raise Refused(NOT_HELD)
    return found
