"""Reads of markings: which items the actor may mark more sensitive, and why some are for fewer readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.queries import colleagues, names_of
from sightline.core.access import Actor, Handling, Permission, may, systems_where
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Attachment, Item, Marking, NamedReader, Passage
from sightline.intelligence.queries.capture import readers_for


@dataclass(frozen=True, slots=True)
class Markable:
    """An item that the actor may mark: to what, and whom they may name.

    ``only`` is the list of readers where part of the item is for them already: it can only get shorter. None where
    the list is free. ``keepers`` are those who would lose sight of the item unless they are named.
    """

    item: Item
    stricter: tuple[Handling, ...]
    people: tuple[tuple[str, str], ...]
    keepers: tuple[str, ...]
    only: frozenset[str] | None
    markings: tuple[tuple[Marking, str], ...]


def markable(actor: Actor, on: date, item_id: UUID) -> Markable | None:
    """This function will give an item that the actor hears and may mark stricter (IGV-09), or None.

    Where part of it is for readers among whom the actor is not, there is nothing to mark: naming anybody would open
    that part to them, and it must not be told that it is there.
    """
    item = Item.objects.heard_by(viewer_of(actor, on)).filter(pk=item_id).first()
    systems = systems_where(actor, Permission.RELEASE_INTELLIGENCE, on)
    if item is None or (systems is not None and item.system not in systems):
        return None
    now = Handling(item.handling)
    stricter = tuple(one for one in (Handling.MEMBERS, Handling.RESTRICTED) if one.rank > now.rank)
    listed = frozenset(NamedReader.objects.filter(item=item).values_list("actor_id", flat=True))
    is_parted = _has_part_for_few(item)
    if not stricter or (is_parted and actor.actor_id not in listed):
        return None
    people = _named(listed - {actor.actor_id}) if is_parted else readers_for(actor, on)
    keeping = {
        one.actor_id
        for one in colleagues(Permission.RELEASE_INTELLIGENCE, by=actor, on=on)
        if may(one, Permission.REVIEW_INTELLIGENCE, on)
    }
    return Markable(
        item=item,
        stricter=stricter,
        people=people,
        keepers=tuple(key for key, _ in people if key in keeping),
        only=listed if is_parted else None,
        markings=markings_of(actor, on, item),
    )


def markings_of(actor: Actor, on: date, item: Item) -> tuple[tuple[Marking, str], ...]:
    """This function will give why an item and its passages are for whom they are, each with the name of who said so.

    For those who keep the record or may mark the item; to its giver only what they said themselves. Of a passage
    it is for those alone who may read it.
    """
    viewer = viewer_of(actor, on)
    passages = Passage.objects.seen_by(viewer).filter(item=item)
    found = Marking.objects.filter(Q(passage=None) | Q(passage__in=passages), item=item)
    marks = systems_where(actor, Permission.RELEASE_INTELLIGENCE, on)
    hears = Item.objects.heard_by(viewer).filter(pk=item.pk).exists()
    knows = hears and (viewer.keeps_record_of(item.system) or marks is None or item.system in marks)
    rows = list(found if knows else found.filter(recorded_by=actor.actor_id))
    names = names_of({row.recorded_by for row in rows})
    return tuple((row, names.get(row.recorded_by, "somebody who left")) for row in rows)


def _has_part_for_few(item: Item) -> bool:
    few = Handling.RESTRICTED.value
    return any(table.objects.filter(item=item, handling=few).exists() for table in (Passage, Attachment))


def _named(listed: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(names_of(listed).items(), key=lambda one: one[1].casefold()))
