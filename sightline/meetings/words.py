"""The words of meetings: how a group comes together, what a meeting has come to, and how somebody is there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Mode(StrEnum):
    """How a group comes together (MTG-28; SQG 2022 §3.19 and §3.21)."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    HYBRID = "hybrid"


MODE: Mapping[Mode, str] = {
    Mode.IN_PERSON: "In person",
    Mode.VIRTUAL: "Online",
    Mode.HYBRID: "In person and online",
}


class Step(StrEnum):
    """What a meeting came to, in the order in which it does."""

    CANCELLED = "cancelled"
    OPENED = "opened"
    CLOSED = "closed"


STEP: Mapping[Step | None, str] = {
    None: "Planned",
    Step.CANCELLED: "Cancelled",
    Step.OPENED: "Under way",
    Step.CLOSED: "Held",
}


class How(StrEnum):
    """How somebody is there."""

    IN_ROOM = "in_room"
    ONLINE = "online"


HOW: Mapping[How, str] = {How.IN_ROOM: "In the room", How.ONLINE: "Online"}


class Heard(StrEnum):
    """By which way somebody answered what was put to them in writing."""

    PAGE = "page"
    EMAIL = "email"
    TELEPHONE = "telephone"


HEARD: Mapping[Heard, str] = {
    Heard.PAGE: "On their own page",
    Heard.EMAIL: "By email",
    Heard.TELEPHONE: "By telephone",
}


class Result(StrEnum):
    """What came of a question that was put in writing."""

    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


RESULT: Mapping[Result, str] = {
    Result.CARRIED: "Agreed in writing",
    Result.NOT_CARRIED: "Not agreed",
    Result.LAPSED: "Lapsed: its time ran out",
    Result.WITHDRAWN: "Taken back",
}


class Way(StrEnum):
    """By which way people spoke with each other between meetings."""

    CALL = "call"
    EMAIL = "email"
    TOGETHER = "together"
    VISIT = "visit"


WAY: Mapping[Way, str] = {
    Way.CALL: "By telephone or video",
    Way.EMAIL: "By email",
    Way.TOGETHER: "In a smaller group",
    Way.VISIT: "On a visit",
}


CHARTS_AT_MOST = 12  # in one data pack, its funnels among them: as short as possible (MTG-14)
NAMED_IN_A_FUNNEL = 10  # of those outside its limits, the furthest; the bodies of a pack are named besides


class PaperFor(StrEnum):
    """What a paper is for."""

    DECISION = "decision"
    DISCUSSION = "discussion"
    INFORMATION = "information"


PAPER_FOR: Mapping[PaperFor, str] = {
    PaperFor.DECISION: "For decision",
    PaperFor.DISCUSSION: "For discussion",
    PaperFor.INFORMATION: "For information",
}


class Given(StrEnum):
    """How somebody was given a paper."""

    READ = "read"  # on the page
    FILE = "file"
    PDF = "pdf"
    ZIP = "zip"


GIVEN: Mapping[Given, str] = {
    Given.READ: "Read on the page",
    Given.FILE: "Downloaded by itself",
    Given.PDF: "In their pack as a PDF",
    Given.ZIP: "In their pack as a ZIP",
}


class Reviewed(StrEnum):
    """What a group looks at again, as a rule once a year."""

    CYCLE = "cycle"
    FREQUENCY = "frequency"


REVIEWED: Mapping[Reviewed, str] = {
    Reviewed.CYCLE: "The cycle of business",
    Reviewed.FREQUENCY: "How often the group meets",
}
DUE: Mapping[Reviewed, str] = {
    Reviewed.CYCLE: "Review of the cycle due",
    Reviewed.FREQUENCY: "Review of how often it meets due",
}
