"""Whose groups and offices somebody keeps: those of their own systems, and whoever these have to deal with."""

from __future__ import annotations

from datetime import date

from sightline.core.access import Actor, Permission, systems_where
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Refused, refused
from sightline.directory.models import Organisation
from sightline.directory.queries import regions_of, resolve_many, systems_of
from sightline.directory.words import PROVIDERS, Kind
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group
from sightline.groups.queries.standing import somebody_sits_for

SOURCE = "Roles and permissions (PER)"
_NATIONAL = frozenset({Kind.NATION, Kind.NHS_ENGLAND})
_BOARDS = frozenset({Kind.ICB, Kind.CCG})
_LOCAL = frozenset({Kind.LOCAL_AUTHORITY, Kind.DISTRICT, Kind.COMBINED_AUTHORITY})
# Of which kind an organisation is for which a role can be held; a role that is not here is held for any.
BODIES_OF = {
    Slot.ICB_EXECUTIVE_QUALITY_LEAD: _BOARDS,
    Slot.ICB_CHIEF_EXECUTIVE: _BOARDS,
    Slot.ICB_CHAIR: _BOARDS,
    Slot.NHS_ENGLAND_REGION: frozenset({Kind.REGION, Kind.AREA_TEAM}),
    Slot.NHS_ENGLAND_NATION: _NATIONAL,
    Slot.LOCAL_AUTHORITY: _LOCAL,
    Slot.PROVIDER: PROVIDERS,
    Slot.PROVIDER_CHAIR: PROVIDERS,
}


def kept_systems(actor: Actor, on: date) -> frozenset[str] | None:
    """This function will name the systems whose groups the actor keeps; None means every one."""
    return systems_where(actor, Permission.KEEP_GROUPS, on)


def keeps_system(actor: Actor, system: str, on: date) -> bool:
    """This function will say whether the actor keeps the groups of a system."""
    kept = kept_systems(actor, on)
    return kept is None or system in kept


def systems_to_choose(actor: Actor, on: date) -> dict[str, str]:
    """This function will name, by code, the systems among which whoever keeps the groups of several may choose."""
    codes = kept_systems(actor, on)
    found = Organisation.objects.filter(kind=Kind.ICB, closed_on=None)
    if codes is not None:
        found = Organisation.objects.filter(code__in=codes)
    return dict(found.order_by("name", "code").values_list("code", "name"))


def must_keep(actor: Actor, system: str, on: date) -> None:
    """This function will raise Refused for whoever does not keep the groups of a system."""
    if not keeps_system(actor, system, on):
        raise Refused(refused("You keep the groups of your own system.", SOURCE))


def kept(actor: Actor, group: Group, on: date) -> Group:
    """This function will give a group as it is now, held against whoever changes it at the same time.

    Raises Refused for whoever does not keep it, and for whom it is not there: it is about a subject closed to them.
    """
    must_keep(actor, group.system, on)
    if not Group.objects.filter(groups_seen(actor, on), pk=group.pk).exists():
        raise Refused(refused("There is no such group here.", SOURCE))
    return Group.objects.select_for_update().get(pk=group.pk)


def keeps_offices_of(actor: Actor, organisation: Organisation, on: date) -> bool:
    """This function will say whether the actor writes down who holds an office at an organisation.

    That is so for the bodies of their own systems, for those that sit in a group of theirs, as a council does, and for
    the region and the nation with which these have to deal.
    """
    kept = kept_systems(actor, on)
    if kept is None or organisation.code in kept:
        return True
    if not kept:
        return False
    if organisation.kind in _NATIONAL:
        return True
    if kept & {one.code for one in systems_of([organisation], on)[organisation.pk]}:
        return True
    if somebody_sits_for(organisation, kept, on):
        return True
    systems = list(resolve_many(kept).values())
    regions = regions_of(systems, on).values() if systems else ()
    return any(region.pk == organisation.pk for some in regions for region in some)


def fits(slot: Slot, organisation: Organisation) -> bool:
    """This function will say whether a role can be held for a body; a file that says nothing of it rules nothing out."""
    kinds = BODIES_OF.get(slot)
    return kinds is None or organisation.kind == Kind.UNKNOWN or Kind(organisation.kind) in kinds


def system_of_area(area: Organisation, on: date) -> str:
    """This function will say to whose record a group of an area belongs: its own, or that of the one system it lies in."""
    if area.kind not in _LOCAL | {Kind.SUB_ICB, Kind.PRIMARY_CARE_NETWORK}:
        return area.code
    found = systems_of([area], on)[area.pk]
    return found[0].code if len(found) == 1 else ""


def may_belong_to(area: Organisation, system: str, on: date) -> bool:
    """This function will say whether a group of an area may be on a system's record: its own, or one that it lies in.

    A region's group may be on the record of a system of the region. What lies nowhere that is known rules nothing out.
    """
    if system == area.code:
        return True
    if area.kind == Kind.REGION:
        found = list(resolve_many({system}).values())
        return any(one.pk == area.pk for some in regions_of(found, on).values() for one in some) if found else False
    lies = {one.code for one in systems_of([area], on)[area.pk]}
    return system in lies if lies else area.kind != Kind.ICB
