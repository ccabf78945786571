"""Marking an item more sensitive: what the chair may do who keeps no record, and only ever towards fewer readers."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Handling, Permission
from sightline.core.verdict import Invalid, Refused
from sightline.intelligence.models import Giver, Item
from sightline.intelligence.operations._seeing import ABSENT
from sightline.intelligence.operations._sightings import see_again
from sightline.intelligence.operations._writing import NAME_THE_READERS, mark, name_readers, strike_off_others
from sightline.intelligence.queries.marking import markable

ONLY_STRICTER = "It can only be marked for fewer readers than now. Whoever keeps the record may change it otherwise."
ONLY_THESE = "Part of it is for its list of readers alone, so nobody can be added here. Choose among them."


@operation(Permission.RELEASE_INTELLIGENCE, on="item")
def mark_sensitive(
    *,
    by: Actor,
    at: datetime,
    item: Item,
    handling: Handling,
    readers: tuple[str, ...],
    because: str,
    version: int | None = None,
) -> Item:
    """This function will mark an item for fewer readers, and name them (IGV-09; QSG 2017 ¶99).

    It never frees anything: nobody comes to read what was kept from them. Raises Refused for who does not hear the
    item or may not mark it, and Invalid where it would not be stricter, or changed since ``version`` was read.
    """
    now = Item.objects.select_for_update().get(pk=item.pk)
    found = markable(by, timezone.localdate(at), now.pk)
    if found is None:
        raise Refused(ABSENT)
    if version is not None and now.version != version:
        raise Invalid("Somebody else has changed who may see this meanwhile. Read it again before you change it.")
    if handling not in found.stricter:
        raise Invalid(ONLY_STRICTER)
    if handling is Handling.RESTRICTED:
        _restrict(now, readers, found.only, by, at)
    now.handling, now.version = handling.value, now.version + 1
    now.save(update_fields=["handling", "version"])
    mark(now, handling, because, by, at)
    see_again([now])
    return now


def _restrict(item: Item, readers: tuple[str, ...], only: frozenset[str] | None, by: Actor, at: datetime) -> None:
    if not readers:
        raise Invalid(NAME_THE_READERS)
    givers = Giver.objects.filter(item=item).values_list("actor_id", flat=True)
    listed = {*readers, *givers, by.actor_id}
    if only is not None and not listed <= {*only, *givers}:
        raise Invalid(ONLY_THESE)
    strike_off_others(item, listed, by, at)
    name_readers(item, listed, by, at)
