"""What a source is by the guidance in force: its quadrant, and the independent road on which its word counts."""

from __future__ import annotations

from datetime import date

from sightline.core.rulebook.evidence import SourceEntry, Sources
from sightline.core.triangulation import road_of
from sightline.rulebook.queries import part


def source_list(on: date) -> Sources:
    """This function will give the sources of the guidance in force, local changes among them (INT-02)."""
    found = part("sources", on)
    if not isinstance(found, Sources):
        raise LookupError("No guidance in force names the sources of evidence.")
    return found


def quadrant_of(source: str, on: date) -> str:
    """This function will say in which quadrant a source stands; empty where no source was given."""
    entry = source_list(on).entry(source) if source else None
    return entry.quadrant.value if entry else ""


def origin_of(source: str, organisation: str, actor_id: str, on: date) -> str:
    """This function will name the independent road by which something came (INT-04; QSG 2017 ¶114, ¶116).

    Who tells again what a collection brings already is no new witness beside that collection. Otherwise the body
    that the giver speaks for is the witness, and a giver who speaks for none is one alone.
    """
    entry = source_list(on).entry(source) if source else None
    if entry and len(entry.feeds) == 1:
        return road_of(entry.feeds[0])
    return f"body:{organisation}" if organisation else actor_id


def home_of(feed: str, on: date) -> SourceEntry | None:
    """This function will give the entry under which a collection's evidence stands; None where the list has none."""
    return next(iter(source_list(on).fed_by(feed)), None)
