"""How an action stands on a day: open or closed, its priority, and whether it is late. Computed, and never typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SOON = 7  # days before the due date from which an open action is at risk: local, the guidance names none


class Status(StrEnum):
    """The status of Annex D, by its letter (ACT-01; QSG 2017 Annex D)."""

    OPEN = "O"
    CLOSED = "C"


class Priority(StrEnum):
    """The priority of Annex D, by its number (ACT-01; QSG 2017 Annex D)."""

    HIGH = "1"  # high priority, open
    ON_TARGET = "2"  # on target, open
    CLOSED = "3"


class Pressing(StrEnum):
    """How the due date stands to the day (ACT-08)."""

    OVERDUE = "overdue"
    SOON = "soon"
    ON_TARGET = "on_target"
    CLOSED = "closed"


_PRIORITY = {
    Pressing.OVERDUE: Priority.HIGH,
    Pressing.SOON: Priority.ON_TARGET,
    Pressing.ON_TARGET: Priority.ON_TARGET,
    Pressing.CLOSED: Priority.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One line's two columns of Annex D, which tell the same thing twice and can here never part (ACT-02).

    Closed is priority 3 and nothing else is; whoever tries to put them together otherwise gets a ValueError.
    """

    status: Status
    priority: Priority

    def __post_init__(self) -> None:
        if (self.status is Status.CLOSED) is not (self.priority is Priority.CLOSED):
            raise ValueError(f"status {self.status} cannot stand beside priority {self.priority} (QSG 2017 Annex D)")


def pressing(due_on: date, on: date, *, is_closed: bool) -> Pressing:
    """This function will say how a due date stands to a day; the due date itself is still in time (ACT-08)."""
    if is_closed:
        return Pressing.CLOSED
    left = (due_on - on).days
    if left < 0:
        return Pressing.OVERDUE
    return Pressing.SOON if left <= SOON else Pressing.ON_TARGET


def standing(due_on: date, on: date, *, is_closed: bool) -> Standing:
    """This function will derive status and priority from the state and the due date (ACT-02; QSG 2017 Annex D).

    Annex D does not say when an open action is of high priority: here it is when its day has passed, because it is then
    no longer on target.
    """
    priority = _PRIORITY[pressing(due_on, on, is_closed=is_closed)]
    return Standing(Status.CLOSED if is_closed else Status.OPEN, priority)
