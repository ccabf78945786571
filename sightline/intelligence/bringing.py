"""Reads a file that somebody brings: which source knows it, and what it tells; or why it cannot be used at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from sightline.core.intelligence.wording import without_hidden
from sightline.intake.contract import Fault
from sightline.intake.reading import Unreadable, read
from sightline.intelligence.sources import TEXT_SOURCES, recognise
from sightline.intelligence.sources.contract import TextParsed

_BOOKS, _TEXTS = {".xlsx", ".ods"}, {".csv", ".tsv", ".txt"}  # no source of words comes as a document
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it was read: its name, the fingerprint of its bytes, whose it is, and what it tells.

    ``faults`` are those for which the file as a whole is refused; ``source`` is empty where no source knows it.
    """

    name: str
    sha256: str
    source: str = ""
    parsed: TextParsed | None = None
    faults: tuple[Fault, ...] = ()
    checks: tuple[Fault, ...] = field(default=())  # what was read does not hold what the file promises


def bring(name: str, content: bytes, today: date) -> Brought:
    """This function will read a file of words, whole, before anything is written."""
    plain = without_hidden(PurePath(name.replace("\\", "/")).name)[-250:] or "file"
    digest = hashlib.sha256(content).hexdigest()
    try:
        file = read(plain, content)
    except Unreadable as problem:
        return Brought(plain, digest, faults=tuple(problem.faults))
    source = recognise(file)
    if source is None:
        return Brought(plain, digest, faults=(_not_known(),))
    parsed = source.parse(file, today)
    checks = tuple(source.verify(parsed))
    if parsed.is_refused or not parsed.tellings:
        whole = tuple(parsed.faults) or checks or (Fault("It tells nothing.", "Bring in another file."),)
        return Brought(plain, digest, source.NAME, parsed, whole)
    return Brought(plain, digest, source.NAME, parsed, checks=checks)


def is_of_words(name: str, content: bytes) -> bool:
    """This function will say whether a source of words knows the file; the head of a table tells it for most."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _BOOKS:
        return bool(_recognised(name, content))
    if suffix not in _TEXTS:
        return False
    # A cell may run over the end of the head, and then nothing of it can be read.
    found = _recognised(name, content[:_HEAD])
    return bool(_recognised(name, content)) if found is None else found


def _recognised(name: str, content: bytes) -> bool | None:
    """Whether a source knows it; None where it cannot be read."""
    try:
        file = read(name, content)
    except Unreadable:
        return None
    return recognise(file) is not None


def _not_known() -> Fault:
    known = "; ".join(source.TITLE for source in TEXT_SOURCES)
    return Fault(
        "No source of words knows a file of this kind.",
        f"Known are: {known}. Files of figures are brought in on the page Import.",
    )
