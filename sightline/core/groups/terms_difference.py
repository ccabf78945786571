"""What differs between two versions of a text of lines: lines that came, went or changed, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

ALIKE = 0.5  # two lines of which at least so much is the same are one line that changed
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and what became of it."""

    text: str
    mark: Mark = Mark.SAME


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line: of one piece where it stayed, came or went as a whole, of several where words in it changed."""

    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it came or went."""
        return any(one.mark is not Mark.SAME for one in self.pieces)

    @property
    def whole(self) -> Mark | None:
        """What became of the line as a whole; nothing where words within it changed."""
        marks = {one.mark for one in self.pieces}
        return marks.pop() if len(marks) == 1 else None


def compare(before: Sequence[str], after: Sequence[str]) -> tuple[MarkedLine, ...]:
    """This function will set two texts of lines beside each other; taken without what was added, it is the earlier one."""
    return tuple(_lines(before, after))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[MarkedLine]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for step, from_a, to_a, from_b, to_b in matcher.get_opcodes():
        gone, come = before[from_a:to_a], after[from_b:to_b]
        if step == "equal":
            yield from (MarkedLine((Piece(one),)) for one in gone)
            continue
        shared = min(len(gone), len(come))
        for old, new in zip(gone[:shared], come[:shared], strict=True):
            yield from _changed(old, new)
        yield from (MarkedLine((Piece(one, Mark.REMOVED),)) for one in gone[shared:])
        yield from (MarkedLine((Piece(one, Mark.ADDED),)) for one in come[shared:])


def _changed(old: str, new: str) -> Iterator[MarkedLine]:
    first, second = _WORDS.findall(old), _WORDS.findall(new)
    matcher = difflib.SequenceMatcher(a=first, b=second, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield MarkedLine((Piece(old, Mark.REMOVED),))
        yield MarkedLine((Piece(new, Mark.ADDED),))
        return
    pieces: list[Piece] = []
    for step, from_a, to_a, from_b, to_b in matcher.get_opcodes():
        gone, come = "".join(first[from_a:to_a]), "".join(second[from_b:to_b])
        if step == "equal":
            pieces.append(Piece(gone))
            continue
        pieces += [Piece(gone, Mark.REMOVED)] if gone else []
        pieces += [Piece(come, Mark.ADDED)] if come else []
    yield MarkedLine(tuple(pieces))
