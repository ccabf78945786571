"""Saying whom a name means that no list made plain; one answer settles the name wherever it waits."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_by_code, successors
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import About, Addressee, Item, Placing, Unplaced
from sightline.intelligence.operations._seeing import must_keep
from sightline.intelligence.operations._sightings import see_again
from sightline.intelligence.queries.placing import waiting_names

AT_ONCE = 1_000


@operation(Permission.REVIEW_INTELLIGENCE, on="unplaced")
def place_name(*, by: Actor, at: datetime, unplaced: Unplaced, subject: Subject | None) -> int:
    """This function will say whom a name means, in every item where the actor meets it, and how many those are.

    ``subject`` is None for a body that this record does not follow. A body that has become another since is told of
    with its successors, so that nobody misses it (INT-13). Raises Invalid where the name was settled meanwhile.
    """
    must_keep(by, at, unplaced.item)
    if Placing.objects.filter(unplaced=unplaced).exists():
        raise Invalid("Somebody has said meanwhile whom this name means.")
    rows = list(_same_words(by, timezone.localdate(at), unplaced).select_related("item"))
    Placing.objects.bulk_create(
        (Placing(unplaced=row, subject=subject, recorded_at=at, recorded_by=by.actor_id) for row in rows),
        batch_size=AT_ONCE,
    )
    if subject is not None:
        _tell_of(subject, [row.item for row in rows], unplaced.words)
    return len(rows)


def _same_words(by: Actor, on: date, unplaced: Unplaced) -> QuerySet[Unplaced]:
    return waiting_names(viewer_of(by, on)).filter(words=unplaced.words)


def _tell_of(subject: Subject, items: list[Item], words: str) -> None:
    subjects = [subject.pk, *_heirs(subject)]
    keys = [item.pk for item in items]
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        known = set(About.objects.filter(item__in=some, subject__in=subjects).values_list("item", "subject"))
        About.objects.bulk_create(
            About(item_id=item, subject_id=one) for item in some for one in subjects if (item, one) not in known
        )
        if subject.organisation_id:
            sent = Addressee.objects.filter(report__item__in=some, name=words, organisation=None)
            sent.update(organisation=subject.organisation_id)
    see_again(items)


def _heirs(subject: Subject) -> list[UUID]:
    if subject.organisation is None:
        return []
    codes = {step.new.code for step in successors(subject.organisation.code)}
    return [one.pk for one in subjects_by_code(codes).values() if one.pk != subject.pk]
