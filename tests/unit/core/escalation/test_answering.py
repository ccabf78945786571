"""Where an exchange stands, for whom it waits and who may do what: tables, and a slow, obvious twin."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.escalation.answering import (
    Course,
    ExchangeHow,
    ExchangeKind,
    Happened,
    Side,
    Status,
    age_of,
    may_step,
    status_of,
    steps_open,
    waits_for,
)
from sightline.core.rulebook.duties import Purpose

DAY = date(2026, 3, 2)
HOW, KIND, SENDER, RECIPIENT = ExchangeHow, ExchangeKind, Side.SENDER, Side.RECIPIENT
BOTH = (SENDER, RECIPIENT)
# Every status with every step that may follow it, whoever takes it, written out by hand: the rule says it otherwise.
AFTER = {
    Status.WAITING: {HOW.ACKNOWLEDGED, HOW.ANSWERED, HOW.DECLINED},
    Status.ACKNOWLEDGED: {HOW.ANSWERED, HOW.DECLINED},
    Status.ANSWERED: {HOW.ANSWERED, HOW.FED_BACK},
    Status.DECLINED: {HOW.FED_BACK},
    Status.FED_BACK: {HOW.ANSWERED, HOW.CLOSED},
    Status.CLOSED: set(),
}
LEADS_TO = {
    HOW.ACKNOWLEDGED: Status.ACKNOWLEDGED,
    HOW.ANSWERED: Status.ANSWERED,
    HOW.DECLINED: Status.DECLINED,
    HOW.FED_BACK: Status.FED_BACK,
    HOW.CLOSED: Status.CLOSED,
}


def course(*steps: ExchangeHow, kind: ExchangeKind = KIND.ESCALATION, **more: object) -> Course:
    given = {"purpose": Purpose.ACTION, "sent_on": DAY, **more}
    happened = tuple(Happened(how, DAY + timedelta(days=at + 1)) for at, how in enumerate(steps))
    return Course(kind=kind, steps=happened, **given)  # type: ignore[arg-type]


def slow_status(steps: list[ExchangeHow]) -> Status:
    """One step after the other, by the table; a step that the table does not allow is passed over."""
    here = Status.WAITING
    for how in steps:
        if how in AFTER[here]:
            here = LEADS_TO[how]
    return here


@given(st.lists(st.sampled_from(list(ExchangeHow)), max_size=12))
def test_status_is_what_its_steps_lead_to_one_by_one(tried: list[ExchangeHow]) -> None:
    done: list[ExchangeHow] = []
    for how in tried:
        if may_step(course(*done), how, BOTH):
            done.append(how)
    assert status_of(course(*done)) is slow_status(tried)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("how", list(ExchangeHow))
def test_every_step_from_every_status_of_an_escalation(status: Status, how: ExchangeHow) -> None:
    path = {
        Status.WAITING: (),
        Status.ACKNOWLEDGED: (HOW.ACKNOWLEDGED,),
        Status.ANSWERED: (HOW.ANSWERED,),
        Status.DECLINED: (HOW.DECLINED,),
        Status.FED_BACK: (HOW.ANSWERED, HOW.FED_BACK),
        Status.CLOSED: (HOW.ANSWERED, HOW.FED_BACK, HOW.CLOSED),
    }[status]
    assert bool(may_step(course(*path), how, BOTH)) is (how in AFTER[status])


@pytest.mark.parametrize("how", list(ExchangeHow))
@pytest.mark.parametrize(
    ("side", "does"), [(SENDER, {HOW.FED_BACK, HOW.CLOSED}), (RECIPIENT, set(HOW) - {HOW.FED_BACK, HOW.CLOSED})]
)
def test_each_end_takes_its_own_steps(side: Side, does: set[ExchangeHow], how: ExchangeHow) -> None:
    ready = {HOW.FED_BACK: (HOW.ANSWERED,), HOW.CLOSED: (HOW.ANSWERED, HOW.FED_BACK)}.get(how, ())
    assert bool(may_step(course(*ready), how, {side})) is (how in does)
    assert not may_step(course(*ready), how, ())


@pytest.mark.requirement("RPT-13")
def test_where_nobody_there_works_here_the_sender_writes_down_what_they_answer() -> None:
    assert HOW.ANSWERED not in steps_open(course(), {SENDER})
    assert steps_open(course(is_reached=False), {SENDER}) == (HOW.ACKNOWLEDGED, HOW.ANSWERED, HOW.DECLINED)


@pytest.mark.requirement("SAF-04")
def test_a_letter_is_answered_and_closed_by_those_who_received_it() -> None:
    letter = course(kind=KIND.RECEIVED)
    assert steps_open(letter, {RECIPIENT}) == (HOW.ACKNOWLEDGED, HOW.ANSWERED, HOW.DECLINED)
    assert HOW.CLOSED in steps_open(course(HOW.ANSWERED, kind=KIND.RECEIVED), {RECIPIENT})
    assert steps_open(letter, {SENDER}) == ()


@pytest.mark.requirement("NET-02")
@pytest.mark.parametrize(
    ("kind", "steps", "closes"),
    [
        (KIND.ESCALATION, (HOW.ANSWERED,), False),
        (KIND.ESCALATION, (HOW.DECLINED,), False),
        (KIND.ESCALATION, (HOW.ANSWERED, HOW.FED_BACK), True),
        (KIND.CHALLENGE, (HOW.ACKNOWLEDGED,), False),
        (KIND.CHALLENGE, (HOW.ANSWERED,), True),
        (KIND.SHARING, (), False),
    ],
)
def test_it_is_closed_once_the_loop_is(kind: ExchangeKind, steps: tuple[ExchangeHow, ...], closes: bool) -> None:
    assert bool(may_step(course(*steps, kind=kind), HOW.CLOSED, {SENDER})) is closes


def test_what_is_for_information_is_settled_once_it_is_acknowledged() -> None:
    told = course(HOW.ACKNOWLEDGED, kind=KIND.SHARING, purpose=Purpose.INFORMATION)
    assert waits_for(told) is None
    assert may_step(told, HOW.CLOSED, {SENDER})
    assert waits_for(course(HOW.ACKNOWLEDGED)) is RECIPIENT


@pytest.mark.requirement("RPT-13")
@pytest.mark.parametrize(
    ("made", "on", "expected"),
    [
        (course(), DAY, (RECIPIENT, 0, 0)),
        (course(), DAY + timedelta(days=9), (RECIPIENT, 9, 0)),
        (course(due_on=DAY + timedelta(days=7)), DAY + timedelta(days=9), (RECIPIENT, 9, 2)),
        (course(HOW.ACKNOWLEDGED), DAY + timedelta(days=9), (RECIPIENT, 8, 0)),
        (course(HOW.ANSWERED, due_on=DAY), DAY + timedelta(days=9), (SENDER, 8, 0)),
        (course(HOW.ANSWERED, HOW.FED_BACK), DAY + timedelta(days=9), (None, 0, 0)),
        (course(HOW.ANSWERED, kind=KIND.CHALLENGE), DAY + timedelta(days=9), (None, 0, 0)),
    ],
)
def test_it_ages_for_whoever_has_to_act(made: Course, on: date, expected: tuple[Side | None, int, int]) -> None:
    age = age_of(made, on)
    assert (age.waits_for, age.days, age.days_late) == expected


@given(
    st.lists(st.sampled_from(list(ExchangeHow)), max_size=8),
    st.sampled_from(list(ExchangeKind)),
    st.sampled_from(list(Purpose)),
)
def test_whoever_has_the_turn_can_always_take_it(
    tried: list[ExchangeHow], kind: ExchangeKind, purpose: Purpose
) -> None:
    done: list[ExchangeHow] = []
    for how in tried:
        if may_step(course(*done, kind=kind, purpose=purpose), how, BOTH):
            done.append(how)
    here = course(*done, kind=kind, purpose=purpose)
    turn = waits_for(here)
    at = RECIPIENT if kind is KIND.RECEIVED else turn
    assert turn is None or steps_open(here, {at})
    assert status_of(here) is Status.CLOSED or turn is not None or steps_open(here, BOTH)
