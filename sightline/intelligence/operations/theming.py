"""Theming items by machine: the dictionary and, where one is trained, the model; people's own answers stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.intelligence.models import Item
from sightline.intelligence.operations._sightings import see_again
from sightline.intelligence.operations._themes import Reader, dictionary_on, retag
from sightline.intelligence.queries.themes import items_to_theme, open_texts
from sightline.intelligence.theming.engine import ThemeModel, classify
from sightline.intelligence.theming.keeping import load
from sightline.intelligence.words import PUBLISHED, TagKind


@operation(Permission.KEEP_RULES)
def theme_items(*, by: Actor, at: datetime, items: Collection[UUID]) -> int:
    """This function will theme these items again and say how many changed (DAT-10, INT-15).

    Only what nobody settled is touched: where a person gave or took back a theme, the item's themes are theirs. Rows
    of the matrix follow from the themes of published texts alone; who shares something says its rows themselves. What
    lies outside the systems whose rules the actor keeps is passed over.
    """
    on = timezone.localdate(at)
    found = list(items_to_theme(by, on).filter(pk__in=items))
    reader, model = dictionary_on(on), load(Path(settings.DATA_DIR))
    texts = open_texts([item.pk for item in found])
    suggested = _suggested(model, texts)
    wanted = {item.pk: _wanted(item, texts[item.pk], reader, suggested[item.pk]) for item in found}
    changed = retag(found, wanted, by.actor_id, at, reader.by)
    see_again([item for item in found if item.pk in changed])
    return len(changed)


def _suggested(model: ThemeModel | None, texts: dict[UUID, list[str]]) -> dict[UUID, dict[str, str]]:
    """What the model proposes for each item, with its name; nothing where none is trained."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    if model is None:
        return found
    pairs = [(key, text) for key, some in texts.items() for text in some]
    for (key, _), proposed in zip(pairs, classify(model, [text for _, text in pairs]), strict=True):
        found[key] |= {one.theme: one.by for one in proposed}
    return found


def _wanted(item: Item, texts: list[str], reader: Reader, suggested: dict[str, str]) -> dict[tuple[TagKind, str], str]:
    # What the dictionary finds is its own, though the model finds it too: its phrase can be shown.
    themes = {**suggested, **{theme: reader.by for text in texts for theme in reader.themes(text)}}
    wanted = {(TagKind.THEME, theme): by for theme, by in themes.items()}
    if item.kind in PUBLISHED:
        for theme, by in themes.items():
            for row in reader.dimensions([theme]):
                wanted.setdefault((TagKind.DIMENSION, row), by)
    return wanted
