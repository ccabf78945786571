"""What a person gives to an operation about a risk, once a form has been understood; and why it may come too late."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sightline.accounts.models import Person
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import Invalid
from sightline.directory.models import Organisation, Subject
from sightline.groups.models import Group
from sightline.indicators.models import Signal
from sightline.intelligence.models import Item
from sightline.risks.models import Risk, RiskStatement
from sightline.surveillance.models import Concern, LevelDecision

Linked = Signal | Item | Concern | LevelDecision
# What stands in a statement as a list, one line each.
LISTS = ("shared_owners", "partners", "pathways")
_PROSE = ("title", "cause", "event", "effect", "owner_name", "why_raised", *LISTS)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is said of a risk (RSK-06, RSK-08, RSK-12, RSK-15)."""

    title: str
    cause: str
    event: str
    effect: str
    category: str
    severity: Severity
    is_complex: bool = False
    is_recurrent: bool = False
    is_healthcare: bool = True
    is_authority_assured: bool = False
    is_nhs_england_commissioned: bool = False
    is_nationally_commissioned: bool = False
    accountable: Organisation | None = None
    accountable_group: Group | None = None
    owner: Person | None = None
    owner_name: str = ""
    owner_until: date | None = None
    shared_owners: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    pathways: tuple[str, ...] = ()
    rests_on_judgement: bool = False
    why_raised: str = ""
    review_on: date | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Everything in it that a person typed."""
        return tuple(text for name in _PROSE if (text := str(self.columns[name])))

    @property
    def columns(self) -> dict[str, Any]:
        """What it is as a row: lists as lines, blanks at the ends taken off."""
        return {one.name: _column(getattr(self, one.name)) for one in fields(self)}

    def is_in(self, row: RiskStatement) -> bool:
        """This function will say whether a row says the very same."""
        return all(getattr(row, name) == value for name, value in self.columns.items())


def _column(value: Any) -> Any:
    match value:
        case Severity():
            return value.value
        case tuple():
            return "\n".join(dict.fromkeys(line.strip() for line in value if line.strip()))
        case str():
            return value.strip()
    return value


@dataclass(frozen=True, slots=True)
class Scored:
    """How likely and how grave, from which day on, and why; of a target, by when."""

    likelihood: int
    consequence: int
    rationale: str = ""
    holds_from: date | None = None  # the day on which it is given, where none is named
    by_on: date | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """A register: at which tier, whose, and the number that the risk has there (RSK-01, RSK-02)."""

    tier: Tier
    body: Organisation
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """All that is given when a risk is opened; the day is the one on which it is given, where none is named."""

    stated: Stated
    subjects: tuple[Subject, ...]
    current: Scored | None = None
    initial: Scored | None = None
    target: Scored | None = None
    places: tuple[Placing, ...] = ()
    links: tuple[Linked, ...] = ()
    follows: Risk | None = None
    opened_on: date | None = None


class Overtaken(Invalid):
    """Somebody else stated the risk anew while this was being written; carries their words, so that both can be seen."""

    def __init__(self, newest: RiskStatement) -> None:
        super().__init__("Somebody else changed this while you were writing. Their words are shown beside yours.")
        self.newest = newest
