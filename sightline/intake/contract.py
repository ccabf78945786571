"""What a source is: a module that recognises a file, parses it, and verifies what it parsed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file: where (1-based line as a text editor or Excel shows it), what, and the mend."""

    says: str
    mend: str
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        where = f"Line {self.line}" if self.line else "The file"
        if self.column:
            where += f", column “{self.column}”"
        return f"{where}: {self.says} {self.mend}".strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as text: header row found, cells stripped, ``lines[i]`` the line in the file of ``rows[i]``."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it came: its name (untrusted), its bytes, their SHA-256, and its tables or JSON once read.

    ``tables`` holds one table for a CSV and one per sheet for a workbook, rows raw: no header has been split
    off (``header`` is empty), because a source decides whether there is one. ``json`` is the parsed document.
    ``warnings`` are remarks of the reader that do not refuse ("read as Windows-1252").
    """

    name: str
    sha256: str
    size: int
    tables: tuple[Table, ...] = ()
    json: Any = None
    warnings: tuple[str, ...] = ()


class PeriodKind(StrEnum):
    """How long the stretch of time is that one observation speaks about."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FINANCIAL_YEAR = "financial_year"
    ROLLING_YEAR = "rolling_year"
    THREE_YEARS = "three_years"


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure about one organisation in one period; ``value`` is None when the publisher suppressed it.

    ``code`` is the publisher's code (ODS, GSS or CQC id). ``start`` is the first day of the period.
    ``value`` is in the indicator's unit (a percentage as 0 to 100). ``note`` says why a value is absent
    ("suppressed", "not applicable"). ``low`` and ``high`` are the publisher's own limits, where it gives any,
    and ``band`` its own verdict against them ("high", "as expected", "low").
    """

    indicator: str
    code: str
    start: date
    kind: PeriodKind
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    line: int | None = None
    band: str = ""


@dataclass(frozen=True, slots=True)
class RatingEvent:
    """A regulator's published judgement about one organisation on one day.

    ``code`` is the location's or provider's own id, ``about`` the key question ("overall", "safe", ...) and
    ``service`` the rated service where it is not the whole. ``inherited_from`` is the predecessor's id when
    the judgement was made about a body that this one succeeded.
    """

    code: str
    about: str
    rating: str
    published_on: date
    service: str = ""
    inherited_from: str = ""
    report: str = ""


@dataclass(frozen=True, slots=True)
class NamedBody:
    """An organisation as a data file names it, so that a code the directory does not know yet can be met.

    It is part of ``parent_code``, run by ``operator_code`` and lies in the area ``area_code``, each where given.
    """

    code: str
    name: str
    kind: str = ""
    parent_code: str = ""
    operator_code: str = ""
    area_code: str = ""


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """An indicator as a data file or its mapping names it, so that one the catalogue lacks can still be met.

    ``unit`` and ``direction`` are the catalogue's words ("percent", "increase"); ``per`` turns numerator over
    denominator into the value (100 for a percentage), None where they do not make it.
    """

    id: str
    name: str
    unit: str = "score"
    direction: str = "neither"
    per: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One promise of the publisher that can be held against its own figures: a total, or a printed rate."""

    says: str
    stated: float
    found: float
    within: float = 0.0
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one file says, all of it or nothing: any fault refuses the whole file.

    ``warnings`` are remarks that do not refuse ("17 footer rows were passed over"). ``revised`` is true when
    the publisher says that the file replaces an earlier one. ``published_on`` is None where the file does
    not say. ``rows`` counts data rows read and ``skipped`` rows passed over with a reason in ``warnings``.
    """

    source: str
    title: str
    observations: Sequence[Observation] = ()
    ratings: Sequence[RatingEvent] = ()
    bodies: Sequence[NamedBody] = ()
    indicators: Sequence[NamedIndicator] = ()
    records: Sequence[Any] = ()
    checks: Sequence[Check] = ()
    faults: Sequence[Fault] = ()
    warnings: Sequence[str] = ()
    published_on: date | None = None
    revised: bool = False
    rows: int = 0
    skipped: int = 0
    facts: dict[str, str] = field(default_factory=dict)


@runtime_checkable
class Source(Protocol):
    """A module with these names is a source; the file name of the module is its ``NAME``."""

    NAME: str
    TITLE: str
    PUBLISHER: str
    ADDRESS: str

    def recognises(self, file: ReceivedFile) -> bool:
        """Say whether this file is ours, by its shape and header, never by its file name alone."""

    def parse(self, file: ReceivedFile, today: date) -> Parsed:
        """Read the whole file; collect every fault rather than stop at the first."""

    def verify(self, parsed: Parsed) -> Sequence[Fault]:
        """Hold what was parsed against what the publisher promises: totals add up, rates match counts."""
