"""Reads of which groups may be made known to the public, by whom, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.access import Actor, Permission
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group
from sightline.groups.sight import in_systems
from sightline.meetings.keeping import rules_of
from sightline.publication.models import Listing
from sightline.publication.sight import presides_over


@dataclass(frozen=True, slots=True)
class GroupWork:
    """A group that the public may be told of, as somebody sees it who decides that or keeps its papers."""

    group: Group
    listings: tuple[Listing, ...]
    keeps: bool
    presides: bool

    @property
    def may_take_off(self) -> bool:
        """Whether they may take it back from the public: it waits for nobody."""
        return self.keeps or self.presides

    @property
    def newest(self) -> Listing | None:
        """The last time that it was listed, whether or not it still is."""
        return self.listings[-1] if self.listings else None

    @property
    def public(self) -> Listing | None:
        """The listing that the public reads, where there is one."""
        return self.newest if self.newest and not hasattr(self.newest, "unlisting") else None


def groups_to_list(actor: Actor, on: date) -> list[GroupWork]:
    """This function will give the groups whose public entry somebody decides on, keeps or audits.

    A group about one subject is none of them: that it exists would tell about whom there is worry.
    """
    seen = Group.objects.standing_on(on).filter(groups_seen(actor, on), subject=None).select_related("area")
    presides, keeps, audits = (
        set(seen.filter(one).values_list("pk", flat=True))
        for one in (
            presides_over(actor, on),
            in_systems(actor, Permission.KEEP_MEETINGS, on),
            in_systems(actor, Permission.READ_AUDIT, on),
        )
    )
    groups = list(seen.filter(pk__in=presides | keeps | audits).order_by("name", "pk"))
    listings = _listings([one.pk for one in groups])
    return [GroupWork(one, listings.get(one.pk, ()), one.pk in keeps, one.pk in presides) for one in groups]


def group_to_list(actor: Actor, on: date, group: UUID) -> GroupWork | None:
    """This function will give one such group; else nothing."""
    return next((one for one in groups_to_list(actor, on) if one.group.pk == group), None)


def purpose_of(group: Group, on: date) -> str:
    """This function will propose what a group is for, from the guidance by which it works; nothing where that is silent."""
    kind = rules_of(group, on).kind
    return kind.says if kind else ""


def _listings(groups: list[UUID]) -> Mapping[UUID, tuple[Listing, ...]]:
    rows = Listing.objects.filter(group__in=groups).select_related(
        "entry__group", "listed_by", "unlisting__unlisted_by"
    )
    found: dict[UUID, tuple[Listing, ...]] = {}
    for row in rows.order_by("entry__number"):
        found[row.group_id] = (*found.get(row.group_id, ()), row)
    return found
