"""Reads text as an eye does: full-width digits, invisible characters, accents and odd dashes make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Letters that no decomposition takes apart, but that people type plainly.
_PLAIN = {
    **{"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i"},
    **{"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"},
    **dict.fromkeys("‘’‛ʼʹʻ′＇´", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃˗", "-"),
    **dict.fromkeys("․·•∙⋅", "."),
    **dict.fromkeys("ㅤᅟᅠﾠ͏", ""),  # fillers: letters or marks that show nothing
    "\u2800": " ",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x85": "\n",
}
_PLAIN_ALREADY = re.compile(r"[\t\n\r -~]*+")
_LONGEST_FORM = 3  # “ﬃ”; one character may stand for eighteen, but none of those belongs to a name


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in its plain form, with the place in the original of each of its characters."""

    text: str
    places: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain form stands in the original, with the accents and fillers that belong to it."""
        return self.places[start], max(self.places[end - 1] + 1, self.places[end])


def fold(text: str) -> Folded:
    """This function will give the plain form of a text: what a reader sees, in the characters of a keyboard."""
    if _PLAIN_ALREADY.fullmatch(text):
        return Folded(text, range(len(text) + 1))
    forms = {character: _plain(character) for character in set(text)}
    pieces = [forms[character] for character in text]
    places: list[int] = []
    for place, piece in enumerate(pieces):
        if len(piece) == 1:
            places.append(place)
        elif piece:
            places.extend([place] * len(piece))
    places.append(len(text))
    return Folded("".join(pieces), places)


def _plain(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    match unicodedata.category(character):
        case "Cc":
            return character if character in "\t\n\r\v\f" else ""
        case "Cf" | "Mn" | "Me" | "Cs":
            return ""
        case "Zs":
            return " "
        case "No":  # a small ² is a footnote's mark, and no digit of the number before it
            return character
    whole = unicodedata.normalize("NFKD", character)
    form = "".join(_PLAIN.get(part, part) for part in whole if unicodedata.category(part) not in {"Mn", "Me", "Cf"})
    is_short = len(form) == 1 or (form.isascii() and 0 < len(form) <= _LONGEST_FORM)
    return form if is_short else character
