"""The page of a meeting under way asks whether it still stands, and is told nothing else by the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.meetings import operations
from sightline.meetings.queries.live_pages import stamp_of
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, a_presence, opened

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was opened an hour ago."""
    made = a_live_meeting()
    opened(made, timezone.now() - timedelta(hours=1))
    return made


def pages(live: Live) -> tuple[str, str]:
    """This function will give the addresses of a meeting under way: on the wall, and of an item."""
    return (
        reverse("meeting_live", args=[live.meeting.pk]),
        reverse("meeting_live_item", args=[live.meeting.pk, live.items[0].pk]),
    )


def asked(client: Client, page: str, stamp: str) -> int:
    """This function will ask whether a page still stands."""
    return client.get(page, headers={"If-None-Match": stamp}).status_code


def test_given_nothing_written_when_a_page_asks_then_it_still_stands_until_something_is_written(live: Live) -> None:
    client = signed_in(live.people["lay"])
    for page in pages(live):
        stamp = client.get(page)["ETag"]
        assert f'data-live="{stamp.replace(chr(34), "&#34;")}"' in client.get(page).content.decode()
        assert asked(client, page, stamp) == 304
        operations.write_note(
            by=live.secretary, at=timezone.now(), item=live.items[0], seen=len(live.items[0].notes.all()), text=page
        )
        assert asked(client, page, stamp) == 200


def test_given_a_minute_later_when_a_page_asks_then_it_is_brought_up_to_date_because_it_tells_the_time(
    live: Live,
) -> None:
    client = signed_in(live.people["lay"])
    page, _ = pages(live)
    stamp = client.get(page)["ETag"]
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert asked(client, page, stamp) == 200


def test_given_two_readers_when_they_ask_then_neither_has_the_stamp_of_the_other(live: Live) -> None:
    now = timezone.now()
    assert stamp_of(live.people["lay"], now) != stamp_of(live.chair, now)


def test_given_a_meeting_that_is_over_when_it_is_read_then_the_page_asks_no_more(live: Live) -> None:
    a_presence(live, "chair")
    for item in live.items:
        operations.carry_over(
            by=live.secretary, at=timezone.now(), item=item, because="There was no time", form_key=item.pk
        )
    page, _ = pages(live)
    client = signed_in(live.chair)
    assert "data-live" in client.get(page).content.decode()
    operations.close_meeting(by=live.chair, at=timezone.now(), meeting=live.meeting)
    assert "data-live" not in client.get(page).content.decode()
