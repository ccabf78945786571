"""Reads of who told their organisation what came of a meeting, and who has yet to (MEM-17; QSG 2017 ¶41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from sightline.accounts.models import Person
from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Permission, may
from sightline.groups.models import Seating
from sightline.groups.queries import members_on
from sightline.groups.words import SeatPart
from sightline.meetings.models import Meeting, NotePassage, NoteSharing, ToldOrganisation
from sightline.meetings.queries.meetings import MeetingView, views_of

REMINDED = timedelta(days=120)  # what lies longer back is in sight of the secretariat, and reminds nobody
_NO_MEMBERS = (SeatPart.INVITED.value, SeatPart.SECRETARY.value)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who sat for an organisation on the day of a meeting, and whether they told it what came of it."""

    title: str
    organisation: str
    name: str
    told: ToldOrganisation | None


@dataclass(frozen=True, slots=True)
class ToTell:
    """A meeting of which somebody has not yet told the organisation for which they sit."""

    view: MeetingView
    seating: Seating


def members_who_tell(view: MeetingView) -> list[Member]:
    """This function will list who sat for an organisation on the day of a meeting, whoever has yet to tell theirs first."""
    told = {one.seat_id: one for one in ToldOrganisation.objects.filter(meeting=view.meeting)}
    found = [
        Member(one.title, one.organisation_name, one.name, told.get(one.seat))
        for one in members_on(view.meeting.group, view.held_on)
        if one.organisation is not None and one.part.value not in _NO_MEMBERS
    ]
    return sorted(found, key=lambda one: (one.told is not None, one.organisation, one.title))


def own_telling(actor: Actor, on: date, meeting: Meeting) -> tuple[list[ToldOrganisation], list[ToTell]]:
    """This function will give what the reader recorded of a meeting for their organisation, and what they have yet to."""
    owed = _owed(actor, on, NoteSharing.objects.filter(meeting=meeting))
    rows = ToldOrganisation.objects.filter(meeting=meeting, recorded_by=actor.actor_id)
    return list(rows.select_related("organisation")), owed


@until_anything_changes
def waiting_to_tell(actor: Actor, on: date) -> list[ToTell]:
    """This function will list the meetings of the last months of which the reader has yet to tell their organisation."""
    return _owed(actor, on, NoteSharing.objects.filter(at__date__gte=on - REMINDED))


def _owed(actor: Actor, on: date, shared: QuerySet[NoteSharing]) -> list[ToTell]:
    """What is owed of meetings whose notes were shared, and of which the reader reads something."""
    if not isinstance(actor, Person) or not may(actor, Permission.SHARE_INTELLIGENCE, on):
        return []
    sits = Seating.objects.in_force(on).filter(person=actor.pk, seat__organisation__isnull=False)
    by_group: dict[UUID, list[Seating]] = {}
    for one in sits.exclude(seat__part__in=_NO_MEMBERS).select_related("seat__organisation").order_by("pk"):
        by_group.setdefault(one.seat.group_id, []).append(one)
    if not by_group:
        return []
    read = NotePassage.objects.visible_to(actor, on).order_by().values("meeting")
    meetings = Meeting.objects.visible_to(actor, on).filter(group__in=list(by_group), pk__in=shared.values("meeting"))
    views = views_of(list(meetings.filter(pk__in=read).select_related("group")))
    done = set(
        ToldOrganisation.objects.filter(meeting__in=[one.meeting.pk for one in views]).values_list("meeting", "seat")
    )
    owed = [
        ToTell(view, seating)
        for view in views
        for seating in by_group[view.meeting.group_id]
        if seating.valid_from <= view.held_on and (view.meeting.pk, seating.seat_id) not in done
    ]
    return sorted(owed, key=lambda one: (one.view.time.starts_at, str(one.seating.pk)))
