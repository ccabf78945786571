"""Reads for choosing to whom a group reports: the groups and bodies that fit each recipient that its guidance names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.rulebook.groups import GroupType, GroupTypes, ReportsTo, Use
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.directory.queries import regions_of, systems_of
from sightline.directory.words import Kind
from sightline.groups.models import Group, TermsVersion
from sightline.groups.queries.safeguarding import councils_of
from sightline.groups.queries.standing import GROUP_KINDS

_REGIONAL = GROUP_KINDS[Slot.REGIONAL_QUALITY_GROUP]


@dataclass(frozen=True, slots=True)
class Fitting:
    """The groups and the bodies that fit one recipient."""

    to: ReportsTo
    groups: tuple[Group, ...]
    bodies: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """To whom a group is to report as one recipient: the keys of groups, and those of bodies."""

    to: str
    groups: frozenset[UUID] = frozenset()
    bodies: frozenset[UUID] = frozenset()


def fitting(group: Group, kind: GroupType, types: GroupTypes, on: date) -> tuple[Fitting, ...]:
    """This function will give, recipient by recipient, the groups and bodies around a group that fit (GRP-06 to GRP-08)."""
    systems, regions = systems_of([group.area], on)[group.area_id], regions_of([group.area], on)[group.area_id]
    above = {one.pk: one for one in (group.area, *systems, *regions)}
    there = Group.objects.standing_on(on).filter(subject=None).exclude(pk=group.pk).order_by("name", "pk")
    by_kind: dict[str, list[Group]] = {}
    for one in there:
        if one.area_id in above or one.area.kind in {Kind.NATION, Kind.NHS_ENGLAND}:
            by_kind.setdefault(one.kind, []).append(one)
    return tuple(
        Fitting(to, tuple(by_kind.get(to.kind or "", ())), tuple(_bodies(to, group, types, on, above)))
        for to in kind.reports_to
    )


def _bodies(
    to: ReportsTo, group: Group, types: GroupTypes, on: date, above: Mapping[UUID, Organisation]
) -> Iterator[Organisation]:
    """A board gives its own assurance where it has no committee, and a region without a group is told as a body."""
    wanted = types.type(to.kind) if to.kind else None
    if wanted is not None and Use.ASSURANCE_COMMITTEE in wanted.uses:
        yield from (one for one in above.values() if one.kind == Kind.ICB)
    elif to.kind == _REGIONAL:
        yield from (one for one in above.values() if one.kind == Kind.REGION)
    elif to.id == Slot.LOCAL_AUTHORITY.value:
        yield from councils_of(group, on)
    elif to.kind is None:
        yield from Organisation.objects.filter(kind=Kind.NHS_ENGLAND, closed_on=None).order_by("name", "pk")


def evident(found: tuple[Fitting, ...]) -> tuple[Chosen, ...]:
    """This function will choose where there is nothing to choose: the one group that fits, or else the one body."""
    return tuple(one for one in map(_evident, found) if one.groups or one.bodies)


def _evident(one: Fitting) -> Chosen:
    if len(one.groups) == 1:
        return Chosen(one.to.id, frozenset({one.groups[0].pk}))
    if not one.groups and len(one.bodies) == 1:
        return Chosen(one.to.id, bodies=frozenset({one.bodies[0].pk}))
    return Chosen(one.to.id)


def chosen_in(version: TermsVersion) -> tuple[Chosen, ...]:
    """This function will give to whom a version has the group report."""
    rows = list(version.recipients.all())
    return tuple(
        Chosen(
            to,
            frozenset(one.group_id for one in rows if one.to == to and one.group_id),
            frozenset(one.organisation_id for one in rows if one.to == to and one.organisation_id),
        )
        for to in dict.fromkeys(one.to for one in rows)
    )
