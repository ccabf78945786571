"""Decisions on regulatory action in words: who decided what, after whom was asked, when and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sightline.core.escalation.regulating import Outcome
from sightline.core.rulebook.levels import Slot
from sightline.escalation.models import RegulatoryDecision
from sightline.escalation.presenters.duties import UNKNOWN
from sightline.escalation.regulating_given import BodyInRole

OUTCOME = {
    Outcome.ACTION: ("Regulatory action", "nhsuk-tag--orange"),
    Outcome.NONE: ("No regulatory action", "nhsuk-tag--grey"),
}


@dataclass(frozen=True, slots=True)
class RegulationRow:
    """One decision on regulatory action."""

    outcome: str
    tag: str
    by: str
    asked: tuple[str, ...]
    action: str
    because: str
    decided_on: date
    written_by: str
    at: datetime
    why_stays: str


def in_role(slot: Slot, body: str, role: Callable[[Slot], str]) -> str:
    """This function will name a body in its role."""
    return f"{role(slot)}, {body}"


def choices(found: Iterable[BodyInRole], role: Callable[[Slot], str]) -> list[tuple[BodyInRole, str]]:
    """This function will name the bodies that may be chosen."""
    return [(one, in_role(one.slot, one.body.name, role)) for one in found]


def regulation_row(
    one: RegulatoryDecision, role: Callable[[Slot], str], names: Mapping[str, str], *, explains: bool
) -> RegulationRow:
    """This function will write a decision on regulatory action in words (RPT-07)."""
    outcome, tag = OUTCOME[Outcome(one.outcome)]
    asked = [in_role(Slot(each.slot), each.body.name, role) for each in one.consulted.all()]
    return RegulationRow(
        outcome=outcome,
        tag=tag,
        by=in_role(Slot(one.slot), one.body.name, role),
        asked=(*asked, *([one.also_asked] if one.also_asked else [])),
        action=one.action,
        because=one.because,
        decided_on=one.decided_on,
        written_by=names.get(one.recorded_by, UNKNOWN),
        at=one.recorded_at,
        why_stays=one.knowingly if explains else "",
    )
