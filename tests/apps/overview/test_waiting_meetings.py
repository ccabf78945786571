"""Meetings that are near stand among what waits for whoever belongs to them."""

from __future__ import annotations

from django.utils import timezone

from sightline.overview.queries import waits_for
from tests.factories.house import clock, folder, house
from tests.factories.meetings import a_meeting, some_time
from tests.factories.meetings_live import a_live_meeting

__all__ = ["clock", "folder", "house"]


def test_given_meetings_within_a_week_and_later_when_home_is_read_then_only_the_near_ones_wait_for_whoever_belongs(
    house: None,
) -> None:
    live, now = a_live_meeting(), timezone.now()
    a_meeting(live.secretary, live.group, at=now, when=some_time(now, days=5))
    a_meeting(live.secretary, live.group, at=now, when=some_time(now, days=12))
    today = timezone.localdate()
    assert waits_for(live.people["lay"], today).meetings == 2, "the one of this day, and the one in five days"
    assert waits_for(live.world.provider, today).meetings == 0
