"""The kinds of message about meetings: their words, which name no group, and what they bring to a calendar."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.meetings.models import Meeting
from sightline.meetings.presenters.calendar import invitation, method_of
from sightline.meetings.queries import one_meeting
from sightline.notify.kinds import Entry, Kind, make_known

MEETING_PLANNED, MEETING_MOVED, MEETING_CANCELLED = "meeting-planned", "meeting-moved", "meeting-cancelled"
MEETING_SOON = "meeting-soon"


def may_open_meeting(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still see a meeting, when word of it is sent."""
    return Meeting.objects.visible_to(person, on).filter(pk=UUID(record)).exists()


def entry_of(person: Person, record: str) -> Entry | None:
    """This function will give a meeting as it now stands, for the calendar of somebody who may see it."""
    view = one_meeting(person, timezone.localdate(), UUID(record))
    return Entry(method_of(view), invitation(view, person.email)) if view else None


def register() -> None:
    """This function will make the kinds of meetings known."""
    make_known(
        Kind(
            MEETING_PLANNED,
            "A meeting is planned",
            "A meeting to which you belong is planned. When it is stands in the invitation.",
            "{count} meetings to which you belong are planned.",
            may_open_meeting,
            entry_of,
        ),
        Kind(
            MEETING_MOVED,
            "A meeting has another time or place",
            "A meeting to which you belong was moved. The invitation takes the place of the earlier one.",
            "{count} meetings to which you belong were moved.",
            may_open_meeting,
            entry_of,
        ),
        Kind(
            MEETING_CANCELLED,
            "A meeting is cancelled",
            "A meeting to which you belong is cancelled, and comes out of your calendar.",
            "{count} meetings to which you belong are cancelled.",
            may_open_meeting,
            entry_of,
        ),
        Kind(
            MEETING_SOON,
            "A meeting is coming up",
            "A meeting to which you belong is coming up. Read its agenda, and declare an interest if you have one.",
            "{count} meetings to which you belong are coming up. Read their agendas, and declare interests if you have any.",
            may_open_meeting,
        ),
    )
