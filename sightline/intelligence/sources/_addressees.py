"""Whom a letter is addressed to: bodies told apart from each other, and from the people and roles before them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sightline.directory.naming import folded
from sightline.intelligence.sources._offices import (
    BODY,
    ENDS_OFFICE,
    JOINS,
    LETTERS,
    OFFICE,
    OFFICES_OF_TWO,
    TITLES,
)

LONGEST = 240  # a name longer than this is cut where it is kept
_BETWEEN = re.compile(r"\s*(?:[;|\n]|\s•\s)\s*")
_PIECES = re.compile(r"\s*(?:,|\(|\)|\[|\]|\s[-–—]+\s|:)\s*")
_BLACKED = re.compile(r"[\[(]?\s*\bredacted\b\s*[\])]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Addressed:
    """The bodies to which something was sent, without anybody's name, and how many were blacked out whole."""

    names: tuple[str, ...]
    withheld: int = 0


def addressed(words: str) -> Addressed:
    """This function will split a free-text address list into bodies; names of people and blacked-out ones go.

    An office that stands alone (“Chief Executive; Foo NHS Trust”) belongs to the body that follows it.
    """
    found: dict[str, str] = {}
    withheld = 0
    office = ""
    # Blanks are brought down first: a run of thousands of them would be looked through again from each.
    tidy = "\n".join(" ".join(line.split()) for line in words.splitlines())
    for part in _BETWEEN.split(tidy):
        is_blacked = bool(_BLACKED.search(part))
        name = without_people(_BLACKED.sub(" ", part))
        if is_office(name):
            withheld += is_blacked
            office = office or ("" if is_blacked else name)
            continue
        # After the first body, an office alone is another of that body's.
        whole = f"{office}, {name}" if office and not found else name
        found.setdefault(folded(whole), _cut(whole))
    return Addressed(tuple(found.values()), withheld)


def pieces(words: str) -> list[str]:
    """This function will cut an addressee where commas, brackets and dashes stand."""
    return [piece.strip(" .\"'“”‘’") for piece in _PIECES.split(words) if piece.strip(" .\"'“”‘’")]


def is_office(words: str) -> bool:
    """This function will say whether there is nothing but an office, or nothing at all: no body is named."""
    return all(token in OFFICE for token in folded(words).split())


def without_people(words: str) -> str:
    """This function will take the names of people out of an addressee: offices and bodies stay (IGV-02)."""
    cut = pieces(words)
    kept: list[str] = []
    for at, piece in enumerate(cut):
        before_office = at + 1 < len(cut) and _starts_office(cut[at + 1])
        after_office = 0 < at < len(cut) - 1 and is_office(cut[at - 1]) and not _starts_office(cut[at + 1])
        bare = _without_person(_without_honours(piece), may_be_untitled=before_office or after_office)
        if bare:
            kept.append(bare)
    return ", ".join(kept)


def offices_cut(phrase: tuple[str, ...]) -> list[tuple[str, ...]]:
    """This function will give what may be the body's name once an office before it is taken off, the longest first.

    “chief executive of the x trust” may be itself, “the x trust” or “x trust”; but “x hospital of y trust” is
    never cut to “y trust”, because a hospital is no office.
    """
    phrase = _without_office_behind(phrase)
    found = [phrase]
    for at in range(1, len(phrase)):
        before = phrase[:at]
        if before[-1] == "at" or _is_office_of(before):
            found.append(phrase[at:])
    return found


def _without_office_behind(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """“Foo NHS Trust Chief Executive” is Foo NHS Trust."""
    end = len(phrase)
    while end and phrase[end - 1] in OFFICE - {"trust", "group", "services", "service", "care", "board"}:
        end -= 1
    behind = set(phrase[end:])
    return phrase[:end] if end and behind & ENDS_OFFICE else phrase


def _is_office_of(before: tuple[str, ...]) -> bool:
    if all(token in OFFICE for token in before) and (set(before) & ENDS_OFFICE or set(before) <= JOINS):
        return True
    last = next((token for token in reversed(before) if token not in JOINS), "")
    if before[-1] in JOINS - {"and"} and last in ENDS_OFFICE:
        return True
    # Somebody's name before an office of two words: “Jo Bloggs Chief Executive Foo NHS Trust”.
    return len(before) <= 7 and before[-2:] in OFFICES_OF_TWO and not set(before[:-2]) & BODY


def _starts_office(piece: str) -> bool:
    first = next((word for word in folded(piece).split() if word != "the"), "")
    return first in OFFICE - JOINS or first in {"minister", "secretary", "professor"}


def _without_person(piece: str, *, may_be_untitled: bool) -> str:
    words = piece.split()
    plain = [folded(word) for word in words]
    at = 0
    while at < len(plain) and plain[at] in TITLES and not (plain[at] == "the" and not _title_next(plain, at)):
        at += 1
    has_title = at > 0
    if not has_title and not (may_be_untitled and _is_name(words)):
        return _without_untitled(words, plain)
    # The name runs until an office or a body begins; a name has seldom more than four parts.
    while at < len(plain) and not _begins_something(plain[at]):
        at += 1
    return " ".join(words[at:])


def _without_untitled(words: list[str], plain: list[str]) -> str:
    """“Jo Bloggs Chief Executive Foo NHS Trust” begins with a person, as the office in the middle shows."""
    for at in (2, 3):
        if tuple(plain[at : at + 2]) in OFFICES_OF_TWO and len(words) > at + 2 and _is_name(words[:at]):
            return " ".join(words[at:])
    return " ".join(words)


def _without_honours(piece: str) -> str:
    """“Chief Constable Foo Police Jo Bloggs QPM” ends in a person, as the letters show."""
    words = piece.split()
    end = len(words)
    while end and folded(words[end - 1]) in LETTERS:
        end -= 1
    if end == len(words):
        return piece
    start = end
    while (
        start > max(0, end - 3) and words[start - 1][:1].isupper() and not _begins_something(folded(words[start - 1]))
    ):
        start -= 1
    return " ".join(words[:start])


def _title_next(plain: list[str], at: int) -> bool:
    return at + 1 < len(plain) and plain[at + 1] in TITLES


def _begins_something(word: str) -> bool:
    parts = set(word.split())
    return bool(parts & ((OFFICE - JOINS) | BODY | {"minister", "at", "of", "for"}))


def _is_name(words: list[str]) -> bool:
    plain = [folded(word) for word in words]
    return (
        2 <= len(words) <= 5
        and all(word[:1].isupper() for word in words)
        and not any(set(word.split()) & (BODY | OFFICE) for word in plain)
    )


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
