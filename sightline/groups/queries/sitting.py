"""What the guidance would have otherwise in who sits in a group, and what is asked of whoever sits there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.db.models import Prefetch

from sightline.core.groups.sitting import Authority, Place, Remark, Sitter, missing_for_each, remarks
from sightline.core.rulebook.groups import GroupType, SeatPart
from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.role_cards import RoleCard, RoleCards
from sightline.directory.models import Organisation
from sightline.directory.queries import regions_of
from sightline.directory.words import PROVIDERS, Kind
from sightline.groups.models import Group, Office, Seat, Seating
from sightline.groups.queries.members import authority_of
from sightline.groups.queries.standing_pages import GroupView, SeatView, last_of, pack_of_group
from sightline.groups.words import SPEAKS_AS
from sightline.rulebook.queries import pack, part_of


def sitting_remarks(view: GroupView, on: date) -> tuple[Remark, ...]:
    """This function will say what the guidance would have otherwise in who sits in a group; nothing of one that is over."""
    kind = view.now.kind
    if kind is None or not view.stands:
        return ()
    held = _offices(kind, view.group, on) if kind.chairs and not kind.about_one else {}
    places = tuple(_place(one.seat, one, held) for one in view.seats)
    each = {Tier.SYSTEM: _systems_of(view.group, on)} if any(one.for_each for one in kind.seats) else {}
    return (*remarks(kind, places, on), *missing_for_each(kind, places, each, on), *_elsewhere(view, kind, on))


def _elsewhere(view: GroupView, kind: GroupType, on: date) -> tuple[Remark, ...]:
    """Whether a system sits in the group of its region, as each of them is to (MEM-19; SQG 2022 §2.8, §3.7)."""
    if kind.slot is not Slot.SYSTEM_QUALITY_GROUP:
        return ()
    area, found = view.group.area, list[Remark]()
    for other in view.types.types:
        there = view.beside.get(other.id)
        if there is not None and any(one.for_each is Tier.SYSTEM for one in other.seats):
            own = {Tier.SYSTEM: {area.code: area.name}}
            found.extend(missing_for_each(other, _places(there, on), own, on, there.name))
    return tuple(found)


def _places(group: Group, on: date) -> tuple[Place, ...]:
    sits = Prefetch("seatings", Seating.objects.select_related("person", "ending"))
    rows = Seat.objects.standing_on(on).filter(group=group).select_related("organisation", "ending")
    found = rows.prefetch_related(sits, "seatings__authorities")
    return tuple(_place(one, SeatView(one, tuple(one.seatings.all()), ())) for one in found)


def _offices(kind: GroupType, group: Group, on: date) -> dict[UUID, frozenset[Slot]]:
    """By person, the offices of the group's own system in whose name it is chaired (CHR-02)."""
    found: dict[UUID, set[Slot]] = {}
    slots = {one.who.value for one in kind.chairs}
    for one in Office.objects.in_force(on).filter(slot__in=slots, organisation__code=group.system).order_by():
        found.setdefault(one.person_id, set()).add(Slot(one.slot))
    return {person: frozenset(slots) for person, slots in found.items()}


def _place(seat: Seat, view: SeatView, offices: Mapping[UUID, frozenset[Slot]] = MappingProxyType({})) -> Place:
    body = seat.organisation
    return Place(
        title=seat.title,
        category=seat.category,
        part=SeatPart(seat.part),
        body=body.code if body else "",
        body_name=body.name if body else "",
        is_providers=body is not None and body.kind in PROVIDERS,
        sitters=tuple(_sitter(one, offices.get(one.person_id, frozenset())) for one in (*view.now, *view.others)),
        sort=SPEAKS_AS.get(Kind(body.kind)) if body else None,
    )


def _sitter(one: Seating, offices: frozenset[Slot]) -> Sitter:
    """Whoever left the house sits nowhere: of them it is known that they sat, and not until when."""
    said = authority_of(one)
    authority = Authority.UNKNOWN
    if said is not None:
        authority = Authority.CONFIRMED if said.is_confirmed else Authority.ELSEWHERE
    until = last_of(one) if one.person.is_active else one.valid_from
    return Sitter(str(one.person_id), one.person.display_name, one.valid_from, until, one.is_deputy, authority, offices)


def _systems_of(group: Group, on: date) -> dict[str, str]:
    """The systems of a region, by their codes."""
    systems = list(Organisation.objects.filter(kind=Kind.ICB, closed_on=None).order_by("name"))
    lies = regions_of(systems, on) if systems else {}
    return {one.code: one.name for one in systems if group.area_id in {region.pk for region in lies[one.pk]}}


def cards_of(seating: Seating, on: date) -> tuple[RoleCard, ...]:
    """This function will give what is asked of somebody where they sit, by the guidance of their group (MEM-15, MEM-20)."""
    group = seating.seat.group
    found = part_of(pack(pack_of_group(group, on)).id, "role_cards", on)
    if found is None or not isinstance(found.content, RoleCards):
        return ()
    body = seating.chairs_for
    speaks = SPEAKS_AS.get(Kind(body.kind)) if body is not None else None
    return found.content.of(group.kind, seating.seat.category, speaks)
