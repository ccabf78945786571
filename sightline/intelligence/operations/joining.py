"""Joining items that tell one story, so that they count as one witness, and undoing it where it was a mistake."""

from __future__ import annotations

from datetime import datetime

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.intelligence.models import Item, SameOrigin, SameOriginEnding
from sightline.intelligence.operations._noting import needed
from sightline.intelligence.operations._seeing import must_keep
from sightline.intelligence.operations._sightings import see_again
from sightline.intelligence.queries.joining import joins_of, rows_of_join, told_with

_NOT_THE_LAST = "This was undone already, or joined with more since. Undo what was joined last first."


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def tells_again(*, by: Actor, at: datetime, item: Item, first: Item, because: str) -> SameOrigin:
    """This function will count two items that tell one story as one witness (INT-04).

    Whatever either was joined with before is of the same story, and all count as one. Raises Invalid for an item and
    itself, for two that are joined already, and for two that have no subject in common.
    """
    must_keep(by, at, item, first)
    list(Item.objects.select_for_update().filter(pk__in=[item.pk, first.pk]).order_by("pk"))
    root, was = _root(first), _root(item)
    if root.pk == was.pk:
        raise Invalid("These two are one witness already.")
    if not item.about.filter(subject__in=first.about.values("subject")).exists():
        raise Invalid("They are about different subjects. Join only what tells the same story of the same subject.")
    told = {"first": root, "because": needed(because, "Say why."), "recorded_at": at, "recorded_by": by.actor_id}
    made = SameOrigin.objects.create(item=item, **told)
    others = [one for one in told_with(was) if one.pk != item.pk]
    SameOrigin.objects.bulk_create(SameOrigin(item=one, **told) for one in others)
    see_again([item, *others])
    return made


@operation(Permission.REVIEW_INTELLIGENCE, on="told")
def undo_join(*, by: Actor, at: datetime, told: SameOrigin, because: str) -> int:
    """This function will undo a join as it was made, and say how many items have their own witness back (INT-04).

    Nothing is deleted: the join stays on the record with its ending, and whatever was joined before holds again.
    Raises Invalid where the join was undone already, or what it joined was joined with more since.
    """
    must_keep(by, at, told.item, told.first)
    list(Item.objects.select_for_update().filter(pk__in=[told.item_id, told.first_id]).order_by("pk"))
    if told.pk not in {one.pk for one in joins_of(told.item)}:
        raise Invalid(_NOT_THE_LAST)
    words = needed(because, "Say why.")
    rows = rows_of_join(told)
    SameOriginEnding.objects.bulk_create(
        SameOriginEnding(told=row, because=words, recorded_at=at, recorded_by=by.actor_id) for row in rows
    )
    see_again([row.item for row in rows])
    return len(rows)


def _root(item: Item) -> Item:
    told = SameOrigin.objects.standing().filter(item=item).order_by("-recorded_at", "-pk").select_related("first")
    newest = told.first()
    return newest.first if newest else item
