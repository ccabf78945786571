"""What is given to the operations of Rapid Quality Reviews: a call, what was found, and a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.accounts.models import Person
from sightline.core.improvement.rapid import Carries, Requester, Route, Urgency
from sightline.directory.models import Organisation
from sightline.improvement.models import Plan
from sightline.improvement.review_words import Through
from sightline.surveillance.models import Concern


@dataclass(frozen=True, slots=True)
class ChairGiven:
    """Who chairs, in whose name and, where that is NHS England's region, on which trigger (CHR-04 to CHR-06)."""

    person: Person
    body: Organisation
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class CallGiven:
    """Why a review is called. ``chair`` is left out where its group stands already, and ``apart`` says why without providers."""

    requester: Requester
    requested_by: str
    urgency: Urgency
    risk: str
    not_elsewhere: str
    called_on: date
    meets_on: date | None = None
    why_not_icb: str = ""
    chair: ChairGiven | None = None
    apart: str = ""
    concern: Concern | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """This function will give all that was typed, to be looked through for people."""
        return (self.requested_by, self.risk, self.not_elsewhere, self.why_not_icb, self.apart)


@dataclass(frozen=True, slots=True)
class FindingGiven:
    """What a review found."""

    held_on: date | None = None
    shared: str = ""
    diagnosis: str = ""
    judgement: str = ""
    actions: str = ""
    carries: Carries = Carries.UNDECIDED
    carries_why: str = ""
    level: str = ""
    level_why: str = ""
    oversight: str = ""
    plan: Plan | None = None
    no_plan: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """This function will give all that was typed, by its field."""
        names = (
            "shared", "diagnosis", "judgement", "actions", "carries_why", "level_why", "oversight", "no_plan",
        )  # fmt: skip
        return {name: str(getattr(self, name)).strip() for name in names}


@dataclass(frozen=True, slots=True)
class ReportGiven:
    """A report that went on one route; or, where it was not sent, why none is owed there."""

    route: Route
    is_sent: bool
    says: str
    on: date
    sent_by: str = ""
    sent_to: str = ""
    through: Through | None = None
