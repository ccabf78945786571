"""The pages of those who keep the record: what waits, each question about an item, and who reads what was done."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from sightline.accounts.models import Person
from sightline.core.access import Role
from sightline.directory.models import Subject
from sightline.intelligence.models import Addressee, Item, Report, Review, SameOrigin, Unplaced
from sightline.intelligence.operations import answer_giver, note_sharing, review
from sightline.intelligence.words import Kind, Outcome
from tests.apps.intelligence.test_reviewing import WHY, a_published, conflicted, everything
from tests.factories.accounts import signed_in
from tests.factories.intelligence import LATER, NOW, TODAY, a_body, an_item, somebody

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZI800", "Elm House")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, display_name="Sec Retary")


def test_review_page_shows_what_waits_and_decides_about_what_is_ticked(subject: Subject, secretary: Person) -> None:
    items = [a_published(subject, "Concerns of the coroner"), a_published(subject)]
    report = Report.objects.create(item=items[0], reference="2026-0001", area="Upland", sent_on=date(2025, 11, 1))
    Addressee.objects.create(report=report, name="Elm House Ltd", status="awaited", due_on=date(2025, 12, 27))
    Addressee.objects.create(
        report=report, name="The ministry", status="awaited", due_on=date(2026, 2, 1), stated_on=date(2026, 1, 1)
    )
    Unplaced.objects.create(item=items[0], words="Elm House or so", candidates="ZI800", recorded_at=NOW)
    client = signed_in(secretary)
    html = client.get("/intelligence/review/").content.decode()
    for says in ("Concerns of the coroner", "2026-0001", "answer overdue, due on 27 December 2025", "answer awaited"):
        assert says in html
    assert "Elm House or so" in html and "it may mean this one" in html and "code ZI800)" in html
    answer = client.post("/intelligence/review/", {"items": [items[0].pk], "outcome": "accepted", "because": "Read"})
    assert answer.status_code == 302
    assert dict(Item.objects.values_list("pk", "counts")) == {items[0].pk: True, items[1].pk: False}


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"outcome": "accepted", "because": "Read"}, "Choose at least one item."),
        ({"items": ["nonsense"], "outcome": "accepted", "because": "Read"}, "waits no longer"),
        ({"items": "own", "outcome": "accepted", "because": ""}, "is needed"),
    ],
)
def test_review_page_keeps_what_was_typed(told: dict[str, Any], says: str, subject: Subject, secretary: Person) -> None:
    item = a_published(subject)
    given = {**told, "items": [item.pk]} if told.get("items") == "own" else told
    answer = signed_in(secretary).post("/intelligence/review/", given)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert (f'value="{item.pk}" checked' in answer.content.decode()) is (told.get("items") == "own")
    assert not Review.objects.exists()


def test_review_page_of_aconflicted_keeper_shows_and_changes_nothing(subject: Subject) -> None:
    item, keeper = a_published(subject, "Hidden words"), conflicted(subject)
    client = signed_in(keeper)
    assert "Hidden words" not in client.get("/intelligence/review/").content.decode()
    client.post("/intelligence/review/", {"items": [item.pk], "outcome": "accepted", "because": "Read"})
    assert not Review.objects.exists()


PAGES: dict[str, dict[str, Any]] = {
    "review": {"outcome": "set_aside", "because": WHY},
    "feedback": {"says": "We went there"},
    "shared-with": {"body": "The council", "shared_on-day": 15, "shared_on-month": 1, "shared_on-year": 2026},
    "investigation": {"name": "Joint review 7", "led_by": "The council", "asked_for": "Its rota"},
    "panel": {
        "convened_by": "The regulator",
        "met_on-day": "1",
        "met_on-month": "1",
        "met_on-year": "2026",
        "agreed": "To look again",
    },
}


@pytest.mark.parametrize("suffix", PAGES)
def test_pages_of_a_keeper_ask_and_do(suffix: str, subject: Subject, secretary: Person) -> None:
    item = an_item(subject, kind=Kind.EMERGING_CONCERN if suffix == "panel" else Kind.SOFT)
    client, address = signed_in(secretary), f"/intelligence/{item.pk}/{suffix}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 400
    before = everything()
    assert client.post(address, PAGES[suffix]).status_code == 302
    assert everything() != before
    html = client.get(f"/intelligence/{item.pk}/").content.decode()
    assert any(str(word) in html for word in PAGES[suffix].values())


@pytest.mark.parametrize("suffix", [*PAGES, "same-story", "annex", "release"])
def test_pages_of_a_keeper_are_absent_for_who_may_not_see(suffix: str, subject: Subject) -> None:
    item = an_item(subject)
    absent = UUID(int=7)
    client = signed_in(conflicted(subject))
    for key in (item.pk, absent):
        assert client.get(f"/intelligence/{key}/{suffix}/").status_code == 404
    assert signed_in(somebody()).get(f"/intelligence/{item.pk}/{suffix}/").status_code == 403


def test_same_story_page_offers_others_of_the_subject(subject: Subject, secretary: Person) -> None:
    item, other, elsewhere = an_item(subject), an_item(subject, "The same night"), an_item(text="Of another home")
    client, address = signed_in(secretary), f"/intelligence/{item.pk}/same-story/"
    html = client.get(address).content.decode()
    assert "The same night" in html
    assert "Of another home" not in html
    assert client.post(address, {"first": elsewhere.pk, "because": "Alike"}).status_code == 400
    assert client.post(address, {"first": other.pk, "because": "Alike"}).status_code == 302
    assert SameOrigin.objects.get().first == other
    assert "There is no other item" in client.get(address).content.decode()


def test_giver_reads_what_came_of_it_and_not_why(subject: Subject, secretary: Person) -> None:
    giver = somebody(Role.LAY_MEMBER)
    item = an_item(subject, by=giver)
    review(by=secretary, at=LATER, item=item, outcome=Outcome.SET_ASIDE, because=WHY)
    answer_giver(by=secretary, at=LATER, item=item, says="We asked the home, and the bell is mended")
    html = signed_in(giver).get(f"/intelligence/{item.pk}/").content.decode()
    assert "Set aside: it stays on the record" in html
    assert "the bell is mended" in html
    assert WHY not in html
    assert "the bell is mended" in signed_in(giver).get("/intelligence/mine/").content.decode()


def test_member_who_hears_reads_nothing_of_how_it_was_handled(subject: Subject, secretary: Person) -> None:
    item = an_item(subject)
    review(by=secretary, at=LATER, item=item, outcome=Outcome.ACCEPTED, because=WHY)
    answer_giver(by=secretary, at=LATER, item=item, says="We went there")
    note_sharing(by=secretary, at=LATER, item=item, body="The council", shared_on=TODAY)
    html = signed_in(somebody()).get(f"/intelligence/{item.pk}/").content.decode()
    assert not [word for word in (WHY, "We went there", "The council") if word in html]
