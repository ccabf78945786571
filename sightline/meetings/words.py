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
