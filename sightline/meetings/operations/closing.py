"""How a meeting begins and ends: opened under the guidance of the day, and closed when nothing is left open."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.meetings.closing import may_close
from sightline.core.verdict import Already, Invalid, Refused, demand
from sightline.meetings.keeping import NOT_YOURS, comes_to, going_on, held, keeps_meetings
from sightline.meetings.models import AgendaItem, Meeting, MeetingStep
from sightline.meetings.operations._live import NOT_OPEN, fitting, held_for_chair, presides
from sightline.meetings.queries.closing import closing_facts
from sightline.meetings.queries.live import Room, room_of
from sightline.meetings.words import Step


@operation(Permission.SEE_MEETINGS, on="meeting")
def open_meeting(*, by: Actor, at: datetime, meeting: Meeting, opened_at: datetime | None = None) -> MeetingStep:
    """This function will open a meeting on its day, and write down by which guidance it is held (FRW-02).

    It is for whoever keeps the meetings of the group, or presides over this one. Raises Already for one that is open.
    """
    today = timezone.localdate(at)
    if not comes_to(by, meeting, today):
        raise Refused(NOT_YOURS)
    room = room_of(held(meeting))
    if not keeps_meetings(by, meeting.system, today) and not presides(by, room):
        raise Refused(NOT_YOURS)
    going_on(room.meeting)
    if Step.OPENED in room.steps:
        raise Already("The meeting is open already.")
    return _step(room, Step.OPENED, fitting(opened_at, at, room.on), by, at)


@operation(Permission.PRESIDE, on="meeting")
def close_meeting(*, by: Actor, at: datetime, meeting: Meeting, closed_at: datetime | None = None) -> MeetingStep:
    """This function will close a meeting once nothing is left open; whoever is still there leaves then (CHR-09, CHR-11).

    Raises Refused with everything that is still open, each beside its rule; and for whoever does not preside.
    """
    today = timezone.localdate(at)
    room = held_for_chair(by, today, meeting)
    going_on(room.meeting)
    if not room.is_under_way or room.opened_at is None:
        raise Refused(NOT_OPEN)
    moment = fitting(closed_at, at, room.on)
    if moment < _last(room):
        raise Invalid("Something is on record for a later time. Correct the time at which the meeting ended.")
    seen = AgendaItem.objects.visible_to(by, today).filter(meeting=room.meeting).values_list("pk", flat=True)
    demand(may_close(closing_facts(room, frozenset(seen))))
    return _step(room, Step.CLOSED, moment, by, at)


def _last(room: Room) -> datetime:
    """When the last thing happened that is on record."""
    opened = room.opened_at or room.meeting.recorded_at
    came = [moment for one in room.stays for moment in (one.arrived, one.left) if moment is not None]
    outcomes = [one.at for item in room.items for one in item.outcomes.all()]
    return max([opened, *came, *outcomes, *(one.at for one in room.begun)])


def _step(room: Room, step: Step, moment: datetime, by: Actor, at: datetime) -> MeetingStep:
    return MeetingStep.objects.create(
        meeting=room.meeting,
        step=step.value,
        at=moment,
        pack=room.rules.pack,
        rules_version=room.rules.version,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
