"""The words of reports: of which kinds of record their lines are, and how they are sent."""

from __future__ import annotations

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
