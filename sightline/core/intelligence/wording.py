"""Makes what a person typed fit to keep: nothing invisible, nothing that turns the line round, nothing too long."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sightline.core.verdict import ALLOWED, Verdict, refused

LONGEST = 20_000
_MOST_MARKS = 8  # no language stacks more on one letter; pranks do, and they run over the lines above
_NEWLINES = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
    # A joiner between two pictures makes one picture of them, as a telephone types it; anywhere else it hides.
    "|(?<![\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text fit to keep, and what its writer should know of it; or the text as it was given, and why it is refused."""

    text: str
    remarks: tuple[str, ...] = ()
    verdict: Verdict = ALLOWED


def clean(text: str) -> Cleaned:
    """This function will make a text fit to keep, or refuse one that is too long; it never shortens one.

    What looks like HTML or Markdown stays as it was typed: pages show it as text.
    """
    if len(text) > 2 * LONGEST:  # line ends may be counted twice; beyond that no care would make it fit
        return _too_long(text, len(text))
    kept, remarks = _without_hidden(_NEWLINES.sub("\n", text))
    kept, more = _unstacked(unicodedata.normalize("NFC", kept))
    lines = [line.rstrip() for line in kept.split("\n")]
    kept = re.sub("\n{4,}", "\n\n\n", "\n".join(lines)).strip()
    if len(kept) > LONGEST:
        return _too_long(text, len(kept))
    return Cleaned(kept, remarks + more)


def first_line(text: str, at_most: int = 90) -> str:
    """This function will give the beginning of a text for a list: its first line, in whole words."""
    begins = text.lstrip()
    line = " ".join(begins[: begins.find("\n") if "\n" in begins else None].split())
    if len(line) <= at_most:
        return line
    room = line[: max(at_most, 1)]
    whole = room.rpartition(" ")[0].rstrip(" ,;:-–—")
    return (whole or room[:-1]) + "…"


def without_hidden(text: str) -> str:
    """This function will take out what cannot be seen: controls, marks that turn the line, and fillers."""
    return _INVISIBLE.sub("", _TURNING.sub("", _CONTROLS.sub("", text)))


def _too_long(text: str, length: int) -> Cleaned:
    says = (
        f"The text has {length:,} characters; {LONGEST:,} are allowed. "
        "Shorten it, or share it in parts, or attach it as a document."
    )
    return Cleaned(text, (), refused(says))


def _without_hidden(text: str) -> tuple[str, tuple[str, ...]]:
    remarks = []
    text = text.removeprefix("\ufeff")  # an editor's mark, and nobody's intention
    for pattern, remark in (
        (_CONTROLS, "Characters that cannot be shown were removed."),
        (_TURNING, "Hidden marks that change the direction of the text were removed. Check that it still reads right."),
        (_INVISIBLE, "Invisible characters were removed. Check that the words still read right."),
    ):
        text, number = pattern.subn("", text)
        if number:
            remarks.append(remark)
    return text, tuple(remarks)


def _unstacked(text: str) -> tuple[str, tuple[str, ...]]:
    """Leave no more marks on one letter than any language has."""
    if text.isascii():
        return text, ()
    kept: list[str] = []
    height = 0
    for character in text:
        height = height + 1 if unicodedata.combining(character) else 0
        if height <= _MOST_MARKS:
            kept.append(character)
    if len(kept) == len(text):
        return text, ()
    return "".join(kept), ("Marks piled upon one letter were removed.",)
