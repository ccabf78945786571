"""The words of access: what may be permitted, the roles people hold, and the shape of whoever acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Permission(StrEnum):
    """One thing that a person may be allowed to do."""

    SEE_PICTURE = "see_picture"  # the published data, their signals, the directory
    IMPORT_DATA = "import_data"  # bring in files, confirm a mapping, read what was refused
    ASSESS = "assess"  # have every series assessed again
    REBASE = "rebase"  # start new limits from a date, with a reason
    KEEP_DIRECTORY = "keep_directory"  # organisations, relations, commissioning, subjects
    KEEP_PEOPLE = "keep_people"  # invite, grant and end roles
    READ_AUDIT = "read_audit"  # the event log, which holds ids and never text


class Role(StrEnum):
    """The part a person plays, in the field's own words."""

    QUALITY_LEAD = "quality_lead"
    SECRETARY = "secretary"
    CHAIR = "chair"
    MEMBER = "member"
    LAY_MEMBER = "lay_member"
    DEPUTY = "deputy"
    REGION = "region"
    PROVIDER = "provider"
    FOI_OFFICER = "foi_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"  # whoever works at the server's own command line


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held from a day to a day; ``system`` and ``organisation`` are directory codes, empty for all."""

    role: Role
    system: str = ""
    organisation: str = ""
    valid_from: date = date.min
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """This function will say whether the grant is in force; its last day is not included."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which subjects an actor may see: all of them, or only those of certain organisations (PER-10)."""

    everything: bool = False
    organisations: frozenset[str] = frozenset()


class Actor(Protocol):
    """Whoever acts, as rules and the audit log know them: an id and the roles they hold."""

    @property
    def actor_id(self) -> str:
        """A stable id that says nothing about the person."""

    @property
    def grants(self) -> Sequence[Grant]:
        """Every grant, past ones included."""
