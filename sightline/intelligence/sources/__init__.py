"""The register of sources of words: every module of this folder is one, and adding a source is adding a file."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import cast

from sightline.intake.contract import ReceivedFile
from sightline.intelligence.sources.contract import TextSource

_SHARED = "contract"


class TwoClaims(Exception):
    """Two sources recognise one file: a mistake in their recognises(), never in the file."""


def _found() -> tuple[TextSource, ...]:
    # A leading underscore marks what two sources share, and is no source itself.
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_") and m.name != _SHARED)
    sources = tuple(cast(TextSource, import_module(f"{__name__}.{name}")) for name in names)
    for name, source in zip(names, sources, strict=True):
        if not isinstance(source, TextSource) or name != source.NAME:
            raise TypeError(f"sightline/intelligence/sources/{name}.py lacks a name that a source must have.")
    return sources


TEXT_SOURCES: tuple[TextSource, ...] = _found()


def source_named(name: str) -> TextSource:
    """This function will give the source of this name, or raise KeyError."""
    for source in TEXT_SOURCES:
        if name == source.NAME:
            return source
    raise KeyError(f"There is no source “{name}”. There are: {', '.join(one.NAME for one in TEXT_SOURCES)}.")


def recognise(file: ReceivedFile) -> TextSource | None:
    """This function will find the one source whose file this is, by its headings; None when nobody knows it."""
    claims = [source for source in TEXT_SOURCES if source.recognises(file)]
    if len(claims) > 1:
        raise TwoClaims(f"{file.name}: " + " and ".join(source.NAME for source in claims))
    return claims[0] if claims else None
