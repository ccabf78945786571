"""What a source of words is: a module that recognises a file, and says what it tells and about whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, runtime_checkable

from sightline.core.access import Handling
from sightline.core.signals import Bearing, Dimension
from sightline.intake.contract import Check, Fault, ReceivedFile
from sightline.intelligence.words import AnswerStatus, Certainty, Channel, Kind

LONGEST_TEXT = 50_000  # characters; the longest published report has some 20,000


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """Whom a text is about, as the file says: a code, a name, or both; either may be blank, not both."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """One body to which a report was sent, in the publisher's words, and how its answer stands as published.

    ``address`` is where the answer can be read, kept only where it names nobody who died.
    """

    addressee: str
    status: AnswerStatus = AnswerStatus.UNKNOWN
    address: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What is published of a coroner's report besides its words; who died is never among it.

    ``as_of`` is the day as of which the answers are stated, ``extended_to`` the coroner's own later date.
    ``withheld`` counts recipients whose names the publisher blacked out.
    """

    reference: str
    coroner: str = ""
    area: str = ""
    category: str = ""
    addressees: tuple[str, ...] = ()
    sent_on: date | None = None
    due_on: date | None = None
    extended_to: date | None = None
    responses: tuple[ResponseFacts, ...] = ()
    as_of: date | None = None
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text that is for fewer readers than the rest."""

    text: str
    handling: Handling


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that a file tells.

    ``key`` is its lasting identity within its source, so that a second import changes nothing and a revised file
    changes only what it revises. ``said_on`` is when it was said or published, ``heard_on`` when the giver heard
    it. ``source`` is an entry of the source list in force, where the file names one. ``giver`` are the words of
    the file for who said it. ``held`` says why a person must look at it before anything else is done with it.
    ``facts`` are whatever else the file says, as pairs of words; never a person's identity.
    """

    line: int
    key: str
    about: tuple[NamedSubject, ...]
    text: str
    bearing: Bearing
    kind: Kind
    said_on: date | None = None
    heard_on: date | None = None
    dimensions: tuple[Dimension, ...] = ()
    source: str = ""
    giver: str = ""
    certainty: Certainty | None = None
    channel: Channel = Channel.WRITTEN
    handling: Handling | None = None
    fewer: Passage | None = None
    why_fewer: str = ""
    report: ReportFacts | None = None
    held: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TextParsed:
    """What one file tells: its good rows, and beside them a fault for each row that could not be read.

    A bad row keeps no good one back, and none vanishes: ``rows`` are the tellings with what stands in ``skipped``
    (said in ``remarks``), in faults that bear a line, and in ``joined``, the rows that share another's telling.
    """

    source: str
    title: str
    tellings: Sequence[Telling] = ()
    faults: Sequence[Fault] = ()
    remarks: Sequence[str] = ()
    checks: Sequence[Check] = ()
    rows: int = 0
    skipped: int = 0
    joined: int = 0
    bad: frozenset[int] = field(default=frozenset())  # lines of the rows that were not taken in

    @property
    def is_refused(self) -> bool:
        """Whether the file as a whole could not be read: it has faults and tells nothing."""
        return bool(self.faults) and not self.tellings


@runtime_checkable
class TextSource(Protocol):
    """A module with these names is a source of words; the file name of the module is its ``NAME``."""

    NAME: str
    TITLE: str
    PUBLISHER: str
    ADDRESS: str

    def recognises(self, file: ReceivedFile) -> bool:
        """Say whether this file is ours, by its headings, never by its file name."""

    def parse(self, file: ReceivedFile, today: date) -> TextParsed:
        """Read every row; list what is wrong with those that cannot be read, and keep the others."""

    def verify(self, parsed: TextParsed) -> Sequence[Fault]:
        """Hold what was read against what the file itself promises."""
