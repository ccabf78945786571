"""Writes an item as triangulation reads it; every operation that changes an item ends here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product
from uuid import UUID

from sightline.core.signals import Dimension, row_of
from sightline.intelligence.models import About, Item, SameOrigin, Sighting, Tag
from sightline.intelligence.words import TagKind

AT_ONCE = 2_000


def see_again(items: Collection[Item]) -> None:
    """This function will replace the sightings of these items by what their records now say."""
    for some in _in_turn([item.pk for item in items]):
        now = Item.objects.in_bulk(some)  # what the caller holds may have been read before another's change
        keys = list(now)
        subjects, rows, firsts = _subjects(keys), _rows(keys), _first_told(keys)
        Sighting.objects.filter(item__in=keys).delete()
        made = [
            _sighting(item, subject, row, firsts.get(item.pk, item.origin))
            for item in now.values()
            for subject, row in product(subjects.get(item.pk, ()), rows.get(item.pk, ("",)))
        ]
        Sighting.objects.bulk_create(made, batch_size=AT_ONCE)


def _sighting(item: Item, subject: UUID, row: str, origin: str) -> Sighting:
    return Sighting(
        item=item,
        subject_id=subject,
        row=row,
        quadrant=item.quadrant,
        origin=origin,
        bearing=item.bearing,
        certainty=item.certainty,
        heard_on=item.heard_on,
        system=item.system,
        handling=item.handling,
        counts=item.counts,
    )


def _subjects(keys: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for item, subject in About.objects.filter(item__in=keys).values_list("item", "subject").order_by("pk"):
        found.setdefault(item, []).append(subject)
    return found


def _rows(keys: list[UUID]) -> dict[UUID, list[str]]:
    """Two dimensions of one row are one row: whoever is rude and late is one concern about experience."""
    found: dict[UUID, dict[str, None]] = {}
    tags = Tag.objects.filter(item__in=keys, kind=TagKind.DIMENSION.value).standing()
    for item, value in tags.values_list("item", "value").order_by("value"):
        found.setdefault(item, {})[row_of(Dimension(value)).value] = None
    return {item: list(rows) for item, rows in found.items()}


def _first_told(keys: list[UUID]) -> dict[UUID, str]:
    """The origin of the item whose story each tells again, where a person found that it does (INT-04)."""
    rows = SameOrigin.objects.standing().filter(item__in=keys).order_by("recorded_at", "pk")
    return dict(rows.values_list("item", "first__origin"))


def _in_turn(keys: list[UUID]) -> Iterable[list[UUID]]:
    return (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE))
