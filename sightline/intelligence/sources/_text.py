"""A stranger's words made fit to keep: what hides or turns text goes, formulas are recognised, length is held."""

from __future__ import annotations

import re

from sightline.core.intelligence.wording import without_hidden
from sightline.intake.cells import BadCell
from sightline.intelligence.sources.contract import LONGEST_TEXT

_LINE_BREAKS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORMULA = re.compile(r"=\s*[\w(\"'+\-@{]|@\w+\s*\(|[+\-]\s*\w+\s*\(|[=+\-@][^\n]{0,200}\|[^\n]{0,200}!")
_GAPS = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """This function will take out of a text what no reader sees, and keep every word of it."""
    bare = without_hidden(_LINE_BREAKS.sub("\n", text))
    return _GAPS.sub("\n\n", "\n".join(" ".join(line.split()) for line in bare.split("\n"))).strip()


def hides_something(text: str) -> bool:
    """This function will say whether a text holds marks that turn or hide what is written."""
    shown = _LINE_BREAKS.sub("\n", text)
    return len(without_hidden(shown)) != len(shown)


def is_formula(text: str) -> bool:
    """This function will say whether a spreadsheet would run the cell; a dash before words is none."""
    return bool(_FORMULA.match(text.lstrip()))


def narrative(text: str, longest: int = LONGEST_TEXT) -> str:
    """This function will read a cell of prose, which may be blank, or say that it is too long to be one."""
    words = clean(text)
    if len(words) > longest:
        raise BadCell(
            f"The text has {len(words):,} characters; {longest:,} are allowed.",
            "Shorten it, or split it into several rows.",
        )
    return words


def one_line(text: str, longest: int = 240) -> str:
    """This function will read a cell that is a name or a word, never prose."""
    words = " ".join(clean(text).split())
    if len(words) > longest:
        raise BadCell(
            f"There are {len(words):,} characters where a name is expected.",
            "Look for a quotation mark that is not closed, or shorten it.",
        )
    return words
