"""Reads of standing groups and offices: who holds a role on a day, and by which guidance a system works."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.models import Person, RoleGrant
from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.groups.models import Group, GroupGuidance, Office, Seat, Seating
from sightline.groups.words import SeatPart
from sightline.rulebook.queries import pack_in_force

# A group has no office of its own: what goes to it goes to those who chair it and keep its papers.
GROUP_KINDS: Mapping[Slot, str] = {
    Slot.PLACE_GROUP: "place-group",
    Slot.SYSTEM_QUALITY_GROUP: "system-group",
    Slot.REGIONAL_QUALITY_GROUP: "regional-group",
    Slot.REGIONAL_SUPPORT_GROUP: "regional-support-group",
    Slot.SYSTEM_OVERSIGHT_COMMITTEE: "oversight-committee",
}
_RECEIVING = (SeatPart.CHAIR, SeatPart.SECRETARY)


def offices_of(actor: Actor, on: date) -> list[Office]:
    """This function will give the offices that the actor holds on the day, each with its organisation."""
    if not isinstance(actor, Person):
        return []
    return list(Office.objects.in_force(on).filter(person=actor).select_related("organisation", "ending"))


def holders(slot: Slot, organisation: UUID | None, on: date) -> tuple[Person, ...]:
    """This function will give who holds a role for a body on a day; without a body, whoever holds it for any.

    A group is reached through those who chair it and keep its papers. Nobody may hold a role: whoever asks says so.
    """
    found = Office.objects.in_force(on).filter(slot=slot.value)
    if organisation is not None:
        found = found.filter(organisation=organisation)
    people = {office.person_id: office.person for office in found.select_related("person")}
    if slot in GROUP_KINDS:
        people |= _seated(GROUP_KINDS[slot], organisation, on)
    return tuple(sorted(people.values(), key=lambda one: (one.display_name, str(one.pk))))


def _seated(kind: str, organisation: UUID | None, on: date) -> dict[UUID, Person]:
    groups = Group.objects.standing_on(on).filter(kind=kind)
    if organisation is not None:
        groups = groups.filter(area=organisation)
    sits = Seating.objects.in_force(on).filter(seat__group__in=groups, seat__part__in=[one.value for one in _RECEIVING])
    return {one.person_id: one.person for one in sits.select_related("person")}


def person_of(actor_id: str) -> UUID | None:
    """This function will give the person whom a record names as its writer; nothing for whoever is no person."""
    kind, _, key = actor_id.partition(":")
    try:
        return UUID(key) if kind == "person" else None
    except ValueError:
        return None


def group_for(system: str, on: date) -> Group | None:
    """This function will give the quality group of a system, or of a region, that stands on the day."""
    kinds = [GROUP_KINDS[Slot.SYSTEM_QUALITY_GROUP], GROUP_KINDS[Slot.REGIONAL_QUALITY_GROUP]]
    found = Group.objects.standing_on(on).filter(kind__in=kinds, area__code=system)
    return found.order_by("-begun_on", "pk").first() if system else None


@until_anything_changes
def pack_of(system: str, on: date) -> str:
    """This function will name the guidance by which a system's group works on a day (FRW-02).

    That is what the group itself laid down for itself and, where it never did, the guidance in force.
    """
    group = group_for(system, on)
    if group is not None:
        laid_down = GroupGuidance.objects.filter(group=group, from_on__lte=on).order_by("-from_on").first()
        if laid_down is not None:
            return laid_down.pack
    return pack_in_force(on).id


def somebody_sits_for(organisation: Organisation, systems: frozenset[str], on: date) -> bool:
    """This function will say whether a body has a seat, or somebody who works for it a role, in a group of these systems."""
    seats = Seat.objects.filter(organisation=organisation, group__system__in=systems)
    roles = RoleGrant.objects.filter(organisation=organisation.code, system__in=systems, valid_from__lte=on)
    roles = roles.filter(Q(valid_to=None) | Q(valid_to__gt=on), Q(ending=None) | Q(ending__ends_on__gt=on))
    return seats.exists() or roles.exists()
