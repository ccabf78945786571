"""The list of what a reader may see, filtered as asked; a filter never lets them tell of what they may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Viewer
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import subjects_within
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import About, Giver, Item, ItemQuerySet, Passage, Review, Tag, TagQuerySet
from sightline.intelligence.queries.items import passages_of, subjects_of, tags_of
from sightline.intelligence.words import PUBLISHED, TagKind, Wish

A_PAGE = 50
AT_MOST = 10_000  # items in one copy that is taken away
COUNTED = 1_000  # beyond so many a list says only that there are more
WORDS = 6
RARE = 1_000


class Told(StrEnum):
    """Who told what a list shows: thousands of published comments would bury what a partner gave."""

    PARTNERS = "partners"
    PUBLISHED = "published"


_PUBLISHED = tuple(sorted(one.value for one in PUBLISHED))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for; empty for everything."""

    area: str = ""
    subject: UUID | None = None
    kind: str = ""
    bearing: str = ""
    quadrant: str = ""
    dimension: str = ""
    theme: str = ""
    since: date | None = None
    words: str = ""
    waiting: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a list, with the words of it that the reader may read."""

    item: Item
    subjects: tuple[Subject, ...]
    passages: tuple[Passage, ...]
    tags: tuple[Tag, ...]
    body: str  # the giver's organisation, where the giver lets it be known


def page_of_items(actor: Actor, on: date, asked: Asked, page: int) -> tuple[list[Row], int]:
    """This function will give one page of what the actor may see, the newest first, and how many there are.

    One more than ``COUNTED`` stands for any number beyond it: to count on takes seconds, and nobody leafs so far.
    """
    viewer = viewer_of(actor, on)
    first = (page - 1) * A_PAGE
    keys = list(_in_order(_found(viewer, on, asked))[first : first + A_PAGE])
    return rows_of(actor, on, keys), _how_many(viewer, on, asked)


def keys_of_items(actor: Actor, on: date, asked: Asked) -> list[UUID]:
    """This function will give the newest items that the actor may see, as many as one copy holds."""
    return list(_in_order(_found(viewer_of(actor, on), on, asked))[:AT_MOST])


def rows_of(actor: Actor, on: date, keys: Sequence[UUID]) -> list[Row]:
    """This function will read the records of these items in their order, and of their words what the actor may read."""
    viewer = viewer_of(actor, on)
    items = Item.objects.in_bulk(keys)
    subjects, passages, tags = subjects_of(keys), passages_of(viewer, keys), tags_of(keys)
    own, bodies = set(_own_alone(viewer)), _bodies(keys)
    return [
        Row(
            item=items[key],
            subjects=tuple(subjects[key]),
            passages=tuple(passages[key]),
            tags=tuple(one for one in tags[key] if key not in own or one.recorded_by == viewer.actor_id),
            body=bodies.get(key, ""),
        )
        for key in keys
        if key in items
    ]


def subject_asked_for(actor: Actor, on: date, key: UUID | None) -> Subject | None:
    """This function will give the subject that a list is asked for, if the actor may see it."""
    return Subject.objects.visible_to(actor, on).filter(pk=key).first() if key else None


def name_of_group(system: str) -> str:
    """This function will name the board whose group keeps this record; nothing where the house serves no one system."""
    return Organisation.objects.filter(code=system).values_list("name", flat=True).first() or ""


def _found(viewer: Viewer, on: date, asked: Asked) -> ItemQuerySet:
    own = _own_alone(viewer)
    found = Item.objects.heard_by(viewer)
    if own:
        found = Item.objects.filter(Q(pk__in=found.values("pk")) | Q(pk__in=own))
    plain = {"kind": asked.kind, "bearing": asked.bearing, "quadrant": asked.quadrant, "heard_on__gte": asked.since}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    match asked.told:
        case Told.PARTNERS:
            found = found.exclude(kind__in=_PUBLISHED)
        case Told.PUBLISHED:
            found = found.filter(kind__in=_PUBLISHED)
    if asked.area:
        within = About.objects.filter(subject__in=subjects_within(asked.area, on).values("pk"))
        found = found.filter(Q(system=asked.area) | Q(pk__in=within.values("item")))
    if asked.subject:
        found = found.filter(pk__in=About.objects.filter(subject=asked.subject).values("item"))
    for kind, value in ((TagKind.DIMENSION, asked.dimension), (TagKind.THEME, asked.theme)):
        if value:
            found = _with_tag(found, _tagged(viewer, own, kind, value))
    for word in asked.words.split()[:WORDS]:
        found = _with_word(found, viewer, word)
    return _waiting(found, viewer) if asked.waiting else found


def _own_alone(viewer: Viewer) -> list[UUID]:
    """What the viewer gave and does not hear otherwise: few, and asked for apart, so that the rest is found quickly."""
    given = list(Giver.objects.filter(actor_id=viewer.actor_id or "-").values_list("item", flat=True))
    if not given:
        return []
    heard = set(Item.objects.heard_by(viewer).filter(pk__in=given).order_by().values_list("pk", flat=True))
    return [key for key in given if key not in heard]


def _tagged(viewer: Viewer, own: list[UUID], kind: TagKind, value: str) -> TagQuerySet:
    """Tags that others gave to what the viewer only gave are not theirs to find."""
    tags = Tag.objects.filter(kind=kind.value, value=value).standing()
    return tags.filter(~Q(item__in=own) | Q(recorded_by=viewer.actor_id)) if own else tags


def _with_tag(found: ItemQuerySet, tags: TagQuerySet) -> ItemQuerySet:
    holding = list(tags.order_by().values_list("item", flat=True)[: RARE + 1])
    if len(holding) <= RARE:
        return found.filter(pk__in=holding)
    return found.filter(Exists(tags.filter(item=OuterRef("pk"))))


def _with_word(found: ItemQuerySet, viewer: Viewer, word: str) -> ItemQuerySet:
    """Only in what the viewer may read: a match in a hidden passage would tell them that it is there.

    Few passages hold a rare word, and these are asked for at once. A common one is looked for item by item, for the
    first page is full before many were read.
    """
    holding = list(Passage.objects.filter(text__icontains=word).order_by().values_list("pk", flat=True)[: RARE + 1])
    read = Passage.objects.seen_by(viewer).filter(text__icontains=word)
    if len(holding) <= RARE:
        return found.filter(pk__in=read.filter(pk__in=holding).values("item"))
    return found.filter(Exists(read.filter(item=OuterRef("pk"))))


def _waiting(found: ItemQuerySet, viewer: Viewer) -> ItemQuerySet:
    if not viewer.keeps:
        return found.none()
    found = found.filter(~Exists(Review.objects.filter(item=OuterRef("pk"))), counts=False)
    found = found.filter(kind__in=_PUBLISHED)
    return found if viewer.kept is None else found.filter(system__in=viewer.kept)


def _in_order(found: ItemQuerySet) -> QuerySet[Item, UUID]:
    return found.order_by("-heard_on", "-recorded_at", "pk").values_list("pk", flat=True)


@until_anything_changes
def _how_many(viewer: Viewer, on: date, asked: Asked) -> int:
    return _found(viewer, on, asked).order_by()[: COUNTED + 1].count()


def _bodies(keys: Sequence[UUID]) -> dict[UUID, str]:
    """Whose body may be named to everybody who sees the item: a copy may travel further than its taker."""
    rows = Giver.objects.filter(item__in=keys).exclude(wish=Wish.UNNAMED.value).values_list("item", "organisation")
    given = dict(rows)
    names = dict(Organisation.objects.filter(code__in=set(given.values())).values_list("code", "name"))
    return {item: names[code] for item, code in given.items() if code in names}
