"""What a person gives when they propose a level, once the form has been understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MoveGiven:
    """A proposed move as it was written down (LVL-16). An empty text was not given; lists hold one entry each."""

    level_to: str
    effective_on: date
    reason: str
    level_from: str = ""  # what the proposer had before them; empty for wherever it stands
    triggers: tuple[str, ...] = ()
    profile: UUID | None = None
    other_process: UUID | None = None
    why_not_closer: str = ""
    conflict_check: str = ""
    group_view: str = ""
    group_met_on: date | None = None
    options_exhausted: str = ""
    people_need_protection: bool = False
    plan: str = ""
    follow_up_person: str = ""
    actions: tuple[str, ...] = ()
    next_review_on: date | None = None
    exit_evidence: str = ""
    knowingly: str = ""

    def words(self) -> Iterator[str]:
        """This function will give everything that somebody typed, for the check for personal data."""
        yield from (self.reason, self.why_not_closer, self.conflict_check, self.group_view, self.options_exhausted)
        yield from (self.plan, self.follow_up_person, self.exit_evidence, *self.actions)
