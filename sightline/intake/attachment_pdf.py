"""Looks into a PDF for what acts by itself: scripts, programs to start, files within the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from sightline.intake.attachment_words import AGAIN, DO_NOT_OPEN, PRINT_ANEW, Unfit

MOST_VALUES = 3_000_000
_LONGEST_TAIL = 1024
_SCRIPT, _START = "It holds a script.", "It holds a command to start a program or to open another file."
_SEND, _INSIDE = "It holds a form that sends what is typed to somewhere else.", "It holds another file inside it."
_FILM, _FORM = (
    "It holds a film, a sound or a model that a reader plays.",
    "It holds a form of a kind that runs scripts.",
)
# The names that a PDF gives to what acts by itself, as key or as value.
_ACTS = {
    **dict.fromkeys(("/JavaScript", "/JS"), _SCRIPT),
    **dict.fromkeys(("/Launch", "/GoToE"), _START),
    **dict.fromkeys(("/SubmitForm", "/ImportData"), _SEND),
    **dict.fromkeys(("/EmbeddedFile", "/EmbeddedFiles", "/EF", "/Collection", "/FileAttachment"), _INSIDE),
    **dict.fromkeys(("/RichMedia", "/Movie", "/Sound", "/Screen", "/Rendition", "/3D"), _FILM),
    **dict.fromkeys(("/XFA",), _FORM),
}
_NAMES_OF_KINDS = {"/S", "/Type", "/Subtype", "/SubType"}
# In the bytes themselves only names too long to stand in compressed data by chance, for what no table points to.
_IN_BYTES = re.compile(rb"/(JavaScript|Launch|SubmitForm|ImportData|EmbeddedFiles?|RichMedia)(?=[\s/<>\[\](){}%])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def look_at(data: bytes) -> tuple[str, ...]:
    """This function will refuse a PDF that acts by itself or cannot be looked into, and give remarks on any other."""
    from pypdf import PdfReader

    _check_ends(data)
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Unfit(f"It is protected by a password, so it cannot be looked at. {PRINT_ANEW}")
    left = MOST_VALUES
    for value in _values(reader):
        left -= 1
        if left < 0:
            raise Unfit(f"It is made of too many parts to look at. {PRINT_ANEW}")
        if says := _ACTS.get(value):
            raise Unfit(f"{says} {PRINT_ANEW}")
    if found := _IN_BYTES.search(_ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data)):
        raise Unfit(f"{_ACTS['/' + found[1].decode()]} {PRINT_ANEW}")
    if not len(reader.pages):
        raise Unfit(f"It has no pages. {AGAIN}")
    author = reader.metadata.author if reader.metadata else None
    return ("It names its author in its properties.",) if author else ()


def _check_ends(data: bytes) -> None:
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Unfit(f"It is cut short. {AGAIN}")
    if len(data) - end > _LONGEST_TAIL and data[end + 5 :].strip(b"\x00 \r\n\t"):
        raise Unfit(f"Something else hangs on its end. {DO_NOT_OPEN}")


def _values(reader: Any) -> Iterator[str]:
    """Every key and every kind in every object that a table of the file points to, in streams of objects too."""
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    yield from _within(reader.trailer)
    for number, generation in sorted(numbers):
        yield from _within(reader.get_object(IndirectObject(number, generation, reader)))


def _within(value: Any) -> Iterator[str]:
    from pypdf.generic import ArrayObject, DictionaryObject

    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            for key, inner in dict.items(one):  # as it stands: nothing that it points to
                yield str(key)
                if key in _NAMES_OF_KINDS and isinstance(inner, str):
                    yield str(inner)
                waiting.append(inner)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))
            yield ""
