"""What a person gives to an operation, once a form has been understood; and why it may come too late."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.core.triangulation.triggering import Answer
from sightline.core.verdict import Invalid
from sightline.profiles.models.profiles import Entry


@dataclass(frozen=True, slots=True)
class Written:
    """What one side writes about one domain. Both scores or neither; ``signals`` are words, as they stood that day."""

    evidence_for: str = ""
    evidence_against: str = ""
    good_practice: str = ""
    view: str = ""
    measures: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    likelihood: int | None = None
    consequence: int | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one question of the trigger tool, with a note where one was made."""

    question: str
    answer: Answer
    note: str = ""


class Overtaken(Invalid):
    """Somebody else saved while this was being written; carries their text, so that both can be seen."""

    def __init__(self, newest: Entry) -> None:
        super().__init__("Somebody else saved this while you were writing. Their text is shown beside yours.")
        self.newest = newest
