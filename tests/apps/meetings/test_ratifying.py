"""What was agreed in writing comes to the next meeting, and that ratifies it or does not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.meetings.deciding import Side
from sightline.meetings import operations
from sightline.meetings.happening import Concluded, Stand
from sightline.meetings.models import AgendaItem, ItemWording, Meeting, WrittenQuestion
from sightline.meetings.queries.ratifying import Ratified, not_yet_ratified, ratification_of
from sightline.meetings.queries.writing import one_question
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_meeting, an_item, opened, ten_of_twenty
from tests.factories.meetings_writing import TEXT, an_inquorate_meeting, answers, concluded, enough, sent

__all__ = ["clock", "folder", "house"]
NOW = "Not yet ratified"


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was not quorate and is over."""
    return an_inquorate_meeting()


def agreed(live: Live, place: int = 0) -> WrittenQuestion:
    """This function will have an item be agreed in writing."""
    question = sent(live, live.items[place])
    answers(live, question, *enough())
    concluded(live, question)
    return question


def next_meeting(live: Live, clock: time_machine.Traveller, days: int = 7) -> Live:
    """This function will plan a meeting a week later, on that day, and have its agenda drafted."""
    clock.shift(timedelta(days=days))
    meeting = a_meeting(live.group)
    operations.draft_agenda(by=live.secretary, at=timezone.now(), meeting=meeting)
    return Live(live.world, live.group, meeting, (), live.people, live.seats, live.bodies)


def item_of(meeting: Meeting) -> AgendaItem:
    """This function will give the item of a meeting that ratifies something."""
    return AgendaItem.objects.get(meeting=meeting, kind=Kind.RATIFYING.value)


def state(live: Live, question: WrittenQuestion) -> Ratified | None:
    """This function will say whether a question was ratified."""
    view = one_question(live.secretary, timezone.localdate(), question.pk)
    found = ratification_of(view) if view else None
    return found.state if found else None


def concludes(live: Live, item: AgendaItem, **more: object) -> None:
    """This function will have the secretary record what an item came to."""
    operations.record_outcome(
        by=live.secretary, at=timezone.now(), item=item, concluded=Concluded("It is ratified.", **more),  # type: ignore[arg-type]
        form_key=uuid4(),
    )  # fmt: skip


def page(live: Live, name: str, address: str, *args: object) -> str:
    """This function will open a page as a member."""
    return signed_in(live.people[name]).get(reverse(address, args=args)).content.decode()


@pytest.mark.requirement("QUO-08")
def test_given_a_question_agreed_in_writing_when_the_next_quorate_meeting_agrees_then_it_is_ratified(
    live: Live, clock: time_machine.Traveller
) -> None:
    question = agreed(live)
    assert state(live, question) is Ratified.WAITS
    assert NOW in page(live, "lay", "written", question.pk) and NOW in page(live, "lay", "meetings")
    following = next_meeting(live, clock)
    item = item_of(following.meeting)
    wording = ItemWording.objects.get(item=item)
    assert wording.title == "Ratify: Matter 1" and TEXT in wording.why
    opened(following)
    ten_of_twenty(following)
    assert "To agree here is to ratify it" in page(live, "lay", "meeting_live_item", following.meeting.pk, item.pk)
    concludes(following, item)
    assert state(live, question) is Ratified.RATIFIED
    assert "It is ratified." in page(live, "lay", "written", question.pk) and NOW not in page(live, "lay", "meetings")
    assert not AgendaItem.objects.filter(meeting=next_meeting(live, clock).meeting, kind=Kind.RATIFYING.value).exists()


@pytest.mark.requirement("QUO-08", "QUO-06")
def test_given_a_next_meeting_that_is_not_quorate_when_it_takes_the_item_then_it_comes_again(
    live: Live, clock: time_machine.Traveller
) -> None:
    question = agreed(live)
    following = next_meeting(live, clock)
    opened(following)
    ten_of_twenty(following, without="lay")
    concludes(following, item_of(following.meeting))
    assert state(live, question) is Ratified.WAITS
    assert item_of(next_meeting(live, clock).meeting).key == f"ratifying:{question.pk}"


def test_given_a_group_that_does_not_agree_when_it_is_to_ratify_then_it_is_not_ratified_and_comes_no_more(
    live: Live, clock: time_machine.Traveller
) -> None:
    question = agreed(live)
    following = next_meeting(live, clock)
    opened(following)
    ten_of_twenty(following)
    against = Stand(
        str(live.people["local-authority"].pk), "The council", Side.AGAINST, live.bodies["local-authority"],
        reasons="It is ours", is_statutory_holder=True,
    )  # fmt: skip
    concludes(following, item_of(following.meeting), stands=(against,), next_steps="The council reports.")
    assert state(live, question) is Ratified.REFUSED
    assert not_yet_ratified(live.secretary, timezone.localdate()) == []


@pytest.mark.requirement("COI-04")
def test_given_an_interest_in_the_item_when_it_comes_to_be_ratified_then_it_stays_closed(
    live: Live, clock: time_machine.Traveller
) -> None:
    question = sent(live)
    tied = live.people["member-9"]
    operations.declare_tie(
        by=tied, at=timezone.now(), item=live.items[0], person=tied, detail="My sister works there.", form_key=uuid4()
    )
    answers(live, question, *enough())
    concluded(live, question)
    item = item_of(next_meeting(live, clock).meeting)
    seen = AgendaItem.objects.filter(pk=item.pk)
    assert not seen.visible_to(tied, timezone.localdate()).exists()
    assert seen.visible_to(live.people["member-8"], timezone.localdate()).exists()
    assert not_yet_ratified(tied, timezone.localdate()) == []


def test_given_a_group_that_was_asked_nothing_when_its_agenda_is_drafted_then_nothing_is_to_be_ratified(
    live: Live, clock: time_machine.Traveller
) -> None:
    sent(live)  # under way, and so nothing yet
    an_item(live.meeting, "Another matter", place=9)
    assert not AgendaItem.objects.filter(meeting=next_meeting(live, clock).meeting, kind=Kind.RATIFYING.value).exists()
