"""What people say of a report, once a form has been understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.directory.models import Organisation
from sightline.reports.words import How


@dataclass(frozen=True, slots=True)
class Begun:
    """A report to begin: by which template, of which period, and what stands at its head."""

    template: str
    title: str
    begins_on: date
    ends_on: date
    for_meeting: str = ""
    agenda_item: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What is written in a section: words, the records whose lines are left out, or that there is nothing."""

    section: str
    text: str = ""
    left_out: tuple[str, ...] = ()
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """To which body a version goes, to which part of it, and how."""

    to_body: Organisation
    how: How
    form_key: UUID
    part: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A Word template that was looked at: of which system, for which report (empty for every one), and its file.

    ``seen`` is how many versions of it its keeper saw.
    """

    system: str
    template: str
    name: str
    data: bytes
    seen: int
