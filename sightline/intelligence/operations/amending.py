"""What those who keep the record may amend in an item: its words, who may read it, and its tags."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Handling, Permission
from sightline.core.verdict import Invalid, Refused
from sightline.groups.viewers import viewer_of
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Giver, Item, Passage, Tag, TagRemoval
from sightline.intelligence.operations._seeing import ABSENT, must_keep
from sightline.intelligence.operations._sightings import see_again
from sightline.intelligence.operations._writing import (
    NAME_THE_READERS,
    fit,
    mark,
    must_name_nobody,
    name_readers,
    passage_of,
    strike_off_others,
    tag_of,
)
from sightline.intelligence.words import TagKind


@operation(Permission.REVIEW_INTELLIGENCE, on="passage")
def replace_words(
    *, by: Actor, at: datetime, passage: Passage, words: Words, because: str, knowingly: str = ""
) -> Passage:
    """This function will put other words, or another handling, in a passage's place; the first stays on the record.

    Raises Refused where the actor may not read the passage, and Invalid as ``share`` does.
    """
    must_keep(by, at, passage.item)
    if not Passage.objects.seen_by(viewer_of(by, timezone.localdate(at))).filter(pk=passage.pk).exists():
        raise Refused(ABSENT)
    if Passage.objects.filter(replaces=passage).exists():
        raise Invalid("Somebody else has changed this passage meanwhile. Read it again before you change it.")
    kept = fit(words)
    must_name_nobody([kept.text], knowingly)
    new = passage_of(passage.item, kept, by, at, knowingly)
    new.replaces = passage
    new.save(force_insert=True)
    if Handling(new.handling).rank > Handling(passage.handling).rank:
        mark(passage.item, Handling(new.handling), because, by, at, new)
    return new


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def change_handling(
    *,
    by: Actor,
    at: datetime,
    item: Item,
    handling: Handling,
    readers: tuple[str, ...],
    because: str,
    version: int | None = None,
) -> Item:
    """This function will change how far an item may travel, and who stands on its list beside its giver and the actor.

    ``readers`` is the whole list: who is left out is struck off. A wider handling frees no words: a passage keeps its
    own until it is replaced. Raises Invalid where the item changed since ``version`` was read.
    """
    must_keep(by, at, item)
    if handling is Handling.ANNEX:
        raise Invalid("An identity is kept in an annex of the item, not in the item itself.")
    if handling is Handling.RESTRICTED and not readers:
        raise Invalid(NAME_THE_READERS)
    now = Item.objects.select_for_update().get(pk=item.pk)
    if version is not None and now.version != version:
        raise Invalid("Somebody else has changed who may see this meanwhile. Read it again before you change it.")
    givers = Giver.objects.filter(item=item).values_list("actor_id", flat=True)
    listed = {*readers, *givers, by.actor_id}
    strike_off_others(item, listed, by, at)
    name_readers(item, listed, by, at)
    now.handling, now.version = handling.value, now.version + 1
    now.save(update_fields=["handling", "version"])
    mark(now, handling, because, by, at)
    see_again([now])
    return now


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def tag(*, by: Actor, at: datetime, item: Item, kind: TagKind, values: tuple[str, ...]) -> Item:
    """This function will make these the item's tags of one kind; those taken back stay on the record."""
    must_keep(by, at, item)
    standing = {row.value: row for row in Tag.objects.filter(item=item, kind=kind.value).standing()}
    for value, row in standing.items():
        if value not in values:
            TagRemoval.objects.create(tag=row, recorded_at=at, recorded_by=by.actor_id)
    confirmed = {value for value, row in standing.items() if not row.by_machine}
    for value in dict.fromkeys(values):
        if value not in confirmed:  # what a machine proposed and a person keeps becomes the person's own
            tag_of(item, kind, value, by, at).save(force_insert=True)
            if value in standing:
                TagRemoval.objects.create(tag=standing[value], recorded_at=at, recorded_by=by.actor_id)
    see_again([item])
    return item
