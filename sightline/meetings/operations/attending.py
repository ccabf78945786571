"""What the secretary writes down of who is there: arrivals, departures, mistakes; and to which item the meeting came."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.meetings.attending import may_stay
from sightline.core.meetings.quorum import Stay
from sightline.core.verdict import Already, Invalid, Refused, demand, refused
from sightline.groups.queries import MemberOn
from sightline.meetings.happening import Arrival
from sightline.meetings.models import AgendaItem, Departure, ItemBegun, Meeting, Presence, PresenceStruck
from sightline.meetings.operations._live import fitting, since_opened, under_way, under_way_for
from sightline.meetings.queries.live import Room, stay_of

ONE_SEAT = refused("They stand in for another seat at that time. A deputy stands in for one.", "MEM-12; QUO-04")


@operation(Permission.KEEP_MEETINGS, on="result")
def record_arrival(
    *, by: Actor, at: datetime, meeting: Meeting, arrival: Arrival, form_key: UUID, arrived_at: datetime | None = None
) -> Presence:
    """This function will write down that somebody came, for a seat, standing in, or as a guest (REC-03; MEM-12).

    They came now, unless another time is given. Raises Refused where they are there already, Invalid for somebody who
    does not sit there.
    """
    room = under_way(by, at, meeting)
    if Presence.objects.filter(form_key=form_key).exists():
        raise Already("This arrival is on record already.")
    moment = fitting(arrived_at, at, room.on)
    _demand_somebody(arrival, room)
    made = Presence(
        meeting=room.meeting,
        person=arrival.person,
        visitor=arrival.visitor.strip(),
        seat_id=arrival.seat,
        deputises=arrival.deputises,
        has_authority=arrival.has_authority,
        how=arrival.how.value,
        arrived_at=moment,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    _demand_alone(made, room)
    made.save(force_insert=True)
    return made


@operation(Permission.KEEP_MEETINGS, on="presence")
def record_departure(*, by: Actor, at: datetime, presence: Presence, left_at: datetime | None = None) -> Departure:
    """This function will write down that somebody left; whoever comes back arrives anew (REC-03)."""
    room = under_way(by, at, presence.meeting)
    found = _standing(presence, room)
    if hasattr(found, "departure"):
        raise Already("That they left is on record already.")
    moment = fitting(left_at, at, room.on)
    stay = stay_of(found)
    demand(may_stay(Stay(stay.person, stay.seat, stay.arrived, moment), _others(found, room)))
    return Departure.objects.create(presence=found, left_at=moment, recorded_at=at, recorded_by=by.actor_id)


@operation(Permission.KEEP_MEETINGS, on="presence")
def strike_presence(
    *, by: Actor, at: datetime, presence: Presence, because: str, knowingly: str = ""
) -> PresenceStruck:
    """This function will strike out an arrival that was written down wrongly; it stays on record with the reason."""
    room = under_way(by, at, presence.meeting)
    if PresenceStruck.objects.filter(presence=presence).exists():
        raise Already("This arrival is struck out already.")
    return PresenceStruck.objects.create(
        presence=_standing(presence, room),
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_MEETINGS, on="item")
def begin_item(*, by: Actor, at: datetime, item: AgendaItem, begun_at: datetime | None = None) -> ItemBegun:
    """This function will write down that the meeting came to an item; it lasts until the next one begins."""
    room, found = under_way_for(by, at, item)
    moment = since_opened(begun_at, at, room)
    now = room.now_at(at)
    if now is not None and now.pk == found.pk:
        raise Already("The meeting is at this item already.")
    return ItemBegun.objects.create(item=found, at=moment, recorded_at=at, recorded_by=by.actor_id)


# --- shared by the above


def _demand_somebody(arrival: Arrival, room: Room) -> None:
    """Raise Invalid for nobody, and for somebody who does not sit where they are said to."""
    if (arrival.person is None) == (not arrival.visitor.strip()):
        raise Invalid("Say who came: choose them, or give a name.")
    if arrival.seat is None:
        if arrival.deputises:
            raise Invalid("Choose the seat for which they stand in.")
        return
    seat = next((one for one in room.seats if one.seat == arrival.seat), None)
    if seat is None:
        raise Invalid("There is no such seat in this group on the day of the meeting. Choose another.")
    if not _sits(arrival.person, seat, deputises=arrival.deputises):
        raise Invalid(f"They do not sit there: {seat.title}. Write them down as standing in, or as a guest.")


def _sits(person: Person | None, seat: MemberOn, *, deputises: bool) -> bool:
    """Whether somebody is there for a seat by right: who has it, or anybody who stands in for them."""
    return deputises or (person is not None and person.pk == seat.person)


def _demand_alone(made: Presence, room: Room) -> None:
    """Raise Refused where they are there twice for one seat, or stand in for two at once."""
    stay = stay_of(made)
    others = [*room.stays]
    demand(may_stay(stay, others))
    if made.person is None:
        visits = [one for one in room.presences if one.visitor.casefold() == made.visitor.casefold() and one.visitor]
        if any(not hasattr(one, "departure") and one.seat_id == made.seat_id for one in visits):
            raise Refused(refused("Somebody of that name is here already. Record first when they left.", "REC-03"))
    elsewhere = [one for one in others if one.person == stay.person and one.deputises and one.seat != stay.seat]
    if made.deputises and any(one.left is None or one.left > stay.arrived for one in elsewhere):
        raise Refused(ONE_SEAT)


def _standing(presence: Presence, room: Room) -> Presence:
    found = next((one for one in room.presences if one.pk == presence.pk), None)
    if found is None:
        raise Invalid("This arrival is struck out. Look at who is here again.")
    return found


def _others(presence: Presence, room: Room) -> list[Stay]:
    pairs = zip(room.presences, room.stays, strict=True)
    return [stay for one, stay in pairs if one.pk != presence.pk]
