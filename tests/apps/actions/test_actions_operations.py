"""Each operation on actions three ways: allowed, refused with nothing changed, recorded as one event; and bad input."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.actions import operations
from sightline.actions.giving import Overtaken
from sightline.actions.models import (
    Action,
    ActionClosing,
    ActionDue,
    ActionOwner,
    ActionReopening,
    ActionReport,
    ActionReview,
    ActionStatement,
)
from sightline.actions.queries import log_line, one_action
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.actions.facts import ActionKind, Outcome
from sightline.core.actions.standing import Priority, Status
from sightline.core.verdict import Already, Invalid, Refused
from sightline.notify.models import Message
from tests.factories.accounts import a_person
from tests.factories.actions import DUE, IMPACT, Log, a_log, a_stated, an_action, an_owner, closed
from tests.factories.groups import a_group, an_interest
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM

MODELS = (
    Action, ActionStatement, ActionOwner, ActionDue, ActionReport, ActionReview, ActionClosing, ActionReopening, Event,
    Message,
)  # fmt: skip
PHONE = "ring 07700 900123 about it"  # of the range kept for stories
WHY = "The ward closes for the summer."


@pytest.fixture
def log(house: None) -> Log:
    """This function will make a group with its action log."""
    return a_log()


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    """This function will see that something is refused and leaves nothing behind."""
    before = [model._default_manager.count() for model in MODELS]
    with pytest.raises(problem, match=says or None):
        act()
    assert [model._default_manager.count() for model in MODELS] == before


def recorded(act: Callable[[], object], verb: str) -> Event:
    """This function will see that something is recorded as one event, without any words of it."""
    before = Event.objects.count()
    act()
    [event] = Event.objects.order_by("pk")[before:]
    assert event.verb == f"actions.{verb}"
    assert not any(words in event.facts for words in (IMPACT, WHY, a_stated().issue))
    return event


def given(log: Log, action: Action, name: str, **more: Any) -> dict[str, Any]:
    """This function will fill in what an operation on an action takes."""
    plain: dict[str, dict[str, Any]] = {
        "restate_action": {"seen": 1, "stated": a_stated(issue="Calls go unanswered."), "because": WHY},
        "change_owner": {"owner": an_owner(log, log.world.lead), "because": WHY, "form_key": uuid4()},
        "change_due_date": {"due_on": DUE + timedelta(days=9), "because": WHY, "form_key": uuid4()},
        "report_on_action": {"says": "Two wards of five are done.", "form_key": uuid4()},
        "review_action": {"reviewed_on": TODAY, "comment": "It moves.", "form_key": uuid4()},
        "close_action": {"outcome": Outcome.DONE, "impact": IMPACT, "form_key": uuid4()},
        "reopen_action": {"because": WHY, "form_key": uuid4()},
    }
    return {"action": action, **plain[name], **more}


def do(log: Log, action: Action, name: str, by: Person | None = None, **more: Any) -> Any:
    act = getattr(operations, name)
    return act(by=by or log.world.secretary, at=timezone.now(), **given(log, action, name, **more))


KEEPERS_DEEDS = (
    "restate_action", "change_owner", "change_due_date", "report_on_action", "review_action", "close_action",
)  # fmt: skip


# --- raise


@pytest.mark.requirement("ACT-01")
@pytest.mark.requirement("ACT-07")
def test_a_keeper_raises_an_action_with_its_owner_and_day(log: Log) -> None:
    action = an_action(log)
    line = log_line(action, log.world.secretary, TODAY)
    assert (action.system, action.raised_on, action.subject) == (SYSTEM, TODAY, None)
    assert (line.statement.issue, line.statement.kind) == (a_stated().issue, ActionKind.SUPPORT.value)
    assert (line.owner.person, line.owner.organisation) == (log.seated, log.world.board)
    assert (line.due_on, line.standing.status, line.standing.priority) == (DUE, Status.OPEN, Priority.ON_TARGET)


def test_to_raise_an_action_is_recorded_once_and_without_its_words(log: Log) -> None:
    event = recorded(lambda: an_action(log), "raise_action")
    assert event.on_id == str(Action.objects.get().pk)


@pytest.mark.parametrize("who", ["member", "regional", "provider", "elsewhere"])
def test_whoever_does_not_keep_the_log_raises_no_action(log: Log, who: str) -> None:
    unchanged(lambda: an_action(log, by=getattr(log.world, who)), Refused)


@pytest.mark.requirement("COI-03")
def test_a_keeper_raises_none_about_a_subject_in_which_they_have_an_interest(log: Log) -> None:
    an_interest(log.world.secretary, log.world.subject)
    unchanged(lambda: an_action(log, subject=log.world.subject), Refused, "interest")
    assert an_action(log, by=log.world.lead, subject=log.world.subject).subject == log.world.subject


def test_an_action_of_a_group_about_one_subject_is_about_that_subject(log: Log) -> None:
    group = a_group(log.world.board, "rapid-quality-review", "The review", subject=log.world.subject)
    assert an_action(log, group=group).subject == log.world.subject


@pytest.mark.requirement("GRP-13")
@pytest.mark.parametrize("name", ["Lantern quality group", "the Lantern Quality Group", "SQG", "all members"])
def test_the_group_itself_never_owns_an_action(log: Log, name: str) -> None:
    unchanged(lambda: an_action(log, owner=an_owner(log, name=name).__class__(log.world.board, None, name)), Refused)


@pytest.mark.requirement("GRP-13")
def test_nobody_owns_an_action_without_an_organisation_under_whose_powers_they_act(log: Log) -> None:
    unchanged(lambda: an_action(log, owner=an_owner(log, organisation=None)), Refused, "own powers")


@pytest.mark.requirement("ACT-06")
def test_somebody_without_an_account_may_own_an_action_by_name(log: Log) -> None:
    owner = an_owner(log).__class__(log.world.board, None, "Dana Doe")
    line = log_line(an_action(log, owner=owner), log.world.secretary, TODAY)
    assert (line.owner.person, line.owner.name) == (None, "Dana Doe")
    assert not Message.objects.exists()


def test_whoever_could_not_report_on_an_action_does_not_own_one(log: Log) -> None:
    auditor = a_person(Grant(Role.AUDITOR, system=SYSTEM))
    unchanged(lambda: an_action(log, owner=an_owner(log, auditor)), Invalid, "no role here")


def test_a_form_sent_twice_raises_one_action(log: Log) -> None:
    key = uuid4()
    an_action(log, form_key=key)
    unchanged(lambda: an_action(log, form_key=key), Already)


@pytest.mark.parametrize(
    "bad",
    [
        {"due_on": TODAY - timedelta(days=1)},
        {"raised_on": TODAY + timedelta(days=1), "due_on": TODAY + timedelta(days=2)},
        {"stated": a_stated(issue="  ")},
        {"stated": a_stated(resolution="")},
        {"stated": a_stated(issue=PHONE)},
        {"stated": a_stated(disagreement=PHONE)},
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(log: Log, bad: dict[str, Any]) -> None:
    unchanged(lambda: an_action(log, **bad), (Refused, Invalid))  # type: ignore[arg-type]  # either will do


def test_personal_data_stays_where_somebody_says_why(log: Log) -> None:
    action = an_action(log, stated=a_stated(issue=PHONE), knowingly="The number is the ward's own")
    assert action.statements.get().knowingly == "The number is the ward's own"


def test_an_old_log_may_be_typed_in_afterwards(log: Log) -> None:
    action = an_action(log, raised_on=TODAY - timedelta(days=400), due_on=TODAY - timedelta(days=300))
    assert log_line(action, log.world.secretary, TODAY).standing.priority is Priority.HIGH


# --- what keepers do about one


@pytest.mark.parametrize("name", KEEPERS_DEEDS)
def test_what_a_keeper_does_is_recorded_once(log: Log, name: str) -> None:
    action = an_action(log)
    assert recorded(lambda: do(log, action, name), name).on_id == str(action.pk)


@pytest.mark.parametrize("name", KEEPERS_DEEDS)
@pytest.mark.parametrize("who", ["regional", "provider", "elsewhere"])
def test_nobody_else_does_it(log: Log, name: str, who: str) -> None:
    action = an_action(log)
    unchanged(lambda: do(log, action, name, by=getattr(log.world, who)), Refused)


@pytest.mark.requirement("COI-03")
@pytest.mark.parametrize("name", KEEPERS_DEEDS)
def test_nor_does_a_keeper_who_has_an_interest_in_its_subject(log: Log, name: str) -> None:
    action = an_action(log, by=log.world.lead, subject=log.world.subject)
    an_interest(log.world.secretary, log.world.subject)
    unchanged(lambda: do(log, action, name), Refused)


@pytest.mark.parametrize("name", [one for one in KEEPERS_DEEDS if one != "review_action"])
def test_what_is_closed_is_not_changed_before_it_is_opened_again(log: Log, name: str) -> None:
    action = an_action(log)
    closed(log, action)
    unchanged(lambda: do(log, action, name), Refused, "closed")
    do(log, action, "reopen_action")
    do(log, action, name)


@pytest.mark.parametrize("name", [one for one in (*KEEPERS_DEEDS, "reopen_action") if one != "restate_action"])
def test_the_same_form_does_it_once(log: Log, name: str) -> None:
    action, key = an_action(log), uuid4()
    if name == "reopen_action":
        closed(log, action)
    do(log, action, name, form_key=key)
    unchanged(lambda: do(log, action, name, form_key=key), Already)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("change_owner", "because"), ("change_due_date", "because"), ("report_on_action", "says"),
        ("review_action", "comment"), ("close_action", "impact"), ("restate_action", "because"),
    ],
)  # fmt: skip
def test_personal_data_in_any_words_is_asked_about(log: Log, name: str, field: str) -> None:
    action = an_action(log)
    unchanged(lambda: do(log, action, name, **{field: PHONE}), Invalid, "Take it out")
    do(log, action, name, **{field: PHONE, "knowingly": "The number is the ward's own"})


@pytest.mark.requirement("ACT-08")
def test_who_owned_it_before_stays_on_record_and_the_new_owner_is_told(log: Log) -> None:
    action = an_action(log)
    do(log, action, "change_owner")
    assert [one.person for one in action.owners.all()] == [log.seated, log.world.lead]
    assert action.owners.get(number=2).because == WHY
    assert {one.person for one in Message.objects.all()} == {log.seated, log.world.lead}
    unchanged(lambda: do(log, action, "change_owner"), Invalid, "own it already")


@pytest.mark.requirement("GRP-13")
def test_an_action_is_never_handed_over_to_the_group(log: Log) -> None:
    action = an_action(log)
    owner = an_owner(log).__class__(log.world.board, None, log.group.name)
    unchanged(lambda: do(log, action, "change_owner", owner=owner), Refused, "no powers of its own")


@pytest.mark.requirement("ACT-08")
def test_a_due_date_that_moves_keeps_the_earlier_one_with_the_reason(log: Log) -> None:
    action = an_action(log)
    do(log, action, "change_due_date")
    assert [(one.due_on, one.because) for one in action.dues.all()] == [(DUE, ""), (DUE + timedelta(days=9), WHY)]
    assert log_line(action, log.world.secretary, TODAY).moves == 1
    unchanged(lambda: do(log, action, "change_due_date"), Invalid, "due on that day already")


def test_whoever_words_it_second_looks_again(log: Log) -> None:
    action = an_action(log)
    do(log, action, "restate_action")
    unchanged(lambda: do(log, action, "restate_action"), Overtaken)
    assert [one.issue for one in action.statements.all()] == [a_stated().issue, "Calls go unanswered."]


def test_nobody_owns_their_own_message(log: Log) -> None:
    an_action(log, owner=an_owner(log, log.world.secretary))
    assert not Message.objects.exists()


# --- reports and reviews


def test_the_owner_reports_and_another_member_does_not(log: Log) -> None:
    action = an_action(log)
    report = do(log, action, "report_on_action", by=log.seated)
    assert (report.recorded_by, report.says) == (log.seated.actor_id, "Two wards of five are done.")
    unchanged(lambda: do(log, action, "report_on_action", by=log.unseated), Refused, "Only its owner")


def test_whoever_owned_it_before_reports_no_more(log: Log) -> None:
    action = an_action(log)
    do(log, action, "change_owner")
    unchanged(lambda: do(log, action, "report_on_action", by=log.seated), Refused, "Only its owner")


def test_an_owner_reports_though_the_action_is_about_their_own_body(log: Log) -> None:
    action = an_action(log, subject=log.world.subject, owner=an_owner(log, log.world.provider))
    assert do(log, action, "report_on_action", by=log.world.provider).action == action


def test_an_empty_report_says_nothing_and_is_not_kept(log: Log) -> None:
    action = an_action(log)
    unchanged(lambda: do(log, action, "report_on_action", says=" "), Invalid)


@pytest.mark.requirement("ACT-04")
def test_a_meeting_looks_at_an_action_with_or_without_a_word(log: Log) -> None:
    action = an_action(log)
    do(log, action, "review_action", comment="")
    closed(log, action)
    do(log, action, "review_action")
    assert log_line(action, log.seated, TODAY).last_reviewed_on == TODAY


@pytest.mark.parametrize("days", [-1, 1])
def test_nobody_looked_at_it_before_it_was_raised_or_tomorrow(log: Log, days: int) -> None:
    action = an_action(log)
    unchanged(lambda: do(log, action, "review_action", reviewed_on=TODAY + timedelta(days=days)), Invalid)


# --- closing and opening again


@pytest.mark.requirement("ACT-02")
def test_a_late_action_that_is_closed_is_of_priority_3(log: Log) -> None:
    action = an_action(log, raised_on=TODAY - timedelta(days=40), due_on=TODAY - timedelta(days=9))
    assert log_line(action, log.seated, TODAY).standing.priority is Priority.HIGH
    closed(log, action)
    line = log_line(action, log.seated, TODAY)
    assert (line.standing.status, line.standing.priority) == (Status.CLOSED, Priority.CLOSED)


@pytest.mark.requirement("ACT-04")
@pytest.mark.parametrize("impact", ["", "   \n"])
def test_no_action_is_closed_without_its_impact(log: Log, impact: str) -> None:
    action = an_action(log)
    unchanged(lambda: do(log, action, "close_action", impact=impact), Refused, "impact")


@pytest.mark.requirement("ACT-04")
def test_nor_does_the_database_keep_a_closing_without_impact(log: Log) -> None:
    action = an_action(log)
    row = {"number": 1, "closed_on": TODAY, "outcome": "done", "form_key": uuid4(), "recorded_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionClosing.objects.create(action=action, impact="", recorded_by="x", **row)


def test_the_owner_does_not_close_their_own_action_unless_they_keep_the_log(log: Log) -> None:
    action = an_action(log)
    unchanged(lambda: do(log, action, "close_action", by=log.seated), Refused)


def test_what_was_closed_and_opened_again_is_closed_once_more(log: Log) -> None:
    action = an_action(log)
    closed(log, action)
    recorded(lambda: do(log, action, "reopen_action", due_on=DUE + timedelta(days=3)), "reopen_action")
    line = log_line(action, log.seated, TODAY)
    assert (line.closing, line.due_on, line.standing.status) == (None, DUE + timedelta(days=3), Status.OPEN)
    closed(log, action, impact="This time it lasts.")
    assert [one.number for one in action.closings.all()] == [1, 2]
    found = one_action(log.seated, TODAY, action.pk)
    assert found is not None and log_line(found, log.seated, TODAY).closing == action.closings.get(number=2)


def test_what_is_open_is_not_opened_again(log: Log) -> None:
    action = an_action(log)
    unchanged(lambda: do(log, action, "reopen_action"), Refused, "open")


def test_an_open_action_is_not_reopened_by_whoever_does_not_keep_the_log(log: Log) -> None:
    action = an_action(log)
    closed(log, action)
    unchanged(lambda: do(log, action, "reopen_action", by=log.seated), Refused)


@pytest.mark.requirement("ACT-09")
def test_an_action_of_one_dissenting_member_bears_the_disagreement(log: Log) -> None:
    action = an_action(log, stated=a_stated(disagreement="The trust holds that two nurses are too many."))
    assert action.statements.get().disagreement == "The trust holds that two nurses are too many."
