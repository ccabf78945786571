"""Decisions in writing: begun only where the rules know the way, carried by those who agree, and never by silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from sightline.core.meetings.outside import Answer, Reply, Standing, Urgent, may_begin, may_close, standing, to_ratify
from sightline.core.meetings.quorum import Member
from sightline.core.rulebook.meeting import Quorum
from tests.factories.rooms import START, kind, later, members, reading, titles

SQG = kind("sqg-2022", "system-group")
assert SQG.quorum
RULE = SQG.quorum
ASKED = Urgent("chair", "The ward opens on Friday.", "Ask for a plan by Thursday.", was_inquorate=True)
CLOSES = later(60)
ROOM = members(10)


def says(seats: list[Member], answer: Answer = Answer.AGREES, at: datetime = START) -> list[Reply]:
    return [Reply(one.person, one.seat, answer, at) for one in seats]


def how(replies: list[Reply], rule: Quorum = RULE, apart: frozenset[str] = frozenset()) -> Standing:
    return standing(rule, ROOM, replies, START, CLOSES, apart, titles=titles(SQG))


@pytest.mark.requirement("QUO-08", "QUO-10")
@pytest.mark.parametrize(
    ("urgent", "rule", "says"),
    [
        (ASKED, RULE, ""),
        (replace(ASKED, was_inquorate=False), RULE, "only after a meeting that was not quorate"),
        (replace(ASKED, was_inquorate=False), reading(RULE, route="any-urgent"), ""),
        (replace(ASKED, declared_by="ann"), RULE, "Only the chair holds a matter to be urgent"),
        (replace(ASKED, because=" "), RULE, "Say why it cannot wait"),
        (replace(ASKED, text=""), RULE, "word for word"),
        (ASKED, kind("sqg-2022", "place-group").quorum, "know no decision outside a meeting"),
        (ASKED, None, "know no decision outside a meeting"),
    ],
)
def test_decision_in_writing_is_begun_by_the_chair_after_a_meeting_that_was_not_quorate(
    urgent: Urgent, rule: Quorum | None, says: str
) -> None:
    verdict = may_begin(urgent, rule, {"chair", "deputy"})
    assert bool(verdict) is (not says) and says in verdict.words


@pytest.mark.requirement("QUO-09")
def test_silence_is_not_agreement() -> None:
    found = how(says(ROOM[:4]))
    assert not found.is_carried and found.strict.present == 4 and len(found.silent) == 6 and found.is_waiting
    assert found.words.startswith("Not carried: 4 of 10 members agree; 5 are needed.")
    assert how(says(ROOM[:5])).is_carried


@pytest.mark.requirement("QUO-09")
def test_newest_reply_of_a_member_holds_and_late_or_early_ones_do_not() -> None:
    carried = says(ROOM[:5])
    changed = [*carried, *says(ROOM[:1], Answer.DECLINES, later(5))]
    assert how(changed).declined == ("seat-0",) and not how(changed).is_carried
    assert how([*changed, *says(ROOM[:1], at=later(6))]).is_carried
    assert not how([*carried[:4], *says(ROOM[4:5], at=CLOSES)]).is_carried
    assert not how([*carried[:4], *says(ROOM[4:5], at=later(-1))]).is_carried


@pytest.mark.requirement("QUO-01", "QUO-08")
@pytest.mark.parametrize(("agreeing", "is_carried"), [(0, False), (4, False), (10, True)])
def test_in_writing_a_quorate_number_agrees_also_where_a_quorum_is_only_recommended(
    agreeing: int, is_carried: bool
) -> None:
    assert how(says(ROOM[:agreeing]), reading(RULE, binding="recommended")).is_carried is is_carried


@pytest.mark.requirement("QUO-09", "QUO-07")
def test_whoever_an_interest_keeps_away_is_not_counted_among_those_who_agree() -> None:
    assert not how(says(ROOM[:5]), apart=frozenset({ROOM[0].person})).is_carried


@pytest.mark.requirement("QUO-09")
def test_deputy_without_authority_agrees_to_nothing() -> None:
    replies = [*says(ROOM[:4]), Reply("dot", "seat-4", Answer.AGREES, START, has_authority=False)]
    assert not how(replies).is_carried
    assert how([*replies[:4], replace(replies[4], has_authority=True)]).is_carried


@pytest.mark.requirement("REC-07")
def test_statutory_holder_who_declines_is_not_overridden() -> None:
    replies = [*says(ROOM[:9]), Reply("p9", "seat-9", Answer.DECLINES, START, is_statutory_holder=True)]
    found = how(replies)
    assert found.strict.is_reached and not found.is_carried and "no majority overrides that" in found.words
    assert how([*replies[:9], replace(replies[9], is_statutory_holder=False)]).is_carried


@pytest.mark.requirement("QUO-09")
def test_words_name_the_seats_from_which_nobody_agreed() -> None:
    found = how(says(ROOM[1:]))
    assert found.words == "Not carried: 9 of 10 members agree; 5 are needed. ICB: nobody has agreed yet."
    loose = how(says(ROOM[1:]), reading(RULE, agreement="number"))
    assert loose.is_carried and loose.words == "Carried: 9 of 10 members agree; 5 are needed."


def test_asking_ends_when_it_is_carried_everybody_replied_or_its_time_is_up() -> None:
    short, whole = how(says(ROOM[:4])), how([*says(ROOM[:4]), *says(ROOM[4:], Answer.DECLINES)])
    assert (
        not may_close(short, later(59), CLOSES) and "6 members did not reply" in may_close(short, START, CLOSES).words
    )
    assert may_close(short, CLOSES, CLOSES) and may_close(whole, START, CLOSES)
    assert may_close(how(says(ROOM[:5])), START, CLOSES)


@pytest.mark.requirement("QUO-08")
def test_what_was_carried_is_ratified_at_the_next_meeting() -> None:
    assert to_ratify(["first", "second"], {"first"}) == ("second",)
