"""Reviews of a group's own work: who opens and answers them, what is shown when, and that no road leads to a person."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.groups.effectiveness import Answers, Step
from sightline.core.rulebook.effectiveness import AnsweredBy
from sightline.core.verdict import Already, Invalid, Refused
from sightline.groups.models import (
    ChairSelfReview,
    EffectivenessReview,
    GroupReflection,
    ReviewAnswered,
    ReviewAsked,
    ReviewTally,
)
from sightline.groups.operations import (
    answer_effectiveness_review,
    open_effectiveness_review,
    record_reflection,
    review_own_chairing,
    share_own_chairing,
)
from sightline.groups.presenters.effectiveness import due_line, export_rows, results
from sightline.groups.queries.effectiveness import (
    effectiveness_of,
    instruments,
    own_self_reviews,
    waiting_reviews,
)
from sightline.groups.words import SeatPart
from sightline.notify.models import Message
from sightline.overview.presenters.waiting import waiting_lines
from sightline.overview.queries.waiting import waits_for
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.effectiveness import a_review
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.groups_terms import HOME, Quality
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY = NOW.date()
LAST_DAY = TODAY + timedelta(days=14)
ASKED = "sqg-2022:characteristics"
CHAIRS = "sqg-2022:chair"


@pytest.fixture
def quality(house: None) -> Quality:
    return Quality()


@pytest.fixture
def members(quality: Quality) -> list[Person]:
    """Five more who sit in the group, so that with its chair and its member there are seven."""
    found = [a_person(Grant(Role.MEMBER, HOME), display_name=f"Member {number}") for number in range(5)]
    for number, one in enumerate(found):
        a_seating(a_seat(quality.group, f"Seat {number}", SeatPart.MEMBER), one, is_deputy=number == 4)
    guest = a_person(Grant(Role.MEMBER, HOME), display_name="Guest")
    a_seating(a_seat(quality.group, "Guest", SeatPart.INVITED), guest)
    return [quality.chair, quality.member, *found]


def opened(quality: Quality, by: Person | None = None, **more: Any) -> EffectivenessReview:
    given = {"instrument": ASKED, "last_day": LAST_DAY, **more}
    return open_effectiveness_review(by=by or quality.keeper, at=NOW, group=quality.group, **given)


def answers(review: EffectivenessReview, step: Step = Step.AGREE, words: str = "") -> Answers:
    return Answers({one["id"]: step for one in review.statements}, words)


def answer(by: Person, review: EffectivenessReview, step: Step = Step.AGREE, words: str = "") -> None:
    answer_effectiveness_review(by=by, at=NOW, review=review, answers=answers(review, step, words))


def kept() -> list[int]:
    return [one._default_manager.count() for one in (EffectivenessReview, ReviewAsked, ReviewTally, Event, Message)]


# --- opening


@pytest.mark.requirement("LRN-02")
def test_members_and_deputies_are_asked_and_told_and_nobody_else(quality: Quality, members: list[Person]) -> None:
    for by in (quality.keeper, quality.chair):
        before = Event.objects.count()
        review = opened(quality, by, instrument=ASKED if by is quality.keeper else "qsg-2017:characteristics")
        assert {one.person for one in review.asked.all()} == set(members)
        sent = Message.objects.filter(record=str(review.pk))
        assert {one.person for one in sent} == set(members)
        assert {one.path for one in sent} == {reverse("effectiveness_answer", args=[review.pk])}
        assert Event.objects.count() == before + 1
    assert [len(one.statements) for one in EffectivenessReview.objects.order_by("pack")] == [7, 5]


def test_nobody_opens_one_who_neither_keeps_nor_chairs_the_group(quality: Quality, members: list[Person]) -> None:
    elsewhere = a_person(Grant(Role.SECRETARY, "QZ9"))
    before = kept()
    for by in (quality.member, elsewhere, a_person(Grant(Role.AUDITOR, HOME))):
        with pytest.raises(Refused):
            opened(quality, by)
    assert kept() == before


@pytest.mark.parametrize(
    "given",
    [
        {"last_day": TODAY},
        {"last_day": TODAY + timedelta(days=2)},
        {"last_day": TODAY + timedelta(days=93)},
        {"instrument": "sqg-2022:unheard-of"},
        {"instrument": CHAIRS},
    ],
)
def test_what_does_not_fit_is_not_opened(quality: Quality, members: list[Person], given: dict[str, Any]) -> None:
    before = kept()
    with pytest.raises(Invalid):
        opened(quality, **given)
    assert kept() == before


def test_it_is_not_asked_twice_at_once(quality: Quality, members: list[Person]) -> None:
    opened(quality)
    with pytest.raises(Invalid, match="being asked already"):
        opened(quality)


def test_a_group_so_small_that_nothing_could_be_shown_is_not_asked(quality: Quality) -> None:
    with pytest.raises(Invalid, match="It takes 5"):
        opened(quality)
    assert not EffectivenessReview.objects.exists()


# --- answering


def test_each_who_was_asked_answers_once(quality: Quality, members: list[Person]) -> None:
    review = opened(quality)
    assert list(waiting_reviews(quality.member, TODAY)) == [review]
    assert waits_for(quality.member, TODAY).questionnaires == 1
    assert "1 questionnaire waits for you" in [one.says for one in waiting_lines(waits_for(quality.member, TODAY))]
    answer(quality.member, review)
    assert not waiting_reviews(quality.member, TODAY).exists()
    assert not waits_for(quality.member, TODAY).questionnaires
    with pytest.raises(Already):
        answer(quality.member, review, Step.DISAGREE)
    tally = ReviewTally.objects.get(review=review)
    assert tally.answered == 1 == ReviewAnswered.objects.count()
    assert tally.counts["high-trust"] == [0, 0, 0, 0, 1, 0]


def test_nobody_answers_who_was_not_asked_who_left_or_who_comes_too_late(
    quality: Quality, members: list[Person]
) -> None:
    review = opened(quality)
    newcomer = a_person(Grant(Role.MEMBER, HOME))
    a_seating(a_seat(quality.group, "New", SeatPart.MEMBER), newcomer)
    left = members[3]
    left.is_active = False
    left.save(update_fields=["is_active"])
    before = kept()
    for by in (newcomer, quality.keeper, left):
        with pytest.raises(Refused):
            answer(by, review)
    late = NOW + timedelta(days=15)
    with pytest.raises(Refused):
        answer_effectiveness_review(by=members[4], at=late, review=review, answers=answers(review))
    assert kept() == before and not ReviewAnswered.objects.exists()


def test_an_answer_that_lacks_a_statement_or_names_somebody_changes_nothing(
    quality: Quality, members: list[Person]
) -> None:
    review = opened(quality)
    before = ReviewTally.objects.values().get()
    with pytest.raises(Invalid):
        answer_effectiveness_review(by=quality.member, at=NOW, review=review, answers=Answers({}))
    with pytest.raises(Invalid):
        answer(quality.member, review, words="Ring me on 07700 900123")
    assert ReviewTally.objects.values().get() == before and not ReviewAnswered.objects.exists()


# --- trying to find out who answered what


@pytest.mark.requirement("LRN-02")
def test_what_is_kept_is_the_same_in_whatever_order_people_answered(quality: Quality, members: list[Person]) -> None:
    said = [(Step.AGREE, "Start on time"), (Step.DISAGREE, "Fewer papers"), (Step.NEITHER, "")]
    found = set()
    for order in itertools.permutations(range(3)):
        EffectivenessReview.objects.all().update(
            last_day=TODAY - timedelta(days=1), opened_on=TODAY - timedelta(days=9)
        )
        review = opened(quality)
        for person, index in zip(members, order, strict=False):
            answer(person, review, *said[index])
        row = ReviewTally.objects.filter(review=review).values("answered", "counts", "words").get()
        found.add(json.dumps(row, sort_keys=True))
    assert len(found) == 1


@pytest.mark.requirement("LRN-02")
def test_no_table_has_a_row_for_an_answer(quality: Quality, members: list[Person]) -> None:
    review = opened(quality)
    before = _rows()
    answer(members[2], review, Step.STRONGLY_DISAGREE, "Quagmire")
    grown = {name: now - before[name] for name, now in _rows().items() if now != before[name]}
    assert grown == {"groups_reviewanswered": 1, "audit_event": 1}


def _rows() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")
            found[name] = cursor.fetchone()[0]
    return found


@pytest.mark.requirement("LRN-02")
def test_events_of_two_who_answered_otherwise_differ_in_nothing_but_who_they_were(
    quality: Quality, members: list[Person]
) -> None:
    review = opened(quality)
    answer(members[0], review, Step.STRONGLY_AGREE, "Start on time")
    answer(members[1], review, Step.CANNOT_SAY)
    one, other = Event.objects.filter(verb="groups.answer_effectiveness_review").order_by("sequence")
    assert one.actor != other.actor
    assert (one.facts, one.on_kind, one.on_id) == (other.facts, other.on_kind, other.on_id)
    assert set(json.loads(one.facts)) == {"answers"}


@pytest.mark.requirement("LRN-02")
def test_records_of_who_answered_hold_no_moment_and_those_of_what_hold_no_person() -> None:
    who = {one.name for model in (ReviewAsked, ReviewAnswered) for one in model._meta.concrete_fields}
    what = {one.name for one in ReviewTally._meta.concrete_fields}
    assert who == {"id", "review", "person", "asked"}
    assert what == {"id", "review", "answered", "counts", "words"}
    assert EffectivenessReview._meta.get_field("recorded_at")  # of its opening, before anybody answered


@pytest.mark.requirement("LRN-02")
def test_nothing_is_shown_before_the_last_day_is_over_to_whoever_leads_the_group_either(
    quality: Quality, members: list[Person]
) -> None:
    review = opened(quality)
    for person in members:
        answer(person, review, Step.AGREE, "Start on time")
    for reader in (quality.keeper, quality.chair, quality.member):
        (view,) = effectiveness_of(reader, quality.group, LAST_DAY).open_now
        assert (view.answered, view.asked) == (7, 7)
        assert not view.shown and not view.outcomes and not view.words
    after = LAST_DAY + timedelta(days=1)
    (view,) = effectiveness_of(quality.keeper, quality.group, after).closed
    assert view.shown and view.words == ("Start on time",) * 7


@pytest.mark.requirement("LRN-02")
def test_fewer_than_five_answers_are_shown_to_nobody(quality: Quality, members: list[Person]) -> None:
    few = {"trust": (0, 0, 0, 0, 4, 0), "voice": (0, 0, 0, 0, 4, 0)}
    a_review(quality.group, TODAY - timedelta(days=1), members, members[:4], few, ["Start on time"])
    (view,) = effectiveness_of(quality.keeper, quality.group, TODAY).closed
    assert not view.shown and not view.outcomes and not view.words
    (result,) = results(effectiveness_of(quality.keeper, quality.group, TODAY))
    assert not result.rows and "Too few answered" in result.says[0]


def test_a_statement_of_which_few_had_something_to_say_is_left_out(quality: Quality, members: list[Person]) -> None:
    counts = {"trust": (0, 0, 0, 0, 6, 0), "voice": (2, 0, 4, 0, 0, 0)}
    a_review(quality.group, TODAY - timedelta(days=1), members, members[:6], counts)
    (view,) = effectiveness_of(quality.member, quality.group, TODAY).closed
    assert view.outcomes["trust"] is not None and view.outcomes["voice"] is None


def test_own_words_are_read_by_whoever_keeps_or_chairs_the_group_alone(quality: Quality, members: list[Person]) -> None:
    a_review(quality.group, TODAY - timedelta(days=1), members, members[:6], words=["Start on time"])
    read = {
        one.display_name: effectiveness_of(one, quality.group, TODAY).closed[0].words
        for one in (quality.keeper, quality.chair, quality.member)
    }
    assert read == {"Kim Keeper": ("Start on time",), "Cora Chair": ("Start on time",), "Mona Reed": ()}


# --- what came of it


@pytest.mark.requirement("LRN-02")
def test_results_of_two_years_stand_beside_each_other_with_what_changed(
    quality: Quality, members: list[Person]
) -> None:
    before = {"trust": (0, 1, 2, 1, 2, 1), "voice": (1, 0, 0, 0, 6, 0)}
    now = {"trust": (0, 0, 0, 1, 4, 1), "voice": (0, 0, 0, 0, 6, 0)}
    a_review(quality.group, date(2024, 12, 20), members, members, before)
    a_review(quality.group, date(2025, 12, 20), members, members[:6], now)
    view = effectiveness_of(quality.member, quality.group, TODAY)
    (result,) = results(view)
    assert result.heads == ("December 2025: 6 of 7 answered", "December 2024: 7 of 7 answered")
    trust, voice = result.rows
    assert [one.says for one in trust.cells] == ["5 of 6 agree", "3 of 7 agree"]
    assert trust.trend == "More agree than in December 2024: 83 per cent, then 43 per cent."
    assert voice.trend == "As many agree as in December 2024."
    assert "1 neither, 0 disagree. Middle answer: agree." in trust.cells[0].more
    rows = export_rows(view)
    assert len(rows) == 5 and {len(one) for one in rows} == {len(rows[0])}
    assert rows[1][8:13] == ("5", "1", "0", "0", "agree")
    assert due_line(view, TODAY) == ("Next due on 20 December 2026: every 12 months.", False)


@pytest.mark.requirement("CQC-03")
def test_six_principles_are_a_questionnaire_of_the_guidance_of_2022(quality: Quality) -> None:
    found = {one.key: one for one in instruments(quality.group, AnsweredBy.MEMBERS, TODAY)}
    assert len(found["sqg-2022:principles"].questionnaire.statements) == 6


@pytest.mark.requirement("LRN-04")
def test_three_questions_for_leaders_are_a_questionnaire_of_the_guidance_of_2022(
    quality: Quality, members: list[Person]
) -> None:
    review = opened(quality, instrument="sqg-2022:culture")
    assert [one["id"] for one in review.statements] == ["vision", "voice", "relationships"]


@pytest.mark.requirement("MTG-26")
def test_what_the_group_agreed_of_its_own_work_is_recorded_with_its_meeting(quality: Quality) -> None:
    given: dict[str, Any] = {"group": quality.group, "meeting": "Meeting of January", "words": "We start on time"}
    before = Event.objects.count()
    made = record_reflection(by=quality.chair, at=NOW, **given)
    assert (made.agreed_on, Event.objects.count()) == (TODAY, before + 1)
    assert effectiveness_of(quality.member, quality.group, TODAY).reflections == (made,)
    with pytest.raises(Refused):
        record_reflection(by=quality.member, at=NOW, **given)
    with pytest.raises(Invalid):
        record_reflection(by=quality.keeper, at=NOW, agreed_on=TODAY + timedelta(days=1), **given)
    assert GroupReflection.objects.count() == 1


# --- the chair's own view


def chairing(quality: Quality, by: Person) -> ChairSelfReview:
    (found,) = (one for one in instruments(quality.group, AnsweredBy.CHAIR, TODAY) if one.key == CHAIRS)
    given = Answers({one.id: Step.AGREE for one in found.questionnaire.statements}, "Listen more")
    return review_own_chairing(by=by, at=NOW, group=quality.group, instrument=CHAIRS, answers=given)


@pytest.mark.requirement("LRN-05")
def test_a_chairs_own_view_is_theirs_alone_until_they_share_it(quality: Quality) -> None:
    made = chairing(quality, quality.chair)
    assert len(made.statements) == 6
    assert own_self_reviews(quality.chair, quality.group) == (made,)
    for other in (quality.keeper, quality.member):
        assert not own_self_reviews(other, quality.group)
        assert not effectiveness_of(other, quality.group, TODAY).shared
        with pytest.raises(Refused):
            share_own_chairing(by=other, at=NOW, review=made)
    before = Event.objects.count()
    share_own_chairing(by=quality.chair, at=NOW, review=made)
    assert Event.objects.count() == before + 1
    assert effectiveness_of(quality.member, quality.group, TODAY).shared == (made,)
    with pytest.raises(Already):
        share_own_chairing(by=quality.chair, at=NOW, review=made)


def test_only_whoever_chairs_looks_at_their_own_chairing(quality: Quality) -> None:
    for by in (quality.keeper, quality.member):
        with pytest.raises(Refused):
            chairing(quality, by)
    assert not ChairSelfReview.objects.exists()


# --- pages


def test_a_member_answers_on_the_page_and_finds_it_no_more(quality: Quality, members: list[Person]) -> None:
    review = opened(quality)
    client: Client = signed_in(quality.member)
    page = reverse("effectiveness_answer", args=[review.pk])
    shown = client.get(page)
    assert shown["Cache-Control"] == "no-store" and 'autocomplete="off"' in shown.content.decode()
    assert client.post(page, {"words": "Fewer papers"}).status_code == 400  # nothing was chosen
    typed = {f"statement-{one['id']}": "4" for one in review.statements}
    answered = client.post(page, {**typed, "words": "Fewer papers"})
    assert answered.status_code == 302 and ReviewTally.objects.get().words == ["Fewer papers"]
    assert not any("Fewer papers" in str(value) for value in client.session.values())
    assert client.get(page).status_code == 404
    there = client.get(reverse("effectiveness", args=[quality.group.pk])).content.decode()
    assert "1 of 7 have answered so far. You have answered." in there


def test_results_are_one_page_whose_questions_to_the_database_do_not_grow(
    quality: Quality, members: list[Person], django_assert_num_queries: Any
) -> None:
    from django.test.utils import CaptureQueriesContext

    client: Client = signed_in(quality.chair)
    page = reverse("effectiveness", args=[quality.group.pk])
    a_review(quality.group, date(2023, 1, 1), members, members)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(page).status_code == 200
    for year in range(2015, 2023):
        a_review(quality.group, date(year, 1, 1), members, members, words=["Start on time"])
        GroupReflection.objects.create(
            group=quality.group,
            meeting="March",
            agreed_on=date(year, 2, 1),
            words="x",
            recorded_at=NOW,
            recorded_by="x",
        )
    with CaptureQueriesContext(connection) as many:
        assert client.get(page).status_code == 200
    assert len(many) <= len(few)


def test_a_reader_who_neither_sits_there_nor_keeps_it_finds_no_page(quality: Quality) -> None:
    other = an_organisation("QZ9", "Other ICB", quality.icb.kind)
    stranger = signed_in(a_person(Grant(Role.MEMBER, HOME)))
    assert a_group(other)
    for name in (
        "effectiveness",
        "effectiveness_csv",
        "effectiveness_open",
        "effectiveness_reflect",
        "chairing_review",
    ):
        assert stranger.get(reverse(name, args=[quality.group.pk])).status_code == 404
