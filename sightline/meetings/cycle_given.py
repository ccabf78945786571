"""What a person gives about a group's cycle of business, once the form has been understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.core.meetings.cycle import ThemeKind
from sightline.directory.models import Subject


@dataclass(frozen=True, slots=True)
class CycleAgreed:
    """A cycle as a group agrees it: from when, how long, looked at again when, and which sectors are discussed as one."""

    begins_on: date
    months: int
    review_months: int
    together: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class ToDiscuss:
    """What is put into a plan: a subject, or a sector as one."""

    month: date  # any day of it
    why: str = ""
    subject: Subject | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeSays:
    """A theme as a member proposes it."""

    kind: ThemeKind
    title: str
    why: str
