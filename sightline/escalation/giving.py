"""What a person gives about a duty or to a provider, once the form has been understood; and why it may come too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Told:
    """How a provider was told: by whom for which organisation, whom, how, when, and the words that it may keep."""

    told_by: UUID
    spoken_by: str
    recipient: str
    channel: str
    text: str
    told_on: date
    knowingly: str = ""
