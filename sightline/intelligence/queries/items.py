"""Reads of single items and of what belongs to them, each for somebody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.queries import names_of
from sightline.core.access import Actor, Viewer
from sightline.directory.models import Organisation, Subject
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import About, Attachment, Giver, Item, Passage, PassageQuerySet, Tag
from sightline.intelligence.words import Wish


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who gave an item, as far as this reader may know: empty words where the giver asked not to be known."""

    person: str = ""
    organisation: str = ""
    is_reader: bool = False
    wish: Wish | None = None


def one_item(actor: Actor, on: date, item_id: UUID) -> Item | None:
    """This function will give an item, or None where there is none that the actor may see."""
    return Item.objects.visible_to(actor, on).filter(pk=item_id).first()


def passages_of(viewer: Viewer, items: Collection[UUID]) -> dict[UUID, list[Passage]]:
    """This function will give what the viewer may read of these items, the oldest words first."""
    found: dict[UUID, list[Passage]] = {key: [] for key in items}
    for passage in _read_by(viewer, items):
        found[passage.item_id].append(passage)
    return found


def beginnings_of(viewer: Viewer, items: Collection[UUID]) -> dict[UUID, str]:
    """This function will give the first words that the viewer may read of each item, for a list.

    What is to be said and not circulated stands on its own page alone, so that its words are left out.
    """
    found: dict[UUID, str] = {}
    for passage in _read_by(viewer, items).filter(item__verbal_only=False):
        found.setdefault(passage.item_id, passage.text)
    return found


def _read_by(viewer: Viewer, items: Collection[UUID]) -> PassageQuerySet:
    found = Passage.objects.seen_by(viewer).filter(item__in=items).select_related("replaced_by")
    return found.order_by("recorded_at", "place", "pk")


def subjects_of(items: Collection[UUID]) -> dict[UUID, list[Subject]]:
    """This function will give whom these items are about, by name."""
    found: dict[UUID, list[Subject]] = {key: [] for key in items}
    for row in About.objects.filter(item__in=items).select_related("subject").order_by("subject__name"):
        found[row.item_id].append(row.subject)
    return found


def tags_of(items: Collection[UUID]) -> dict[UUID, list[Tag]]:
    """This function will give the tags that stand on these items."""
    found: dict[UUID, list[Tag]] = {key: [] for key in items}
    for row in Tag.objects.filter(item__in=items).standing().order_by("kind", "value"):
        found[row.item_id].append(row)
    return found


def attributions_of(viewer: Viewer, items: Collection[UUID]) -> dict[UUID, Attribution]:
    """This function will say who gave each item, as far as the giver's wish lets this viewer know.

    Those who keep the record know, because they must answer the giver; the giver is told that it is they.
    """
    rows = list(Giver.objects.filter(item__in=items).select_related("item"))
    people = names_of({row.actor_id for row in rows})
    bodies = dict(Organisation.objects.filter(code__in={row.organisation for row in rows}).values_list("code", "name"))
    return {row.item_id: _attribution(row, viewer, people, bodies) for row in rows}


def _attribution(row: Giver, viewer: Viewer, people: dict[str, str], bodies: dict[str, str]) -> Attribution:
    wish = Wish(row.wish)
    mine = row.actor_id == viewer.actor_id
    knows = mine or viewer.keeps_record_of(row.item.system)
    return Attribution(
        person=people.get(row.actor_id, "") if knows or wish is Wish.NAMED else "",
        organisation=bodies.get(row.organisation, "") if knows or wish is not Wish.UNNAMED else "",
        is_reader=mine,
        wish=wish if knows else None,
    )


def attachments_of(viewer: Viewer, item: Item) -> Sequence[Attachment]:
    """This function will give the files of an item that the viewer may open: the rule of passages, file by file."""
    heard = Item.objects.heard_by(viewer).filter(pk=item.pk).exists()
    listed = heard and item.readers.filter(actor_id=viewer.actor_id).exists()
    return [
        file
        for file in Attachment.objects.filter(item=item).order_by("recorded_at", "pk")
        if file.recorded_by == viewer.actor_id or (heard and (file.handling != "restricted" or listed))
    ]


def one_attachment(actor: Actor, on: date, attachment_id: UUID) -> Attachment | None:
    """This function will give one file that the actor may open."""
    found = Attachment.objects.select_related("item").filter(pk=attachment_id).first()
    if found is None:
        return None
    return next((one for one in attachments_of(viewer_of(actor, on), found.item) if one.pk == found.pk), None)
