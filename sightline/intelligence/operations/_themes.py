"""The dictionary's themes as tags: which a text speaks of, on which rows they bear, and what people settled themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.core.intelligence.theming import Dictionary, compiled, matched
from sightline.core.signals import Dimension
from sightline.intelligence.models import Item, Tag, TagRemoval
from sightline.intelligence.words import TagKind
from sightline.rulebook.queries import part

MACHINES = ("dictionary@", "model@")  # how what a machine wrote begins, where a person's own name would stand


@dataclass(frozen=True, slots=True)
class Reader:
    """The dictionary in force, ready for reading: its name as a giver of tags, and the rows of each theme."""

    dictionary: Dictionary
    rows: dict[str, tuple[Dimension, ...]]

    @property
    def by(self) -> str:
        """The name under which it gives tags."""
        return f"{MACHINES[0]}{self.dictionary.version[:12]}"

    def themes(self, text: str) -> tuple[str, ...]:
        """This function will give the themes that a text speaks of."""
        return tuple(one.theme for one in matched(text, self.dictionary))

    def dimensions(self, themes: Iterable[str]) -> tuple[str, ...]:
        """This function will give the rows of the matrix on which these themes bear, each once."""
        return tuple(dict.fromkeys(row.value for theme in themes for row in self.rows.get(theme, ())))


def dictionary_on(on: date) -> Reader:
    """This function will make the dictionary in force on a day ready."""
    entries = part("themes", on).themes
    return Reader(compiled(entries), {one.id: tuple(one.rows) for one in entries})


def tag_by(machine: str, item: Item, kind: TagKind, value: str, by: str, at: datetime) -> Tag:
    """This function will make a tag that a machine gave, when asked by somebody."""
    return Tag(item=item, kind=kind.value, value=value[:80], by_machine=machine, recorded_at=at, recorded_by=by)


def settled_by_people(items: Collection[UUID]) -> dict[TagKind, set[UUID]]:
    """This function will name the items of which a person gave or took back a tag of a kind: machines leave them be."""
    found: dict[TagKind, set[UUID]] = {kind: set() for kind in TagKind}
    given = Tag.objects.filter(item__in=items, by_machine="").order_by().values_list("item", "kind")
    removed = TagRemoval.objects.filter(tag__item__in=items).order_by()
    for machine in MACHINES:
        removed = removed.exclude(recorded_by__startswith=machine)
    for item, kind in [*given, *removed.values_list("tag__item", "tag__kind")]:
        found[TagKind(kind)].add(item)
    return found


def retag(
    items: Collection[Item], wanted: dict[UUID, dict[tuple[TagKind, str], str]], by: str, at: datetime, machine: str
) -> set[UUID]:
    """This function will make machines' tags of these items those that are wanted, and name the items that changed.

    ``wanted`` gives, by item, each kind and value with the machine that proposes it. What a person settled stays.
    """
    keys = [item.pk for item in items]
    settled = settled_by_people(keys)
    kinds = (TagKind.THEME, TagKind.DIMENSION)
    standing: dict[UUID, dict[tuple[TagKind, str], Tag]] = {key: {} for key in keys}
    rows = Tag.objects.filter(item__in=keys, kind__in=[kind.value for kind in kinds]).exclude(by_machine="")
    for tag in rows.standing().order_by("pk"):
        standing[tag.item_id][TagKind(tag.kind), tag.value] = tag
    made: list[Tag] = []
    gone: list[TagRemoval] = []
    for item in items:
        now = {key: who for key, who in wanted.get(item.pk, {}).items() if item.pk not in settled[key[0]]}
        before = {key: tag for key, tag in standing[item.pk].items() if item.pk not in settled[key[0]]}
        made += [tag_by(who, item, *key, by, at) for key, who in now.items() if key not in before]
        gone += [
            TagRemoval(tag=tag, recorded_at=at, recorded_by=machine) for key, tag in before.items() if key not in now
        ]
    Tag.objects.bulk_create(made, batch_size=2_000)
    TagRemoval.objects.bulk_create(gone, batch_size=2_000)
    return {tag.item_id for tag in made} | {removal.tag.item_id for removal in gone}
