"""Reads of themes: how often each is spoken of, month by month, in what a reader may see; and texts to learn from."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import F

from sightline.core.access import Actor, Handling, Permission, systems_where
from sightline.core.intelligence.trends import Heard
from sightline.core.verdict import Invalid
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_within
from sightline.intelligence.models import About, Item, ItemQuerySet, Passage, Tag
from sightline.intelligence.theming.engine import Training
from sightline.intelligence.theming.keeping import load
from sightline.intelligence.theming.labels import Labelled, key_of
from sightline.intelligence.words import Kind, TagKind
from sightline.rulebook.queries import part

_OPEN = [Handling.PUBLIC.value, Handling.MEMBERS.value]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of it all is looked at; empty words for no narrowing."""

    area: str = ""
    subject: UUID | None = None
    kind: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was heard, item by item: once for all, and once for each subject that it is about."""

    overall: tuple[Heard, ...]
    by_place: tuple[Heard, ...]
    places: dict[str, str]
    has_comments: bool


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """The model in use: its name and what is known of its training; ``says`` where it cannot be used."""

    name: str = ""
    training: Training | None = None
    says: str = ""


def themes_spoken_of(actor: Actor, on: date, asked: Asked) -> Spoken:
    """This function will gather the themes of what counts and the actor may see (DAT-10; SQG 2022 §4.2)."""
    items = _narrowed(Item.objects.visible_to(actor, on).counting(), asked, on).order_by()
    days = {key: (day, kind) for key, day, kind in items.values_list("pk", "heard_on", "kind")}
    themes: dict[UUID, set[str]] = defaultdict(set)
    rows = Tag.objects.filter(item__in=items.values("pk"), kind=TagKind.THEME.value).standing()
    for item, theme in rows.order_by().values_list("item", "value"):
        themes[item].add(theme)
    about = About.objects.filter(item__in=items.values("pk")).order_by()
    pairs = list(about.values_list("item", "subject__key", "subject__name"))
    return Spoken(
        overall=tuple(Heard(day, frozenset(themes[key])) for key, (day, _) in days.items()),
        by_place=tuple(Heard(days[key][0], frozenset(themes[key]), code) for key, code, _ in pairs if key in days),
        places={code: name for _, code, name in pairs},
        has_comments=any(kind == Kind.COMMENT for _, kind in days.values()),
    )


def _narrowed(items: ItemQuerySet, asked: Asked, on: date) -> ItemQuerySet:
    if asked.kind:
        items = items.filter(kind=asked.kind)
    if asked.subject:
        items = items.filter(pk__in=About.objects.filter(subject=asked.subject).values("item"))
    if asked.area:
        within = subjects_within(asked.area, on).order_by().values("pk")
        items = items.filter(pk__in=About.objects.filter(subject__in=within).values("item"))
    return items


def theme_names(on: date) -> dict[str, str]:
    """This function will name the themes of the dictionary in force, in its order."""
    return {one.id: one.name for one in part("themes", on).themes}


def model_facts() -> ModelFacts:
    """This function will say which model of themes is in use and how good it was found to be."""
    try:
        model = load(Path(settings.DATA_DIR))
    except Invalid as problem:
        return ModelFacts(says=" ".join(problem.problems))
    return ModelFacts(model.by, model.training) if model else ModelFacts()


def subject_asked(actor: Actor, on: date, key: str) -> Subject | None:
    """This function will give the subject that an address names, if the actor may see it."""
    try:
        return Subject.objects.visible_to(actor, on).filter(pk=UUID(key)).first()
    except ValueError:
        return None


def items_to_theme(actor: Actor, on: date) -> ItemQuerySet:
    """This function will choose the items of systems whose rules the actor keeps, whoever may read them."""
    systems = systems_where(actor, Permission.KEEP_RULES, on)
    return Item.objects.all() if systems is None else Item.objects.filter(system__in=systems)


def keys_to_theme(actor: Actor, on: date) -> list[UUID]:
    """This function will list those items, in an order that does not change."""
    return list(items_to_theme(actor, on).order_by("pk").values_list("pk", flat=True))


def open_texts(items: Collection[UUID]) -> dict[UUID, list[str]]:
    """This function will give the standing words of these items, without what is for fewer than the item itself.

    For machines alone, which give themes: no page shows what comes of it to anybody who may not see the item.
    """
    found: dict[UUID, list[str]] = {key: [] for key in items}
    rows = Passage.objects.filter(item__in=items, replaced_by=None, handling=F("item__handling"))
    for item, text in rows.order_by("recorded_at", "place", "pk").values_list("item", "text"):
        found[item].append(text)
    return found


def labelled_texts(on: date) -> Iterable[Labelled]:
    """This function will give the texts of which people settled the themes, for the model to learn from (INT-15).

    Only what members of the group may read: a model's vocabulary holds words, and restricted ones stay out of it.
    """
    given = Tag.objects.filter(kind=TagKind.THEME.value, by_machine="").standing().order_by()
    heard = Item.objects.filter(pk__in=given.values("item"), handling__in=_OPEN, heard_on__lte=on).order_by("pk")
    days = dict(heard.values_list("pk", "heard_on"))
    themes: dict[UUID, set[str]] = defaultdict(set)
    standing = Tag.objects.filter(item__in=heard.values("pk"), kind=TagKind.THEME.value).standing().order_by()
    for item, theme in standing.values_list("item", "value"):
        themes[item].add(theme)
    for key, texts in open_texts(days).items():
        if texts:
            yield Labelled("\n\n".join(texts), frozenset(themes[key]), days[key], str(key))


def fingerprint_of_labels(labelled: Iterable[Labelled]) -> str:
    """This function will give the fingerprint of labelled texts, the same in whatever order they come."""
    lines = sorted("\0".join([key_of(one.text), one.heard_on.isoformat(), *sorted(one.themes)]) for one in labelled)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
