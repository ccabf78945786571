"""What every operation of a meeting under way begins with: the meeting held, a moment that can be, an item that is seen."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.verdict import Invalid, Refused, refused
from sightline.meetings.happening import NOT_THE_CHAIR
from sightline.meetings.keeping import comes_to, held, kept_meeting
from sightline.meetings.models import AgendaItem, Meeting
from sightline.meetings.queries.live import Room, room_of
from sightline.web.wording import clock, day

_NIGHT = timedelta(hours=6)
NOT_OPEN = refused("The meeting has not been opened yet. Open it first.", "REC-03")
CLOSED_TO_YOU = refused("An interest closes this item to you. Somebody else writes down what comes of it.", "COI-04")


def under_way(by: Actor, at: datetime, meeting: Meeting) -> Room:
    """This function will give a meeting that the actor keeps and that is under way, held against others who write."""
    room = room_of(kept_meeting(by, meeting, timezone.localdate(at)))
    if not room.is_under_way:
        raise Refused(NOT_OPEN)
    return room


def under_way_for(by: Actor, at: datetime, item: AgendaItem) -> tuple[Room, AgendaItem]:
    """This function will give an item of a meeting under way, to whoever keeps the meeting and reads the item."""
    room = under_way(by, at, item.meeting)
    return room, item_read(by, timezone.localdate(at), room, item)


def item_read(by: Actor, on: date, room: Room, item: AgendaItem) -> AgendaItem:
    """This function will give an item as it stands in the room; Refused where it is closed to the actor (COI-04)."""
    if not AgendaItem.objects.visible_to(by, on).filter(pk=item.pk).exists():
        raise Refused(CLOSED_TO_YOU)
    found = next((one for one in room.items if one.pk == item.pk), None)
    if found is None:
        raise Invalid("This item was taken off the agenda. Look at the agenda again.")
    return found


def held_for_chair(by: Actor, on: date, meeting: Meeting) -> Room:
    """This function will give a meeting, held, to whoever presides over it on its day; Refused for anybody else."""
    if not isinstance(by, Person) or not comes_to(by, meeting, on):
        raise Refused(NOT_THE_CHAIR)
    room = room_of(held(meeting))
    if not presides(by, room):
        raise Refused(NOT_THE_CHAIR)
    return room


def presides(by: Actor, room: Room) -> bool:
    """This function will say whether somebody sits as chair, co-chair or deputy chair on the day of a meeting."""
    return isinstance(by, Person) and str(by.pk) in room.presiding


def since_opened(moment: datetime | None, at: datetime, room: Room) -> datetime:
    """This function will give a moment of a meeting under way, as ``fitting`` does; not before it was opened."""
    found = fitting(moment, at, room.on)
    if room.opened_at is not None and found < room.opened_at:
        raise Invalid("The meeting had not been opened by then. Correct the time.")
    return found


def fitting(moment: datetime | None, at: datetime, on: date) -> datetime:
    """This function will give a moment of a meeting: now, or the one that was typed; not in time to come.

    It is on the day of the meeting, or in the night after it where one lasts beyond midnight.
    """
    found = moment or at
    if found > at:
        raise Invalid(
            f"{clock(timezone.localtime(found))} is yet to come. Type when it was, or leave it empty for now."
        )
    if timezone.localdate(found) != on and timezone.localdate(found - _NIGHT) != on:
        raise Invalid(f"The meeting is on {day(on)}. Type the time that it was then.")
    return found
