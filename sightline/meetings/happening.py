"""What a person gives about a meeting while it is held: who came, what was decided, and who tells the provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.core.meetings.deciding import Side, Sort
from sightline.core.verdict import refused
from sightline.directory.models import Organisation
from sightline.groups.queries import MemberOn
from sightline.meetings.words import How

GUEST = "guest"
STANDS_IN = "stands-in"
NOT_THE_CHAIR = refused("This is for whoever chairs: the chair, a co-chair or a deputy chair of this group.", "PER-02")


def who_sits(seat: MemberOn) -> str:
    """This function will give the choice of whoever has a seat."""
    return f"{seat.seat}:{seat.person}"


def who_deputises(seat: MemberOn, person: UUID) -> str:
    """This function will give the choice of a deputy of a seat."""
    return f"{seat.seat}:{person}:{STANDS_IN}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came: for a seat, standing in for whoever has it, or as a guest; without an account by their name (MEM-12)."""

    how: How
    person: Person | None = None
    visitor: str = ""
    seat: UUID | None = None
    deputises: bool = False
    has_authority: bool = True


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may say where an organisation stands; a lay member speaks for themselves."""

    who: str
    name: str
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one voice stands: ``who`` is the key of whoever spoke, as their presence has it (REC-05)."""

    who: str
    name: str
    side: Side
    organisation: Organisation | None = None
    reasons: str = ""
    commits_to: str = ""
    is_statutory_holder: bool = False


@dataclass(frozen=True, slots=True)
class Concluded:
    """What an item came to: what was put, its sort, in whose name it is done, who stands where, and what comes next."""

    text: str
    sort: Sort = Sort.AGREEMENT
    taken_by: Organisation | None = None
    stands: tuple[Stand, ...] = ()
    next_steps: str = ""
    only_discussed: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Everything in it that a person typed."""
        said = [words for one in self.stands for words in (one.reasons, one.commits_to)]
        return tuple(filter(None, (self.text, self.next_steps, *said)))


@dataclass(frozen=True, slots=True)
class Telling:
    """Which organisation tells a provider what was concluded; or why not yet, and when that is looked at again."""

    told_by: Organisation | None = None
    not_yet: str = ""
    review_on: date | None = None
