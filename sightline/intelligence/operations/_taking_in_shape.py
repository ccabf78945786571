"""One item as a file gives it, understood and ready to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sightline.core.access import Actor, Handling
from sightline.core.intelligence.checking import Sought, find_personal, sought
from sightline.core.signals import Bearing
from sightline.intelligence.giving import Words
from sightline.intelligence.models import TextDelivery
from sightline.intelligence.operations._taking_in_merging import Sent
from sightline.intelligence.operations._taking_in_naming import Meant
from sightline.intelligence.operations._themes import Reader
from sightline.intelligence.sources.contract import ReportFacts
from sightline.intelligence.words import Certainty, Channel, Kind, Safeguarding


@dataclass(frozen=True, slots=True)
class Road:
    """By which road all of a file came: its entry in the source list, the quadrant, and the origin it counts as."""

    source: str
    quadrant: str
    origin: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One item to be: ``named`` are those that it names, ``about`` the subjects that it is about.

    ``giver`` is the code of the body that tells it, empty for none; a published item has None. ``held`` says why
    somebody must look at it first. ``dimensions`` are those that a person wrote down. ``why_fewer`` says why the
    members may not all read words that are for named people.
    """

    line: int
    key: str
    kind: Kind
    bearing: Bearing
    heard_on: date
    road: Road
    handling: Handling
    counts: bool
    words: tuple[Words, ...]
    about: tuple[UUID, ...] = ()
    named: tuple[Meant, ...] = ()
    dimensions: tuple[str, ...] = ()
    report: ReportFacts | None = None
    sent: tuple[Sent, ...] = ()
    giver: str | None = None
    readers: tuple[str, ...] = ()
    why_fewer: str = ""
    held: str = ""
    certainty: Certainty | None = None
    channel: Channel = Channel.WRITTEN
    safeguarding: Safeguarding = Safeguarding.NO

    @property
    def waiting(self) -> tuple[Meant, ...]:
        """The names that wait for a person."""
        return tuple(one for one in self.named if one.waits)


@dataclass(frozen=True, slots=True)
class Bringing:
    """The circumstances of one file: who brings it, when, for which system, and what was said about it beforehand."""

    by: Actor
    at: datetime
    on: date
    system: str
    pack: str
    delivery: TextDelivery
    themes: Reader
    names: Sought = field(default=sought(()))  # people whom this house knows
    readers: tuple[str, ...] = ()
    why_fewer: str = ""  # for rows that are for named people and give no reason of their own
    knowingly: str = ""

    def people_in(self, text: str) -> tuple[str, ...]:
        """This function will say what in a text looks like personal data, without repeating it (IGV-01)."""
        return tuple(dict.fromkeys(one.says for one in find_personal(text, self.names)))


@dataclass(slots=True)
class Outcome:
    """What came of a file's items."""

    made: int = 0
    changed: int = 0
    known: int = 0
    names: set[str] = field(default_factory=set)
    held: list[tuple[int, str]] = field(default_factory=list)
