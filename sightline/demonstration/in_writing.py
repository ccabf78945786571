"""What the demonstration's group decided in writing: a meeting that was not quorate left it open, the next one ratifies it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.meetings.outside import Answer
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.meeting_up import meeting_of
from sightline.demonstration.organisations import MATERNITY_TRUST
from sightline.demonstration.scene import Deed, Scene
from sightline.meetings.models import AgendaItem, WrittenQuestion
from sightline.meetings.operations import (
    answer_in_writing,
    conclude_in_writing,
    deem_urgent,
    put_in_writing,
    record_answer,
)
from sightline.meetings.words import Heard, Result
from sightline.meetings.writing_given import Said, Source

ASKED = "The trust sends the group the rota of both wards every week until it has held for a month."
KEY = form_key("in-writing-rota")
OPEN_FOR = timedelta(days=3)


def _put(scene: Scene, at: datetime) -> None:
    item = AgendaItem.objects.get(
        meeting=meeting_of("first"), kind=Kind.SUBJECT, subject=scene.subject(MATERNITY_TRUST)
    )
    put_in_writing(
        by=scene.by(Part.SECRETARY), at=at, item=item, text=ASKED, closes_at=at + OPEN_FOR, form_key=KEY
    )  # fmt: skip


def _send(scene: Scene, at: datetime) -> None:
    because = "The rota of each week that passes is lost, and the next meeting is more than a week away."
    deem_urgent(by=scene.by(Part.CHAIR), at=at, question=_question(), because=because)


def _agree(part: Part, days: float, why: str = "", *, holds: bool = False) -> Deed:
    """A member who agrees on the question's own page."""

    def do(scene: Scene, at: datetime) -> None:
        said = Said(Answer.AGREES, why, holds)
        key = form_key(f"in-writing-{part.value}")
        answer_in_writing(by=scene.by(part), at=at, question=_question(), said=said, form_key=key)

    return Deed(days, do)


def _hear(scene: Scene, at: datetime) -> None:
    """One member answers by telephone, and the secretary writes it down."""
    source = Source(
        Heard.TELEPHONE, at - timedelta(hours=1), "Taken by the secretary; the note is in the group’s file."
    )
    record_answer(
        by=scene.by(Part.SECRETARY), at=at, question=_question(), person=scene.by(Part.LOCAL_AUTHORITY),
        said=Said(Answer.AGREES, "Those who plan social care at home need the rota as well."), source=source,
        form_key=form_key("in-writing-heard"),
    )  # fmt: skip


def _conclude(scene: Scene, at: datetime) -> None:
    conclude_in_writing(by=scene.by(Part.CHAIR), at=at, question=_question(), result=Result.CARRIED)


def _question() -> WrittenQuestion:
    return WrittenQuestion.objects.get(form_key=KEY)


# After those who give care said whom they send, without whom nothing is agreed, and before the next agenda is drafted.
WRITTEN = (
    Deed(35.9, _put),
    Deed(35.8, _send),
    _agree(Part.QUALITY_LEAD, 35.7, holds=True),
    _agree(Part.OTHER_PROVIDER, 35.4, "We have sent ours each week since spring, and it has helped us."),
    _agree(Part.REGION, 35.2),
    Deed(35, _hear),
    _agree(Part.LAY_MEMBER, 34.8),
    _agree(Part.HEALTHWATCH, 34.7, "Families ask us about nights more than about anything else."),
    Deed(34.5, _conclude),
)
