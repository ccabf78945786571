"""Reads of how a group works with councils that cannot come to each of its meetings (MEM-21; QSG 2017 ¶69-71)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.models import Person, RoleGrant
from sightline.directory.models import Organisation
from sightline.groups.models import CouncilArrangement, Group, Seating
from sightline.groups.queries.safeguarding import councils_of


@dataclass(frozen=True, slots=True)
class CouncilView:
    """One council of a group: who sits there for it, and what was agreed instead of regular attendance, if it was."""

    organisation: Organisation
    sitters: tuple[Seating, ...]
    row: CouncilArrangement | None


def councils_with(group: Group, on: date) -> list[CouncilView]:
    """This function will list the councils of a group with who sits there for each and what was agreed with it."""
    councils = councils_of(group, on)
    rows = arrangements(group)
    sits: dict[UUID, list[Seating]] = {}
    found = Seating.objects.in_force(on).filter(seat__group=group, seat__organisation__in=councils)
    for one in found.select_related("person", "seat").order_by("is_deputy", "person__display_name", "pk"):
        if one.seat.organisation_id:
            sits.setdefault(one.seat.organisation_id, []).append(one)
    return [CouncilView(one, tuple(sits.get(one.pk, ())), rows.get(one.pk)) for one in councils]


def arrangements(group: Group) -> dict[UUID, CouncilArrangement]:
    """This function will give what holds with each council, by its key."""
    rows = CouncilArrangement.objects.filter(group=group).select_related("council")
    return {one.council_id: one for one in rows.order_by("as_of", "recorded_at", "pk")}


def people_of(councils: Mapping[UUID, Organisation], group: Group, on: date) -> dict[UUID, list[Person]]:
    """This function will name, by council, who may be asked to come: who sits here for it, or holds a role for it here."""
    found: dict[UUID, dict[UUID, Person]] = {key: {} for key in councils}
    sits = Seating.objects.in_force(on).filter(seat__group=group, seat__organisation__in=list(councils))
    for one in sits.select_related("person", "seat").order_by("is_deputy", "pk"):
        if one.seat.organisation_id:
            found[one.seat.organisation_id][one.person_id] = one.person
    by_code = {one.code: key for key, one in councils.items()}
    grants = RoleGrant.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), Q(ending=None) | Q(ending__ends_on__gt=on), valid_from__lte=on,
        organisation__in=list(by_code), system=group.system, person__is_active=True,
    )  # fmt: skip
    for grant in grants.select_related("person").order_by("valid_from", "pk"):
        found[by_code[grant.organisation]].setdefault(grant.person_id, grant.person)
    return {key: list(some.values()) for key, some in found.items()}
