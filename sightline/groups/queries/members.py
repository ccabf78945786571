"""Who sits in a group on a day, seat by seat: what attendance and the quorum are counted on, and the contact list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.directory.words import Kind
from sightline.groups.models import AccessNeeds, Engagement, Group, RepresentativeAsked, Seat, Seating, SeatingAuthority
from sightline.groups.words import SPEAKS_AS, SeatPart


@dataclass(frozen=True, slots=True)
class DeputyOn:
    """Somebody who may stand in on a seat; ``authority`` says whether they may decide then, None where nobody has said."""

    person: UUID
    name: str
    authority: bool | None


@dataclass(frozen=True, slots=True)
class MemberOn:
    """One seat as it stands on a day, with whoever sits on it, where somebody does, and who may stand in (QUO-03, QUO-04).

    ``category`` is the id of the expected seat of the guidance, empty for one of the group's own; ``among`` names whom
    it adds among several. ``authority`` is that of whoever sits there, None where nobody has said, and ``chairs_for`` in
    whose name they chair, if they do. Seats of every part are here: whoever counts members leaves out secretaries and the
    invited.
    """

    seat: UUID
    category: str
    among: str
    part: SeatPart
    title: str
    organisation: UUID | None
    organisation_name: str
    person: UUID | None
    name: str
    authority: bool | None
    deputies: tuple[DeputyOn, ...]
    chairs_for: Slot | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One seat with whoever sits on it and stands in; ``asked`` is whom the group asked last for a representative."""

    seat: Seat
    holder: Seating | None
    deputies: tuple[Seating, ...]
    asked: RepresentativeAsked | None


def members_on(group: Group, on: date) -> tuple[MemberOn, ...]:
    """This function will give the seats of a group on a day with who sits there, by as many reads whatever its size.

    A seat on which nobody sits is here too, and so is one whose deputies alone are known. What somebody said of an
    authority counts as it is known now, whatever the day.
    """
    return tuple(_member(one) for one in contacts(group, on))


def contacts(group: Group, on: date) -> tuple[Contact, ...]:
    """This function will give the seats of a group on a day, those of the chair first, with people and what was asked."""
    seats = Seat.objects.standing_on(on).filter(group=group).select_related("organisation", "ending")
    sits = Seating.objects.in_force(on).filter(seat__group=group).select_related("person", "chairs_for")
    by_seat: dict[UUID, list[Seating]] = {}
    for one in sits.prefetch_related(_authorities()):
        by_seat.setdefault(one.seat_id, []).append(one)
    order = list(SeatPart)
    found = [_contact(seat, by_seat.get(seat.pk, ()), on) for seat in seats.prefetch_related("asked")]
    return tuple(sorted(found, key=lambda one: order.index(SeatPart(one.seat.part))))


def _authorities() -> Prefetch[str]:
    return Prefetch("authorities", SeatingAuthority.objects.order_by("recorded_at", "pk"))


def _contact(seat: Seat, sits: Iterable[Seating], on: date) -> Contact:
    everybody = list(sits)
    holder = next((one for one in everybody if not one.is_deputy), None)
    asked = [one for one in seat.asked.all() if one.asked_on <= on]
    return Contact(seat, holder, tuple(one for one in everybody if one.is_deputy), asked[-1] if asked else None)


def authority_of(seating: Seating) -> SeatingAuthority | None:
    """This function will give what was said last of somebody's authority; nothing where nobody has said."""
    said = list(seating.authorities.all())
    return said[-1] if said else None


def _decides(seating: Seating) -> bool | None:
    said = authority_of(seating)
    return said.is_confirmed if said else None


def _member(one: Contact) -> MemberOn:
    seat, holder = one.seat, one.holder
    return MemberOn(
        seat=seat.pk,
        category=seat.category,
        among=seat.among,
        part=SeatPart(seat.part),
        title=seat.title,
        organisation=seat.organisation_id,
        organisation_name=seat.organisation.name if seat.organisation else "",
        person=holder.person_id if holder else None,
        name=holder.person.display_name if holder else "",
        authority=_decides(holder) if holder else None,
        deputies=tuple(DeputyOn(sits.person_id, sits.person.display_name, _decides(sits)) for sits in one.deputies),
        chairs_for=in_the_name_of(holder) if holder else None,
    )


def in_the_name_of(seating: Seating) -> Slot | None:
    """This function will say in whose name somebody chairs a group from their seat; nothing where they do not."""
    return SPEAKS_AS.get(Kind(seating.chairs_for.kind)) if seating.chairs_for else None


def any_group(group_id: UUID) -> Group | None:
    """This function will find a group, whoever asks: whoever does holds its reader against ``groups.membership``."""
    return Group.objects.select_related("area", "ending", "subject").filter(pk=group_id).first()


def own_seatings(actor: Actor, group: Group, on: date) -> tuple[Seating, ...]:
    """This function will give where the actor sits in a group on a day, or stands in."""
    if not isinstance(actor, Person):
        return ()
    found = Seating.objects.in_force(on).filter(seat__group=group, person=actor)
    rows = found.select_related("seat__organisation", "seat__group", "person", "chairs_for")
    return tuple(rows.prefetch_related(_authorities()))


def sits_somewhere(person: Person, on: date) -> tuple[Group, ...]:
    """This function will give the groups in which somebody sits or stands in on a day."""
    seats = Seating.objects.in_force(on).filter(person=person).values("seat__group")
    return tuple(Group.objects.standing_on(on).filter(pk__in=seats).select_related("area"))


def engagements_of(group: Group) -> dict[UUID, Engagement]:
    """This function will give how each organisation hears patients and the public, as it said last (MEM-22)."""
    rows = Engagement.objects.filter(group=group).select_related("organisation").order_by("recorded_at", "pk")
    return {one.organisation_id: one for one in rows}


def needs_of(people: Iterable[UUID]) -> dict[UUID, AccessNeeds]:
    """This function will give what people need to take part, as each said it last (MTG-28)."""
    rows = AccessNeeds.objects.filter(person__in=list(people)).order_by("recorded_at", "pk")
    return {one.person_id: one for one in rows}


def member_bodies(found: Sequence[Contact]) -> dict[UUID, Organisation]:
    """This function will give the organisations that have a seat as a member, in the order of their seats."""
    members = [one.seat for one in found if SeatPart(one.seat.part) not in {SeatPart.SECRETARY, SeatPart.INVITED}]
    return {one.organisation.pk: one.organisation for one in members if one.organisation is not None}
