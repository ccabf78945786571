"""One decision about all comments of a file: what is left out, what is recorded, and that it stays quick."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.intelligence.models import (
    About,
    Item,
    Passage,
    Review,
    ReviewTogether,
    Sighting,
    TextDelivery,
    Unplaced,
)
from sightline.intelligence.operations import review, review_file
from sightline.intelligence.queries.reviewing_files import file_to_review, piles
from sightline.intelligence.words import Outcome
from tests.apps.intelligence.test_reviewing import a_published, conflicted
from tests.factories.accounts import a_person, signed_in
from tests.factories.intelligence import ELSEWHERE, LATER, NOW, SYSTEM, TODAY, a_body, somebody
from tests.factories.published_texts import a_comment, a_report, comments, reports, taken_in

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("INT-15")]
WHY = "I read ten, and all are about this trust"
NUMBER = "943 476 5919"


@pytest.fixture
def trust(house: None) -> Subject:
    return a_body("ZL1", "Lantern Hospitals NHS Trust")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, display_name="Sec Retary")


def a_file(by: Person, number: int = 4, *more: dict[str, str], **told: Any) -> TextDelivery:
    """Comments about the trust on which nothing is to be remarked, and whatever else the file holds."""
    rows = [
        a_comment(at, f"The wait was too long, {at} hours.", Trust="Lantern Hospitals NHS Trust")
        for at in range(number)
    ]
    return taken_in(comments(*rows, *more), by, **told)


def decided(by: Person, file: TextDelivery, outcome: Outcome = Outcome.ACCEPTED, **more: Any) -> ReviewTogether:
    found = file_to_review(by, TODAY, file)
    told = {"items": found.items, "listed": found.listed, **more}
    return review_file(by=by, at=LATER, delivery=file, outcome=outcome, because=WHY, **told)


@pytest.mark.parametrize("outcome", Outcome)
def test_all_of_a_file_are_decided_in_one_go_and_recorded_once(
    outcome: Outcome, trust: Subject, secretary: Person
) -> None:
    file = a_file(secretary)
    events = Event.objects.count()
    made = decided(secretary, file, outcome)
    accepted = outcome is Outcome.ACCEPTED
    keys = sorted(str(key) for key in Item.objects.values_list("pk", flat=True))
    assert made.listed == hashlib.sha256("\n".join(keys).encode()).hexdigest()
    assert (made.items, made.recorded_by) == (4, secretary.actor_id)
    reviews = Review.objects.filter(together=made)
    assert {(str(one.item_id), one.outcome, one.because, one.recorded_by) for one in reviews} == {
        (key, outcome.value, WHY, secretary.actor_id) for key in keys
    }
    assert set(Item.objects.values_list("counts", "version")) == {(accepted, 2)}
    assert set(Sighting.objects.values_list("counts", flat=True)) == {accepted}
    assert Event.objects.count() == events + 1
    event = Event.objects.order_by("sequence").last()
    assert event is not None
    assert (event.verb, event.on_kind, event.on_id) == ("intelligence.review_file", "ReviewTogether", str(made.pk))
    assert '"items":4' in event.facts and f'"outcome":"{outcome.value}"' in event.facts
    assert "trust" not in event.facts


def test_sightings_are_those_that_a_single_review_would_write(trust: Subject, secretary: Person) -> None:
    """The set-based way against the slow one, item by item."""
    file = a_file(secretary)
    facts = ("subject", "row", "quadrant", "origin", "bearing", "certainty", "heard_on", "handling", "counts")
    decided(secretary, file)
    quick = sorted(map(str, Sighting.objects.values_list("item", *facts)))
    for item in Item.objects.all():
        review(by=secretary, at=LATER, item=item, outcome=Outcome.SET_ASIDE, because="Again")
        review(by=secretary, at=LATER, item=item, outcome=Outcome.ACCEPTED, because="Again")
    assert sorted(map(str, Sighting.objects.values_list("item", *facts))) == quick


@pytest.mark.parametrize(
    ("row", "told", "counted"),
    [
        (
            a_comment(9, f"Ring me: {NUMBER}.", Trust="Lantern Hospitals NHS Trust"),
            {"knowingly": "It is asked for"},
            "people",
        ),
        (
            a_comment(9, "He fell.", Trust="Lantern Hospitals NHS Trust", **{"Safeguarding concerns?": "1"}),
            {},
            "danger",
        ),
        (a_comment(9, "Slow.", Trust="Lantern"), {}, "unclear"),
        (a_comment(9, "Slow.", Trust="Lantern Hospitals NHS Trust", Date="6/5/2025"), {"as_of": TODAY}, "unclear"),
        (
            a_comment(9, "Of a nurse.", Trust="Lantern Hospitals NHS Trust", **{"Person identifiable info?": "1"}),
            {"knowingly": "It is asked for"},
            "unclear",
        ),
    ],
)
def test_what_needs_a_closer_look_is_left_out_and_waits(
    row: dict[str, str], told: dict[str, Any], counted: str, trust: Subject, secretary: Person
) -> None:
    file = a_file(secretary, 4, row, **told)
    found = file_to_review(secretary, TODAY, file)
    assert (found.items, found.left_out, getattr(found, counted)) == (4, 1, 1)
    decided(secretary, file)
    left = Item.objects.get(reviews=None)
    assert not left.counts
    assert Passage.objects.get(item=left).text == row["FFT answer"]
    html = signed_in(secretary).get(f"/intelligence/review/file/{file.pk}/").content.decode()
    assert "1 comment of it is left out" in html and "Nothing of this file is left" in html


def test_files_that_came_in_at_one_moment_are_one_pile(trust: Subject, secretary: Person) -> None:
    a_file(secretary, 2)
    row = a_comment(9, "It was cold.", Trust="Lantern Hospitals NHS Trust")
    taken_in(comments(row), secretary, name="second.csv")
    (pile,) = piles(secretary, TODAY)
    assert pile.items == file_to_review(secretary, TODAY, pile.delivery).items == 3


def test_only_comments_of_that_file_are_decided(trust: Subject, secretary: Person) -> None:
    others = [a_published(trust, "Another kind"), a_published(trust, "Typed", kind="comment", recorded_at=NOW)]
    elsewhere = taken_in(reports(a_report()), secretary)
    file = a_file(secretary, at=LATER)
    assert [(one.delivery, one.items) for one in piles(secretary, TODAY)] == [(file, 4)]
    decided(secretary, file)
    assert not Review.objects.filter(item__in=others).exists()
    assert Review.objects.count() == 4
    client = signed_in(secretary)
    assert client.get(f"/intelligence/review/file/{elsewhere.pk}/").status_code == 404
    assert piles(secretary, TODAY) == []


def test_list_that_has_changed_is_read_again_first(trust: Subject, secretary: Person) -> None:
    file = a_file(secretary)
    seen = file_to_review(secretary, TODAY, file)
    review(by=secretary, at=LATER, item=Item.objects.order_by("pk")[0], outcome=Outcome.SET_ASIDE, because="No")
    for told in ({"items": 4, "listed": seen.listed}, {"items": 3, "listed": seen.listed}, {"items": 3, "listed": ""}):
        with pytest.raises(Invalid, match="has changed since"):
            decided(secretary, file, **told)
    assert Review.objects.count() == 1
    assert not ReviewTogether.objects.exists()
    decided(secretary, file)
    with pytest.raises(Invalid, match="Nothing of this file"):
        decided(secretary, file)


@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(),
        lambda s: somebody(Role.CHAIR),
        lambda s: somebody(Role.AUDITOR),
        lambda s: somebody(Role.PROVIDER, organisation=s.key),
        lambda s: a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.SECRETARY, ELSEWHERE)),
    ],
)
def test_others_decide_nothing(who: Callable[[Subject], Person], trust: Subject, secretary: Person) -> None:
    file = a_file(secretary)
    seen = file_to_review(secretary, TODAY, file)
    person = who(trust)
    events = Event.objects.count()
    with pytest.raises(Refused):
        decided(person, file, items=seen.items, listed=seen.listed)
    address = f"/intelligence/review/file/{file.pk}/"
    for answer in (signed_in(person).get(address), signed_in(person).post(address, {"because": WHY})):
        assert answer.status_code in {403, 404}
    assert not Review.objects.exists() and Event.objects.count() == events


def test_keeper_with_an_interest_neither_counts_nor_decides_what_it_touches(trust: Subject, secretary: Person) -> None:
    other = a_body("ZL2", "Beacon Hospitals NHS Trust")
    file = a_file(secretary, 4, a_comment(9, "All was well.", Trust="Beacon Hospitals NHS Trust"))
    keeper = conflicted(other)
    html = signed_in(keeper).get(f"/intelligence/review/file/{file.pk}/").content.decode()
    assert "4 comments wait" in html and "Beacon" not in html and "left out" not in html
    decided(keeper, file)
    assert list(About.objects.filter(item__reviews=None).values_list("subject", flat=True)) == [other.pk]
    address = f"/intelligence/review/file/{file.pk}/"
    assert "Beacon" in signed_in(conflicted(trust)).get(address).content.decode()


def test_page_shows_ten_and_whom_they_are_about_and_decides(trust: Subject, secretary: Person) -> None:
    file = a_file(secretary, 14)
    client, address = signed_in(secretary), f"/intelligence/review/file/{file.pk}/"
    assert address in client.get("/intelligence/review/").content.decode()
    html = client.get(address).content.decode()
    assert html.count("The wait was too long") == 10
    for says in (
        "14 comments wait",
        "10 of them, drawn by lot",
        "Lantern Hospitals NHS Trust: 14",
        "Decide about all 14",
    ):
        assert says in html
    assert client.post(address, {}).status_code == 400
    found = file_to_review(secretary, TODAY, file)
    told = {"outcome": "accepted", "items": found.items, "listed": found.listed}
    answer = client.post(address, told)
    assert answer.status_code == 400 and 'value="accepted" checked' in answer.content.decode()
    assert client.post(address, {**told, "listed": "0" * 64, "because": WHY}).status_code == 400
    assert client.post(address, {**told, "because": WHY}).status_code == 302
    assert Item.objects.filter(counts=True).count() == 14
    item = Item.objects.first()
    assert item is not None
    html = client.get(f"/intelligence/{item.pk}/").content.decode()
    assert "Sec Retary" in html and "together with 13 others of its file" in html and WHY in html


def test_a_larger_file_costs_no_more_queries_but_for_its_parts(trust: Subject, secretary: Person) -> None:
    small = a_file(secretary, 20)
    with CaptureQueriesContext(connection) as few:
        file_to_review(secretary, TODAY, small)
    decided(secretary, small)
    rows = [a_comment(at, f"It was late by {at}.", Trust="Lantern Hospitals NHS Trust") for at in range(100, 500)]
    large = taken_in(comments(*rows), secretary, at=LATER)
    with CaptureQueriesContext(connection) as many:
        found = file_to_review(secretary, TODAY, large)
    assert found.items == 400
    assert len(many) <= len(few)
    with CaptureQueriesContext(connection) as deciding:
        decided(secretary, large)
    assert len(deciding) < 60


def test_name_that_waits_holds_its_comment(trust: Subject, secretary: Person) -> None:
    file = a_file(secretary)
    item = Item.objects.order_by("pk")[0]
    Unplaced.objects.create(item=item, words="Lantern", candidates="ZL1", recorded_at=NOW)
    assert (file_to_review(secretary, TODAY, file).items, item.handling) == (3, Handling.MEMBERS.value)
