"""What two editions of one telling come to: the same, whichever of them came first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sightline.core.intelligence.theming import words_in
from sightline.core.signals import Bearing
from sightline.directory.naming import folded
from sightline.intelligence.words import AnswerStatus

LONGEST_PASSAGE = 20_000  # characters; a longer text is told in several passages
_GRAVEST = (Bearing.NEITHER, Bearing.IMPROVEMENT, Bearing.CONCERN)
_KNOWN_BEST = (AnswerStatus.UNKNOWN, AnswerStatus.AWAITED, AnswerStatus.OVERDUE, AnswerStatus.ANSWERED)


@dataclass(frozen=True, slots=True)
class Sent:
    """One body to which a report was sent, and how its answer stands as of a day."""

    name: str
    body: UUID | None = None
    status: AnswerStatus = AnswerStatus.UNKNOWN
    due_on: date | None = None
    stated_on: date | None = None


def graver(one: Bearing, other: Bearing) -> Bearing:
    """This function will keep a concern wherever any edition tells of one."""
    return max(one, other, key=_GRAVEST.index)


def stated(kept: str, told: str, *, is_newer: bool | None) -> str:
    """This function will choose between two statements: the newer, and where neither is, always the same one."""
    if not kept or not told or kept == told:
        return kept or told
    if is_newer is None:
        return max(kept, told)
    return told if is_newer else kept


def newer(kept: date | None, told: date | None) -> bool | None:
    """This function will say whether what is told is stated later than what is kept; None where nobody knows."""
    if kept == told:
        return None
    return (told or date.min) > (kept or date.min)


def sent_to(kept: Iterable[Sent], told: Iterable[Sent]) -> dict[str, Sent]:
    """This function will give whom a report was sent to by two editions, and how each answer was stated last (INT-13).

    A body that one edition spells otherwise is one body once it is matched: who is said to have answered is not
    listed again as somebody of whom nothing is known.
    """
    found: dict[str, Sent] = {}
    for one in [*kept, *told]:
        key = folded(one.name)
        found[key] = _later(found[key], one) if key in found else one
    answering = {one.body for one in found.values() if one.body and one.stated_on}
    return {key: one for key, one in found.items() if one.stated_on or one.body not in answering}


def _later(one: Sent, other: Sent) -> Sent:
    last = max(one, other, key=lambda sent: (sent.stated_on or date.min, _KNOWN_BEST.index(sent.status)))
    due = max((sent.due_on for sent in (one, other) if sent.due_on), default=None)
    return replace(last, name=min(one.name, other.name), body=one.body or other.body, due_on=due)


def in_passages(text: str) -> tuple[str, ...]:
    """This function will part a text that is too long for one passage, where a paragraph, line or word ends."""
    parts: list[str] = []
    rest = text.strip()
    while len(rest) > LONGEST_PASSAGE:
        room = rest[:LONGEST_PASSAGE]
        at = next((end for mark in ("\n\n", "\n", " ") if (end := room.rfind(mark)) > LONGEST_PASSAGE // 2), len(room))
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return tuple([*parts, rest] if rest else parts)


def essence(text: str) -> str:
    """This function will give a text as its words alone, so that a line break more is no other text."""
    return f" {' '.join(words_in(text))} "


@dataclass(frozen=True, slots=True)
class Written:
    """A passage that stands on the record, or that was replaced by the words of ``instead``."""

    id: UUID
    text: str
    instead: str | None = None

    @property
    def was_taken_out(self) -> bool:
        """Whether a person put other words in its place; a longer edition of the same words is no such thing."""
        return self.instead is not None and essence(self.text) not in essence(self.instead)


@dataclass(frozen=True, slots=True)
class NewWords:
    """What an edition adds to the words on record: texts, each with the passage that it makes superfluous if any."""

    texts: tuple[tuple[str, UUID | None], ...] = ()
    is_held: bool = False


def new_words(text: str, written: Sequence[Written]) -> NewWords:
    """This function will say what of a text is not on the record yet; a text within another is on it already.

    Where a person replaced words, no edition brings them back: what it says otherwise waits for a person.
    """
    parts = in_passages(text)
    known = {one.id: essence(one.text) for one in written}
    fresh = [part for part in parts if not any(essence(part) in one for one in known.values())]
    if not fresh:
        return NewWords()
    if any(one.was_taken_out for one in written):
        return NewWords(is_held=True)
    texts: list[tuple[str, UUID | None]] = []
    standing = {one.id: known[one.id] for one in written if one.instead is None}
    for part in fresh:
        within = next((key for key, words in standing.items() if words in essence(part)), None)
        if within is not None:
            del standing[within]
        texts.append((part, within))
    return NewWords(tuple(texts))


def only_new(
    kept: Mapping[str, Sent], told: Mapping[str, Sent]
) -> tuple[list[Sent], list[str], list[tuple[str, Sent]]]:
    """This function will say which rows are to be added, which are to go, and which change."""
    added = [one for key, one in told.items() if key not in kept]
    gone = [key for key in kept if key not in told]
    changed = [(key, one) for key, one in told.items() if key in kept and kept[key] != one]
    return added, gone, changed
