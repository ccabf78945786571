"""Which members of a meeting have not declared their interests for it, as the clock of its guidance has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from sightline.core.meetings.declaring import NEAR, Declared, not_declared
from sightline.core.meetings.quorum import MEMBERS
from sightline.core.rulebook.clocks import Clock, ClockId
from sightline.meetings.models import ItemTie, MeetingStep, NothingDeclared
from sightline.meetings.queries.live import Room
from sightline.meetings.words import Step
from sightline.rulebook.queries import clocks_of


def interest_clock(room: Room) -> Clock | None:
    """This function will give the clock by which members of a meeting declare their interests, where it runs."""
    clocks = clocks_of(room.rules.pack, room.on)
    return clocks.running(ClockId.INTEREST_DECLARATION) if clocks else None


def yet_to_declare(room: Room, on: date) -> tuple[str, ...]:
    """This function will name, by their keys, the members who have not declared for a meeting that is near or under way."""
    if room.is_over or (room.opened_at is None and (room.on - on).days > NEAR):
        return ()
    people = [str(one.person) for one in room.seats if one.person and one.part in MEMBERS]
    return not_declared(interest_clock(room), people, _declared(room), room.on)


def _declared(room: Room) -> Iterator[Declared]:
    """What was declared for this meeting and for those of the group that were held before, an interest or that there is none."""
    held = MeetingStep.objects.filter(meeting__group=room.meeting.group, step=Step.OPENED.value)
    before = held.exclude(meeting=room.meeting).filter(at__date__lte=room.on).order_by("-at", "-pk")
    ago = {key: number for number, key in enumerate([room.meeting.pk, *before.values_list("meeting", flat=True)])}
    ties = (
        ItemTie.objects.filter(item__meeting__in=ago).order_by().values_list("person", "item__meeting", "declared_at")
    )
    nothing = NothingDeclared.objects.filter(meeting__in=ago).order_by().values_list("person", "meeting", "declared_at")
    for person, meeting, at in (*ties, *nothing):
        yield Declared(str(person), ago[meeting], timezone.localdate(at))
