"""The register of the directory's sources: every module of this folder is one, and adding one is adding a file."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import cast

from sightline.intake.contract import ReceivedFile, Source


class TwoClaims(Exception):
    """Two sources recognise one file: a mistake in their recognises(), never in the file."""


def _found() -> tuple[Source, ...]:
    # A leading underscore marks what sources share, and is no source itself.
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    sources = tuple(cast(Source, import_module(f"{__name__}.{name}")) for name in names)
    for name, source in zip(names, sources, strict=True):
        if not isinstance(source, Source) or name != source.NAME:
            raise TypeError(f"sightline/directory/sources/{name}.py lacks a name that a source must have (see Source).")
    return sources


SOURCES: tuple[Source, ...] = _found()
PERSON, DERIVED, MET = "person", "derived", "met"
# Whose word counts where two sources of one date differ; who is not named here counts least.
_TRUST = ("boundaries", "succession_paths", "system_mapping", "areas_fingertips", "ods_practices", "ods_trusts",
          "icbs_2026", "trusts_2026", PERSON)  # fmt: skip


def trust_in(source: str) -> int:
    """This function will rank a source by how much its word counts, highest first."""
    return _TRUST.index(source) if source in _TRUST else -1


def recognise(file: ReceivedFile) -> Source | None:
    """This function will find the one source whose file this is, by its shape; None when nobody knows it."""
    claims = [source for source in SOURCES if source.recognises(file)]
    if len(claims) > 1:
        raise TwoClaims(f"{file.name}: " + " and ".join(source.NAME for source in claims))
    return claims[0] if claims else None
