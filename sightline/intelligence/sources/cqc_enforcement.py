"""What the regulator did about a provider or location, in a table of our own: its interface gives no such list."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from sightline.core.signals import Bearing
from sightline.intake import cells
from sightline.intake.cells import BadCell
from sightline.intake.contract import Fault, ReceivedFile, Table
from sightline.intake.rows import SEARCHED, Columns, Row, plain
from sightline.intelligence.sources._reading import Reading, past_day, tells_something
from sightline.intelligence.sources._text import is_formula, narrative, one_line
from sightline.intelligence.sources.contract import NamedSubject, Telling, TextParsed
from sightline.intelligence.words import Kind

NAME = "cqc_enforcement"
TITLE = "Enforcement by the Care Quality Commission"
PUBLISHER = "Care Quality Commission, written down by whoever keeps the record"
ADDRESS = "https://www.cqc.org.uk/"

COLUMNS: Columns = {
    "code": ("Code", "Location ID", "Provider ID", "Location code", "Provider code", "CQC ID", "ODS code"),
    "name": ("Name", "Location name", "Provider name", "Organisation", "Organisation name", "Provider", "Location"),
    "action": ("Action", "Enforcement action", "Action kind", "Kind of action", "Type of action", "Action type"),
    "date": ("Date", "Action date", "Date of action", "Date served", "Published on", "Publication date"),
    "regulation": ("Regulation", "Regulations", "Regulation breached", "Regulations breached"),
    "summary": ("Summary", "Details", "Detail", "Description", "Reason"),
    "reference": ("Reference", "Action reference", "Action ID", "Reference number"),
}
_OPTIONAL = {"code", "name", "regulation", "summary", "reference"}
# What the regulator may do, in the order in which it is looked for.
_ACTIONS = (
    ("warning notice", r"warning notice|section 29a"),
    ("requirement notice", r"requirement notice"),
    ("urgent action", r"urgent|section 31"),
    ("notice of proposal", r"notice of proposal"),
    ("notice of decision", r"notice of decision"),
    ("suspension", r"suspen"),
    ("cancellation of registration", r"cancel|deregist"),
    ("conditions on registration", r"condition"),
    ("special measures", r"special measures"),
    ("fixed penalty notice", r"fixed penalty|penalty notice"),
    ("caution", r"caution"),
    ("prosecution", r"prosecut"),
)
_ENDED = re.compile(r"withdrawn|lifted|removed|removal|revoked|ended|taken out of|no longer", re.IGNORECASE)


def recognises(file: ReceivedFile) -> bool:
    """This function will know the table by an action, a day, and a code or name of whom it concerns."""
    return len(file.tables) == 1 and _header(file.tables[0]) is not None


def parse(file: ReceivedFile, today: date) -> TextParsed:
    """This function will read each action; one told twice is one (INT-13, CQC-01, CQC-07)."""
    table = file.tables[0]
    reading = Reading(file)
    found: dict[str, Telling] = {}
    for row in reading.rows(table, _header(table) or 0, COLUMNS, _OPTIONAL):
        telling = _one(row, today)
        if telling is None:
            continue
        first = found.setdefault(telling.key, telling)
        if first is telling:
            reading.take(row)
        elif (first.text, first.about) == (telling.text, telling.about):
            reading.join(row)
        else:
            row.fault(f"Line {first.line} bears the same reference.", "Give each action a reference of its own.")
    return reading.close(NAME, TITLE, list(found.values()))


def verify(parsed: TextParsed) -> Sequence[Fault]:
    """This function will refuse a table without actions."""
    return tells_something(parsed)


def _header(table: Table) -> int | None:
    """The row that names an action, a day and a body, and a regulation or a summary besides."""
    for at, row in enumerate(table.rows[:SEARCHED]):
        headings = {plain(cell) for cell in row}
        has = {key for key, names in COLUMNS.items() if headings & {plain(name) for name in names}}
        if {"action", "date"} <= has and has & {"code", "name"} and has & {"regulation", "summary"}:
            return at
    return None


def _one(row: Row, today: date) -> Telling | None:
    action = row.read("action", _action)
    on = past_day(row, "date", today)
    if not row.text("date"):
        row.fault("The date of the action is missing.", "Fill it in.", "date")
    code = row.read("code", cells.code) if row.text("code") else ""
    name, regulation = row.read("name", _words), row.read("regulation", _words)
    reference, summary = row.read("reference", _words), row.read("summary", narrative)
    if row.ok and not (code or name):
        row.fault("Neither a code nor a name says whom it concerns.", "Fill in one of them.", "code")
    if not row.ok or action is None or on is None:
        return None
    said = [f"{action[:1].upper()}{action[1:]}", f"Regulation {_bare(regulation)}" if regulation else "", summary]
    stated = "\n".join([code or "", name or "", action, on.isoformat(), regulation or ""])
    return Telling(
        row.line,
        reference or hashlib.sha256(stated.casefold().encode()).hexdigest()[:24],
        (NamedSubject(name or "", code or ""),),
        ". ".join(part.rstrip(".") for part in said if part) + ".",
        Bearing.NEITHER if _ENDED.search(action) else Bearing.CONCERN,
        Kind.ENFORCEMENT,
        said_on=on,
        giver="Care Quality Commission",
        facts=(("action", kind_of(action)), *((("regulation", regulation),) if regulation else ())),
    )


def kind_of(action: str) -> str:
    """This function will say which of the regulator's actions the words name; "other" where none of them."""
    return next((kind for kind, pattern in _ACTIONS if re.search(pattern, action, re.IGNORECASE)), "other")


def _action(text: str) -> str:
    words = _words(text)
    if not words:
        raise BadCell("The action is missing.", "Write what the regulator did, such as “warning notice”.")
    return words


def _words(text: str) -> str:
    if is_formula(text):
        raise BadCell("The cell holds a formula, or begins like one.", "Write the words themselves.")
    return one_line(text)


def _bare(regulation: str) -> str:
    return re.sub(r"^\s*reg(?:ulation)?s?\.?\s+", "", regulation, flags=re.IGNORECASE)
