"""What a person gives about a decision on regulatory action, once the form has been understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.escalation.regulating import Outcome
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation


@dataclass(frozen=True, slots=True)
class BodyInRole:
    """A body in the role in which it decides, or is asked: the committee of a nation, the support group of a region."""

    slot: Slot
    body: Organisation

    @property
    def key(self) -> str:
        """This function will name it in a form."""
        return f"{self.slot.value}.{self.body.code}"


@dataclass(frozen=True, slots=True)
class RegulationGiven:
    """What was decided, by whom, after whom was asked, on which day (RPT-07)."""

    decider: BodyInRole
    consulted: tuple[BodyInRole, ...]
    outcome: Outcome
    decided_on: date
    form_key: UUID
    action: str = ""
    also_asked: str = ""
    knowingly: str = ""
