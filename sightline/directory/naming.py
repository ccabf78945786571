"""Names as people write them: capitals brought down, and two spellings of one name recognised as one."""

from __future__ import annotations

import re

_SMALL = {"and", "of", "the", "in", "on", "for", "at", "upon", "with", "by", "le", "de"}
_CAPITALS = {
    "NHS",
    "ICB",
    "PCN",
    "GP",
    "UK",
    "CIC",
    "UTC",
    "NEMS",
    "HMP",
    "HMYOI",
    "A&E",
    "WIC",
    "MIU",
    "OOH",
    "CQC",
    "II",
    "III",
}
# Short forms without a vowel are written with capitals throughout, but for these.
_SHORTENED = {"ST", "DR", "DRS", "MR", "MRS", "CTR", "RD", "LTD", "SQ", "BY", "MY", "CTRS", "SGY", "HLTH", "PRY"}
_WORD = re.compile(r"[^\s(/,-]+")
_BOARD = re.compile(r"\b(?:nhs|integrated care (?:board|system)|icb|ics|commissioning|region)\b")


def in_words(name: str) -> str:
    """This function will bring a name written all in capitals down to how people write it; others stay as they are."""
    if not name.isupper():
        return name
    first = True

    def shape(found: re.Match[str]) -> str:
        nonlocal first
        word, starts = found.group(), first
        first = False
        bare = word.strip(".,()&'")
        if bare in _CAPITALS or (bare not in _SHORTENED and not any(mark in "AEIOUY" for mark in bare)):
            return word
        lower = word.lower()
        if lower in _SMALL and not starts:
            return lower
        # "O'CONNOR" is a name of two parts, "CHILDREN'S" is not.
        head, mark, tail = lower.partition("'")
        return head.capitalize() + mark + (tail.capitalize() if len(head) == 1 else tail)

    return _WORD.sub(shape, name)


def folded(name: str) -> str:
    """This function will reduce a name to what two spellings of it share."""
    return " ".join(re.findall(r"[a-z0-9]+", name.casefold().replace("&", " and ").replace("'", "").replace("’", "")))


def area_name(name: str) -> str:
    """This function will reduce an area's or board's name to its place: “NHS Dorset Integrated Care Board” is “dorset”."""
    return " ".join(_BOARD.sub(" ", folded(name)).split())
