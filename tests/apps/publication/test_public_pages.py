"""What everybody can read without signing in: the list, a page, the feed; and nothing that was not released."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.publication import operations
from sightline.publication.giving import Point
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live
from tests.factories.publication import SAID, a_held_meeting, cleared, proposed, released, written

__all__ = ["clock", "folder", "house"]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was held."""
    return a_held_meeting()


def everything_public(client: Client) -> str:
    """This function will give all that stands on the public list and in the feed."""
    return "".join(
        client.get(reverse(name)).content.decode() for name in ("public_front", "public_list", "public_feed")
    )


@pytest.mark.requirement("REC-08", "PER-12")
def test_given_key_points_that_were_not_released_when_the_public_looks_then_nothing_is_there(live: Live) -> None:
    client = Client()
    before = everything_public(client)
    made = proposed(live, written("A word that nobody heard."))
    cleared(live)
    assert everything_public(client) == before
    missing = client.get(reverse("public_page", args=[made.pk]))
    of_meeting = client.get(reverse("public_page", args=[live.meeting.pk]))
    assert missing.status_code == of_meeting.status_code == 404
    assert "nobody heard" not in missing.content.decode()
    assert missing["Cache-Control"] == "no-store"


@pytest.mark.requirement("REC-08", "PER-12")
def test_given_released_key_points_when_anybody_reads_them_then_the_page_is_the_same_for_all_and_sets_no_cookie(
    live: Live,
) -> None:
    page = released(live, written(Point(SAID, live.items[3].pk))).page
    address = reverse("public_page", args=[page.pk])
    stranger, insider = Client().get(address), signed_in(live.secretary).get(address)
    assert stranger.status_code == 200 and stranger.content == insider.content
    assert SAID in stranger.content.decode() and "Matter 4" not in stranger.content.decode()
    assert "<script" not in stranger.content.decode()
    assert "script-src 'none'" in stranger["Content-Security-Policy"]
    assert not stranger.cookies and "Set-Cookie" not in insider and "Cookie" not in insider.get("Vary", "")
    assert stranger["Cache-Control"] == "public, no-cache"


@pytest.mark.requirement("REC-08")
@pytest.mark.parametrize("name", ["public_page", "public_list", "public_front", "public_feed"])
def test_given_a_copy_when_a_cache_asks_again_then_it_hears_that_nothing_changed_until_something_does(
    live: Live, name: str
) -> None:
    page = released(live).page
    address = reverse(name, args=[page.pk] if name == "public_page" else [])
    client, first = Client(), Client().get(address)
    asks = {"If-None-Match": first["ETag"], "If-Modified-Since": first.get("Last-Modified", "")}
    again = client.get(address, headers=asks)
    assert again.status_code == 304 and not again.content and again["Cache-Control"] == "public, no-cache"
    operations.withdraw_key_points(
        by=live.secretary, at=timezone.now(), meeting=live.meeting, because="It told too much."
    )
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code != 304


@pytest.mark.requirement("REC-08")
def test_given_withdrawn_key_points_when_anybody_asks_then_the_day_is_told_and_nothing_else(live: Live) -> None:
    page = released(live).page
    because = "It told too much."
    operations.withdraw_key_points(by=live.chair, at=timezone.now(), meeting=live.meeting, because=because)
    gone = Client().get(reverse("public_page", args=[page.pk]))
    told = gone.content.decode()
    assert gone.status_code == 410 and "15 January 2026" in told
    for secret in (SAID, because, page.group_name, "night"):
        assert secret not in told and secret not in everything_public(Client())


@pytest.mark.requirement("REC-08")
def test_given_the_feed_when_a_reader_takes_it_then_each_page_is_an_entry_with_its_words_and_a_lasting_id(
    live: Live,
) -> None:
    page = released(live, written("Wards need <nurses> & doctors.")).page
    answer = Client().get(reverse("public_feed"))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{page.pk}"
    assert "Wards need <nurses> & doctors." in (entry.findtext(f"{ATOM}summary") or "")
    link = entry.find(f"{ATOM}link")
    assert link is not None and link.attrib["href"].endswith(reverse("public_page", args=[page.pk]))
    assert (entry.findtext(f"{ATOM}title") or "").startswith("Lantern quality group, ")


def test_given_the_pages_when_secretary_and_chair_do_the_work_by_forms_then_the_public_can_read_it(live: Live) -> None:
    keeper, chair = signed_in(live.secretary), signed_in(live.chair)
    address = {
        name: reverse(name, args=[live.meeting.pk])
        for name in ("key_points", "key_points_write", "key_points_clear", "key_points_release", "key_points_withdraw")
    }
    form_key = "6d1f2c1e-4a57-4f3c-9e0e-0a6f1a1b2c3d"
    sent = {"seen": 0, "form_key": form_key, "opening": "The group met.", "point_1": "Few patients wait."}
    assert keeper.post(address["key_points_write"], sent | {"point_1": ""}).status_code == 400
    assert keeper.post(address["key_points_write"], sent).status_code == 302
    assert chair.get(address["key_points_write"]).status_code == 403
    assert "Few patients wait." in chair.get(address["key_points_clear"]).content.decode()
    assert keeper.post(address["key_points_release"], {"seen": 1}).status_code == 400  # nobody cleared it
    assert chair.post(address["key_points_clear"], {"seen": 1}).status_code == 302
    assert keeper.post(address["key_points_release"], {"seen": 1}).status_code == 302
    page = keeper.get(address["key_points"]).content.decode()
    assert "was cleared by Person of chair" in page and "The public page" in page
    assert "Few patients wait." in everything_public(Client())
    assert keeper.post(address["key_points_withdraw"], {"because": "It was too soon."}).status_code == 302
    assert "It was too soon." in keeper.get(address["key_points"]).content.decode()
    assert signed_in(live.people["icb"]).get(address["key_points"]).status_code == 404
