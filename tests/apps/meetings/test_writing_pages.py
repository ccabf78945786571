"""The pages of decisions in writing: what each reader sees, that each form does what it says, and who finds nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.meetings.models import WrittenAnswer, WrittenQuestion, WrittenResult, WrittenSending
from sightline.meetings.words import Result
from tests.factories.accounts import signed_in
from tests.factories.groups import an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live
from tests.factories.meetings_writing import TEXT, an_inquorate_meeting, answers, concluded, enough, put, sent

__all__ = ["clock", "folder", "house"]
WAITING = "Waiting for your answer"


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was not quorate and is over."""
    return an_inquorate_meeting()


def get(person: Person, name: str, *args: object) -> tuple[int, str]:
    """This function will open a page as somebody."""
    answer = signed_in(person).get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def post(by: Person, name: str, *args: object, **sends: object) -> tuple[int, str]:
    """This function will send a form as somebody."""
    answer = signed_in(by).post(reverse(name, args=args), {key: str(value) for key, value in sends.items()})
    return answer.status_code, answer.content.decode()


def day(name: str, days: int) -> dict[str, int]:
    """This function will type a day into its three boxes."""
    on = timezone.localdate() + timedelta(days=days)
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def test_given_an_inquorate_item_when_it_goes_its_way_then_each_page_leads_to_the_next(live: Live) -> None:
    item = live.items[0]
    _, page = get(live.secretary, "meeting_live_item", live.meeting.pk, item.pk)
    assert reverse("written_put", args=[item.pk]) in page
    _, page = get(live.people["icb"], "meeting_live_item", live.meeting.pk, item.pk)
    assert reverse("written_put", args=[item.pk]) not in page
    status, _ = post(live.secretary, "written_put", item.pk, text=TEXT, form_key=uuid4(), clock="5pm", **day("day", 3))
    question = WrittenQuestion.objects.get().pk
    assert status == 302
    _, page = get(live.chair, "written", question)
    assert "Waits for the chair" in page and reverse("written_urgent", args=[question]) in page
    assert post(live.chair, "written_urgent", question, because="The ward fills up.")[0] == 302
    assert WrittenSending.objects.get().because == "The ward fills up."
    _, page = get(live.people["lay"], "meetings")
    assert WAITING in page
    status, _ = post(live.people["lay"], "written_answer", question, answer="agrees", form_key=uuid4())
    assert status == 302 and WrittenAnswer.objects.get().person == live.people["lay"]
    _, page = get(live.people["lay"], "meetings")
    assert WAITING not in page and "You agreed" in page
    heard = {"how": "email", "heard": "The group’s mailbox", "clock": "12:00", **day("day", 0)}
    person = live.people["icb"].pk
    status, page = post(
        live.secretary, "written_heard", question, person=person, answer="declines", form_key=uuid4(), **heard
    )
    assert status == 302
    _, page = get(live.people["member-9"], "written", question)
    assert "By email" in page and "The group’s mailbox" in page and "Does not agree" in page
    assert page.count("Has not answered") == 18 and "Not enough agree yet: 1 of 20 members agree" in page


@pytest.mark.requirement("QUO-09")
def test_given_too_few_when_the_chair_would_record_agreement_then_the_page_says_why_not(live: Live) -> None:
    question = sent(live)
    answers(live, question, "icb", "lay")
    status, page = post(live.chair, "written_conclude", question.pk, result="carried")
    assert status == 400 and "the time that was set is not up" in page
    assert not WrittenResult.objects.exists()


def test_given_agreement_when_the_chair_records_it_then_the_page_keeps_how_it_stood(live: Live) -> None:
    question = sent(live)
    answers(live, question, *enough(), why="It is right.")
    assert post(live.chair, "written_conclude", question.pk, result="carried", says="")[0] == 302
    _, page = get(live.people["member-9"], "written", question.pk)
    assert "Agreed in writing" in page and "Carried: 10 of 20 members agree" in page and "It is right." in page
    assert WrittenResult.objects.get().snapshot_hash in page
    assert post(live.people["member-9"], "written_answer", question.pk, answer="agrees", form_key=uuid4())[0] == 404


def test_given_a_time_that_is_up_when_a_member_answers_then_it_is_no_more(
    live: Live, clock: time_machine.Traveller
) -> None:
    question = sent(live)
    clock.shift(timedelta(days=3))
    assert post(live.people["icb"], "written_answer", question.pk, answer="agrees", form_key=uuid4())[0] == 404
    _, page = get(live.chair, "written", question.pk)
    assert "Time is up: waits for the chair" in page and "I agree" not in page


@pytest.mark.requirement("COI-04")
def test_given_a_member_with_an_interest_when_they_look_for_it_then_it_is_absent_everywhere(live: Live) -> None:
    question = sent(live, live.items[3])
    tied = live.people["member-9"]
    assert TEXT in get(tied, "written", question.pk)[1]
    an_interest(tied, live.world.subject)
    for name in ("written", "written_answer"):
        assert get(tied, name, question.pk)[0] == 404
    nothing = get(tied, "written", uuid4())
    assert nothing[0] == 404
    page = get(tied, "meetings")[1]
    assert "Between meetings" not in page and "Matter 4" not in page


def test_given_a_member_who_neither_keeps_nor_chairs_when_they_try_then_there_is_no_such_page(live: Live) -> None:
    question, member = sent(live), live.people["icb"]
    for name in ("written_heard", "written_withdraw", "written_put"):
        assert get(member, name, question.pk)[0] == 403
    for name in ("written_urgent", "written_conclude"):
        assert get(member, name, question.pk)[0] == 404
    assert get(live.secretary, "written_answer", question.pk)[0] == 404


def test_given_personal_data_when_somebody_answers_with_it_then_the_page_asks_first(live: Live) -> None:
    question = sent(live)
    said = {"answer": "agrees", "why": "Ring 07700 900123 about it", "form_key": uuid4()}
    status, page = post(live.people["icb"], "written_answer", question.pk, **said)
    assert status == 400 and "looks like personal data" in page and not WrittenAnswer.objects.exists()


def test_given_a_question_when_it_is_taken_back_then_the_page_says_why(live: Live) -> None:
    question = put(live)
    assert post(live.secretary, "written_withdraw", question.pk, because="The words were wrong.")[0] == 302
    _, page = get(live.secretary, "written", question.pk)
    assert "Taken back" in page and "The words were wrong." in page


def test_given_a_question_that_was_not_agreed_when_its_page_is_read_then_it_says_so(
    live: Live, clock: time_machine.Traveller
) -> None:
    question = sent(live)
    clock.shift(timedelta(days=4))
    concluded(live, question, Result.NOT_CARRIED)
    assert "Not agreed" in get(live.people["icb"], "written", question.pk)[1]
