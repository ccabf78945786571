"""Changes to what is known of members: their authority, whom a group asks for, their needs, how a body hears people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.groups.keeping import SOURCE, keeps_system, kept
from sightline.groups.member_words import Need
from sightline.groups.models import (
    AccessNeeds,
    Engagement,
    Group,
    RepresentativeAsked,
    Seat,
    SeatEnding,
    Seating,
    SeatingAuthority,
)
from sightline.groups.queries import contacts, last_of, member_bodies, own_seatings
from sightline.web.wording import day


@operation(Permission.KEEP_GROUPS, on="seating")
def record_authority(
    *,
    by: Actor,
    at: datetime,
    seating: Seating,
    is_confirmed: bool,
    said_by: str,
    approver: str = "",
    approves_on: date | None = None,
) -> SeatingAuthority:
    """This function will record whether somebody may decide for their organisation in a group, and who said so.

    Where they may not, ``approver`` is the body that has to approve, and ``approves_on`` the day on which it does, where
    that is known (MEM-12, MEM-14). Raises Invalid where the words do not fit, Already where the same is on record.
    """
    today, said_by, approver = timezone.localdate(at), said_by.strip(), approver.strip()
    kept(by, seating.seat.group, today)
    last = last_of(seating)
    problems = []
    if last is not None and last <= today:
        problems.append(f"They have not sat there since {day(last)}.")
    if not said_by:
        problems.append("Say who said so, by their post, and where.")
    if not is_confirmed and not approver:
        problems.append("Say which body has to approve what they cannot decide.")
    if is_confirmed and (approver or approves_on):
        problems.append("Whoever may decide needs no other body to approve: say one of the two.")
    if problems:
        raise Invalid(*problems)
    newest = SeatingAuthority.objects.filter(seating=seating).order_by("-recorded_at", "-pk").first()
    told = (is_confirmed, approver, approves_on, said_by)
    if newest and (newest.is_confirmed, newest.approver, newest.approves_on, newest.said_by) == told:
        raise Already("This is on record already.")
    why_it_stays([said_by, approver])
    return SeatingAuthority.objects.create(
        seating=seating,
        is_confirmed=is_confirmed,
        approver=approver,
        approves_on=approves_on,
        said_by=said_by,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_GROUPS, on="seat")
def ask_for_representative(
    *,
    by: Actor,
    at: datetime,
    seat: Seat,
    asked: str,
    asked_on: date | None = None,
    answer_by: date | None = None,
) -> RepresentativeAsked:
    """This function will record that an organisation was asked whom it sends onto an empty seat (MEM-16; QSG 2017 ¶87).

    ``asked`` names who was asked by their post, and how. Raises Invalid where somebody sits there, and where the days
    do not fit.
    """
    today, asked = timezone.localdate(at), asked.strip()
    group = kept(by, seat.group, today)
    when = asked_on or today
    if not asked:
        raise Invalid("Say who was asked, by their post, and how.")
    if SeatEnding.objects.filter(seat=seat, ends_on__lte=today).exists():
        raise Invalid("This seat was ended. Nobody is asked for it any more.")
    if Seating.objects.in_force(today).filter(seat=seat, is_deputy=False).exists():
        raise Invalid("Somebody sits there. Say first from when on they no longer do.")
    if not group.begun_on <= when <= today:
        raise Invalid("Give the day on which they were asked: not before the group began, and not yet to come.")
    if answer_by is not None and answer_by < when:
        raise Invalid("The answer cannot be due before it was asked for.")
    why_it_stays([asked])
    return RepresentativeAsked.objects.create(
        seat=seat, asked=asked, asked_on=when, answer_by=answer_by, recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def say_access_needs(*, by: Actor, at: datetime, needs: Collection[Need], words: str = "") -> AccessNeeds:
    """This function will record what somebody needs to take part in meetings, as they say it themself (MTG-28).

    Nobody says it for another. It replaces what they said before. Raises Already where it is the same.
    """
    if not isinstance(by, Person):
        raise Refused(refused("Only a person who is signed in has needs of their own.", SOURCE))
    told = sorted(Need(one).value for one in needs)
    words = words.strip()
    newest = AccessNeeds.objects.filter(person=by).order_by("-recorded_at", "-pk").first()
    if (newest.needs, newest.words) == (told, words) if newest else not told and not words:
        raise Already("This is on record already.")
    return AccessNeeds.objects.create(person=by, needs=told, words=words, recorded_at=at, recorded_by=by.actor_id)


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def tell_engagement(*, by: Actor, at: datetime, group: Group, organisation: Organisation, words: str) -> Engagement:
    """This function will record how a member organisation hears patients and the public (MEM-22; QSG 2017 ¶39).

    Whoever sits in the group for it says so, or who keeps the group. Raises Refused for anybody else and for a body
    without a seat, Already where the same is on record.
    """
    today, words = timezone.localdate(at), words.strip()
    if organisation.pk not in member_bodies(contacts(group, today)):
        raise Refused(refused("An organisation that has a seat as a member says so.", "QSG 2017 ¶39"))
    if keeps_system(by, group.system, today):
        group = kept(by, group, today)
    elif all(one.seat.organisation_id != organisation.pk for one in own_seatings(by, group, today)):
        raise Refused(refused("Whoever sits in the group for an organisation says so for it.", "QSG 2017 ¶39"))
    if not words:
        raise Invalid("Say how the organisation hears patients and the public.")
    newest = Engagement.objects.filter(group=group, organisation=organisation).order_by("-recorded_at", "-pk").first()
    if newest is not None and newest.words == words:
        raise Already("This is on record already.")
    why_it_stays([words])
    return Engagement.objects.create(
        group=group, organisation=organisation, words=words, recorded_at=at, recorded_by=by.actor_id
    )
