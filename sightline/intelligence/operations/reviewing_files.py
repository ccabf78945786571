"""Deciding about the comments of one file together: a person reads ten, and answers for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid, Refused
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Item, Review, ReviewTogether, Sighting, TextDelivery
from sightline.intelligence.operations._noting import needed
from sightline.intelligence.operations._seeing import ABSENT
from sightline.intelligence.queries.reviewing_files import decidable, fingerprint_of, keys_of
from sightline.intelligence.words import Outcome

AT_ONCE = 500
NOT_THESE = "What waits of this file has changed since you read it. Read it again, then decide."
NOTHING = "Nothing of this file is left to be decided together."


@operation(Permission.REVIEW_INTELLIGENCE, on="result")
def review_file(
    *, by: Actor, at: datetime, delivery: TextDelivery, outcome: Outcome, because: str, items: int, listed: str
) -> ReviewTogether:
    """This function will accept or set aside all comments of a file that nothing holds for a closer look (INT-15).

    ``items`` and ``listed`` are how many the person was shown and the fingerprint of the list: raises Invalid where
    that has changed. Each item has a review of its own that names who decided.
    """
    on = timezone.localdate(at)
    if not viewer_of(by, on).keeps_record_of(delivery.system):
        raise Refused(ABSENT)
    words = needed(because, "Say why.")
    keys = keys_of(decidable(by, on, delivery).select_for_update(of=("self",)))
    if not keys:
        raise Invalid(NOTHING)
    if (len(keys), fingerprint_of(keys)) != (items, listed):
        raise Invalid(NOT_THESE)
    made = ReviewTogether.objects.create(
        delivery=delivery,
        outcome=outcome.value,
        items=items,
        listed=listed,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    for some in _in_turn(keys):
        _decide(some, made, words)
    return made


def _decide(keys: list[UUID], together: ReviewTogether, because: str) -> None:
    """Nothing of an item changes but whether it counts, so what triangulation reads changes in that alone."""
    counts = together.outcome == Outcome.ACCEPTED.value
    Item.objects.filter(pk__in=keys).update(counts=counts, version=F("version") + 1)
    Sighting.objects.filter(item__in=keys).update(counts=counts)
    Review.objects.bulk_create(
        Review(
            item_id=key,
            outcome=together.outcome,
            because=because,
            together=together,
            recorded_at=together.recorded_at,
            recorded_by=together.recorded_by,
        )
        for key in keys
    )


def _in_turn(keys: list[UUID]) -> Iterator[list[UUID]]:
    return (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE))
