"""What a person gives about an exchange, once a form has been understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.escalation.answering import ExchangeKind
from sightline.core.reports.laying import Said
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, Subject
from sightline.escalation.models import Exchange


@dataclass(frozen=True, slots=True)
class ExchangeGiven:
    """What is sent: in whose name, to whom and by which way, about what. ``is_wider`` is the sender's own judgement.

    What is sent to several becomes one exchange with each, so that each acknowledges, answers and ages for itself.
    """

    kind: ExchangeKind
    sender: Slot
    from_body: Organisation
    recipient: Slot
    to_body: Organisation
    title: str
    says: str
    form_key: UUID
    route: str = ""
    purpose: Purpose = Purpose.INFORMATION
    asks: str = ""
    due_on: date | None = None
    subject: Subject | None = None
    follows: Exchange | None = None
    triggers: tuple[str, ...] = ()
    is_wider: bool = False
    knowingly: str = ""
    also_to: tuple[Organisation, ...] = ()

    @property
    def bodies(self) -> tuple[Organisation, ...]:
        """This function will give every body to which it is sent, once each."""
        return tuple(dict.fromkeys((self.to_body, *self.also_to)))


@dataclass(frozen=True, slots=True)
class LetterGiven:
    """What came in by letter: who wrote, on which day it arrived, what it says and what it asks (SAF-04, SAF-05)."""

    from_body: Organisation
    to_body: Organisation
    title: str
    says: str
    received_on: date
    form_key: UUID
    asks: str = ""
    due_on: date | None = None
    subject: Subject | None = None
    knowingly: str = ""


@dataclass(frozen=True, slots=True)
class UpdateGiven:
    """The update of a quarter: in whose name, and what each section tells beside the copy of the log (SUR-09)."""

    sender: Slot
    from_body: Organisation
    to_body: Organisation
    title: str
    told: tuple[Said, ...]
    form_key: UUID
    due_on: date | None = None
    knowingly: str = ""
