"""The pages across subjects: proposals, requests and ratings; each shows, filters, takes what is sent, and says no."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.core.signals import Bearing, Dimension
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link
from sightline.intelligence.words import TagKind
from sightline.triangulation.models import RatingReview, Request, RequestAnswer
from sightline.triangulation.queries import picture_of, proposals_waiting
from tests.factories.accounts import signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import TODAY, a_signal
from tests.factories.triangulation import (
    People,
    a_rating_signal,
    a_watched_body,
    agreeing,
    answered,
    asked,
    confirmed,
    people_around,
    proposals_of,
    rated,
    told,
)

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def body(house: None) -> Subject:
    return a_watched_body()


@pytest.fixture
def people(body: Subject) -> People:
    return people_around(body)


def page(person: Person, address: str) -> str:
    """This function will give a page that must be there, its words parted by single spaces."""
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


# --- proposals


@pytest.mark.requirement("INT-04", "INT-16")
def test_the_list_holds_what_the_pictures_of_all_subjects_propose(body: Subject, people: People) -> None:
    agreeing(body)
    other, good = a_watched_body("ZR2", "Harbour Trust"), a_watched_body("ZR3", "Mill Trust")
    for code in ("ZP3", "ZP5"):
        told(other, code)
    a_signal(good, bearing=Bearing.IMPROVEMENT)
    told(good, "ZP4", bearing=Bearing.IMPROVEMENT, tags=((TagKind.DIMENSION, "well-led"),))
    a_signal(a_watched_body("ZR4", "Quiet Trust"))
    for person in (people.member, people.lead, people.conflicted, people.elsewhere, people.provider):
        slow = {
            one.fingerprint + str(subject.pk)
            for subject in Subject.objects.select_related("organisation")
            for one in picture_of(person, TODAY, subject).proposals
        }
        assert {one.proposal.fingerprint + str(one.subject.pk) for one in proposals_waiting(person, TODAY)} == slow
    names = [one.subject.name for one in proposals_waiting(people.member, TODAY)]
    assert names == ["Lantern Trust", "Harbour Trust", "Mill Trust"]


def test_the_page_shows_an_area_and_the_latest_answers(body: Subject, people: People) -> None:
    board = an_organisation("QZ1", "Lantern ICB", Kind.ICB)
    assert body.organisation
    a_relation(body.organisation, Link.PART_OF, board)
    other = a_watched_body("ZR2", "Harbour Trust")
    agreeing(body)
    for code in ("ZP3", "ZP5"):
        told(other, code)
    with override_settings(HOME_SYSTEM="QZ1"):
        html = page(people.member, "/proposals/")
        assert "1 proposal waits" in html and "Harbour Trust" not in html
        assert "2 proposals wait" in page(people.member, "/proposals/?area=")
    answered(people.chair, body, proposals_of(people.chair, body)[0], because="A visit is booked")
    html = page(people.member, "/proposals/")
    assert "Chris Chair" in html and "A visit is booked" in html
    assert "A visit is booked" not in page(people.conflicted, "/proposals/")
    assert signed_in(people.provider).get("/proposals/").status_code == 403


def test_the_page_asks_a_bounded_number_of_questions(
    body: Subject, people: People, outside_transaction: None, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        agreeing_body = a_watched_body(f"ZS{number}", f"Body {number}")
        a_signal(agreeing_body)
        told(agreeing_body, f"ZQ{number}", tags=((TagKind.DIMENSION, "well-led"),))
    client = signed_in(people.member)
    client.get("/proposals/")
    with django_assert_max_num_queries(30):
        answer = client.get("/proposals/")
    assert "5 proposals wait" in " ".join(answer.content.decode().split())


# --- requests


@pytest.mark.requirement("INT-14", "CQC-06")
def test_the_same_question_is_warned_of_and_may_be_put_again(body: Subject, people: People) -> None:
    asked(people.lead, body)
    client = signed_in(people.secretary)
    address = reverse("ask", args=[body.pk])
    assert "Healthwatch was asked on 15 January 2026" in page(people.secretary, address)
    given = {"asked_of": " healthwatch", "question": "What do people  say of it?"}
    answer = client.post(address, given)
    html = answer.content.decode()
    assert answer.status_code == 400 and "The same was asked of the same body before." in html
    assert "What do people  say of it?" in html and Request.objects.count() == 1
    assert client.post(address, {**given, "again": "on"}).status_code == 302
    assert Request.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "“Who is asked?” is needed."),
        ({"asked_of": "CQC", "question": "x", "row": "nonsense"}, "Select a valid choice"),
        (
            {"asked_of": "CQC", "question": "x", "due_on-day": "1", "due_on-month": "1", "due_on-year": "2020"},
            "has passed",
        ),
    ],
)
def test_what_cannot_be_asked_is_said(given: dict[str, str], says: str, body: Subject, people: People) -> None:
    answer = signed_in(people.lead).post(reverse("ask", args=[body.pk]), given)
    assert answer.status_code == 400 and says in answer.content.decode()
    assert not Request.objects.exists()


def test_requests_are_listed_filtered_ended_and_saved(body: Subject, people: People) -> None:
    other = a_watched_body("ZR2", "Harbour Trust")
    late = asked(people.lead, body, question="=1+1 what of safety?", row=Dimension.SAFE, due_on=TODAY)
    Request.objects.filter(pk=late.pk).update(due_on=date(2026, 1, 2))
    asked(people.lead, other, asked_of="Coroner", due_on=date(2026, 3, 1))
    html = page(people.member, "/requests/")
    assert html.index("Lantern Trust") < html.index("Harbour Trust") and "<strong>Overdue</strong>" in html
    assert "/end/" not in html
    assert "Coroner" not in page(people.member, "/requests/?row=safe")
    assert "Coroner" in page(people.member, "/requests/?name=ZR2")
    html = page(people.conflicted, "/requests/")
    assert "what of safety" not in html and "Coroner" in html
    assert "Coroner" not in page(people.elsewhere, "/requests/?show=all")
    address = reverse("request_end", args=[late.pk])
    assert "what of safety" in page(people.secretary, address)
    client = signed_in(people.secretary)
    answer = client.post(address, {"came": "no"})
    assert answer.status_code == 400 and "Say in a sentence why nothing came" in answer.content.decode()
    assert client.post(address, {"came": "no", "says": "They closed"}).status_code == 302
    assert RequestAnswer.objects.get().says == "They closed"
    assert "what of safety" not in page(people.member, "/requests/")
    assert "They closed" in page(people.member, "/requests/?show=ended")
    assert client.post(address, {"came": "yes"}).status_code == 400
    rows = list(csv.reader(io.StringIO(page_file(people.member, "/requests/requests.csv?show=all"))))
    assert len(rows) == 3 and any(row[3] == "'=1+1 what of safety?" for row in rows)
    assert rows[2][9] == "Ended without an answer" and rows[2][12] == "They closed"


def page_file(person: Person, address: str) -> str:
    """This function will give a file that must be there."""
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_request_that_one_may_not_know_of_cannot_be_ended(body: Subject, people: People) -> None:
    made = asked(people.lead, body)
    address = reverse("request_end", args=[made.pk])
    assert signed_in(people.member).get(address).status_code == 403
    stranger = people_around(a_watched_body("ZR9", "Far Trust"))
    assert signed_in(stranger.secretary).get(address).status_code == 200
    assert signed_in(people.conflicted).get(address).status_code == 403


# --- ratings


@pytest.mark.requirement("INT-13")
def test_several_ratings_are_chosen_confirmed_and_set_aside_again(body: Subject, people: People) -> None:
    other = a_watched_body("ZR2", "Harbour Trust")
    rated(body, about="overall", inherited_from="ZR0")
    signals = [a_rating_signal(one) for one in (body, other)]
    html = page(people.secretary, "/ratings/")
    assert "2 ratings" in html and "Given to the body before it (ZR0)." in html
    assert "Rated requires improvement by the regulator" in html
    client = signed_in(people.secretary)
    answer = client.post("/ratings/", {"counts": "yes"})
    assert answer.status_code == 400 and "Choose at least one rating." in answer.content.decode()
    keys = [str(one.pk) for one in signals]
    answer = client.post("/ratings/", {"counts": "no", "signals": keys[:1]})
    html = answer.content.decode()
    assert answer.status_code == 400 and "Say in a sentence why" in html and f'value="{keys[0]}" checked' in html
    answer = client.post("/ratings/", {"counts": "yes", "signals": keys}, follow=True)
    assert "2 ratings are confirmed and now count." in answer.content.decode()
    assert "0 ratings" in page(people.secretary, "/ratings/")
    html = page(people.secretary, "/ratings/?show=counts")
    assert "Harbour Trust" in html and "Counts, by Sam Secretary on 15 January 2026" in html
    client.post("/ratings/?show=counts", {"counts": "no", "signals": keys[:1], "because": "The body before"})
    assert "Set aside, by Sam Secretary on 15 January 2026: The body before" in page(
        people.secretary, "/ratings/?show=aside"
    )
    assert [one.counts for one in RatingReview.objects.filter(signal=signals[0])] == [True, False]


def test_ratings_that_one_may_not_review_are_not_there(body: Subject, people: People) -> None:
    signal = a_rating_signal(body)
    a_rating_signal(body, stands=False)
    a_signal(body)
    assert "1 rating," in page(people.secretary, "/ratings/")
    for person in (people.member, people.chair, people.provider):
        assert signed_in(person).get("/ratings/").status_code == 403
    confirmed(signal, people.lead)
    answer = signed_in(people.secretary).post("/ratings/", {"counts": "yes", "signals": [str(signal.pk)]})
    assert answer.status_code == 400 and "has changed meanwhile" in answer.content.decode()
