"""Meetings under way for tests: a group of twenty members with an agenda, as though it had always been planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.meetings.agenda_kinds import Kind, Purpose
from sightline.core.rulebook.meeting import Moment
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind as Body
from sightline.groups.models import Group, Seat
from sightline.groups.words import SeatPart
from sightline.meetings import operations
from sightline.meetings.happening import Arrival
from sightline.meetings.models import (
    AgendaItem,
    Departure,
    ItemWording,
    Meeting,
    MeetingStep,
    MeetingTime,
    Presence,
)
from sightline.meetings.words import How, Mode, Step
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import an_organisation
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world

CATEGORIES = ("icb", "local-authority", "provider-collaboratives", "lay", "nhs-england-region")
MEMBERS = 20
MADE = {"recorded_at": LONG_AGO, "recorded_by": "operator:test"}


@dataclass(frozen=True)
class Live:
    """A meeting on this day, with its group: a chair, a deputy chair and eighteen more, each category among them."""

    world: World
    group: Group
    meeting: Meeting
    items: tuple[AgendaItem, ...]
    people: dict[str, Person]
    seats: dict[str, Seat]
    bodies: dict[str, Organisation]

    @property
    def secretary(self) -> Person:
        """Whoever keeps the record."""
        return self.world.secretary

    @property
    def chair(self) -> Person:
        """Whoever chairs."""
        return self.people["chair"]


def a_live_meeting(kind: str = "system-group", count: int = MEMBERS, items: int = 5, **more: Any) -> Live:
    """This function will make a group of twenty with a meeting on this day; the fourth item is about the world's trust."""
    world = a_world()
    group = a_group(world.board, kind, name="Lantern quality group", system=SYSTEM, **more)
    names = ["chair", "deputy-chair", *CATEGORIES, *(f"member-{n}" for n in range(1, count - 6))]
    people, seats, bodies = {}, {}, {}
    for number, name in enumerate(names):
        body = an_organisation(f"ZB{number}", f"Body {number}", Body.NHS_TRUST) if name != "lay" else None
        part = {"chair": SeatPart.CHAIR, "deputy-chair": SeatPart.DEPUTY_CHAIR}.get(name, SeatPart.MEMBER)
        category = "" if name.startswith("member") else name
        role = Role.CHAIR if name in {"chair", "deputy-chair"} else Role.MEMBER
        people[name] = a_person(Grant(role, system=SYSTEM), display_name=f"Person of {name}")
        seats[name] = a_seat(group, f"Seat of {name}", part, category=category, organisation=body)
        a_seating(seats[name], people[name])
        if body is not None:
            bodies[name] = body
    meeting = a_meeting(group)
    made = tuple(
        an_item(meeting, f"Matter {n}", world.subject if n == 4 else None, place=n) for n in range(1, items + 1)
    )
    return Live(world, group, meeting, made, people, seats, bodies)


def a_meeting(group: Group, starts_at: datetime | None = None, **more: Any) -> Meeting:
    """This function will make a meeting that was planned long ago: now, where no time is given."""
    begins = starts_at or timezone.now()
    made = Meeting.objects.create(group=group, system=group.system, form_key=uuid4(), **{**MADE, **more})
    MeetingTime.objects.create(
        meeting=made, number=1, starts_at=begins, ends_at=begins + timedelta(hours=2), mode=Mode.VIRTUAL.value, **MADE
    )
    return made


def an_item(meeting: Meeting, title: str = "A matter", subject: Subject | None = None, **more: Any) -> AgendaItem:
    """This function will put an item on the agenda of a meeting."""
    kind = Kind.SUBJECT if subject else Kind.STANDING
    given = {"kind": kind.value, "moment": Moment.BETWEEN.value, "key": str(uuid4()), "place": 500, **MADE, **more}
    made = AgendaItem.objects.create(
        meeting=meeting, group=meeting.group, system=meeting.system, subject=subject, **given
    )
    ItemWording.objects.create(
        item=made, number=1, title=title, minutes=10, purpose=Purpose.SHARE.value, inequality="None found", **MADE
    )
    return made


def opened(live: Live, at: datetime | None = None) -> MeetingStep:
    """This function will open a meeting, as though the secretary had."""
    return MeetingStep.objects.create(
        meeting=live.meeting, step=Step.OPENED.value, at=at or timezone.now(), pack="sqg-2022",
        rules_version="sqg-2022 v1", **MADE,
    )  # fmt: skip


def a_presence(live: Live, name: str, at: datetime | None = None, **more: Any) -> Presence:
    """This function will have whoever sits on a seat be there, from when the meeting begins or another time."""
    given = {"person": live.people[name], "seat": live.seats[name], "how": How.IN_ROOM.value, **MADE, **more}
    return Presence.objects.create(meeting=live.meeting, arrived_at=at or timezone.now(), form_key=uuid4(), **given)


def a_departure(presence: Presence, at: datetime) -> Departure:
    """This function will have somebody leave."""
    return Departure.objects.create(presence=presence, left_at=at, **MADE)


def ten_of_twenty(live: Live, at: datetime | None = None, *, without: str = "") -> dict[str, Presence]:
    """This function will have ten of twenty be there, each category among them but for one that is left out."""
    names = ["chair", *CATEGORIES, *(f"member-{n}" for n in range(1, 6))][: 11 if without else 10]
    return {name: a_presence(live, name, at) for name in names if name != without}


def arrival_of(live: Live, name: str, **more: Any) -> Arrival:
    """This function will make the arrival of whoever sits on a seat."""
    return Arrival(**{"how": How.IN_ROOM, "person": live.people[name], "seat": live.seats[name].pk, **more})


def arrives(live: Live, arrival: Arrival, **more: Any) -> Presence:
    """This function will have the secretary write down an arrival."""
    given = {"by": live.secretary, "at": timezone.now(), "form_key": uuid4(), **more}
    return operations.record_arrival(meeting=live.meeting, arrival=arrival, **given)
