"""What became of the records behind a report since they were gathered: what is new, what reads otherwise, what is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of one line."""

    NEW = "new"
    OTHERWISE = "otherwise"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Gathered:
    """One line as it was gathered: in which section, of which record, and what it says."""

    section: str
    record: str
    says: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same line at another time."""
        return self.section, self.record


@dataclass(frozen=True, slots=True)
class Changed:
    """A line that is not as it was; ``before`` is what it said, where it said something."""

    line: Gathered
    change: Change
    before: str = ""


def changes_between(before: Iterable[Gathered], after: Iterable[Gathered]) -> tuple[Changed, ...]:
    """This function will say what is otherwise: in the order of what is there now, and then what is gone."""
    was = {one.key: one for one in before}
    now = {one.key: one for one in after}
    there = [
        Changed(one, Change.OTHERWISE if key in was else Change.NEW, was[key].says if key in was else "")
        for key, one in now.items()
        if key not in was or was[key].says != one.says
    ]
    return (*there, *(Changed(one, Change.GONE, one.says) for key, one in was.items() if key not in now))
