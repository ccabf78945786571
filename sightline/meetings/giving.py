"""What a person gives about a meeting, an item or a paper, once the form has been understood; and why it may come too late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sightline.core.meetings.agenda_kinds import Purpose
from sightline.core.verdict import Invalid
from sightline.meetings.words import Mode, PaperFor


class Overtaken(Invalid):
    """Somebody else wrote a newer version while this one was being written; nothing of either is lost."""


@dataclass(frozen=True, slots=True)
class When:
    """When and where a meeting is, with times that know their zone, and who makes it possible (MTG-31).

    ``paired_with`` names the assurance meeting that is held on the same day (GRP-05). ``facilitator`` provides the room or
    the virtual space and the technology, and ``communications`` coordinates what is said to others about it.
    """

    starts_at: datetime
    ends_at: datetime
    mode: Mode
    place: str = ""
    link: str = ""
    paired_with: str = ""
    facilitator: str = ""
    communications: str = ""

    @property
    def words(self) -> list[str]:
        """What was typed, which is looked through for people."""
        return [self.place, self.link, self.paired_with, self.facilitator, self.communications]


@dataclass(frozen=True, slots=True)
class Wording:
    """What an item is called and is for."""

    title: str
    minutes: int
    purpose: Purpose
    why: str = ""
    responsible: UUID | None = None
    inequality: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What is answered to the questions of a guidance, by their ids; ``because`` where an answer is no (MTG-30)."""

    answers: Mapping[str, bool] = field(default_factory=dict)
    because: str = ""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file that was looked at, measured and put away under its hash; ``remarks`` are how plain its English is."""

    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None = None
    words: int | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class PaperSays:
    """What somebody says of a paper; ``confidential_because`` is empty for one that is open under the FOI Act (IGV-05)."""

    title: str
    purpose: PaperFor
    responsible: UUID | None = None
    confidential_because: str = ""

    @property
    def typed(self) -> tuple[str, ...]:
        """Everything in it that a person typed."""
        return (self.title, self.confidential_because)
