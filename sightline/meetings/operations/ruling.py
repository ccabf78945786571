"""Interests in a meeting: a member declares one for an item, and whoever chairs rules on what follows from it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.meetings.interests import Measure, Ruling, may_rule
from sightline.core.verdict import Already, Invalid, Refused, demand, refused
from sightline.meetings.keeping import comes_to, going_on, held, keeps_meetings
from sightline.meetings.models import AgendaItem, ItemRuling, ItemTie, Meeting, NothingDeclared
from sightline.meetings.operations._live import CLOSED_TO_YOU, held_for_chair, item_read
from sightline.meetings.queries.live import room_of
from sightline.meetings.queries.writing import is_asked_in_writing

NOT_OF_IT = refused("Whoever sits in the group or is at the meeting declares an interest for its items.", "COI-01")


@operation(Permission.DECLARE_INTEREST, on="item")
def declare_tie(*, by: Actor, at: datetime, item: AgendaItem, person: Person, detail: str, form_key: UUID) -> ItemTie:
    """This function will declare an interest in an item, for oneself or, as the secretary, for whoever said so (COI-01).

    From then on the item is closed to them, until whoever chairs rules on it (COI-04).
    """
    today = timezone.localdate(at)
    meeting = held(item.meeting)
    is_own = isinstance(by, Person) and by.pk == person.pk
    keeps = keeps_meetings(by, meeting.system, today)
    if not comes_to(by, meeting, today) or not (is_own or keeps):
        raise Refused(NOT_OF_IT)
    if not is_asked_in_writing(item):
        going_on(meeting)
    if ItemTie.objects.filter(form_key=form_key).exists():
        raise Already("This interest is on record already.")
    if not is_own and not AgendaItem.objects.visible_to(by, today).filter(pk=item.pk).exists():
        raise Refused(CLOSED_TO_YOU)
    room = room_of(meeting)
    if str(person.pk) not in room.names:
        raise Refused(NOT_OF_IT)
    if not detail.strip():
        raise Invalid("Say what ties you to it: a post, shares, somebody close.")
    return ItemTie.objects.create(
        item=item,
        person=person,
        detail=detail.strip(),
        declared_at=at,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.DECLARE_INTEREST, on="meeting")
def declare_nothing(*, by: Actor, at: datetime, meeting: Meeting, person: Person) -> NothingDeclared:
    """This function will write down that a member has no interest to declare for a meeting (MTG-22; SQG 2022 Annex A).

    They say so themselves, or the secretary writes it down for whoever said so. An interest may be declared all the same
    later on. Raises Already where they declared either.
    """
    today = timezone.localdate(at)
    found = held(meeting)
    is_own = isinstance(by, Person) and by.pk == person.pk
    if not comes_to(by, found, today) or not (is_own or keeps_meetings(by, found.system, today)):
        raise Refused(NOT_OF_IT)
    going_on(found)
    if str(person.pk) not in room_of(found).names:
        raise Refused(NOT_OF_IT)
    ties = ItemTie.objects.filter(item__meeting=found, person=person)
    if ties.exists() or NothingDeclared.objects.filter(meeting=found, person=person).exists():
        raise Already("They have declared for this meeting already.")
    return NothingDeclared.objects.create(
        meeting=found, person=person, declared_at=at, recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.PRESIDE, on="item")
def rule_on_interest(
    *, by: Actor, at: datetime, item: AgendaItem, person: Person, measure: Measure, because: str, knowingly: str = ""
) -> ItemRuling:
    """This function will rule on somebody's interest in an item; it holds at once, for papers and for the quorum (COI-02).

    It is done while the meeting lasts, and after it while the members are asked about the item in writing (QUO-08).
    Raises Refused for whoever does not preside, and for whoever is tied to the item themselves (CHR-06, CHR-07).
    """
    today = timezone.localdate(at)
    room = held_for_chair(by, today, item.meeting)
    if not is_asked_in_writing(item):
        going_on(room.meeting)
    assert isinstance(by, Person), "only a person presides"
    key = str(person.pk)
    ties = room.ties_to(item)
    if key not in {one.person for one in ties} | {one.person for one in room.interests.rulings}:
        raise Invalid("Nothing ties them to this item. Let them declare an interest first.")
    ruling = Ruling(key, str(item.pk), measure, str(by.pk), at, because.strip())
    demand(may_rule(ruling, room.presiding, room.interests.ties, room.interests.rulings))
    found = item_read(by, today, room, item)
    number = ItemRuling.objects.filter(item=found, person=person).count() + 1
    return ItemRuling.objects.create(
        item=found,
        person=person,
        number=number,
        measure=measure.value,
        ruled_by=by,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        at=at,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
