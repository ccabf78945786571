"""What a person gives between meetings: an answer to what is put in writing, how it came, and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sightline.core.meetings.outside import Answer
from sightline.meetings.words import Heard, Way


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answers: whether they agree, why, and whether their body has the statutory responsibility (REC-07)."""

    answer: Answer
    why: str = ""
    is_statutory_holder: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """How an answer came that was not given on its page: by which way, when, who took it and where it is kept."""

    how: Heard
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """That people spoke about a subject: when, how, who with whom, what was said, and what follows."""

    held_on: date
    way: Way
    between: str
    said: str
    follows: str = ""
