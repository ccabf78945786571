"""Everything that the page of one item shows one reader, and nothing that would tell them of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.queries import names_of
from sightline.core.access import Actor, Permission, may
from sightline.core.rulebook import SourceEntry
from sightline.core.signals import Dimension
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Attachment, Feedback, Item, Marking, NamedReader, Onward, Passage, Tag
from sightline.intelligence.queries.capture import readers_for
from sightline.intelligence.queries.items import (
    Attribution,
    attachments_of,
    attributions_of,
    passages_of,
    subjects_of,
    tags_of,
)
from sightline.intelligence.queries.marking import markable, markings_of
from sightline.intelligence.queries.mine import Owed, feedback_on, owed_by
from sightline.intelligence.queries.sources import source_list
from sightline.intelligence.words import TagKind
from sightline.rulebook.queries import part
from sightline.web.quality import DIMENSION


@dataclass(frozen=True, slots=True)
class Told:
    """One item as one reader may know it.

    ``gave`` says that the reader gave it, ``keeps`` that they keep the record of its system and hear it. What only
    these two may know is empty for everybody else: ``feedback``, ``onward``, ``owed``, ``readers``.
    """

    item: Item
    passages: tuple[Passage, ...]
    subjects: tuple[Subject, ...]
    with_page: frozenset[UUID]  # of those, the ones whose own page the reader may open
    tags: tuple[tuple[Tag, str], ...]
    files: tuple[Attachment, ...]
    attribution: Attribution
    source: SourceEntry | None
    gave: bool
    keeps: bool
    may_add: bool
    reader_id: str
    feedback: tuple[Feedback, ...] = ()
    onward: tuple[Onward, ...] = ()
    owed: tuple[Owed, ...] = ()
    readers: tuple[str, ...] = ()
    markings: tuple[tuple[Marking, str], ...] = ()
    may_mark: bool = False


def told_to(actor: Actor, on: date, item_id: UUID) -> Told | None:
    """This function will give an item as the actor may know it, or None where there is none that they may see."""
    viewer = viewer_of(actor, on)
    item = Item.objects.seen_by(viewer).filter(pk=item_id).first()
    if item is None:
        return None
    attribution = attributions_of(viewer, [item.pk]).get(item.pk, Attribution())
    hears = Item.objects.heard_by(viewer).filter(pk=item.pk).exists()
    keeps = hears and viewer.keeps_record_of(item.system)
    knows = keeps or attribution.is_reader
    subjects = subjects_of([item.pk])[item.pk]
    return Told(
        item=item,
        passages=tuple(passages_of(viewer, [item.pk])[item.pk]),
        subjects=tuple(subjects),
        with_page=_with_page(actor, on, subjects),
        tags=_tags(item, on, by="" if hears else viewer.actor_id),
        files=tuple(attachments_of(viewer, item)),
        attribution=attribution,
        source=source_list(on).entry(item.source) if item.source else None,
        gave=attribution.is_reader,
        keeps=keeps,
        may_add=bool(may(actor, Permission.SHARE_INTELLIGENCE, on)),
        reader_id=viewer.actor_id,
        feedback=tuple(feedback_on([item.pk])[item.pk]) if knows else (),
        onward=tuple(Onward.objects.filter(item=item).order_by("pk")) if knows else (),
        owed=owed_by([item])[item.pk] if knows else (),
        readers=_readers(item, by="" if keeps else viewer.actor_id) if knows else (),
        markings=markings_of(actor, on, item),
        may_mark=markable(actor, on, item.pk) is not None,
    )


def one_passage(actor: Actor, on: date, passage_id: UUID) -> Passage | None:
    """This function will give a passage that the actor keeps and reads, and that nobody replaced yet."""
    viewer = viewer_of(actor, on)
    found = Passage.objects.seen_by(viewer).filter(pk=passage_id, replaced_by=None).select_related("item").first()
    if found is None or not viewer.keeps_record_of(found.item.system):
        return None
    return found if Item.objects.heard_by(viewer).filter(pk=found.item_id).exists() else None


def listed_readers(item: Item) -> tuple[str, ...]:
    """This function will give the actor ids on an item's list."""
    return tuple(NamedReader.objects.filter(item=item).order_by("pk").values_list("actor_id", flat=True))


def readers_to_choose(actor: Actor, on: date, item: Item) -> tuple[tuple[str, str], ...]:
    """This function will name those who could stand on an item's list, and whoever stands on it now."""
    names = names_of(listed_readers(item))
    offered = {**dict(readers_for(actor, on)), **names}
    return tuple(sorted(offered.items(), key=lambda one: one[1].casefold()))


def tags_to_choose(item: Item, kind: TagKind, on: date) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """This function will give the tags of one kind that the guidance in force knows, and those that stand on an item."""
    standing = tuple(one.value for one in tags_of([item.pk])[item.pk] if one.kind == kind.value)
    named = _names_of_tags(on)[kind]
    known = {**named, **{value: value for value in standing if value not in named}}
    return tuple(known.items()), standing


def _readers(item: Item, by: str) -> tuple[str, ...]:
    """By name; for the giver those alone whom they named themselves."""
    rows = NamedReader.objects.filter(item=item)
    rows = rows.filter(recorded_by=by).exclude(actor_id=by) if by else rows
    listed = list(rows.values_list("actor_id", flat=True))
    names = names_of(listed)
    return tuple(sorted(names.get(one, "somebody who left") for one in listed))


def _with_page(actor: Actor, on: date, subjects: list[Subject]) -> frozenset[UUID]:
    visible = Subject.objects.visible_to(actor, on)
    return frozenset(visible.filter(pk__in=[one.pk for one in subjects]).values_list("pk", flat=True))


def _tags(item: Item, on: date, by: str) -> tuple[tuple[Tag, str], ...]:
    """Each tag with its name in the guidance in force; who only gave the item is shown those that they gave it."""
    tags = [one for one in tags_of([item.pk])[item.pk] if not by or one.recorded_by == by]
    if not tags:
        return ()
    named = _names_of_tags(on)
    return tuple((tag, named[TagKind(tag.kind)].get(tag.value, tag.value)) for tag in tags)


def _names_of_tags(on: date) -> dict[TagKind, dict[str, str]]:
    return {
        TagKind.DIMENSION: {one.value: DIMENSION[one] for one in Dimension},
        TagKind.EVIDENCE: {one.id: one.name for one in part("evidence", on).categories},
        TagKind.POPULATION: {one.id: one.name for one in part("populations", on).populations},
        TagKind.ISSUE: {one.id: one.name for one in part("issue_types", on).issue_types},
        TagKind.THEME: {one.id: one.name for one in part("themes", on).themes},
    }
