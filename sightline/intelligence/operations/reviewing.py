"""What those who keep the record decide about items: they count or not, what came of it, where else it is dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.intelligence.models import (
    Doubt,
    Feedback,
    Giver,
    Investigation,
    Item,
    Panel,
    Review,
    SharedWith,
)
from sightline.intelligence.operations._noting import line, needed, not_ahead
from sightline.intelligence.operations._secrets import must_keep_secrets
from sightline.intelligence.operations._seeing import must_keep
from sightline.intelligence.operations._sightings import see_again
from sightline.intelligence.operations._writing import cleaned
from sightline.intelligence.words import PUBLISHED, Kind, Outcome

_NO_CHANGE = "This was decided already, and nothing would change. Read it again."


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def review(*, by: Actor, at: datetime, item: Item, outcome: Outcome, because: str) -> Review:
    """This function will make an item count, or count no more; what was said stays on the record either way."""
    must_keep(by, at, item)
    made = _reviews([item], outcome, because, by, at)
    see_again([item])
    return made[0]


@operation(Permission.REVIEW_INTELLIGENCE)
def review_many(*, by: Actor, at: datetime, items: Sequence[Item], outcome: Outcome, because: str) -> int:
    """This function will review many published items alike, and say how many; each has its own review.

    Raises Invalid where one of them was given by a person: who gave something is owed a decision of its own.
    """
    if not items:
        raise Invalid("Choose at least one.")
    must_keep(by, at, *items)
    if any(item.kind not in PUBLISHED for item in items):
        raise Invalid("What a person gave is decided on its own page.")
    made = _reviews(items, outcome, because, by, at)
    see_again(items)
    return len(made)


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def answer_giver(*, by: Actor, at: datetime, item: Item, says: str) -> Feedback:
    """This function will tell the giver what came of what they gave.

    Raises Invalid where nobody gave it, and where the answer repeats what the giver may not read: what others added
    for named readers, or an identity.
    """
    must_keep(by, at, item)
    words = needed(says, "Write what came of it.")
    giver = Giver.objects.filter(item=item).first()
    if giver is None:
        raise Invalid("Nobody gave this item: it was published.")
    must_keep_secrets(item, words, known_to=giver.actor_id)
    return Feedback.objects.create(item=item, text=words, recorded_at=at, recorded_by=by.actor_id)


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def note_sharing(*, by: Actor, at: datetime, item: Item, body: str, shared_on: date) -> SharedWith:
    """This function will write down that a partner outside this record was told (INT-01, INT-06)."""
    must_keep(by, at, item)
    not_ahead(shared_on, at, "The day of sharing lies ahead.")
    whom = needed(line(body), "Say with whom it was shared.")
    return SharedWith.objects.create(item=item, body=whom, shared_on=shared_on, recorded_at=at, recorded_by=by.actor_id)


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def note_panel(*, by: Actor, at: datetime, item: Item, convened_by: str, met_on: date, agreed: str) -> Panel:
    """This function will link a Regulatory Review Panel to an emerging concern (INT-06; SQG 2022 §3.9).

    A panel that is yet to meet has agreed on nothing.
    """
    must_keep(by, at, item)
    if item.kind != Kind.EMERGING_CONCERN.value:
        raise Invalid("A review panel belongs to an item under the Emerging Concerns Protocol.")
    words = cleaned(agreed)
    if words:
        not_ahead(met_on, at, "The panel has not met yet. Add what it agreed once it has met.")
    return Panel.objects.create(
        item=item,
        convened_by=needed(line(convened_by), "Say which body convened the panel."),
        met_on=met_on,
        agreed=words,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def describe_investigation(
    *, by: Actor, at: datetime, item: Item, name: str, led_by: str, asked_for: str, asked_on: date | None = None
) -> Investigation:
    """This function will say in which joint investigation a provider does not cooperate (INT-12; QSG 2017 ¶97).

    The item becomes one of that kind. Raises Invalid where it is of another kind than a plain one, was published, or
    is described already.
    """
    must_keep(by, at, item)
    now = Item.objects.select_for_update().get(pk=item.pk)
    if now.kind not in {Kind.SOFT, Kind.NON_COOPERATION}:
        raise Invalid("This item is of another kind. Share what you know of the investigation as an item of its own.")
    if Investigation.objects.filter(item=now).exists():
        raise Invalid("The investigation is described already.")
    if asked_on:
        not_ahead(asked_on, at, "The day on which it was asked lies ahead.")
    if now.kind != Kind.NON_COOPERATION.value:
        now.kind, now.version = Kind.NON_COOPERATION.value, now.version + 1
        now.save(update_fields=["kind", "version"])
    return Investigation.objects.create(
        item=now,
        name=needed(line(name), "Say how the investigation is known."),
        led_by=needed(line(led_by), "Say who leads it."),
        asked_on=asked_on,
        asked_for=needed(asked_for, "Say what the provider was asked for."),
    )


def _reviews(items: Sequence[Item], outcome: Outcome, because: str, by: Actor, at: datetime) -> list[Review]:
    """Locked, and read anew: what the caller holds may have been read before another's decision."""
    counts = outcome is Outcome.ACCEPTED
    words = needed(because, "Say why.")
    found = list(Item.objects.select_for_update().filter(pk__in=[item.pk for item in items]))
    decided = set(Review.objects.filter(item__in=found).values_list("item", flat=True))
    decided -= set(Doubt.objects.standing().filter(item__in=found).values_list("item", flat=True))
    if any(item.pk in decided and item.counts is counts for item in found):
        raise Invalid(_NO_CHANGE)
    for item in found:
        item.counts, item.version = counts, item.version + 1
    Item.objects.bulk_update(found, ["counts", "version"], batch_size=500)
    return Review.objects.bulk_create(
        Review(item=item, outcome=outcome.value, because=words, recorded_at=at, recorded_by=by.actor_id)
        for item in found
    )
