"""What a source of the directory hands over: one statement about an organisation, a link or a boundary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.directory.words import Kind, Link, Scheme, Sector


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """What one file says about one organisation; ``line`` is where."""

    code: str
    name: str = ""
    kind: Kind = Kind.UNKNOWN
    sector: Sector | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    postcode: str = ""
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[Scheme, str], ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """What one file says about how ``code`` stands to another, which it knows by code or only by name.

    ``is_part`` marks a succession of which this body takes only a part. ``to_kind`` is what the file shows
    the other body to be, should nothing else be known of it.
    """

    code: str
    link: Link
    to_code: str = ""
    to_name: str = ""
    to_kind: Kind = Kind.UNKNOWN
    valid_from: date | None = None
    valid_to: date | None = None
    is_part: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class BoundaryRecord:
    """The outline of an area: its code, and its geometry as GeoJSON text."""

    code: str
    name: str
    geometry: str
    outline: str


Record = OrganisationRecord | RelationRecord | BoundaryRecord
