"""The words of requests for information: from what passages are taken, and how requests end."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sightline.core.records.answering import Ruling


class SourceKind(StrEnum):
    """From which kind of record a passage was taken; each is the name of the field that leads to it."""

    NOTE = "note"  # a section of the note of a meeting
    EDITION = "edition"  # key points as the public reads them
    VERSION = "version"  # a section of a report as it was frozen
    DECISION = "decision"  # why a level was set


class Ending(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    NOT_HELD = "not-held"
    WITHDRAWN = "withdrawn"


SOURCE: Mapping[SourceKind, str] = {
    SourceKind.NOTE: "Note of a meeting",
    SourceKind.EDITION: "Public key points of a meeting",
    SourceKind.VERSION: "Report",
    SourceKind.DECISION: "Decision on a level of oversight",
}
ENDING: Mapping[Ending, str] = {
    Ending.ANSWERED: "Answered",
    Ending.NOT_HELD: "Answered: nothing is held",
    Ending.WITHDRAWN: "Withdrawn by whoever asked",
}
RULING: Mapping[Ruling, str] = {
    Ruling.RELEASE: "Release",
    Ruling.WITHHOLD: "Withhold",
    Ruling.OUT_OF_SCOPE: "Not what was asked for",
}
