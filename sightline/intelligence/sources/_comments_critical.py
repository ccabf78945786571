"""The layout with a criticality: a comment a row, from −5 (most critical) to +5 (most positive)."""

from __future__ import annotations

import re
from datetime import date

from sightline.core.signals import Bearing
from sightline.intake.cells import BadCell
from sightline.intake.contract import ReceivedFile
from sightline.intake.rows import Columns, Row
from sightline.intelligence.sources._comments import Comments, comment_id
from sightline.intelligence.sources._reading import Reading
from sightline.intelligence.sources._text import narrative, one_line
from sightline.intelligence.sources.contract import NamedSubject, Telling, TextParsed
from sightline.intelligence.words import Kind

SIGNS = ("feedback", "criticality", "organization", "question", "row_index")
_COLUMNS: Columns = {
    "id": ("row_index",),
    "body": ("organization",),
    "question": ("question",),
    "text": ("feedback",),
    "criticality": ("criticality",),
    "code": ("code",),
    "label": ("label",),
    "subcategory": ("subcategory",),
}
_OPTIONAL = {"code", "label", "subcategory"}
_DEGREE = re.compile(r"[+-]?[0-9]", re.ASCII)
_MOST = 5
UNCLEAR = "How critical it is cannot be read in the file. Say whether it is a concern or good practice."


def parse(name: str, title: str, file: ReceivedFile, at: int, today: date) -> TextParsed:
    """This function will read each comment; one of which the criticality is no number is held for a person."""
    del today  # these comments bear no day
    reading = Reading(file)
    comments = Comments(reading)
    unclear = 0
    for row in reading.rows(file.tables[0], at, _COLUMNS, _OPTIONAL):
        text = row.read("text", narrative)
        if text is None or comments.is_empty(row, text):
            continue
        if telling := _one(row, text):
            unclear += bool(telling.held)
            comments.add(row, telling)
    if unclear:
        reading.report.warnings.append(f"{unclear:,} comments are held: their criticality is not on the scale −5 to 5.")
    return reading.close(name, title, comments.close())


def _one(row: Row, text: str) -> Telling | None:
    key, body = row.read("id", comment_id), row.read("body", one_line)
    question = row.read("question", one_line)
    if row.ok and not body:
        row.fault("It does not say about which organisation the comment is.", "Fill in its name or code.", "body")
    if not row.ok or key is None or not body:
        return None
    try:
        bearing, held = _bearing(row.text("criticality")), ""
    except BadCell:
        # The words are good though the label is not, so nothing is lost: a person says what they bear on.
        bearing, held = Bearing.NEITHER, UNCLEAR
    return Telling(
        row.line,
        key,
        (NamedSubject(body),),
        text,
        bearing,
        Kind.COMMENT,
        giver="A patient, or somebody close to one",
        held=held,
        facts=(("question", question),) if question else (),
    )


def _bearing(text: str) -> Bearing:
    stripped = text.strip()
    if not _DEGREE.fullmatch(stripped) or abs(int(stripped)) > _MOST:
        raise BadCell("The criticality is not a whole number from −5 to 5.", "Correct it, or take the row out.")
    degree = int(stripped)
    if degree == 0:
        return Bearing.NEITHER
    return Bearing.CONCERN if degree < 0 else Bearing.IMPROVEMENT
