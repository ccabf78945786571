"""What the rules are told of an improvement plan: its content as it was written, and what is known around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Alignment(StrEnum):
    """How a plan stands to the plans and offers of support that are there already (PLN-03)."""

    UNSAID = ""
    ALIGNED = "aligned"
    NONE = "none"  # there is nothing to align with, and somebody looked


@dataclass(frozen=True, slots=True)
class Kpi:
    """What is measured: an indicator of the register, or words where the register has none.

    ``target`` in the indicator's own unit, and for how many months it has to be held, are its test of success.
    """

    words: str = ""
    indicator: str = ""
    target: float | None = None
    held_months: int | None = None

    @property
    def says_something(self) -> bool:
        """Whether it names anything to measure."""
        return bool(self.indicator or self.words.strip())


@dataclass(frozen=True, slots=True)
class Criterion:
    """By what one will know that it worked: a measure, the target, and for how long it has to be held."""

    measure: str = ""
    target: str = ""
    held_for: str = ""


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What is to be done, by whom in which body, and by when. ``organisation`` is its code where the directory has it."""

    what: str = ""
    body: str = ""
    owner: str = ""
    due_on: date | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """What is to be reached by when, by what one will see it, and who assures it in which way (PLN-07).

    ``number`` is the milestone's own through all versions of the plan; nought in one that is new.
    """

    what: str = ""
    due_on: date | None = None
    evidence: str = ""
    assurance: str = ""
    body: str = ""
    owner: str = ""
    organisation: str = ""
    number: int = field(default=0, compare=False)  # which it is, and nothing of what it says

    @property
    def says_something(self) -> bool:
        """Whether anything was written of it."""
        words = (self.what, self.evidence, self.assurance, self.body, self.owner)
        return bool(self.due_on) or any(map(str.strip, words))


@dataclass(frozen=True, slots=True)
class CommissionerPart:
    """What one commissioner does as its part of a plan that several share (PLN-02)."""

    body: str = ""
    action: str = ""
    organisation: str = ""  # its code where the directory has it

    @property
    def key(self) -> str:
        """What tells it from other commissioners: its code, or its name however it is spelt."""
        return self.organisation or " ".join(self.body.casefold().split())


@dataclass(frozen=True, slots=True)
class PlanContent:
    """One version of a plan as it was written; an empty text is one that was not given yet."""

    name: str
    objectives: tuple[str, ...] = ()
    starts_on: date | None = None
    kpis: tuple[Kpi, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    milestones: tuple[PlannedMilestone, ...] = ()
    contract: str = ""
    regulation: str = ""
    commissioners: tuple[CommissionerPart, ...] = ()
    alignment: Alignment = Alignment.UNSAID
    aligned_with: str = ""
    director: str = ""
    consulted_on: date | None = None
    developed_by: str = ""
    developed_with: str = ""
    recovery_plan: str = ""

    def words(self) -> Iterator[str]:
        """This function will give everything that somebody typed, for the check for personal data."""
        yield from (self.name, *self.objectives, self.contract, self.regulation, self.aligned_with, self.director)
        yield from (self.developed_by, self.developed_with, self.recovery_plan)
        yield from (one.words for one in self.kpis)
        for criterion in self.criteria:
            yield from (criterion.measure, criterion.target, criterion.held_for)
        for action in self.actions:
            yield from (action.what, action.body, action.owner)
        for one in self.milestones:
            yield from (one.what, one.evidence, one.assurance, one.body, one.owner)
        for part in self.commissioners:
            yield from (part.body, part.action)


@dataclass(frozen=True, slots=True)
class KnownCommissioner:
    """A body that commissions the subject, as the directory knows it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a plan on the day when it is looked at.

    ``is_highest`` says that the subject stands at the highest level of its group's guidance, or is proposed for it.
    ``director_role`` names whom the Recovery Support Programme asks to consult; empty where it is not in the programme.
    ``segment_year`` is the framework year of a segment that asks for a recovery plan; empty where none does.
    ``says_several`` is true where the concern behind the level says that several commission.
    """

    on: date
    level: str = ""
    is_highest: bool = False
    commissioners: tuple[KnownCommissioner, ...] = ()
    says_several: bool = False
    director_role: str = ""
    segment_year: str = ""
    criteria_written_on: date | None = None
