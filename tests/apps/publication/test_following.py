"""Anybody follows a group by e-mail: confirmed from the mailbox, told once of each release, and forgotten at a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.operator import Operator
from sightline.audit.models import Event
from sightline.audit.operation import Fleeting
from sightline.core.verdict import Invalid, Refused
from sightline.groups.models import GroupEnding
from sightline.notify.models import Attempt, Message
from sightline.notify.sending import Tally, send_waiting
from sightline.publication import operations
from sightline.publication.anybody import Anybody
from sightline.publication.links import For, link_of, whose
from sightline.publication.models import Follower, PublicGroup
from sightline.publication.operations.following import AGAIN_AFTER, MOST_LETTERS
from sightline.publication.queries.following import WAITS
from tests.factories.accounts import a_person
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import MADE, Live
from tests.factories.publication import (
    IS_FOR,
    SAID,
    a_held_meeting,
    asked,
    cleared,
    following,
    listed,
    proposed,
    released,
    written,
)

__all__ = ["clock", "folder", "house"]
HOUSE = "https://quality.example.org"
READER = "reader@example.org"
pytestmark = pytest.mark.requirement("REC-08", "PER-12")


@pytest.fixture(autouse=True)
def mail_settings() -> Iterator[None]:
    with override_settings(BASE_ADDRESS=HOUSE, MAIL_HELD="", DEFAULT_FROM_EMAIL="Sightline <out@example.org>"):
        yield


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was held."""
    return a_held_meeting()


@pytest.fixture
def group(live: Live) -> PublicGroup:
    """This function will show the meeting's group to the public."""
    return listed(live).entry.group


def send() -> Tally:
    """This function will send what waits to go at once; what is for people who sign in is for others to hold."""
    return send_waiting(by=Operator("test"), now=timezone.now, digest=False)


def letters() -> list[Any]:
    """This function will send what waits, and give what went to addresses outside, the oldest first."""
    send()
    return [one for one in mail.outbox if one.to[0].startswith("reader")]


def outside() -> list[Message]:
    return list(Message.objects.filter(person=None).order_by("queued_at", "pk"))


def withdrawn(live: Live) -> None:
    operations.withdraw_key_points(by=live.chair, at=timezone.now(), meeting=live.meeting, because="Too early.")


# --- nothing before somebody said yes from the mailbox itself


def test_given_an_address_when_it_is_not_confirmed_then_nothing_but_the_question_ever_goes_to_it(
    live: Live, group: PublicGroup
) -> None:
    asked(group)
    released(live)
    (question,) = letters()
    assert question.to == [READER] and question.subject == "Do you want e-mail about Lantern quality group?"
    assert "List-Unsubscribe" not in question.extra_headers
    assert "holds until 22 January 2026" in question.body
    assert [one.kind for one in outside()] == ["confirm-following"]


def test_given_the_link_of_the_question_when_the_button_is_pressed_then_it_is_confirmed_once(
    group: PublicGroup,
) -> None:
    follower = asked(group)
    (question,) = letters()
    (path,) = re.findall(rf"{HOUSE}(/public/\S+)", question.body)
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == client.head(path).status_code == 200
    follower.refresh_from_db()
    assert follower.confirmed_at is None  # to look is not to say yes
    assert client.post(path).status_code == 200
    follower.refresh_from_db()
    assert follower.confirmed_at == timezone.now()
    assert client.get(path).status_code == client.post(path).status_code == 410
    with pytest.raises(Invalid):
        operations.confirm_following(by=Anybody(), at=timezone.now(), follower=follower)


def test_given_a_question_that_waited_too_long_when_it_is_answered_then_it_is_too_late(
    group: PublicGroup, clock: time_machine.Traveller
) -> None:
    follower = asked(group)
    clock.shift(WAITS - timedelta(seconds=1))
    path = reverse("public_follow_confirm", args=[link_of(follower.pk, For.CONFIRM)])
    assert Client().get(path).status_code == 200
    clock.shift(1)
    assert Client().get(path).status_code == Client().post(path).status_code == 410
    follower.refresh_from_db()
    assert follower.confirmed_at is None
    assert letters() == []  # a question that nobody could answer any more is not sent either


@pytest.mark.parametrize("made", ["made-up", "", ":", "0f3b9a52-6a1e-4f0c-9f61-2b7d6a1c8e45:x"])
def test_given_a_link_that_this_house_never_made_when_it_is_read_then_it_is_nobodys(made: str) -> None:
    assert whose(made, For.CONFIRM) is None and whose(made, For.STOP) is None


def test_given_a_link_when_it_is_used_for_something_else_then_it_is_good_for_nothing(group: PublicGroup) -> None:
    follower = following(group)
    for name, purpose in (("public_follow_stop", For.CONFIRM), ("public_follow_confirm", For.STOP)):
        path = reverse(name, args=[link_of(follower.pk, purpose)])
        assert Client().post(path).status_code in {404, 410}
    assert Follower.objects.filter(pk=follower.pk, confirmed_at__isnull=False).exists()


def test_given_an_address_when_it_is_given_again_then_no_second_question_goes_on_the_same_day(
    group: PublicGroup, clock: time_machine.Traveller
) -> None:
    first = asked(group)
    assert asked(group) == asked(group, READER) == first
    operations.ask_to_follow(by=Anybody(), at=timezone.now(), group=group, address=Fleeting(" READER@example.org "))
    assert Follower.objects.get() == first and len(outside()) == 1
    clock.shift(AGAIN_AFTER)
    again = asked(group)  # the letter was lost
    assert again != first and Follower.objects.get() == again and len(outside()) == 2
    (question,) = letters()
    assert link_of(again.pk, For.CONFIRM) in question.body  # the lost one’s link ended with it
    operations.confirm_following(by=Anybody(), at=timezone.now(), follower=again)
    clock.shift(AGAIN_AFTER)
    asked(group)
    assert len(outside()) == 2  # who is told already is asked nothing


def test_given_many_groups_when_one_address_is_given_for_each_then_few_questions_go_to_it_in_a_day(
    live: Live, group: PublicGroup
) -> None:
    for number in range(MOST_LETTERS + 2):
        other = PublicGroup.objects.create(system="X", system_name="X", name=f"Group {number}", **MADE)
        operations.ask_to_follow(by=Anybody(), at=timezone.now(), group=other, address=Fleeting(READER))
    assert Follower.objects.count() == len(outside()) == MOST_LETTERS


# --- one letter for each release, which says what is public and nothing else


def test_given_followers_when_key_points_are_released_then_each_is_told_once_with_a_link_and_no_words_of_them(
    live: Live, group: PublicGroup
) -> None:
    following(group), following(group, "reader.two@example.org")
    send()
    mail.outbox.clear()
    page = released(live).page
    first, second = letters()
    assert sorted(one.to[0] for one in (first, second)) == ["reader.two@example.org", READER]
    assert all(len(one.to) == 1 and not one.cc and not one.bcc for one in (first, second))
    assert first.subject == "Key points: Lantern quality group, 15 January 2026"
    assert f"{HOUSE}{reverse('public_page', args=[page.pk])}\n" in first.body
    words = first.subject + first.body
    assert not any(secret in words for secret in (SAID, IS_FOR, "night", "Person of"))
    assert send() == Tally() and len(mail.outbox) == 2 + _to_people()


def _to_people() -> int:
    return len([one for one in mail.outbox if not one.to[0].startswith("reader")])


def test_given_a_letter_when_a_mailbox_ends_it_by_one_click_then_the_address_is_gone(
    live: Live, group: PublicGroup
) -> None:
    follower = following(group)
    released(live)
    (letter,) = [one for one in letters() if one.subject.startswith("Key points")]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (stop,) = re.findall(rf"^<{HOUSE}(/public/\S+)>$", letter.extra_headers["List-Unsubscribe"])
    assert f"{HOUSE}{stop}\n" in letter.body
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(stop).status_code == 200 and Follower.objects.filter(pk=follower.pk).exists()
    assert strict.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follower.objects.exists()
    for again in (strict.get(stop), strict.post(stop)):
        assert again.status_code == 200 and "The letters have stopped" in again.content.decode()


def test_given_a_letter_that_waits_when_the_key_points_are_withdrawn_then_it_never_goes(
    live: Live, group: PublicGroup
) -> None:
    following(group)
    send()
    released(live)
    withdrawn(live)
    assert [one.subject for one in letters() if one.subject.startswith("Key points")] == []
    (waited,) = (one for one in outside() if one.kind == "key-points-released")
    assert list(Attempt.objects.filter(message=waited).values_list("fate", flat=True)) == ["not_theirs"]
    assert send() == Tally()


@pytest.mark.parametrize("how", ["stopped", "taken off", "ended"])
def test_given_a_letter_that_waits_when_its_reader_stops_or_its_group_goes_then_it_never_goes(
    live: Live, group: PublicGroup, how: str
) -> None:
    follower = following(group)
    send()
    released(live)
    today = timezone.localdate()
    match how:
        case "stopped":
            operations.stop_following(by=Anybody(), at=timezone.now(), follower=follower)
        case "taken off":
            operations.unlist_group(by=live.chair, at=timezone.now(), group=live.meeting.group, because="Not yet.")
        case _:
            GroupEnding.objects.create(group=live.meeting.group, ends_on=today, because="Done.", **MADE)
    assert [one.subject for one in letters() if one.subject.startswith("Key points")] == []


def test_given_a_letter_that_waits_when_a_newer_copy_is_released_then_one_letter_tells_that_they_were_changed(
    live: Live, group: PublicGroup
) -> None:
    following(group)
    send()
    first = released(live)
    second = released(live, written("More nurses come.", changed="We heard more."))
    assert second.page == first.page
    (letter,) = [one for one in letters() if one.subject.startswith("Key points")]
    assert "Lantern quality group, 15 January 2026, were changed:" in letter.body and "nurses" not in letter.body


def test_given_words_that_were_not_released_when_they_are_written_and_cleared_then_nobody_is_told(
    live: Live, group: PublicGroup
) -> None:
    following(group)
    proposed(live)
    cleared(live, answer="Everybody knows of it.")
    assert [one.kind for one in outside()] == ["confirm-following"]


def test_given_followers_of_another_group_when_key_points_are_released_then_they_are_not_told(
    live: Live, group: PublicGroup
) -> None:
    other = PublicGroup.objects.create(system=group.system, system_name="X", name="Another", **MADE)
    Follower.objects.create(group=other, address=READER, asked_at=timezone.now(), confirmed_at=timezone.now())
    released(live)
    assert outside() == []


def test_given_many_followers_when_key_points_are_released_then_the_queries_do_not_grow_with_them(
    live: Live, group: PublicGroup, django_assert_max_num_queries: Any
) -> None:
    at = timezone.now()
    made = [Follower(group=group, address=f"reader{n}@example.org", asked_at=at, confirmed_at=at) for n in range(60)]
    Follower.objects.bulk_create(made)
    version = proposed(live)
    cleared(live, answer="Everybody knows of it.")
    with django_assert_max_num_queries(60):
        operations.release_key_points(by=live.secretary, at=at, meeting=live.meeting, seen=version.number)
    assert len(outside()) == 60


# --- who may, and what is kept


def test_given_somebody_with_an_account_when_they_act_in_their_own_name_then_it_is_refused(
    live: Live, group: PublicGroup
) -> None:
    person = a_person()
    with pytest.raises(Refused):
        operations.ask_to_follow(by=person, at=timezone.now(), group=group, address=Fleeting(READER))
    with pytest.raises(Refused):
        operations.forget_followers(by=Anybody(), at=timezone.now())
    assert not Follower.objects.exists() and outside() == []


def test_given_an_address_when_all_was_done_with_it_then_neither_the_log_nor_the_outbox_ever_held_it(
    live: Live, group: PublicGroup
) -> None:
    before = Event.objects.count()
    follower = following(group)
    asks, confirms = Event.objects.order_by("pk")[before:]
    assert (asks.verb, asks.actor, asks.on_id) == ("publication.ask_to_follow", "public", str(group.pk))
    assert asks.facts == '{"address":"not kept"}'
    assert (confirms.verb, confirms.actor, confirms.on_id) == (
        "publication.confirm_following", "public", str(follower.pk),
    )  # fmt: skip
    released(live)
    letters()
    operations.stop_following(by=Anybody(), at=timezone.now(), follower=follower)
    kept = "".join(str(row) for row in [*Event.objects.values(), *Message.objects.values(), *Attempt.objects.values()])
    assert "reader" not in kept.replace("sightline.readers", "")


def test_given_addresses_when_the_clock_runs_then_those_that_nobody_confirmed_for_a_week_are_deleted(
    live: Live, group: PublicGroup, clock: time_machine.Traveller
) -> None:
    kept, waits = following(group, "reader.kept@example.org"), asked(group)
    clock.shift(WAITS - timedelta(seconds=1))
    assert operations.forget_followers(by=Operator("test"), at=timezone.now()) == 0
    clock.shift(1)
    late = asked(group, "reader.late@example.org")
    assert operations.forget_followers(by=Operator("test"), at=timezone.now()) == 1
    assert set(Follower.objects.all()) == {kept, late} and waits not in Follower.objects.all()


@pytest.mark.parametrize("how", ["taken off", "ended"])
def test_given_a_group_that_was_not_shown_for_a_week_when_the_clock_runs_then_its_followers_are_deleted(
    live: Live, group: PublicGroup, clock: time_machine.Traveller, how: str
) -> None:
    following(group)
    if how == "ended":
        today = timezone.localdate()
        GroupEnding.objects.create(group=live.meeting.group, ends_on=today, because="Done.", **MADE)
    else:
        operations.unlist_group(by=live.chair, at=timezone.now(), group=live.meeting.group, because="Not yet.")
    assert operations.forget_followers(by=Operator("test"), at=timezone.now()) == 0  # it may have been a slip
    clock.shift(WAITS)
    assert operations.forget_followers(by=Operator("test"), at=timezone.now()) == 1


def test_given_a_message_to_nobody_when_it_is_to_wait_for_a_digest_then_the_database_refuses_it(house: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(key="x", kind="x", record="x", path="/x/", queued_at=timezone.now())


def test_given_one_group_and_address_twice_when_they_are_written_then_the_database_refuses_it(
    group: PublicGroup,
) -> None:
    following(group)
    with pytest.raises(IntegrityError), transaction.atomic():
        Follower.objects.create(group=group, address=READER, asked_at=timezone.now())
