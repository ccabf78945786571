"""What is asked of the action log: which actions, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """Which actions are listed."""

    OPEN = "open"
    OVERDUE = "overdue"
    SOON = "soon"
    CLOSED = "closed"
    ALL = "all"


class Sort(StrEnum):
    """In which order a log is read."""

    DUE = "due"  # what is due first
    RAISED = "raised"  # the newest first
    GROUP = "group"
    OWNER = "owner"  # by the owner's organisation


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the log; what is open is listed, unless something else is asked for."""

    state: State = State.OPEN
    is_mine: bool = False
    group: UUID | None = None
    body: UUID | None = None
    subject: UUID | None = None
    words: str = ""
    sort: Sort = Sort.DUE

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the state leaves some out."""
        return bool(self.is_mine or self.group or self.body or self.subject or self.words)
