"""What a register may be asked for: filters, an order, and an earlier day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ME, NOBODY, UNLISTED = "me", "nobody", "unlisted"  # as the filter by owner writes them, beside a person's id


class Show(StrEnum):
    """Which risks are listed by their standing."""

    OPEN = ""  # those that are accepted as they are among them
    ACCEPTED = "accepted"
    CLOSED = "closed"
    ALL = "all"


class Sort(StrEnum):
    """By what a register is ordered."""

    SCORE = "score"
    REVIEW = "review"
    OPENED = "opened"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a register is asked for; empty for everything that is open."""

    band: str = ""
    category: str = ""
    severity: str = ""
    owner: str = ""
    show: Show = Show.OPEN
    overdue: bool = False
    above: bool = False  # above what its category tolerates
    sort: Sort = Sort.SCORE
    as_of: date | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether anything that is open may be left out."""
        return any((self.band, self.category, self.severity, self.owner, self.show, self.overdue, self.above))
