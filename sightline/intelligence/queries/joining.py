"""Which items tell one story, by the joins that stand; read by whoever joins and whoever undoes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.queries import names_of
from sightline.core.access import Actor
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Item, SameOrigin, SameOriginEnding


@dataclass(frozen=True, slots=True)
class Joined:
    """A join of this item's story as a keeper may know it; ``ending`` where it was undone."""

    told: SameOrigin
    by: str
    ending: SameOriginEnding | None = None
    ended_by: str = ""
    may_be_undone: bool = False


def newest_of(items: Iterable[UUID]) -> dict[UUID, SameOrigin]:
    """This function will give, for each item that tells another again, the join that holds: the newest that stands."""
    rows = SameOrigin.objects.standing().filter(item__in=list(items)).order_by("recorded_at", "pk")
    return {row.item_id: row for row in rows}


def told_with(root: Item) -> list[Item]:
    """This function will give the root of a story, and whatever tells it again by the join that holds."""
    joined = SameOrigin.objects.standing().filter(first=root).values_list("item", flat=True)
    newest = newest_of(set(joined))
    keys = [key for key, row in newest.items() if row.first_id == root.pk]
    return [root, *Item.objects.filter(pk__in=keys).order_by("recorded_at", "pk")]


def story_of(item: Item) -> list[Item]:
    """This function will give all items that tell the same story as this one, itself among them."""
    newest = newest_of([item.pk]).get(item.pk)
    return told_with(newest.first if newest else item)


def joins_of(item: Item) -> list[SameOrigin]:
    """This function will give the joins of an item's story that hold now, the newest first: each may be undone.

    A join that another has gone beyond holds nothing any more, and is undone after the other.
    """
    holding = newest_of(one.pk for one in story_of(item))
    first_rows = {_act(row): row for row in sorted(holding.values(), key=lambda row: -row.pk)}
    return sorted(first_rows.values(), key=lambda row: (row.recorded_at, row.pk), reverse=True)


def rows_of_join(told: SameOrigin) -> list[SameOrigin]:
    """This function will give every row that was written by one joining."""
    same = SameOrigin.objects.standing().filter(
        first=told.first_id, recorded_at=told.recorded_at, recorded_by=told.recorded_by, because=told.because
    )
    return list(same.select_related("item").order_by("pk"))


def joined_for(actor: Actor, on: date, item: Item) -> list[Joined]:
    """This function will tell a keeper of the joins of an item's story, those undone too, as far as they hear both."""
    viewer = viewer_of(actor, on)
    keys = {one.pk for one in story_of(item)} | {item.pk}
    rows = SameOrigin.objects.filter(Q(item__in=keys) | Q(first__in=keys)).select_related("item", "first", "ending")
    acts = {_act(row): row for row in rows.order_by("-pk")}
    heard = set(
        Item.objects.heard_by(viewer)
        .filter(pk__in={key for row in acts.values() for key in (row.item_id, row.first_id)})
        .order_by()
        .values_list("pk", flat=True)
    )
    kept = [
        row
        for row in sorted(acts.values(), key=lambda row: (row.recorded_at, row.pk))
        if {row.item_id, row.first_id} <= heard
        and all(viewer.keeps_record_of(one.system) for one in (row.item, row.first))
    ]
    now = {one.pk for one in joins_of(item)}
    endings = {row.pk: getattr(row, "ending", None) for row in kept}
    names = names_of({*(row.recorded_by for row in kept), *(one.recorded_by for one in endings.values() if one)})
    return [_joined(row, endings[row.pk], names, may_be_undone=row.pk in now) for row in kept]


def _joined(row: SameOrigin, ending: SameOriginEnding | None, names: dict[str, str], *, may_be_undone: bool) -> Joined:
    gone = "somebody who left"
    return Joined(
        told=row,
        by=names.get(row.recorded_by, gone),
        ending=ending,
        ended_by=names.get(ending.recorded_by, gone) if ending else "",
        may_be_undone=may_be_undone,
    )


def _act(row: SameOrigin) -> tuple[object, ...]:
    """What the rows of one joining share."""
    return row.first_id, row.recorded_at, row.recorded_by, row.because
