"""A text as paragraphs and lines, as its writer typed it, with what the checker found marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.core.intelligence.checking import Found


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``marked`` says what it looks like where the checker stopped at it."""

    text: str
    marked: str = ""


Line = tuple[Piece, ...]
Paragraph = tuple[Line, ...]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """This function will part a text where its writer did: paragraphs, and lines in them."""
    return marked_paragraphs(text, ())


def marked_paragraphs(text: str, found: Sequence[Found]) -> tuple[Paragraph, ...]:
    """This function will part a text into paragraphs and lines, with what the checker found marked."""
    made: list[Paragraph] = []
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        if raw.strip():
            lines.append(_pieces(raw, at, found))
        elif lines:
            made.append(tuple(lines))
            lines = []
        at += len(raw) + 1
    return tuple([*made, tuple(lines)] if lines else made)


def _pieces(line: str, starts: int, found: Sequence[Found]) -> Line:
    pieces: list[Piece] = []
    reached = 0
    for one in found:
        begin, end = max(one.start - starts, reached), min(one.end - starts, len(line))
        if begin >= end:
            continue
        pieces += [Piece(line[reached:begin]), Piece(line[begin:end], one.kind.words)]
        reached = end
    return tuple(piece for piece in (*pieces, Piece(line[reached:])) if piece.text)
