"""One part in plain words, whatever its shape: every entry with its values, beside where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from pydantic.fields import FieldInfo

from sightline.core.rulebook import Part, Strict
from sightline.core.rulebook.circumstances import Commissioner
from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.readings import Place, entry_of
from sightline.core.signals import Dimension, Quadrant
from sightline.rulebook.queries import PartInForce
from sightline.rulebook.words import FEED, part_name, plain
from sightline.web import wording
from sightline.web.quality import DIMENSION, QUADRANT

TITLES = ("name", "asks", "giver", "title", "says", "because")  # the first of these that an entry has is its heading
UNSAID = frozenset({"id", "cites"})
OWN_WORDS = frozenset({"phrases", "exclude"})  # words of a dictionary, in which an id is no reference
# Parts that speak of levels and of roles, and the parts of the same guidance that name those.
NAMED_ELSEWHERE = frozenset({"levels", "triggers", "authority", "notices", "clocks", "mapping", "registers", "reports"})
NAMING = ("levels", "authority", "triggers", "clocks")
NAMED_BY = {"terms": ("group_types",)}  # terms speak of the recipients of a type's reports


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of an entry; where its label alone says it, ``says`` is empty."""

    label: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry beside its citation; ``children`` are the entries within it, ``change`` says what is local.

    ``kind`` tells entries apart that stand within one and are of several kinds.
    """

    title: str
    facts: tuple[Fact, ...]
    cites: str
    change: str = ""
    children: tuple[EntryRow, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind."""

    heading: str
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is known while a part is read out: the titles behind its ids, and the pack's own entries to compare with.

    ``parts`` are all parts of the pack, for those that point at entries of others.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    own: Mapping[tuple[type, str], Strict] | None = None


def sections(part: PartInForce) -> list[Section]:
    """This function will lay out every entry of a part beside its citation, marking what is local."""
    reader = _reader(part)
    found = []
    for name, info in type(part.content).model_fields.items():
        rows = tuple(_rows(getattr(part.content, name), _label(name, info), reader))
        if rows:
            found.append(Section(_label(name, info), rows))
    return found


def lead(part: PartInForce) -> tuple[Fact, ...]:
    """This function will give what a part says of itself as a whole."""
    return tuple(_facts(part.content, frozenset({"title"}), _reader(part)))


def entries_within(value: Any) -> Iterator[Strict]:
    """This function will give every object of a part, however deep."""
    if isinstance(value, Strict):
        if not isinstance(value, Part):
            yield value
        for name in type(value).model_fields:
            yield from entries_within(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from entries_within(one)


def _reader(part: PartInForce) -> _Reader:
    titles: dict[str, str] = {}
    elsewhere = NAMING if part.name in NAMED_ELSEWHERE else NAMED_BY.get(part.name, ())
    naming = [part.pack.parts.get(name) for name in elsewhere]
    for content in (part.content, *filter(None, naming)):
        for one in entries_within(content):
            named, title = _titled(one)
            if named in TITLES and hasattr(one, "id"):
                titles.setdefault(_id(one), title)  # what is named first is what is referred to
    own = {(type(one), _id(one)): one for one in entries_within(part.own)} if part.is_local else None
    return _Reader(titles, part.pack.parts, own)


def _rows(value: Any, heading: str, reader: _Reader) -> Iterator[EntryRow]:
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, Strict):
            yield _row(one, heading, reader)


def _row(entry: Strict, heading: str, reader: _Reader) -> EntryRow:
    if isinstance(entry, Place):
        return EntryRow(f"{heading}: {part_name(entry.part)}", (Fact(_placed(entry, reader)),), "")
    named, title = _titled(entry)
    title = reader.titles.get(title, title) or heading
    code = _id(entry)
    return EntryRow(
        title=f"{code}. {title}" if len(code) == 1 else title,
        facts=tuple(_facts(entry, UNSAID | {named}, reader)),
        cites=str(getattr(entry, "cites", "")),
        change=_change(entry, reader),
        children=_children(entry, reader),
    )


def _placed(place: Place, reader: _Reader) -> str:
    """What a place names, by its title; where that has none, by the name of the field."""
    found = entry_of(reader.parts, place)
    named, title = _titled(found) if found is not None and hasattr(found, "id") else ("", "")
    return title if named in TITLES else plain(place.entry)


def _children(entry: Strict, reader: _Reader) -> tuple[EntryRow, ...]:
    found = {}
    for name, info in type(entry).model_fields.items():
        label = _label(name, info)
        if rows := tuple(_rows(getattr(entry, name), label, reader)):
            found[label] = rows
    if len(found) == 1:
        return next(iter(found.values()))
    return tuple(replace(row, kind=label) for label, rows in found.items() for row in rows)


def _titled(entry: Strict) -> tuple[str, str]:
    """Which field names an entry, and how: one that has no name is called by the first word that it holds."""
    for name in TITLES:
        if getattr(entry, name, ""):
            return name, str(getattr(entry, name))
    for name in type(entry).model_fields:
        if name not in UNSAID and isinstance(getattr(entry, name), str):
            return name, value_in_words(getattr(entry, name))
    return "", ""


def _change(entry: Strict, reader: _Reader) -> str:
    if reader.own is None:
        return ""
    before = reader.own.get((type(entry), _id(entry)))
    if before is None:
        return "Added here"
    return "" if before == entry else "Changed here"


def _facts(entry: Strict, skip: frozenset[str], reader: _Reader) -> Iterator[Fact]:
    for name, info in type(entry).model_fields.items():
        value = getattr(entry, name)
        is_nested = any(isinstance(one, Strict) for one in (value if isinstance(value, tuple) else (value,)))
        if name in skip or is_nested or value is None or (not info.is_required() and value == info.default):
            continue
        titles = {} if name in OWN_WORDS else reader.titles
        yield Fact(_label(name, info), value_in_words(value, name, titles))


def value_in_words(value: Any, name: str = "", titles: Mapping[str, str] | None = None) -> str:
    """This function will write a value of a rule as a reader would; an id of the same part by what it names."""
    match value:
        case True:
            return ""  # its label says it
        case False:
            return "No"
        case Quadrant():
            return QUADRANT[value]
        case Dimension():
            return DIMENSION[value]
        case Slot() | Commissioner():
            return (titles or {}).get(value.value) or plain(value.value)
        case Enum():
            return plain(str(value.value))
        case date():
            return wording.day(value)
        case tuple():
            apart = "; " if any(isinstance(one, tuple) for one in value) else ", "
            return apart.join(value_in_words(one, name, titles) for one in value)
        case str() if name == "feeds":
            return FEED.get(value, plain(value))
        case str() if name == "stands_in":
            return part_name(value)
        case str() if name == "givers":
            return plain(value).lower()
        case str():
            return (titles or {}).get(value, value)
    return wording.number(value)


def _label(name: str, info: FieldInfo) -> str:
    return info.description or plain(name)


def _id(entry: Strict) -> str:
    """By what an entry is known again in another version: its id, or else the first word that it holds."""
    return str(getattr(entry, "id", "")) or _titled(entry)[1]
