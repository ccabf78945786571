"""Writes the items of one file in batches: new ones whole, and of known ones only what an edition adds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeVar
from uuid import uuid4

from sightline.core.access import Handling
from sightline.intelligence.giving import Words
from sightline.intelligence.models import (
    About,
    Addressee,
    Doubt,
    Giver,
    Item,
    Marking,
    NamedReader,
    Passage,
    Report,
    Tag,
    Unplaced,
)
from sightline.intelligence.operations._sightings import see_again
from sightline.intelligence.operations._taking_in_editions import Editions
from sightline.intelligence.operations._taking_in_merging import in_passages, sent_to
from sightline.intelligence.operations._taking_in_rows import addressee, doubt, passage, unplaced
from sightline.intelligence.operations._taking_in_shape import Bringing, Outcome, Taken
from sightline.intelligence.operations._themes import tag_by
from sightline.intelligence.words import PUBLISHED, TagKind, Wish

AT_ONCE = 1_000
T = TypeVar("T")
_MOST_AREA, _MOST_CATEGORY, _MOST_REFERENCE = 200, 250, 60


def write(taken: Sequence[Taken], bringing: Bringing) -> Outcome:
    """This function will write every item of a file that is not on the record, and what is new of those that are."""
    outcome = Outcome()
    once: dict[str, Taken] = {}
    for one in taken:
        once.setdefault(one.key, one)
    outcome.known += len(taken) - len(once)
    for some in _batches(once.values()):
        found = Item.objects.filter(source_key__in=[one.key for one in some], kind__in={one.kind for one in some})
        items = {item.source_key: item for item in found}
        fresh = [one for one in some if one.key not in items]
        again = [(items[one.key], one) for one in some if one.key in items]
        made = _add(fresh, bringing)
        outcome.made += len(made)
        outcome.names |= {name.words for one in fresh for name in one.waiting}
        outcome.held += [(one.line, one.held) for one in fresh if one.held]
        published = [(item, one) for item, one in again if one.kind in PUBLISHED]
        changed = Editions(published, bringing).bring_up_to_date(outcome)
        outcome.changed += len(changed)
        outcome.known += len(again) - len(changed)
        see_again([*made, *changed])
    return outcome


def _add(taken: list[Taken], bringing: Bringing) -> list[Item]:
    """Each table in one go, as ten thousand items would otherwise be a hundred thousand questions."""
    pairs = [(_item(one, bringing), one) for one in taken]
    _create(Item, (item for item, _ in pairs))
    _create(About, (About(item=item, subject_id=subject) for item, one in pairs for subject in one.about))
    _create(Unplaced, (unplaced(item, name, bringing) for item, one in pairs for name in one.waiting))
    _create(Doubt, (doubt(item, one.held, bringing) for item, one in pairs if one.held))
    passages = [passage for item, one in pairs for passage in _passages(item, one, bringing)]
    _create(Passage, passages)
    _create(Marking, _markings(pairs, passages, bringing))
    _create(Tag, (tag for item, one in pairs for tag in _tags(item, one, bringing)))
    _create(Giver, (_giver(item, one, bringing) for item, one in pairs if one.giver is not None))
    _create(NamedReader, (reader for item, one in pairs for reader in _readers(item, one, bringing)))
    reports = [(_report(item, one, bringing), one) for item, one in pairs if one.report]
    _create(Report, (report for report, _ in reports))
    _create(Addressee, (addressee(report, sent) for report, one in reports for sent in sent_to((), one.sent).values()))
    return [item for item, _ in pairs]


def _item(one: Taken, bringing: Bringing) -> Item:
    return Item(
        id=uuid4(),
        system=bringing.system,
        kind=one.kind.value,
        bearing=one.bearing.value,
        heard_on=one.heard_on,
        source=one.road.source,
        quadrant=one.road.quadrant,
        origin=one.road.origin,
        channel=one.channel.value,
        certainty=one.certainty.value if one.certainty else "",
        handling=one.handling.value,
        safeguarding=one.safeguarding.value,
        counts=one.counts,
        source_key=one.key,
        pack=bringing.pack,
        recorded_at=bringing.at,
        recorded_by=bringing.by.actor_id,
    )


def _passages(item: Item, one: Taken, bringing: Bringing) -> Iterable[Passage]:
    parts = [(part, words.handling) for words in one.words for part in in_passages(words.text)]
    return (passage(item, Words(part, handling), place, bringing) for place, (part, handling) in enumerate(parts))


def _markings(pairs: list[tuple[Item, Taken]], passages: list[Passage], bringing: Bringing) -> Iterable[Marking]:
    """Why an item is for fewer than the members, or else a passage of it (IGV-05; SQG 2022 Annex A)."""
    few = Handling.RESTRICTED
    told = {item.pk: one for item, one in pairs if one.why_fewer and any(words.handling is few for words in one.words)}
    for item, one in pairs:
        if item.pk in told and one.handling is few:
            yield _marking(item, None, one.why_fewer, bringing)
    for narrow in passages:
        item = narrow.item
        if item.pk in told and narrow.handling == few.value and item.handling != few.value:
            yield _marking(item, narrow, told[item.pk].why_fewer, bringing)


def _marking(item: Item, of: Passage | None, because: str, bringing: Bringing) -> Marking:
    return Marking(
        item=item,
        passage=of,
        handling=Handling.RESTRICTED.value,
        because=because,
        recorded_at=bringing.at,
        recorded_by=bringing.by.actor_id,
    )


def _tags(item: Item, one: Taken, bringing: Bringing) -> Iterable[Tag]:
    """What a person wrote down is theirs; a published text gets its rows from its themes, and the machine says so."""
    by, at, machine = bringing.by.actor_id, bringing.at, bringing.themes.by
    for value in one.dimensions:
        yield Tag(item=item, kind=TagKind.DIMENSION.value, value=value, recorded_at=at, recorded_by=by)
    # Words for fewer readers give no theme to an item that more may see.
    open_words = [words for words in one.words if words.handling is one.handling]
    themes = tuple(dict.fromkeys(theme for words in open_words for theme in bringing.themes.themes(words.text)))
    for theme in themes:
        yield tag_by(machine, item, TagKind.THEME, theme, by, at)
    if one.kind in PUBLISHED and not one.dimensions:
        for value in bringing.themes.dimensions(themes):
            yield tag_by(machine, item, TagKind.DIMENSION, value, by, at)


def _giver(item: Item, one: Taken, bringing: Bringing) -> Giver:
    """Whoever brings a table answers for its rows; that their body may be named is all that they said."""
    return Giver(item=item, actor_id=bringing.by.actor_id, organisation=one.giver or "", wish=Wish.ORGANISATION.value)


def _readers(item: Item, one: Taken, bringing: Bringing) -> Iterable[NamedReader]:
    if not any(words.handling is Handling.RESTRICTED for words in one.words):
        return ()
    listed = sorted({*one.readers, bringing.by.actor_id})
    return (
        NamedReader(item=item, actor_id=reader, recorded_at=bringing.at, recorded_by=bringing.by.actor_id)
        for reader in listed
    )


def _report(item: Item, one: Taken, bringing: Bringing) -> Report:
    assert one.report is not None
    return Report(
        item=item,
        reference=one.report.reference[:_MOST_REFERENCE],
        area=one.report.area[:_MOST_AREA],
        category=one.report.category[:_MOST_CATEGORY],
        sent_on=one.report.sent_on,
        delivery=bringing.delivery,
    )


def _create(model: type[T], rows: Iterable[T]) -> None:
    model.objects.bulk_create(rows, batch_size=AT_ONCE)  # type: ignore[attr-defined]  # every model has its manager


def _batches(rows: Iterable[Taken]) -> Iterable[list[Taken]]:
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
