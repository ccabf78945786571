"""The register of sources: every module of this folder is one, and adding a source is adding a file."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import cast

from sightline.intake.contract import ReceivedFile, Source


class TwoClaims(Exception):
    """Two sources recognise one file: a mistake in their recognises(), never in the file."""


LAST_ASKED = "tidy"  # any table of figures looks tidy, so a publisher's own layout always comes first


def _found() -> tuple[Source, ...]:
    # A leading underscore marks what two sources share, and is no source itself.
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    sources = tuple(cast(Source, import_module(f"{__name__}.{name}")) for name in names)
    for name, source in zip(names, sources, strict=True):
        if not isinstance(source, Source) or name != source.NAME:
            raise TypeError(
                f"sightline/indicators/sources/{name}.py lacks a name that a source must have (see Source)."
            )
    return sources


SOURCES: tuple[Source, ...] = _found()


def source_named(name: str) -> Source:
    """This function will give the source of this name, or raise KeyError."""
    return next((source for source in SOURCES if name == source.NAME), None) or _unknown(name)


def recognise(file: ReceivedFile) -> Source | None:
    """This function will find the one source whose file this is, by its shape; None when nobody knows it."""
    claims = [source for source in SOURCES if source.NAME != LAST_ASKED and source.recognises(file)]
    if len(claims) > 1:
        raise TwoClaims(f"{file.name}: " + " and ".join(source.NAME for source in claims))
    if claims:
        return claims[0]
    last = source_named(LAST_ASKED)
    return last if last.recognises(file) else None


def _unknown(name: str) -> Source:
    raise KeyError(f"There is no source “{name}”. There are: {', '.join(source.NAME for source in SOURCES)}.")
