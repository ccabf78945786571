"""The page of one's own messages and the command of whoever runs the house."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core import mail
from django.test import override_settings

from sightline.accounts.models import Person
from sightline.cli.main import main
from sightline.core.access import Role
from sightline.notify.models import Looked, Message, Wish
from sightline.notify.queries import AT_MOST
from tests.factories.accounts import a_person, signed_in
from tests.factories.house import clock, folder, house
from tests.factories.notify import CLOSED, VISIT, a_message, kinds_of_message

__all__ = ["clock", "folder", "house", "kinds_of_message"]
pytestmark = pytest.mark.usefixtures("house", "kinds_of_message")


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Role.MEMBER)


def page(person: Person, address: str = "/messages/") -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_own_messages_lead_to_their_pages_and_anothers_are_not_there(member: Person) -> None:
    a_message(member, record="mine"), a_message(a_person(Role.MEMBER), VISIT)
    shown = page(member)
    assert '<a href="/things/mine/">A task waits for you.</a>' in shown and "1 new message." in shown
    assert "A visit is planned" not in shown


def test_what_may_no_longer_be_opened_is_as_if_it_had_never_been(member: Person) -> None:
    nothing = page(member)
    a_message(member, record=CLOSED)
    told = page(member)
    assert (
        "There is nothing for you here." in nothing and "There is nothing for you here." in told and ">New<" not in told
    )
    assert "closed" not in page(member)


def test_button_makes_them_old(member: Person) -> None:
    a_message(member)
    client = signed_in(member)
    assert client.post("/messages/seen/").headers["Location"] == "/messages/"
    assert Looked.objects.get().person == member and "new message" not in page(member)


def test_page_stays_short(member: Person) -> None:
    for _ in range(AT_MOST + 5):
        a_message(member)
    assert page(member).count("A task waits for you.") == AT_MOST


def test_choice_of_when_to_be_told_is_kept_and_shown(member: Person) -> None:
    client = signed_in(member)
    assert "once a day" in page(member)
    assert client.post("/messages/when/", {"when": "at_once"}).status_code == 302
    assert Wish.objects.get().at_once and "by e-mail at once" in page(member)
    assert client.post("/messages/when/", {}).status_code == 400 and Wish.objects.count() == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FOI_OFFICER, Role.ADMINISTRATOR])
def test_page_is_for_those_who_are_told_something(house: None, role: Role) -> None:
    client = signed_in(a_person(role))
    answers = [client.get("/messages/"), client.get("/messages/when/"), client.post("/messages/seen/")]
    assert [one.status_code for one in answers] == [403] * 3


def test_page_asks_the_database_the_same_however_many_there_are(
    member: Person, django_assert_max_num_queries: object
) -> None:
    for _ in range(20):
        a_message(member)
    client = signed_in(member)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get("/messages/")


def test_command_sends_and_lists_without_names(member: Person, capsys: pytest.CaptureFixture[str]) -> None:
    a_message(member, is_urgent=True), a_message(member)
    assert main(["outbox", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["urgent"] == 1
    assert main(["outbox", "send"]) == 0 and "1 letters sent" in capsys.readouterr().out.replace("letter ", "letters ")
    assert main(["outbox", "send", "--digest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sent": 1, "failed": 0, "given_up": 0, "troubled": 0}
    assert main(["outbox", "list"]) == 0
    told = capsys.readouterr().out
    assert "0 messages waiting" in told and "2 sent" in told
    assert member.email not in told and member.display_name not in told
    assert len(mail.outbox) == 2


def test_command_says_why_nothing_goes(member: Person, capsys: pytest.CaptureFixture[str]) -> None:
    a_message(member, is_urgent=True)
    with override_settings(MAIL_HELD="No mail server is named."):
        assert main(["outbox", "send"]) == 2
    assert "No mail server is named." in capsys.readouterr().err and Message.objects.count() == 1


def test_letters_are_files_where_people_only_try_it_out(member: Person, tmp_path: Path) -> None:
    for _ in range(2):
        a_message(member, is_urgent=True)
    backend = "django.core.mail.backends.filebased.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_FILE_PATH=tmp_path / "mailbox", MAIL_HELD=""):
        assert main(["outbox", "send"]) == 0
    written = "".join(one.read_text() for one in (tmp_path / "mailbox").iterdir())
    assert written.count("A task waits for you.") == 2 and member.email in written
