"""The words of reports: of which kinds of record lines are, what stands over them, how they are sent, in which form had."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sightline.core.rulebook.reports import Gatherer


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
    REVIEW = "review"  # a Rapid Quality Review that was called
    ITEM = "item"  # what a regulator made public


# What stands over the lines of each kind, in a section that is filled with more than one.
OVER: Mapping[Gatherer, str] = {
    Gatherer.LEVELS: "Levels",
    Gatherer.HIGHEST: "At the highest level",
    Gatherer.PROGRESS: "How far the actions are",
    Gatherer.RISKS: "Risks",
    Gatherer.DECISIONS: "Decisions of meetings",
    Gatherer.ACTIONS: "Actions agreed",
    Gatherer.OVERDUE: "Actions overdue",
    Gatherer.ESCALATIONS: "Escalated or shared",
    Gatherer.INTERVENTIONS: "Significant interventions",
    Gatherer.TELLINGS: "What providers were told",
    Gatherer.GOOD_PRACTICE: "Good practice",
    Gatherer.MINUTES: "Minutes",
}
NO_SUBJECT = "Not about one body alone"


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
