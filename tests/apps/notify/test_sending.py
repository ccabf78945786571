"""What waits goes once, to whom it still concerns, and says nothing of what it is about."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import override_settings

from sightline.accounts.models import Person
from sightline.accounts.operator import Operator
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Invalid, Refused
from sightline.notify.models import Attempt, Message
from sightline.notify.operations import begin_letter, choose_when_told, look_through, settle_letter
from sightline.notify.queries import how_many_new, mine, outbox, people_waiting
from sightline.notify.sending import Tally, send_waiting
from sightline.notify.waiting import AGAIN_AFTER, LOST_AFTER, TRIES
from sightline.notify.words import Fate
from tests.factories.accounts import a_person
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW
from tests.factories.notify import BROKEN, CLOSED, TASK, VISIT, a_message, an_attempt, kinds_of_message

__all__ = ["clock", "folder", "house", "kinds_of_message"]
pytestmark = pytest.mark.usefixtures("house", "kinds_of_message")
SENDER = Operator("test")
HOUSE = "https://quality.example.org"


@pytest.fixture(autouse=True)
def mail_settings() -> Any:
    with override_settings(BASE_ADDRESS=HOUSE, MAIL_HELD="", DEFAULT_FROM_EMAIL="Sightline <out@example.org>"):
        yield


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Role.MEMBER, email="member@example.org", display_name="Mona Quagmire")


def send(*, digest: bool = False, at: datetime = NOW) -> Tally:
    return send_waiting(by=SENDER, now=lambda: at, digest=digest)


def fates(message: Message) -> list[str]:
    return list(Attempt.objects.filter(message=message).order_by("pk").values_list("fate", flat=True))


def down(*_: Any, **__: Any) -> int:
    raise ConnectionRefusedError("Confidential Zephyr")


# --- what goes, and when


def test_urgent_message_goes_at_once_as_a_letter_of_its_own(member: Person) -> None:
    urgent, later = a_message(member, record="x1", is_urgent=True), a_message(member)
    assert send() == Tally(sent=1)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["member@example.org"], "Sightline: A task for you")
    assert letter.body.startswith(f"A task waits for you.\n\n{HOUSE}/things/x1/\n")
    assert fates(urgent) == ["begun", "sent"] and fates(later) == []


def test_rest_goes_together_once_a_day_with_a_count_and_one_link_for_each_kind(member: Person) -> None:
    for _ in range(3):
        a_message(member)
    a_message(member, VISIT, record="v1")
    assert send(digest=True) == Tally(sent=1)
    [letter] = mail.outbox
    assert letter.subject == "Sightline: 4 messages for you"
    assert f"- 3 tasks wait for you.\n  {HOUSE}/messages/\n" in letter.body
    assert f"- A visit is planned.\n  {HOUSE}/things/v1/\n" in letter.body
    assert {tuple(fates(one)) for one in Message.objects.all()} == {("begun", "sent")}


def test_daily_letter_about_one_thing_reads_like_a_single_one(member: Person) -> None:
    a_message(member)
    send(digest=True)
    assert mail.outbox[0].subject == "Sightline: A task for you"


def test_each_person_has_a_letter_of_their_own(member: Person) -> None:
    other = a_person(Role.SECRETARY, email="other@example.org")
    a_message(member), a_message(other), a_message(other)
    assert send(digest=True) == Tally(sent=2)
    assert sorted(tuple(one.to) for one in mail.outbox) == [("member@example.org",), ("other@example.org",)]


def test_who_wants_each_at_once_waits_for_no_digest(member: Person) -> None:
    choose_when_told(by=member, at=NOW, at_once=True)
    a_message(member), a_message(member)
    assert send() == Tally(sent=2)
    choose_when_told(by=member, at=NOW + timedelta(hours=1), at_once=False)
    a_message(member)
    assert send(at=NOW + timedelta(hours=2)) == Tally()


def test_second_run_sends_nothing_again(member: Person) -> None:
    a_message(member, is_urgent=True), a_message(member)
    assert send(digest=True) == Tally(sent=2)
    assert send(digest=True) == send(digest=True, at=NOW + timedelta(days=30)) == Tally()
    assert len(mail.outbox) == 2


def test_letter_is_marked_as_sent_by_a_machine(member: Person) -> None:
    a_message(member, is_urgent=True)
    send()
    headers = mail.outbox[0].extra_headers
    assert headers["Auto-Submitted"] == "auto-generated" and headers["Message-ID"].endswith("@example.org>")


# --- checked again at the moment at which it goes


def test_who_may_no_longer_see_it_is_sent_nothing(member: Person) -> None:
    message = a_message(member, is_urgent=True)
    member.role_grants.all().delete()
    assert send(digest=True) == Tally()
    assert mail.outbox == [] and fates(message) == ["not_theirs"]


def test_grant_that_ran_out_between_queueing_and_sending_counts(house: None) -> None:
    person = a_person(Grant(Role.MEMBER, valid_to=NOW.date() + timedelta(days=1)))
    first, second = a_message(person, is_urgent=True), a_message(person)
    assert send() == Tally(sent=1)
    assert send(digest=True, at=NOW + timedelta(days=2)) == Tally()
    assert (fates(first), fates(second)) == (["begun", "sent"], ["not_theirs"])


def test_who_left_is_sent_nothing(member: Person) -> None:
    message = a_message(member, is_urgent=True)
    Person.objects.filter(pk=member.pk).update(is_active=False)
    assert send() == Tally() and fates(message) == ["not_theirs"]


def test_only_what_is_closed_is_left_out_of_a_digest(member: Person) -> None:
    closed, fine = a_message(member, record=CLOSED), a_message(member, VISIT)
    assert send(digest=True) == Tally(sent=1)
    assert mail.outbox[0].subject == "Sightline: A visit" and "task" not in mail.outbox[0].body
    assert (fates(closed), fates(fine)) == (["not_theirs"], ["begun", "sent"])


def test_kind_that_is_no_more_is_not_sent(member: Person) -> None:
    message = a_message(member, "kind-of-old", is_urgent=True)
    assert send() == Tally() and fates(message) == ["not_theirs"]


# --- nothing confidential


def test_letter_holds_our_own_words_ids_and_addresses_and_nothing_else(member: Person) -> None:
    a_message(member, record="canary-Zephyr-1", is_urgent=True)
    for _ in range(2):
        a_message(member, record=f"canary-Zephyr-{len(mail.outbox)}-{_}")
    send(digest=True)
    for letter in mail.outbox:
        words = letter.subject + letter.body.replace(f"{HOUSE}/things/canary-Zephyr-1/", "")
        assert "Zephyr" not in words and "Quagmire" not in words


def test_events_of_sending_hold_ids_alone(member: Person) -> None:
    a_message(member, is_urgent=True)
    send()
    begun, settled = Event.objects.order_by("sequence")
    assert (begun.verb, begun.on_kind, begun.on_id) == ("notify.begin_letter", "Person", str(member.pk))
    assert settled.verb == "notify.settle_letter"
    assert not [one for one in (begun, settled) if "member@" in one.facts or "Quagmire" in one.facts]


def test_fault_of_one_persons_check_keeps_no_other_from_going_and_is_not_told(
    member: Person, caplog: pytest.LogCaptureFixture
) -> None:
    a_message(a_person(Role.MEMBER), record=BROKEN, is_urgent=True)
    a_message(member, is_urgent=True)
    assert send() == Tally(sent=1, troubled=1)
    assert "RuntimeError" in caplog.text and "Zephyr" not in caplog.text


# --- failing, and trying again


def test_failure_is_recorded_and_tried_again_after_its_wait(member: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    message = a_message(member, is_urgent=True)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", down)
        assert send() == Tally(failed=1)
        assert send(at=NOW + AGAIN_AFTER[0] - timedelta(seconds=1)) == Tally()
    assert send(at=NOW + AGAIN_AFTER[0]) == Tally(sent=1)
    assert fates(message) == ["begun", "failed", "begun", "sent"]


def test_message_that_fails_each_time_is_given_up_and_shown(member: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    message = a_message(member, is_urgent=True)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    at, tallies = NOW, []
    for wait in (*AGAIN_AFTER, timedelta()):
        tallies.append(send(at=at))
        at += wait
    assert tallies == [Tally(failed=1)] * (TRIES - 1) + [Tally(given_up=1)]
    assert fates(message)[-1] == "given_up" and send(at=at + timedelta(days=9)) == Tally()
    assert (outbox(at).given_up, outbox(at).to_retry) == (1, 0)


def test_mail_server_that_is_down_for_a_day_loses_nothing() -> None:
    assert sum(AGAIN_AFTER, timedelta()) > timedelta(days=1)


def test_nothing_goes_while_mail_is_held(member: Person) -> None:
    message = a_message(member, is_urgent=True)
    with override_settings(MAIL_HELD="Mail is held back here."), pytest.raises(Invalid, match="held back"):
        send()
    assert mail.outbox == [] and fates(message) == []


# --- stopped in the middle, and two at once


def test_sender_stopped_before_the_mail_server_took_it_loses_nothing(member: Person) -> None:
    message = a_message(member, is_urgent=True)
    assert begin_letter(by=SENDER, at=NOW, person=member, digest=False) is not None
    assert send(at=NOW + LOST_AFTER - timedelta(seconds=1)) == Tally()
    assert send(at=NOW + LOST_AFTER) == Tally(sent=1)
    assert fates(message) == ["begun", "begun", "sent"]


def test_sender_stopped_after_the_mail_server_took_it_repeats_under_the_same_name(
    member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_message(member, is_urgent=True)

    def stopped(**_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr("sightline.notify.sending.settle_letter", stopped)
        send()
    send(at=NOW + LOST_AFTER)
    first, second = (one.extra_headers["Message-ID"] for one in mail.outbox)
    assert first == second


def test_sender_that_is_stopped_each_time_gives_up_in_the_end(member: Person) -> None:
    message = a_message(member, is_urgent=True)
    for number in range(TRIES):
        an_attempt(message, Fate.BEGUN, NOW + number * LOST_AFTER)
    assert send(at=NOW + TRIES * LOST_AFTER) == Tally()
    assert fates(message)[-1] == "given_up"


def test_second_sender_leaves_a_letter_alone_that_is_on_its_way(member: Person) -> None:
    a_message(member, is_urgent=True)
    first = begin_letter(by=SENDER, at=NOW, person=member, digest=False)
    assert first and begin_letter(by=SENDER, at=NOW, person=member, digest=False) is None
    assert people_waiting(NOW) == {}


@pytest.mark.parametrize("fate", [Fate.BEGUN, Fate.SENT, Fate.NOT_THEIRS, Fate.GIVEN_UP])
def test_what_another_sender_recorded_while_one_was_choosing_is_seen_once_the_rows_are_held(
    member: Person, monkeypatch: pytest.MonkeyPatch, fate: Fate
) -> None:
    message = a_message(member, is_urgent=True)
    an_attempt(message, fate)
    monkeypatch.setattr("sightline.notify.operations.unsettled", Message.objects.all)  # chosen before it was written
    assert begin_letter(by=SENDER, at=NOW, person=member, digest=False) is None
    assert fates(message) == [fate.value]


def test_late_sender_whose_letter_was_taken_up_settles_nothing_twice(member: Person) -> None:
    message = a_message(member, is_urgent=True)
    late = begin_letter(by=SENDER, at=NOW, person=member, digest=False)
    assert late and send(at=NOW + LOST_AFTER) == Tally(sent=1)
    settle_letter(by=SENDER, at=NOW + LOST_AFTER, letter=late.letter, messages=late.messages, went=True)
    assert fates(message).count("sent") == 1


def test_database_settles_a_message_once(member: Person) -> None:
    message = a_message(member)
    an_attempt(message, Fate.SENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        an_attempt(message, Fate.GIVEN_UP)


# --- who may


REFUSED: list[Callable[[Person], Any]] = [
    lambda by: begin_letter(by=by, at=NOW, person=by, digest=True),
    lambda by: settle_letter(by=by, at=NOW, letter="", messages=tuple(Message.objects.all()), went=True),
]


@pytest.mark.parametrize(
    ("number", "role"), list(itertools.product(range(2), [Role.MEMBER, Role.QUALITY_LEAD, Role.REGION]))
)
def test_nobody_but_who_runs_the_house_sends(member: Person, number: int, role: Role) -> None:
    message = a_message(member)
    with pytest.raises(Refused):
        REFUSED[number](a_person(role))
    assert fates(message) == [] and not Event.objects.exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FOI_OFFICER, Role.ADMINISTRATOR])
def test_who_gets_no_messages_wishes_nothing_about_them(house: None, role: Role) -> None:
    by = a_person(role)
    with pytest.raises(Refused):
        choose_when_told(by=by, at=NOW, at_once=True)
    with pytest.raises(Refused):
        look_through(by=by, at=NOW)
    assert not Event.objects.exists()


def test_operator_has_no_messages_of_their_own(house: None) -> None:
    with pytest.raises(Refused, match="Only a person"):
        look_through(by=SENDER, at=NOW)


# --- a person's own list


def test_own_list_leaves_out_and_does_not_count_what_may_no_longer_be_opened(member: Person) -> None:
    a_message(member, record=CLOSED), a_message(member, at=NOW + timedelta(hours=1))
    assert [one.message.record for one in mine(member, NOW.date())] != [] and how_many_new(member, NOW.date()) == 1


def test_what_came_since_one_looked_is_new(member: Person) -> None:
    a_message(member)
    look_through(by=member, at=NOW)
    assert how_many_new(member, NOW.date()) == 0
    a_message(member, TASK, at=NOW + timedelta(minutes=1))
    assert how_many_new(member, NOW.date()) == 1
    assert [event.verb for event in Event.objects.all()] == ["notify.look_through"]


def test_outbox_is_told_in_numbers(member: Person) -> None:
    a_message(member), a_message(member, is_urgent=True)
    an_attempt(a_message(member), Fate.FAILED), an_attempt(a_message(member), Fate.BEGUN)
    an_attempt(a_message(member), Fate.SENT), an_attempt(a_message(member), Fate.NOT_THEIRS)
    stands = outbox(NOW)
    assert (stands.urgent, stands.for_digest, stands.begun, stands.to_retry) == (1, 1, 1, 1)
    assert (stands.sent_today, stands.not_theirs_today, stands.given_up, stands.oldest) == (1, 1, 0, NOW)
