"""The layout of a Friends and Family survey: a comment a row, with its date, service, question and sentiment 1 to 5."""

from __future__ import annotations

import re
from datetime import date

from sightline.core.signals import Bearing
from sightline.intake.cells import BadCell
from sightline.intake.contract import ReceivedFile
from sightline.intake.rows import Columns, Row
from sightline.intelligence.sources._comments import Comments, comment_id
from sightline.intelligence.sources._reading import Reading, day
from sightline.intelligence.sources._text import narrative, one_line
from sightline.intelligence.sources.contract import NamedSubject, Telling, TextParsed
from sightline.intelligence.words import Kind

SIGNS = ("Comment ID", "Trust", "Date", "FFT question", "FFT answer", "Comment sentiment")
# The file also bears a column for each of fifty themes: they are labels for a model, and are not read here.
_COLUMNS: Columns = {
    "id": ("Comment ID",),
    "body": ("Trust",),
    "date": ("Date",),
    "service": ("Service type 1",),
    "team": ("Service type 2",),
    "question": ("FFT question",),
    "text": ("FFT answer",),
    "person": ("Person identifiable info?",),
    "sentiment": ("Comment sentiment",),
    "safeguarding": ("Safeguarding concerns?",),
}
_OPTIONAL = {"service", "team", "person", "safeguarding"}
# The scale of those who labelled them: 1 very positive, 2 positive, 3 neither, 4 negative, 5 very negative.
_SCALE = {
    "": Bearing.NEITHER,
    "1": Bearing.IMPROVEMENT,
    "2": Bearing.IMPROVEMENT,
    "3": Bearing.NEITHER,
    "4": Bearing.CONCERN,
    "5": Bearing.CONCERN,
}
_DATE = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}", re.ASCII)
_NO = frozenset({"", "0", "n", "no", "false"})
PERSON = "It was marked as holding what may identify a person. Take that out before anybody else reads it."
SAFEGUARDING = "It was marked as a safeguarding concern. Look first whether anybody is in danger."


def parse(name: str, title: str, file: ReceivedFile, at: int, today: date) -> TextParsed:
    """This function will read each comment, and hold for a person what was marked as identifying somebody (IGV-02)."""
    reading = Reading(file)
    comments = Comments(reading)
    undated: list[str] = []
    for row in reading.rows(file.tables[0], at, _COLUMNS, _OPTIONAL):
        text = row.read("text", narrative)
        if text is None or comments.is_empty(row, text):
            continue
        if telling := _one(row, text, today, undated):
            comments.add(row, telling)
    report = reading.report
    if undated:
        report.warnings.append(
            f"{len(undated):,} {'date was' if len(undated) == 1 else 'dates were'} left out: not written DD/MM/YYYY, as "
            "the file should be, or still to come. A spreadsheet may have put months first in others too."
        )
    if report.warnings:  # fifty columns of labels are no remark for anybody
        report.warnings[:] = [says for says in report.warnings if not says.startswith("Columns that are not used")]
    return reading.close(name, title, comments.close())


def _one(row: Row, text: str, today: date, undated: list[str]) -> Telling | None:
    key, body = row.read("id", comment_id), row.read("body", one_line)
    said_on = _day(row.text("date"), today)
    bearing = row.read("sentiment", _bearing)
    if said_on is None:
        undated.append(row.text("date"))
    words = [(what, row.read(what, one_line) or "") for what in ("service", "team", "question")]
    if not row.ok or key is None or bearing is None:
        return None
    if not body:
        row.fault("It does not say about which organisation the comment is.", "Fill in its name or code.", "body")
        return None
    held = [says for column, says in (("safeguarding", SAFEGUARDING), ("person", PERSON)) if _is_marked(row, column)]
    return Telling(
        row.line,
        key,
        (NamedSubject(body),),
        text,
        bearing,
        Kind.COMMENT,
        said_on=said_on,
        giver="A patient, or somebody close to one",
        held=" ".join(held),
        facts=tuple((what, said) for what, said in words if said),
    )


def _day(text: str, today: date) -> date | None:
    """A date in any other form than the file's own may have its month first, so it is none: the comment stays."""
    if not _DATE.fullmatch(text):
        return None
    try:
        found = day(text)
    except BadCell:
        return None
    return found if found <= today else None


def _is_marked(row: Row, column: str) -> bool:
    return row.text(column).strip().casefold() not in _NO


def _bearing(text: str) -> Bearing:
    found = _SCALE.get(text.strip().removesuffix(".0"))
    if found is None:
        raise BadCell(
            "The sentiment is not on the scale from 1 to 5.", "Write 1 (very positive) to 5, or leave it blank."
        )
    return found
