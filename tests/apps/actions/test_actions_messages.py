"""Word to the owners of actions: once for each, only to whom it is still theirs, and never again of the same."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.accounts.operator import operator
from sightline.actions import operations
from sightline.actions.messages import ACTION_DUE_SOON, ACTION_OVERDUE, ACTION_YOURS, may_open_own
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Refused
from sightline.notify.kinds import kind_of
from sightline.notify.models import Message
from tests.factories.accounts import a_person
from tests.factories.actions import Log, a_log, an_action, an_owner, closed
from tests.factories.indicators import NOW, TODAY
from tests.factories.surveillance import SYSTEM


@pytest.fixture
def log(house: None) -> Log:
    """This function will make a group with its action log."""
    return a_log()


def remind() -> int:
    return operations.remind_of_actions(by=operator(), at=timezone.now())


def told(kind: str) -> list[Person]:
    return [one.person for one in Message.objects.filter(kind=kind)]


def test_whoever_becomes_owner_is_told_once(log: Log) -> None:
    action = an_action(log)
    [message] = Message.objects.all()
    assert (message.kind, message.person, message.record) == (ACTION_YOURS, log.seated, str(action.pk))
    assert message.path == f"/actions/{action.pk}/"


@pytest.mark.requirement("ACT-08")
@pytest.mark.parametrize(
    ("days", "kind"), [(-1, ACTION_OVERDUE), (-90, ACTION_OVERDUE), (0, ACTION_DUE_SOON), (7, ACTION_DUE_SOON), (8, "")]
)
def test_owners_are_reminded_of_what_is_due_within_a_week_or_overdue(log: Log, days: int, kind: str) -> None:
    an_action(log, raised_on=TODAY - timedelta(days=100), due_on=TODAY + timedelta(days=days))
    assert remind() == bool(kind)
    assert [told(one) for one in (ACTION_DUE_SOON, ACTION_OVERDUE)] == [
        [log.seated] if one == kind else [] for one in (ACTION_DUE_SOON, ACTION_OVERDUE)
    ]


@pytest.mark.requirement("ACT-08")
def test_nobody_is_reminded_twice_of_the_same_but_of_another_day_again(log: Log, clock: time_machine.Traveller) -> None:
    action = an_action(log, due_on=TODAY + timedelta(days=3))
    assert [remind(), remind()] == [1, 0]
    clock.move_to(NOW + timedelta(days=4), tick=False)
    assert [remind(), remind()] == [1, 0]
    later = TODAY + timedelta(days=8)
    operations.change_due_date(
        by=log.world.secretary, at=timezone.now(), action=action, due_on=later, because="Asked", form_key=uuid4()
    )
    assert [remind(), remind()] == [1, 0]
    assert (told(ACTION_DUE_SOON), told(ACTION_OVERDUE)) == ([log.seated] * 2, [log.seated])


def test_the_new_owner_is_reminded_and_the_old_one_no_more(log: Log) -> None:
    action = an_action(log, due_on=TODAY)
    operations.change_owner(
        by=log.world.secretary, at=timezone.now(), action=action, owner=an_owner(log, log.world.lead),
        because="On leave", form_key=uuid4(),
    )  # fmt: skip
    remind()
    assert told(ACTION_DUE_SOON) == [log.world.lead]


def test_nobody_is_reminded_of_what_is_closed_or_owned_without_an_account(log: Log) -> None:
    closed(log, an_action(log, due_on=TODAY))
    an_action(log, due_on=TODAY, owner=an_owner(log).__class__(log.world.board, None, "Dana Doe"))
    leaver = a_person(Grant(Role.MEMBER, system=SYSTEM))
    an_action(log, due_on=TODAY, owner=an_owner(log, leaver))
    Person.objects.filter(pk=leaver.pk).update(is_active=False)
    assert remind() == 0


def test_to_remind_is_recorded_once_and_only_by_who_keeps_actions(log: Log) -> None:
    before = Event.objects.count()
    remind()
    assert [one.verb for one in Event.objects.order_by("pk")[before:]] == ["actions.remind_of_actions"]
    with pytest.raises(Refused):
        operations.remind_of_actions(by=log.seated, at=timezone.now())
    assert Event.objects.count() == before + 1


def test_a_message_goes_only_while_the_action_is_open_and_still_theirs(log: Log) -> None:
    action = an_action(log)
    key = str(action.pk)
    assert may_open_own(log.seated, key, TODAY)
    assert not may_open_own(log.world.lead, key, TODAY)
    closed(log, action)
    assert not may_open_own(log.seated, key, TODAY)


def test_the_words_of_messages_name_no_body_and_no_matter(log: Log) -> None:
    for one in (ACTION_YOURS, ACTION_DUE_SOON, ACTION_OVERDUE):
        kind = kind_of(one)
        assert kind is not None
        assert "{count}" in kind.plural and kind.may_open is may_open_own
