"""Comments of one file that wait to be reviewed together: how many, ten of them, and those left out for a closer look."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sightline.core.access import Actor
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import About, Doubt, Item, Passage, TextDelivery, Unplaced
from sightline.intelligence.queries.reviewing import Waiting, waiting, waiting_ones
from sightline.intelligence.words import Kind, Safeguarding

SAMPLES = 10
FEWEST = 2  # one comment alone is no pile
BODIES = 10


@dataclass(frozen=True, slots=True)
class Pile:
    """A file of which comments wait, and how many."""

    delivery: TextDelivery
    items: int


@dataclass(frozen=True, slots=True)
class FileToReview:
    """What may be decided together about one file, and what may not.

    ``listed`` is the fingerprint of the items that would be decided. ``unclear``, ``people`` and ``danger`` count those
    left out: held for a person, holding what looks like personal data, marked as a safeguarding concern.
    """

    delivery: TextDelivery
    items: int
    listed: str
    samples: tuple[Waiting, ...]
    about: tuple[tuple[str, int], ...]
    bodies: int
    left_out: int
    unclear: int
    people: int
    danger: int


def piles(actor: Actor, on: date) -> list[Pile]:
    """This function will list the files of which several comments wait for the actor, the newest first.

    Files of one source that came in at one moment are one pile: their comments are told apart by nothing else.
    """
    found = waiting(actor, on).filter(kind=Kind.COMMENT.value).order_by()
    moments = found.values("system", "recorded_at", "recorded_by").annotate(items=Count("pk"))
    counts = {
        (row["system"], row["recorded_at"], row["recorded_by"]): row["items"]
        for row in moments
        if row["items"] >= FEWEST
    }
    if not counts:
        return []
    rows = TextDelivery.objects.filter(recorded_at__in={at for _, at, _ in counts}).order_by("-recorded_at", "pk")
    together = {(row.system, row.recorded_at, row.recorded_by, row.source): row for row in rows if row.made}
    made = [Pile(row, counts.get(moment[:3], 0)) for moment, row in together.items()]
    return [one for one in made if one.items and comments_of(actor, on, one.delivery).exists()]


def delivery_to_review(actor: Actor, on: date, key: UUID) -> TextDelivery | None:
    """This function will give a file whose record the actor keeps, if a comment of it ever came in that they hear."""
    viewer = viewer_of(actor, on)
    found = TextDelivery.objects.filter(pk=key).first()
    if found is None or not viewer.keeps_record_of(found.system):
        return None
    return found if _of(found, Item.objects.heard_by(viewer)).exists() else None


def comments_of(actor: Actor, on: date, delivery: TextDelivery) -> QuerySet[Item]:
    """This function will give the comments of a file that wait for the actor."""
    return _of(delivery, waiting(actor, on))


def decidable(actor: Actor, on: date, delivery: TextDelivery) -> QuerySet[Item]:
    """This function will give those of them that may be decided together: nothing in them asks for a closer look.

    They were looked through for personal data when the file came in, and what was found is kept with the words.
    """
    return comments_of(actor, on, delivery).exclude(_unclear() | _people() | _danger())


def file_to_review(actor: Actor, on: date, delivery: TextDelivery) -> FileToReview:
    """This function will say what may be decided together about a file; the samples are drawn by lot."""
    all_of_it, free = comments_of(actor, on, delivery).order_by(), decidable(actor, on, delivery)
    keys = keys_of(free)
    some = list(Item.objects.filter(pk__in=keys[:SAMPLES]).order_by("heard_on", "pk"))
    about, bodies = _tally(free)
    return FileToReview(
        delivery=delivery,
        items=len(keys),
        listed=fingerprint_of(keys),
        samples=tuple(waiting_ones(actor, on, some)),
        about=about,
        bodies=bodies,
        left_out=all_of_it.count() - len(keys),
        unclear=all_of_it.filter(_unclear()).count(),
        people=all_of_it.filter(_people()).count(),
        danger=all_of_it.filter(_danger()).count(),
    )


def left_out_of(actor: Actor, on: date, delivery: TextDelivery) -> QuerySet[Item]:
    """This function will give the comments of a file that a person reads one by one."""
    return comments_of(actor, on, delivery).filter(_unclear() | _people() | _danger())


def keys_of(found: QuerySet[Item]) -> list[UUID]:
    """This function will give the keys of items in their own order, which is that of a lot: a key is drawn at random."""
    return list(found.order_by("pk").values_list("pk", flat=True))


def fingerprint_of(keys: Sequence[UUID]) -> str:
    """This function will give the fingerprint of a list of items, whatever their order."""
    return hashlib.sha256("\n".join(sorted(str(key) for key in keys)).encode()).hexdigest()


def _of(delivery: TextDelivery, found: QuerySet[Item]) -> QuerySet[Item]:
    """All that one file brought was written at one moment, by one person, under the name of its source."""
    moment: datetime = delivery.recorded_at
    return found.filter(
        kind=Kind.COMMENT.value,
        system=delivery.system,
        recorded_at=moment,
        recorded_by=delivery.recorded_by,
        source_key__startswith=f"{delivery.source}:",
    )


def _unclear() -> Q:
    waits = Unplaced.objects.filter(item=OuterRef("pk"), placing=None)
    return Q(Exists(Doubt.objects.standing().filter(item=OuterRef("pk")))) | Q(Exists(waits))


def _people() -> Q:
    return Q(Exists(Passage.objects.filter(item=OuterRef("pk")).exclude(knowingly="")))


def _danger() -> Q:
    return ~Q(safeguarding=Safeguarding.NO.value)


def _tally(found: QuerySet[Item]) -> tuple[tuple[tuple[str, int], ...], int]:
    """Whom most of them are about, and how many bodies there are."""
    rows = About.objects.filter(item__in=found.order_by().values("pk")).order_by()
    tallied: Iterable[tuple[str, int]] = rows.values_list("subject__name").annotate(items=Count("pk"))
    ranked = sorted(tallied, key=lambda one: (-one[1], one[0]))
    return tuple(ranked[:BODIES]), len(ranked)
