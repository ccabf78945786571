"""What a person gives about a meeting or an item, once the form has been understood; and why it may come too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.core.meetings.agenda_kinds import Purpose
from sightline.core.verdict import Invalid
from sightline.meetings.words import Mode


class Overtaken(Invalid):
    """Somebody else wrote a newer version while this one was being written; nothing of either is lost."""


@dataclass(frozen=True, slots=True)
class When:
    """When and where a meeting is, with times that know their zone."""

    starts_at: datetime
    ends_at: datetime
    mode: Mode
    place: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What an item is called and is for."""

    title: str
    minutes: int
    purpose: Purpose
    why: str = ""
    responsible: UUID | None = None
    inequality: str = ""
