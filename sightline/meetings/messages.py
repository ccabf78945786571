"""The kinds of message about meetings: their words, which name no group, and what they bring to a calendar."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.meetings.calendar import invitation, method_of
from sightline.meetings.models import Meeting, WrittenQuestion
from sightline.meetings.queries import one_meeting
from sightline.notify.kinds import Entry, Kind, make_known

MEETING_PLANNED, MEETING_MOVED, MEETING_CANCELLED = "meeting-planned", "meeting-moved", "meeting-cancelled"
MEETING_SOON = "meeting-soon"
ASKED_IN_WRITING, DECIDED_IN_WRITING = "asked-in-writing", "decided-in-writing"
WAITS_FOR_THE_CHAIR = "waits-for-the-chair"


def may_open_meeting(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still see a meeting, when word of it is sent."""
    return Meeting.objects.visible_to(person, on).filter(pk=UUID(record)).exists()


def entry_of(person: Person, record: str) -> Entry | None:
    """This function will give a meeting as it now stands, for the calendar of somebody who may see it."""
    view = one_meeting(person, timezone.localdate(), UUID(record))
    return Entry(method_of(view), invitation(view, person.email)) if view else None


def may_open_question(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still read a question, when word of it is sent."""
    return WrittenQuestion.objects.visible_to(person, on).filter(pk=UUID(record)).exists()


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
        Kind(
            ASKED_IN_WRITING,
            "A group asks for your answer in writing",
            "A group in which you sit asks for your answer before its next meeting. Silence does not count as agreement.",
            "Groups in which you sit ask for {count} answers before their next meetings. Silence does not count.",
            may_open_question,
        ),
        Kind(
            DECIDED_IN_WRITING,
            "There is a result of what you were asked in writing",
            "It is on record what came of something that a group asked its members in writing.",
            "It is on record what came of {count} things that groups asked their members in writing.",
            may_open_question,
        ),
        Kind(
            WAITS_FOR_THE_CHAIR,
            "Something waits for you as the chair",
            "Something between meetings waits for whoever chairs the group.",
            "{count} things between meetings wait for whoever chairs the group.",
            may_open_question,
        ),
    )
