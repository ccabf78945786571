"""Gives an attachment a name that is safe on every computer: no folders, no tricks, not too long."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from sightline.core.intelligence.wording import without_hidden

LONGEST = 100
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*")
_LONGEST_ENDING = 12


def safe_name(name: str) -> str:
    """This function will give the last part of a name without what a computer or a reader could be misled by."""
    last = without_hidden(name.replace("\n", " ").replace("\t", " ")).replace("\\", "/").rpartition("/")[2]
    plain = " ".join(_FORBIDDEN.sub("", unicodedata.normalize("NFC", last)).split()).rstrip(". ")
    stem, ending = _parted(plain)
    stem = stem.strip(". ")
    if _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"file {stem}"
    return (stem[: LONGEST - len(ending)].rstrip(". ") or "attachment") + ending


def ending_of(safe: str) -> str:
    """This function will give the ending of a safe name, in small letters and with its dot; empty when there is none."""
    return _parted(safe)[1].lower()


def _parted(name: str) -> tuple[str, str]:
    ending = PurePosixPath("x" + name).suffix  # “.pdf” alone is an ending too
    if not 1 < len(ending) <= _LONGEST_ENDING:
        return name, ""
    return name[: -len(ending)], ending
