"""The log as it is asked for: filters against a slow twin, its lines, its words, impact, and what others may ask of it."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.actions import operations
from sightline.actions.models import Action
from sightline.actions.presenters import log as presenters
from sightline.actions.queries import (
    Asked,
    ImpactsAsked,
    Sort,
    State,
    actions_about,
    actions_of_group,
    log_lines,
    log_page,
    my_open_actions,
    page_of_impacts,
    pressing_of_group,
)
from sightline.core.actions.facts import ActionKind, Outcome
from sightline.core.actions.standing import SOON
from sightline.groups.words import SeatPart
from tests.factories.actions import IMPACT, Log, a_log, a_stated, an_action, an_owner, closed
from tests.factories.directory import an_organisation
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.indicators import TODAY

DAYS = (-30, -1, 0, SOON, SOON + 1)


@pytest.fixture
def log(house: None) -> Log:
    """This function will make a group with its action log."""
    return a_log()


def on(days: int) -> Any:
    return TODAY + timedelta(days=days)


@pytest.fixture
def many(log: Log) -> dict[Action, tuple[int, bool, str]]:
    """This function will make actions due around today, open and closed, of two groups; by action, what was made."""
    other = a_group(log.world.board, "place-group", "Mill Lane place group")
    a_seating(a_seat(other, "Member", SeatPart.MEMBER), log.seated)
    found = {}
    for days, is_closed, group in itertools.product(DAYS, (False, True), (log.group, other)):
        action = an_action(log, group=group, raised_on=on(-60), due_on=on(days))
        if is_closed:
            closed(log, action)
        found[action] = (days, is_closed, group.name)
    return found


def slow(state: State, days: int, is_closed: bool) -> bool:
    """This function will say by the words of each state alone whether an action is in it."""
    return {
        State.OPEN: not is_closed,
        State.CLOSED: is_closed,
        State.ALL: True,
        State.OVERDUE: not is_closed and days < 0,
        State.SOON: not is_closed and 0 <= days <= SOON,
    }[state]


@pytest.mark.requirement("ACT-08")
def test_each_state_lists_what_it_says_and_counts_what_it_leaves_out(
    log: Log, many: dict[Action, tuple[int, bool, str]]
) -> None:
    for state, by_group in itertools.product(State, (False, True)):
        asked = Asked(state, group=log.group.pk if by_group else None)
        found = log_lines(log.seated, TODAY, asked)
        expected = {
            action
            for action, (days, is_closed, name) in many.items()
            if slow(state, days, is_closed) and (not by_group or name == log.group.name)
        }
        assert {line.action for line in found.lines} == expected
        assert (found.fitting, found.total) == (len(expected), len(many))
        assert found.closed == sum(one[1] for one in many.values())


def test_what_is_due_first_stands_first_unless_another_order_is_asked_for(
    log: Log, many: dict[Action, tuple[int, bool, str]]
) -> None:
    for sort, key in (
        (Sort.DUE, lambda line: line.due_on),
        (Sort.GROUP, lambda line: line.action.group.name),
        (Sort.OWNER, lambda line: line.owner.organisation.name),
        (Sort.RAISED, lambda line: -line.action.raised_on.toordinal()),
    ):
        lines = log_lines(log.seated, TODAY, Asked(State.ALL, sort=sort)).lines
        assert [key(one) for one in lines] == sorted(key(one) for one in lines)


def test_a_page_holds_as_many_as_it_says_and_the_next_one_goes_on(
    log: Log, many: dict[Action, tuple[int, bool, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.actions.queries.log.A_PAGE", 7)
    pages = [log_page(log.seated, TODAY, Asked(State.ALL), page).lines for page in (1, 2, 3, 4)]
    assert [len(one) for one in pages] == [7, 7, 6, 0]
    assert len({line.action for page in pages for line in page}) == len(many)


def test_the_log_asks_no_more_questions_for_more_lines(log: Log) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            log_page(log.seated, TODAY, Asked(State.ALL))
        return len(seen)

    an_action(log)
    few = asked()
    for _ in range(5):
        closed(log, an_action(log))
    assert asked() == few


def test_an_owners_organisation_and_ones_own_can_be_asked_for(log: Log) -> None:
    council = an_organisation("ZC1", "Lantern Council")
    mine = an_action(log)
    theirs = an_action(log, owner=an_owner(log, log.world.lead, organisation=council))
    assert [one.action for one in log_lines(log.seated, TODAY, Asked(is_mine=True)).lines] == [mine]
    assert [one.action for one in log_lines(log.seated, TODAY, Asked(body=council.pk)).lines] == [theirs]


def test_words_are_looked_for_in_the_newest_wording_alone(log: Log) -> None:
    action = an_action(log, stated=a_stated(issue="Falls on the stairs"))
    assert log_lines(log.seated, TODAY, Asked(words="stairs NURSE")).fitting == 1
    operations.restate_action(
        by=log.world.secretary, at=timezone.now(), action=action, seen=1, stated=a_stated(), because="Clearer"
    )
    assert log_lines(log.seated, TODAY, Asked(words="stairs")).fitting == 0
    assert log_lines(log.seated, TODAY, Asked(words="unicorn")).fitting == 0


# --- what other stages ask


def test_other_stages_ask_for_a_groups_actions_and_for_those_about_a_subject(
    log: Log, many: dict[Action, tuple[int, bool, str]]
) -> None:
    about = an_action(log, subject=log.world.subject, due_on=on(90))
    assert {one.action for one in actions_of_group(log.group, log.seated, TODAY)} == {
        about,
        *(one for one, (_, is_closed, name) in many.items() if not is_closed and name == log.group.name),
    }
    assert [one.action for one in actions_about(log.world.subject, log.seated, TODAY)] == [about]
    assert not actions_about(log.world.subject, log.world.provider, TODAY)
    until = pressing_of_group(log.group, log.seated, TODAY, on(0))
    assert [(one.due_on - TODAY).days for one in until] == [-30, -1, 0]
    assert all(one.owner.person == log.seated for one in my_open_actions(log.seated, TODAY))
    assert not my_open_actions(log.world.lead, TODAY)


# --- in Annex D's columns


@pytest.mark.requirement("ACT-01")
def test_a_copy_has_the_columns_of_annex_d_in_their_order(log: Log) -> None:
    action = an_action(log, raised_on=on(-9), due_on=on(-2), subject=log.world.subject)
    operations.report_on_action(
        by=log.seated, at=timezone.now(), action=action, says="Half of it is there", form_key=uuid4()
    )
    operations.review_action(
        by=log.world.secretary, at=timezone.now(), action=action, reviewed_on=TODAY, comment="", form_key=uuid4()
    )
    operations.change_due_date(
        by=log.world.secretary, at=timezone.now(), action=action, due_on=on(-1), because="Asked", form_key=uuid4()
    )
    names = {log.seated.actor_id: log.seated.display_name}
    head, row = presenters.table(log_lines(log.seated, TODAY, Asked()).lines, names, {})
    asked_for = ("Date raised", "Status", "Priority", "Issue", "Owner", "Resolution", "Due date", "Comments")
    assert [one.split(" (")[0] for one in head[:8]] == list(asked_for)
    stated = a_stated()
    assert row[:7] == (
        on(-9).isoformat(), "O", "1", stated.issue, "Mel Member, Lantern Integrated Care Board", stated.resolution,
        on(-1).isoformat(),
    )  # fmt: skip
    said = row[7].splitlines()
    assert said[0] == "Moved once"
    assert said[1].endswith("Mel Member: Half of it is there") and said[2].endswith("looked at by the group.")
    assert len(row) == len(head) and row[8:10] == (log.group.name, log.world.subject.name)


@pytest.mark.requirement("ACT-02")
def test_a_closed_line_says_c_and_3_with_its_impact(log: Log) -> None:
    closed(log, an_action(log, raised_on=on(-9), due_on=on(-2)))
    _, row = presenters.table(log_lines(log.seated, TODAY, Asked(State.CLOSED)).lines, {}, {})
    assert row[1:3] == ("C", "3")
    assert row[7].endswith(f"What changed: {IMPACT}")


# --- what actions changed


@pytest.mark.requirement("LRN-03")
@pytest.mark.requirement("ACT-04")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (ImpactsAsked(), {"calls", "falls"}),
        (ImpactsAsked(words="five minutes"), {"calls"}),
        (ImpactsAsked(words="STAIRS"), {"falls"}),
        (ImpactsAsked(words="minutes stairs"), set()),
        (ImpactsAsked(kind=ActionKind.CONTRACT.value), {"falls"}),
        (ImpactsAsked(outcome=Outcome.DONE.value), {"calls"}),
        (ImpactsAsked(group=uuid4()), set()),
    ],
)
def test_what_actions_changed_can_be_searched(log: Log, asked: ImpactsAsked, expected: set[str]) -> None:
    calls = an_action(log)
    falls = an_action(log, stated=a_stated(issue="Falls on the stairs", kind=ActionKind.CONTRACT))
    again, still = an_action(log), an_action(log)
    closed(log, calls)
    closed(log, falls, outcome=Outcome.DROPPED, impact="The house was closed.")
    closed(log, again)
    operations.reopen_action(
        by=log.world.secretary, at=timezone.now(), action=again, because="It came back", form_key=uuid4()
    )
    found, fitting, total = page_of_impacts(log.seated, TODAY, asked)
    names = {calls.pk: "calls", falls.pk: "falls", again.pk: "again", still.pk: "still"}
    assert {names[one.line.action.pk] for one in found} == expected
    assert (fitting, total) == (len(expected), 2)
    assert page_of_impacts(log.unseated, TODAY, asked) == ([], 0, 0)
