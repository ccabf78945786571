"""What the rules know of a risk, of its subject and of the register it stands on (RSK-15): plain, frozen facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier


class Status(StrEnum):
    """Where a risk stands in its life."""

    OPEN = "open"
    ACCEPTED = "accepted"  # borne as it is, by somebody who answers for it by name
    CLOSED = "closed"


def _on_the_scale(likelihood: int, consequence: int) -> None:
    """No score can be made that the matrix does not have."""
    if not (1 <= likelihood <= 5 and 1 <= consequence <= 5):
        raise ValueError("likelihood and consequence are steps from 1 to 5")


@dataclass(frozen=True, slots=True)
class Score:
    """One judgement of how likely and how grave a risk is, and the day from which it holds."""

    likelihood: int
    consequence: int
    on: date
    has_rationale: bool = True

    def __post_init__(self) -> None:
        _on_the_scale(self.likelihood, self.consequence)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a risk is to come to rest, and by when."""

    likelihood: int
    consequence: int
    by: date | None = None

    def __post_init__(self) -> None:
        _on_the_scale(self.likelihood, self.consequence)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That somebody bears a risk as it is; nobody in particular where ``by`` is empty."""

    by: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """Something that holds a risk in check, and when somebody last made sure that it does."""

    assured_on: date | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing in the controls or in the assurance of them; ``is_borne`` where it was said why it may stay."""

    has_action: bool = False
    is_borne: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One action against a risk."""

    has_holder: bool = True
    due_on: date | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One register on which a risk stands, since when, and the number that it has there."""

    tier: Tier
    since: date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who sees to a risk; ``until`` is the last day on which they could, where that is known."""

    name: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AccountableBody:
    """The organisation that answers for a risk."""

    name: str
    closed_on: date | None = None
    is_group: bool = False  # a group, which has no powers of its own


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """One risk as it stands on a day.

    ``subjects`` are keys of the directory. ``scores`` are its current scores over time, the oldest first; ``initial`` is
    what it was before anything was done. ``evidence`` are the days of what is linked to it. ``known_since`` is the first
    day on which anything was on record about the matter, before the risk itself.
    """

    id: str
    title: str
    opened_on: date
    subjects: tuple[str, ...]
    category: str
    severity: Severity = Severity.MINOR
    modifiers: frozenset[str] = frozenset()
    cause: str = ""
    event: str = ""
    effect: str = ""
    owner: Owner | None = None
    shared_owners: tuple[Owner, ...] = ()
    partners: tuple[str, ...] = ()  # organisations that it affects
    pathways: tuple[str, ...] = ()
    accountable: AccountableBody | None = None
    initial: Score | None = None
    scores: tuple[Score, ...] = ()
    target: Target | None = None
    acceptance: Acceptance | None = None
    controls: tuple[Control, ...] = ()
    gaps: tuple[Gap, ...] = ()
    actions: tuple[Step, ...] = ()
    review_on: date | None = None
    reviewed_on: date | None = None
    evidence: tuple[date, ...] = ()
    rests_on_judgement: bool = False
    places: tuple[Place, ...] = ()
    why_raised: str = ""
    status: Status = Status.OPEN
    closed_on: date | None = None
    closure_reason: str = ""
    follows: str = ""  # the earlier risk that came back
    known_since: date | None = None
    has_look_back: bool = False
    is_healthcare: bool = True
    is_authority_assured: bool = False
    is_nhs_england_commissioned: bool = False  # by NHS England alone or with others
    is_nationally_commissioned: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is done about it."""
        return self.status is Status.CLOSED

    @property
    def current(self) -> Score | None:
        """The newest score, if it has one."""
        return self.scores[-1] if self.scores else None

    @property
    def open_actions(self) -> tuple[Step, ...]:
        """What is still to be done."""
        return tuple(one for one in self.actions if not one.is_done)

    @property
    def tiers(self) -> frozenset[Tier]:
        """The registers on which it stands."""
        return frozenset(one.tier for one in self.places)

    def place(self, tier: Tier) -> Place | None:
        """This function will find where it stands on a register."""
        return next((one for one in self.places if one.tier is tier), None)


@dataclass(frozen=True, slots=True)
class SubjectNow:
    """What a risk is about, as the directory and the log have it on a day."""

    key: str
    level: str = ""
    closed_on: date | None = None
    merged_into: str = ""
    has_profile: bool = False
    in_transition: bool = False
    in_recovery_support: bool = False
    improvement_director: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Within how many months a risk that returns counts as the same one: the window of the clocks (RSK-07)."""

    at_least_months: int = 6
    at_most_months: int = 12
    sooner_counts: bool = True
    is_on: bool = True
