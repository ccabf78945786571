"""Decisions in writing between meetings, through real rows: when they may be, who answers, what counts, what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.accounts.operator import operator
from sightline.audit.models import Event
from sightline.core.meetings.interests import Measure
from sightline.core.meetings.outside import Answer
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.models import ItemTie, WrittenAnswer, WrittenQuestion, WrittenResult, WrittenSending
from sightline.meetings.operations._freezing import hash_of
from sightline.meetings.queries.writing import APART, SILENT, one_question
from sightline.meetings.words import Heard, Result
from sightline.meetings.writing_given import Said, Source
from sightline.notify.models import Message
from tests.factories.accounts import signed_in
from tests.factories.groups import an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, opened, ten_of_twenty
from tests.factories.meetings_writing import TEXT, an_inquorate_meeting, answers, concluded, enough, put, sent

__all__ = ["clock", "folder", "house"]

MODELS = (WrittenQuestion, WrittenSending, WrittenAnswer, WrittenResult, ItemTie, Event, Message)
PHONE = "ring 07700 900123 about it"  # of the range kept for stories


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was not quorate and is over."""
    return an_inquorate_meeting()


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    """This function will see that something is refused and leaves nothing behind."""
    before = [model._default_manager.count() for model in MODELS]
    with pytest.raises(problem, match=says or None):
        act()
    assert [model._default_manager.count() for model in MODELS] == before


def told(kind: str) -> set[str]:
    """This function will name everybody to whom a kind of message goes."""
    return {one.person.display_name for one in Message.objects.filter(kind=kind).select_related("person")}


def states(live: Live, question: WrittenQuestion) -> dict[str, str]:
    """This function will give how each seat stood when a question ended."""
    return {row["title"]: row["state"] for row in WrittenResult.objects.get(question=question).snapshot["seats"]}


def page(person: Person, name: str, *args: object) -> str:
    """This function will open a page as somebody."""
    answer = signed_in(person).get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


# --- put and sent


@pytest.mark.requirement("QUO-08", "CHR-10")
def test_given_an_inquorate_item_when_the_chair_holds_it_urgent_then_it_goes_to_every_member(live: Live) -> None:
    question = put(live)
    assert told("waits-for-the-chair") == {"Person of chair", "Person of deputy-chair"}
    assert told("asked-in-writing") == set()
    made = operations.deem_urgent(by=live.chair, at=timezone.now(), question=question, because="It cannot wait.")
    assert (made.deemed_by, made.because, made.sent_at) == (live.chair, "It cannot wait.", timezone.now())
    assert made.rules_version.startswith("sqg-2022") and len(told("asked-in-writing")) == 20
    assert list(Event.objects.order_by("-pk").values_list("verb", flat=True))[:2] == [
        "meetings.deem_urgent", "meetings.put_in_writing",
    ]  # fmt: skip


@pytest.mark.requirement("QUO-10")
def test_given_a_quorate_item_when_it_is_put_in_writing_then_the_rule_refuses(house: None) -> None:
    live = a_live_meeting()
    opened(live, timezone.now() - timedelta(hours=1))
    ten_of_twenty(live)
    unchanged(lambda: put(live), Refused, "only after a meeting that was not quorate")


def test_given_a_group_that_knows_no_such_way_when_it_is_put_in_writing_then_the_rule_refuses(house: None) -> None:
    live = a_live_meeting("place-group")
    unchanged(lambda: put(live), Refused, "know no decision outside a meeting")


def test_what_lacks_before_a_question_is_put_or_sent_is_refused(live: Live) -> None:
    unchanged(lambda: put(live, by=live.chair), Refused)
    unchanged(lambda: put(live, text=" "), Refused, "word for word")
    unchanged(lambda: put(live, text=PHONE), Invalid)
    unchanged(lambda: put(live, closes_at=timezone.now()), Invalid, "to come")
    unchanged(lambda: put(live, closes_at=timezone.now() + timedelta(days=400)), Invalid, "three months")
    question = put(live)
    unchanged(lambda: put(live, form_key=question.form_key), Already)
    unchanged(lambda: put(live), Refused, "before the members in writing already")
    given: dict[str, Any] = {"at": timezone.now(), "question": question}
    unchanged(lambda: operations.deem_urgent(by=live.people["icb"], because="Now", **given), Refused, "sit neither")
    unchanged(lambda: operations.deem_urgent(by=live.chair, because=" ", **given), Refused)
    unchanged(lambda: answers(live, question, "icb"), Refused, "has not gone to the members")
    operations.deem_urgent(by=live.chair, because="Now", **given)
    unchanged(lambda: operations.deem_urgent(by=live.chair, because="Now", **given), Already)


@pytest.mark.requirement("COI-04")
def test_given_a_chair_with_an_interest_when_it_is_to_be_urgent_then_it_is_as_if_it_were_not(live: Live) -> None:
    question = put(live, live.items[3])
    an_interest(live.chair, live.world.subject)
    given: dict[str, Any] = {"at": timezone.now(), "question": question, "because": "Now"}
    unchanged(lambda: operations.deem_urgent(by=live.chair, **given), Refused)
    operations.deem_urgent(by=live.people["deputy-chair"], **given)
    assert "Person of chair" not in told("asked-in-writing")


# --- answers and what comes of it


@pytest.mark.requirement("QUO-08", "QUO-09", "REC-13")
def test_given_a_quorate_number_when_each_category_agrees_then_the_chair_records_that_it_is_agreed(live: Live) -> None:
    question = sent(live)
    answers(live, question, *enough())
    made = concluded(live, question, says="Everybody was quick.")
    assert (made.result, made.recorded_by) == (Result.CARRIED, live.chair.actor_id)
    assert made.snapshot["strict"] is True and made.snapshot_hash == hash_of(made.snapshot)
    found = states(live, question)
    assert found["Seat of lay"] == Answer.AGREES and found["Seat of member-9"] == SILENT
    assert len(told("decided-in-writing")) == 20
    unchanged(lambda: answers(live, question, "member-9"), Refused, "came of this question already")
    unchanged(lambda: put(live), Refused, "agreed in writing already")


@pytest.mark.requirement("QUO-09")
def test_given_ten_of_twenty_without_a_lay_member_when_the_chair_would_carry_it_then_the_strict_reading_refuses(
    live: Live, clock: time_machine.Traveller
) -> None:
    question = sent(live)
    answers(live, question, *(one for one in enough() if one != "lay"), "member-4")
    unchanged(lambda: concluded(live, question), Refused, "time that was set is not up")
    clock.shift(timedelta(days=3))
    unchanged(lambda: concluded(live, question), Refused, "Not carried")
    made = concluded(live, question, Result.NOT_CARRIED)
    assert (made.snapshot["strict"], made.snapshot["loose"]) == (False, True)


@pytest.mark.requirement("QUO-09")
def test_given_silence_when_time_is_up_then_the_clock_lets_it_lapse_and_never_carries_it(
    live: Live, clock: time_machine.Traveller
) -> None:
    few, many = sent(live), sent(live, live.items[3])
    answers(live, few, "icb")
    answers(live, many, *enough())
    assert operations.lapse_questions(by=operator(), at=timezone.now()) == 0
    clock.shift(timedelta(days=3))
    unchanged(lambda: answers(live, few, "lay"), Refused, "time for answers is over")
    assert operations.lapse_questions(by=operator(), at=timezone.now()) == 1
    assert [(one.question_id, one.result) for one in WrittenResult.objects.all()] == [(few.pk, Result.LAPSED)]
    waiting = Message.objects.filter(kind="waits-for-the-chair", record=str(many.pk))
    before = waiting.count()
    operations.lapse_questions(by=operator(), at=timezone.now())
    assert waiting.count() == before and before == 4  # when it was put and when time was up: of each once
    assert concluded(live, many).result == Result.CARRIED


def test_given_a_member_who_answers_anew_when_it_is_counted_then_their_last_word_holds(live: Live) -> None:
    question = sent(live)
    answers(live, question, *enough())
    answers(live, question, "lay", answer=Answer.DECLINES, why="I heard otherwise.")
    found = one_question(live.secretary, timezone.localdate(), question.pk)
    assert found is not None and found.standing is not None and not found.standing.is_carried
    key = answers(live, question, "lay")[0].form_key
    unchanged(lambda: answers(live, question, "lay", form_key=key), Already)
    assert concluded(live, question).result == Result.CARRIED


@pytest.mark.requirement("REC-07")
def test_given_a_statutory_holder_who_declines_when_it_would_be_carried_then_no_majority_overrides_it(
    live: Live,
) -> None:
    question = sent(live)
    answers(live, question, *enough())
    answers(live, question, "member-4", answer=Answer.DECLINES, is_statutory_holder=True, why="It is ours to decide.")
    for name in (f"member-{n}" for n in range(5, 14)):
        answers(live, question, name)
    unchanged(lambda: concluded(live, question), Refused, "no majority overrides")


@pytest.mark.requirement("QUO-07", "COI-02")
def test_given_a_member_with_an_interest_when_it_is_counted_then_they_do_not_count(live: Live) -> None:
    question = sent(live, live.items[3])
    answers(live, question, *enough())
    an_interest(live.people["lay"], live.world.subject)
    found = one_question(live.secretary, timezone.localdate(), question.pk)
    assert found is not None and found.standing is not None and not found.standing.is_carried
    unchanged(lambda: answers(live, question, "lay"), Refused)
    operations.withdraw_question(by=live.secretary, at=timezone.now(), question=question, because="To ask anew.")
    assert states(live, question)["Seat of lay"] == APART


def test_given_a_closed_meeting_when_a_member_declares_an_interest_for_what_is_asked_then_it_is_taken(
    live: Live,
) -> None:
    person, item = live.people["lay"], live.items[0]
    given: dict[str, Any] = {
        "at": timezone.now(),
        "item": item,
        "person": person,
        "detail": "My sister works there.",
        "by": person,
    }
    unchanged(lambda: operations.declare_tie(form_key=uuid4(), **given), Refused, "over")
    question = sent(live)
    operations.declare_tie(form_key=uuid4(), **given)
    assert one_question(person, timezone.localdate(), question.pk) is None


@pytest.mark.requirement("COI-02", "QUO-08")
def test_given_an_interest_in_what_is_asked_when_the_chair_rules_on_it_then_the_member_may_answer(live: Live) -> None:
    person, item = live.people["lay"], live.items[0]
    ruling: dict[str, Any] = {
        "by": live.chair, "item": item, "person": person, "measure": Measure.NOTE, "because": "Long ago.",
    }  # fmt: skip
    question = sent(live)
    operations.declare_tie(
        by=person, at=timezone.now(), item=item, person=person, detail="I worked there.", form_key=uuid4()
    )
    unchanged(lambda: answers(live, question, "lay"), Refused)
    assert "Rule on the interests in it" in page(live.chair, "written", question.pk)
    assert "Rule on it" in page(live.chair, "meeting_live_item", live.meeting.pk, item.pk)
    operations.rule_on_interest(at=timezone.now(), **ruling)
    assert "Rule on the interests in it" not in page(live.chair, "written", question.pk)
    answers(live, question, "lay")
    operations.withdraw_question(by=live.secretary, at=timezone.now(), question=question, because="To ask anew.")
    with pytest.raises(Refused, match="over"):
        operations.rule_on_interest(at=timezone.now(), **ruling)


@pytest.mark.requirement("QUO-08")
def test_given_an_answer_by_telephone_when_the_secretary_records_it_then_its_source_is_kept(live: Live) -> None:
    question = sent(live)
    given = {"at": timezone.now(), "question": question, "person": live.people["lay"], "said": Said(Answer.AGREES)}
    source = Source(Heard.TELEPHONE, timezone.now(), "The secretary, in the group’s book of calls")

    def record(**more: object) -> WrittenAnswer:
        return operations.record_answer(
            **{"by": live.secretary, "source": source, "form_key": uuid4(), **given, **more}  # type: ignore[arg-type]
        )

    unchanged(lambda: record(by=live.chair), Refused)
    unchanged(lambda: record(source=Source(Heard.EMAIL, timezone.now(), " ")), Invalid, "looked up")
    late, early = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(days=1)
    unchanged(lambda: record(source=Source(Heard.EMAIL, late, "The mailbox")), Invalid, "once it came")
    unchanged(lambda: record(source=Source(Heard.EMAIL, early, "The mailbox")), Invalid, "went out on")
    unchanged(lambda: record(person=live.secretary), Refused, "no seat")
    made = record()
    assert (made.person, made.how, made.heard) == (live.people["lay"], Heard.TELEPHONE, source.words)
    assert made.recorded_by == live.secretary.actor_id


def test_given_a_question_taken_back_when_the_item_is_put_anew_then_it_may_be(live: Live) -> None:
    question = sent(live)
    operations.withdraw_question(
        by=live.secretary, at=timezone.now(), question=question, because="Its words were wrong."
    )
    again = put(live, text=TEXT + " So it is.")
    assert WrittenQuestion.objects.under_way().get() == again
    unchanged(lambda: concluded(live, question), Refused, "already")
