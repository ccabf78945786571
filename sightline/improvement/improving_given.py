"""What is given to the operations of Quality Improvement Groups: a convening, a report, a stakeholder, an answer, an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.improvement.overseeing import Answer, Convener, Instigator, Stands
from sightline.improvement.improving_words import Engaged
from sightline.improvement.models import Plan, RapidReview
from sightline.improvement.reviews_given import ChairGiven


@dataclass(frozen=True, slots=True)
class ConveningGiven:
    """On whose instigation a group is convened, by whom, and for what; ``chair`` is left out where it stands already."""

    instigator: Instigator
    instigated_by: str
    instigated_on: date
    purpose: str
    convener: Convener = Convener.ICB
    why_region: str = ""
    stands: Stands = Stands.ALONE
    wider: str = ""
    review: RapidReview | None = None
    plans: tuple[Plan, ...] = ()
    chair: ChairGiven | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """This function will give all that was typed, to be looked through for people."""
        return (self.instigated_by, self.purpose, self.why_region, self.wider)


@dataclass(frozen=True, slots=True)
class ReportedGiven:
    """What the group did or a member reported; ``told`` is its id in the guidance."""

    told: str
    on: date
    says: str
    needs_action: bool = False
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class StakeholderGiven:
    """Somebody else with a stake; ``owner`` is a member's seat, and ``number`` theirs already, nought for somebody new."""

    who: str
    how: str
    owner: UUID
    engaged: Engaged = Engaged.PLANNED
    number: int = 0


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """Whether somebody agrees; ``party`` is the id of the member's seat, or of those above the group."""

    party: str
    answer: Answer
    on: date
    given_by: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class EndGiven:
    """With what a group ends."""

    statement: str
    outstanding: str = ""
    because: str = ""
