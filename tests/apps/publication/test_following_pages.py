"""The pages on which anybody follows a group: no page tells which addresses are known, and few can be tried."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.publication import operations
from sightline.publication.links import For, link_of
from sightline.publication.models import Follower, PublicGroup
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live
from tests.factories.publication import a_held_meeting, asked, following, listed

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.requirement("REC-08", "PER-12")
LIMIT = 10  # addresses from one place in an hour


@pytest.fixture(autouse=True)
def no_tries_so_far() -> None:
    cache.clear()


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was held."""
    return a_held_meeting()


@pytest.fixture
def group(live: Live) -> PublicGroup:
    """This function will show the meeting's group to the public."""
    return listed(live).entry.group


def page_of(group: PublicGroup) -> str:
    return reverse("public_follow", args=[group.pk])


def test_given_addresses_known_and_unknown_when_each_is_given_then_the_answers_are_the_same(group: PublicGroup) -> None:
    following(group, "told@example.org"), asked(group, "waits@example.org")
    client, answers = Client(enforce_csrf_checks=True), set()
    for name in ("told", "waits", "new"):
        answer = client.post(page_of(group), {"address": f"{name}@example.org"})
        assert answer.status_code == 200 and not answer.cookies and answer["Cache-Control"] == "no-store"
        answers.add(answer.content)
    assert len(answers) == 1 and Follower.objects.count() == 3


@pytest.mark.parametrize("given", ["", "reader", "reader@", "a@b.c,d@e.f", "x@y.zz\r\nBcc: z@y.zz", "r@example.org\0"])
def test_given_what_is_no_address_when_it_is_given_then_the_page_says_how_one_looks(
    group: PublicGroup, given: str
) -> None:
    answer = Client().post(page_of(group), {"address": given})
    assert answer.status_code == 400 and "e-mail address" in answer.content.decode()
    assert not Follower.objects.exists()


def test_given_many_addresses_from_one_place_when_one_more_is_given_then_it_waits_and_a_page_still_opens(
    group: PublicGroup,
) -> None:
    client = Client()
    statuses = [
        client.post(page_of(group), {"address": f"reader{number}@example.org"}).status_code
        for number in range(LIMIT + 1)
    ]
    assert statuses == [200] * LIMIT + [429] and Follower.objects.count() == LIMIT
    assert "Wait an hour" in client.post(page_of(group), {"address": "more@example.org"}).content.decode()
    assert client.get(page_of(group)).status_code == 200
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(page_of(group), {"address": "more@example.org"})
    assert elsewhere.status_code == 200


def test_given_pages_of_following_when_they_are_read_then_no_script_runs_and_no_address_is_in_them(
    live: Live, group: PublicGroup
) -> None:
    follower, waits = following(group, "told@example.org"), asked(group, "waits@example.org")
    pages = (
        page_of(group),
        reverse("public_follow_confirm", args=[link_of(waits.pk, For.CONFIRM)]),
        reverse("public_follow_stop", args=[link_of(follower.pk, For.STOP)]),
    )
    for page in pages:
        stranger, insider = Client().get(page), signed_in(live.secretary).get(page)
        told = stranger.content.decode()
        assert stranger.status_code == 200 and stranger.content == insider.content
        assert "<script" not in told and "script-src 'none'" in stranger["Content-Security-Policy"]
        assert "example.org" not in told.replace("name@example.org", "")
        assert stranger["Referrer-Policy"] == "same-origin" and not stranger.cookies


def test_given_a_group_that_is_not_shown_when_somebody_would_follow_it_then_there_is_no_such_page(
    live: Live, group: PublicGroup
) -> None:
    waits = asked(group)
    assert page_of(group) in Client().get(reverse("public_group", args=[group.pk])).content.decode()
    operations.unlist_group(by=live.chair, at=timezone.now(), group=live.meeting.group, because="Not yet.")
    assert Client().get(page_of(group)).status_code == 404
    assert Client().post(page_of(group), {"address": "reader@example.org"}).status_code == 404
    path = reverse("public_follow_confirm", args=[link_of(waits.pk, For.CONFIRM)])
    assert Client().post(path).status_code == 410
