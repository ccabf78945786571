"""Decisions in writing for tests: an item that a meeting could not decide, put to the members, and answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.core.meetings.outside import Answer
from sightline.meetings import operations
from sightline.meetings.happening import Concluded
from sightline.meetings.models import AgendaItem, MeetingStep, WrittenAnswer, WrittenQuestion, WrittenResult
from sightline.meetings.words import Result, Step
from sightline.meetings.writing_given import Said
from tests.factories.meetings_live import CATEGORIES, MADE, Live, a_live_meeting, opened, ten_of_twenty

TEXT = "The group asks the trust to close the ward to new patients until Friday."


def an_inquorate_meeting(kind: str = "system-group") -> Live:
    """This function will make a meeting at which nobody from the region was, so that it decided nothing, and that is over."""
    live = a_live_meeting(kind)
    opened(live, timezone.now() - timedelta(hours=1))
    ten_of_twenty(live, timezone.now() - timedelta(hours=1), without="nhs-england-region")
    for item in (live.items[0], live.items[3]):
        operations.record_outcome(
            by=live.secretary, at=timezone.now(), item=item, concluded=Concluded("Close the ward."), form_key=uuid4()
        )
    MeetingStep.objects.create(
        meeting=live.meeting, step=Step.CLOSED.value, at=timezone.now(), pack="sqg-2022",
        rules_version="sqg-2022 v1", **MADE,
    )  # fmt: skip
    return live


def put(live: Live, item: AgendaItem | None = None, **more: Any) -> WrittenQuestion:
    """This function will have the secretary put an item to the members in writing, with three days to answer."""
    given = {"by": live.secretary, "at": timezone.now(), "text": TEXT, "form_key": uuid4(), **more}
    given.setdefault("closes_at", given["at"] + timedelta(days=3))
    return operations.put_in_writing(item=item or live.items[0], **given)


def sent(live: Live, item: AgendaItem | None = None, **more: Any) -> WrittenQuestion:
    """This function will have the chair hold a question to be urgent, so that it goes to the members."""
    made = put(live, item, **more)
    because = "The next meeting is in five weeks."
    operations.deem_urgent(by=live.chair, at=timezone.now(), question=made, because=because)
    return made


def answers(
    live: Live, question: WrittenQuestion, *names: str, answer: Answer = Answer.AGREES, **more: Any
) -> list[WrittenAnswer]:
    """This function will have some of the members answer on their own pages."""
    said = {name: more.pop(name) for name in ("why", "is_statutory_holder") if name in more}
    return [
        operations.answer_in_writing(
            **{"at": timezone.now(), "form_key": uuid4(), **more},
            by=live.people[name], question=question, said=Said(answer, **said),
        )
        for name in names
    ]  # fmt: skip


def enough() -> tuple[str, ...]:
    """This function will name ten of twenty members, each category among them."""
    return ("chair", "deputy-chair", *CATEGORIES, "member-1", "member-2", "member-3")


def concluded(live: Live, question: WrittenQuestion, result: Result = Result.CARRIED, **more: Any) -> WrittenResult:
    """This function will have the chair record what came of a question."""
    given = {"by": live.chair, "at": timezone.now(), **more}
    return operations.conclude_in_writing(question=question, result=result, **given)
