"""The event log as auditors read it: what was done, in words and ids alone, and whether the chain is whole."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from sightline.audit.models import Event, Head
from sightline.audit.operation import append
from sightline.core.access import Handling, Role
from sightline.directory.operations import add_subject
from sightline.directory.words import SubjectKind
from sightline.intelligence.giving import Words
from sightline.intelligence.operations import add_words, tag
from sightline.intelligence.words import TagKind, Wish
from sightline.overview.presenters import verb_choices
from sightline.overview.presenters.event_log import verb_in_words
from sightline.overview.queries import recent_chain
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import KEEPER
from tests.factories.intelligence import an_item, somebody

pytestmark = pytest.mark.usefixtures("house")
AT = datetime(2026, 1, 2, 9, 30, tzinfo=UTC)
WHOLE = "The chain is whole"


@pytest.fixture
def auditor(house: None) -> Client:
    return signed_in(a_person(Role.AUDITOR))


def page(client: Client, address: str = "/record/") -> str:
    """This function will give a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def events(count: int, system: str = "QZ1", verb: str = "indicators.assess") -> None:
    """This function will add events to the end of a system's chain."""
    for number in range(count):
        append(system=system, at=AT, actor=f"person:{number}", verb=verb, on_kind="", on_id="", facts={})


def tampered(statement: str, *values: Any) -> None:
    """This function will change the log behind its triggers' back, as only whoever holds the database can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, values)


def test_what_was_done_is_told_in_words_by_ids_alone(auditor: Client) -> None:
    made = add_subject(by=KEEPER, at=AT, kind=SubjectKind.THEME, name="Falls at night")
    html = page(auditor)
    row = re.search(r"<tr><th[^>]*>1</th>.*?</tr>", html, re.S)
    assert row
    for says in ("9.30am on 2 January 2026", "Add something that may come under surveillance", "directory.add_subject",
                 "Subject", str(made.pk), KEEPER.actor_id):  # fmt: skip
        assert says in row.group()
    assert "ORG-04" not in row.group()
    assert "Falls at night" not in html
    assert f"{WHOLE} in the only event" in html


def test_person_is_shown_as_an_id_and_never_by_name(auditor: Client) -> None:
    somebody = a_person(Role.MEMBER, email="mary@example.org", display_name="Mary Alder")
    append(
        system="QZ1", at=AT, actor=somebody.actor_id, verb="accounts.signed_in",
        on_kind="Person", on_id=str(somebody.pk), facts={},
    )  # fmt: skip
    html = page(auditor)
    assert "Signed in" in html and somebody.actor_id in html
    assert "Mary Alder" not in html and "mary@example.org" not in html


def test_newest_come_first_in_pages_and_by_verb(auditor: Client) -> None:
    events(60)
    events(2, verb="accounts.signed_in")
    html = page(auditor)
    assert "62 events, the newest first." in html and "Page 1 of 2" in html
    assert html.index(">62<") < html.index(">61<")
    assert ">1</th>" in page(auditor, "/record/?page=2")
    html = page(auditor, "/record/?verb=indicators.assess")
    assert "60 events, the newest first." in html and ">62<" not in html
    assert '<option value="indicators.assess" selected>' in html
    found = re.search(r'<a href="(\?[^"]*page=2)" rel="next"', html)
    assert found
    assert "Page 2 of 2" in page(auditor, "/record/" + found.group(1).replace("&amp;", "&"))
    assert "Nothing of this kind was done." in page(auditor, "/record/?verb=nonsense")


def test_empty_log_says_so(auditor: Client) -> None:
    assert "Nothing has been recorded yet." in page(auditor)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE audit_event SET actor = 'person:x' WHERE sequence = 5", "Event 5 of QZ1: Was changed after"),
        ("DELETE FROM audit_event WHERE sequence = 5", "Event 6 of QZ1: Events 5 to 5 are missing."),
        ("DELETE FROM audit_event WHERE sequence > 7", "Event 7 of QZ1: Is the last one left"),
    ],
)
def test_log_that_was_tampered_with_is_told_with_the_place(auditor: Client, statement: str, says: str) -> None:
    events(9)
    assert WHOLE in page(auditor)
    tampered(statement)
    html = page(auditor)
    assert says in html and "does not hold together" in html and WHOLE not in html


def test_walk_goes_so_far_back_and_no_further(house: None) -> None:
    events(12)
    tampered("UPDATE audit_event SET actor = 'person:x' WHERE sequence = 3")
    assert [broken.sequence for broken in recent_chain(10).breaks] == [3]
    near = recent_chain(9)
    assert (near.events, near.breaks) == (9, ())
    assert recent_chain(12).breaks


def test_each_chain_is_walked_and_named_where_there_are_several(auditor: Client) -> None:
    events(3)
    events(2, system="QZ2")
    html = page(auditor)
    assert "in the last 5 events" in html
    assert "QZ1" in html and "QZ2" in html
    tampered("UPDATE audit_event SET actor = 'person:x' WHERE system = 'QZ1' AND sequence = 2")
    assert "Event 2 of QZ1" in page(auditor)


def test_event_added_while_the_walk_begins_is_no_break(house: None) -> None:
    events(3)
    head = Head.objects.get()
    Event(
        system="QZ1", sequence=4, recorded_at=AT, actor="person:x", verb="indicators.assess", on_kind="", on_id="",
        facts="{}", previous=head.hash, hash="0" * 64,
    ).save(force_insert=True)  # fmt: skip
    assert not recent_chain(500).breaks


def test_log_is_in_the_menu_of_those_who_may_read_it_alone(auditor: Client) -> None:
    assert 'href="/record/"' in page(auditor, "/")
    for role in (Role.QUALITY_LEAD, Role.MEMBER):
        other = signed_in(a_person(role))
        assert 'href="/record/"' not in page(other, "/")
        assert other.get("/record/").status_code == 403


def test_every_verb_has_words_of_its_own() -> None:
    for verb, name in verb_choices():
        words = verb_in_words(verb)
        assert name and words[0].isupper() and "This function" not in words and "``" not in words
    assert verb_in_words("accounts.password_changed") == "Password changed"


@pytest.mark.parametrize("address", ["/record/?verb=%00", "/record/?page=%00", "/record/?page=" + "9" * 40])
def test_nonsense_in_the_address_is_answered_calmly(auditor: Client, address: str) -> None:
    assert auditor.get(address).status_code in {200, 400}


UNNAMED = "A giver who asked not to be named"


@pytest.mark.requirement("INT-05")
def test_giver_who_asked_not_to_be_named_is_not_named_to_auditors_either(auditor: Client) -> None:
    unnamed, named = somebody(), somebody()
    item = an_item(by=unnamed, wish=Wish.UNNAMED)
    add_words(by=unnamed, at=AT, item=item, words=Words("More of it.", Handling.MEMBERS))
    an_item(by=named)
    html = page(auditor)
    assert html.count(UNNAMED) == 2 and unnamed.actor_id not in html
    assert named.actor_id in html
    assert WHOLE in html
    assert Event.objects.filter(actor=unnamed.actor_id).count() == 2


def test_what_somebody_else_did_to_it_keeps_their_name(auditor: Client) -> None:
    item = an_item(by=somebody(), wish=Wish.UNNAMED)
    keeper = somebody(Role.QUALITY_LEAD)
    tag(by=keeper, at=AT, item=item, kind=TagKind.THEME, values=())
    assert keeper.actor_id in page(auditor)


def test_hour_of_a_draft_gives_nobody_away(auditor: Client) -> None:
    writer = somebody()
    append(
        system="QZ1", at=AT, actor=writer.actor_id, verb="intelligence.save_draft", on_kind="Draft", on_id="1", facts={}
    )
    html = page(auditor)
    assert writer.actor_id not in html and "Somebody who was writing" in html
