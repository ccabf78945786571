"""The words of reports: of which kinds of record their lines are, how they are sent, and in which form they are had."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class RecordKind(StrEnum):
    """Of what kind the record behind a line is; each is the name of the field that leads to it."""

    DECISION = "decision"  # a level as it was decided
    RISK = "risk"
    OUTCOME = "outcome"  # what an item of a meeting came to
    ACTION = "action"
    EXCHANGE = "exchange"
    REGULATION = "regulation"
    TELLING = "telling"
    MEETING = "meeting"


class How(StrEnum):
    """How a report was sent."""

    HERE = "here"  # whoever receives it reads it in this house
    OUTSIDE = "outside"  # as a file, beside this house


class Form(StrEnum):
    """In which form somebody had a frozen report."""

    READ = "read"  # on the page
    PDF = "pdf"
    WORD = "word"
    EXCEL = "xlsx"
    CSV = "csv"


FORM: Mapping[Form, str] = {
    Form.READ: "Read on the page",
    Form.PDF: "Downloaded as PDF",
    Form.WORD: "Downloaded as a Word document",
    Form.EXCEL: "Downloaded for Excel",
    Form.CSV: "Downloaded as CSV",
}
