"""What people say of disposals, holds and requests, once a form has been understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.records.answering import Ruling
from sightline.core.rulebook.keeping import RecordKind, RequestKind
from sightline.directory.models import Organisation, Subject


@dataclass(frozen=True, slots=True)
class What:
    """Which record is to be disposed of: its kind, its key in the log of events, and which version of it, 0 for none."""

    kind: RecordKind
    record: UUID
    number: int = 0


@dataclass(frozen=True, slots=True)
class ToHold:
    """What is to be held: the records of a system, all of them or those that touch a subject; why, and for whom."""

    system: str
    because: str
    asked_by: str
    form_key: UUID
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: under which law, when, from whom, for what; and by what to look for it."""

    system: str
    kind: RequestKind
    received_on: date
    asked_by: str
    asks: str
    form_key: UUID
    subject: Subject | None = None
    words: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided of a passage, and on which ground it is withheld."""

    ruling: Ruling
    exemption: str = ""
    public_interest: str = ""


@dataclass(frozen=True, slots=True)
class Consulted:
    """Which other body was asked, when, and what was asked or answered."""

    body: Organisation
    on_day: date
    says: str
    form_key: UUID
