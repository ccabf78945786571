"""Meetings for tests: planned as the secretariat plans them, on a day that has not come yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sightline.core.access import Actor
from sightline.groups.models import Group
from sightline.meetings.giving import When
from sightline.meetings.models import Meeting
from sightline.meetings.operations import plan_meeting
from sightline.meetings.words import Mode


def some_time(at: datetime, *, days: int = 14, hours: float = 2) -> When:
    """A meeting in two weeks from ten o'clock, in a room and online."""
    starts = (at + timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)
    return When(starts, starts + timedelta(hours=hours), Mode.HYBRID, "Room 4, Town Hall", "https://meet.example/abc")


def a_meeting(by: Actor, group: Group, *, at: datetime | None = None, **given: Any) -> Meeting:
    """A meeting that is planned; ``when`` and the rest may be given."""
    at = at or datetime.now(UTC)
    given.setdefault("when", some_time(at))
    given.setdefault("form_key", uuid4())
    return plan_meeting(by=by, at=at, group=group, **given)
