"""Reads of the offices: by which guidance an organisation's roles are named, who holds them, and which nobody holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.models import RoleGrant
from sightline.core.rulebook.authority import Authorities, Mode
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.directory.queries import regions_of, systems_of
from sightline.directory.words import Kind
from sightline.groups.models import Group, Office, Seat
from sightline.groups.queries.standing import GROUP_KINDS, pack_of
from sightline.rulebook.queries import pack, part_of

_OF_THE_BOARD = frozenset({Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE, Slot.ICB_CHAIR})


@dataclass(frozen=True, slots=True)
class Held:
    """A role of a guidance for an organisation, and who holds it today; without an organisation, for any."""

    name: str
    organisation: Organisation | None
    offices: tuple[Office, ...]
    decides: bool  # whether a level is authorised by it


@dataclass(frozen=True, slots=True)
class SystemOffices:
    """The roles that decisions of one system need, by the guidance by which its group works."""

    system: Organisation
    guidance: str
    roles: tuple[Held, ...]


def authorities_for(organisation: Organisation, on: date) -> Authorities:
    """This function will give who authorises what, and how roles are called, by the guidance of an organisation's system."""
    if organisation.kind in {Kind.ICB, Kind.REGION}:
        return authorities_of(organisation.code, on)
    found = systems_of([organisation], on)[organisation.pk]
    return authorities_of(found[0].code if found else "", on)


def authorities_of(system: str, on: date) -> Authorities:
    """This function will give who authorises what in a system, and how roles are called there."""
    found = part_of(pack_of(system, on), "authority", on)
    assert found is not None and isinstance(found.content, Authorities), "every guidance names who authorises"
    return found.content


def agreed_by_group(slot: Slot, organisation: Organisation, on: date) -> bool:
    """This function will say whether a group agrees levels there itself, so that somebody speaks for it (QSG 2017 ¶121)."""
    there = authorities_for(organisation, on)
    return there.decided_by.mode is Mode.AGREEMENT and any(slot in one.slots for one in there.authorities)


def roles_to_give(on: date) -> dict[Slot, str]:
    """This function will name the roles that somebody can hold, by the guidance of each system that has a group.

    The role of a whole group is offered only where a group agrees levels itself, and somebody speaks for it.
    """
    areas = Group.objects.standing_on(on).filter(kind=GROUP_KINDS[Slot.SYSTEM_QUALITY_GROUP])
    systems = sorted(set(areas.values_list("area__code", flat=True))) or [""]
    found: dict[Slot, list[str]] = {}
    for rules in (authorities_of(one, on) for one in systems):
        speaks = rules.decided_by.mode is Mode.AGREEMENT
        deciding = {slot for one in rules.authorities for slot in one.slots}
        for one in rules.slots:
            if one.id not in GROUP_KINDS or (speaks and one.id in deciding):
                names = found.setdefault(one.id, [])
                names += [] if one.name in names else [one.name]
    return {slot: " / ".join(names) for slot, names in found.items()}


def one_office(office_id: UUID) -> Office | None:
    """This function will find an office."""
    return Office.objects.select_related("organisation", "person", "ending").filter(pk=office_id).first()


def offices_held(on: date) -> list[Office]:
    """This function will list every office that somebody holds on a day."""
    rows = Office.objects.in_force(on).select_related("organisation", "person", "ending")
    return list(rows.order_by("organisation__name", "slot", "person__display_name", "pk"))


def offices_not_held(on: date) -> list[Office]:
    """This function will list the offices that are over, are yet to begin, or whose holder left; the newest first."""
    rows = Office.objects.exclude(pk__in=Office.objects.in_force(on).values("pk"))
    return list(rows.select_related("organisation", "person", "ending").order_by("-valid_from", "slot", "pk"))


def offices_by_system(held: Iterable[Office], on: date) -> tuple[SystemOffices, ...]:
    """This function will put who holds what beside the roles that decisions of each system need, so that gaps show."""
    everything = list(held)
    areas = Group.objects.standing_on(on).filter(kind=GROUP_KINDS[Slot.SYSTEM_QUALITY_GROUP])
    systems = list(Organisation.objects.filter(pk__in=areas.values("area")).order_by("name", "pk"))
    regions = regions_of(systems, on) if systems else {}
    reached = _systems_dealt_with({one.organisation for one in everything}, on)
    return tuple(
        _of_system(
            one,
            (*regions[one.pk], None)[0],
            [(office, _deals_with(office.organisation, one, reached)) for office in everything],
            on,
        )
        for one in systems
    )


def _systems_dealt_with(bodies: set[Organisation], on: date) -> dict[UUID, frozenset[str]]:
    """By body, the systems that it lies in, and those in a group of which it sits: a council need not be linked."""
    found = {key: {one.code for one in some} for key, some in systems_of(bodies, on).items()} if bodies else {}
    keys = {one.code: one.pk for one in bodies}
    seats = Seat.objects.standing_on(on).filter(organisation__in=bodies, group__in=Group.objects.standing_on(on))
    sits = [(keys[code], system) for code, system in seats.values_list("organisation__code", "group__system")]
    lasts = (Q(valid_to=None) | Q(valid_to__gt=on)) & (Q(ending=None) | Q(ending__ends_on__gt=on))
    roles = RoleGrant.objects.filter(lasts, organisation__in=keys, valid_from__lte=on)
    sits += [(keys[code], system) for code, system in roles.values_list("organisation", "system")]
    for key, system in sits:
        found[key] |= {system} - {""}
    return {key: frozenset(codes) for key, codes in found.items()}


def _deals_with(body: Organisation, system: Organisation, reached: Mapping[UUID, frozenset[str]]) -> bool:
    """Whether an office of a body counts in a system; where nothing on record says where a body belongs, it does."""
    if body.kind == Kind.ICB:
        return body.pk == system.pk
    return not reached[body.pk] or system.code in reached[body.pk]


def _of_system(
    system: Organisation, region: Organisation | None, held: list[tuple[Office, bool]], on: date
) -> SystemOffices:
    """The roles of one system. An office elsewhere fills none of them, but for that of the nation, which is everywhere."""
    rules = authorities_of(system.code, on)
    deciding = {slot for one in rules.authorities for slot in one.slots}
    speaks = rules.decided_by.mode is Mode.AGREEMENT
    found = []
    for named in rules.slots:
        slot, decides = named.id, named.id in deciding
        if slot in GROUP_KINDS and not (decides and speaks):
            continue
        body = system if slot in _OF_THE_BOARD or slot in GROUP_KINDS else None
        body = region if slot in {Slot.NHS_ENGLAND_REGION, Slot.REGIONAL_QUALITY_GROUP} else body
        everywhere = slot is Slot.NHS_ENGLAND_NATION
        mine = [
            one
            for one, is_here in held
            if one.slot == slot.value
            and (one.organisation_id == body.pk if body is not None else is_here or everywhere)
        ]
        if mine or decides:
            found.append(Held(named.name, body, tuple(mine), decides))
    return SystemOffices(system, pack(pack_of(system.code, on)).title, tuple(found))
