"""Key points for tests: of a meeting that was held, written by the secretary and cleared by whoever chairs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.meetings.models import Meeting, MeetingStep
from sightline.meetings.words import Step
from sightline.publication import operations
from sightline.publication.giving import Point, Written
from sightline.publication.models import Clearance, Edition, KeyPoints
from tests.factories.meetings_live import MADE, Live, a_live_meeting, a_presence, opened

OPENING = "The group met to speak about care at night."
SAID = "Wards at night need more nurses. The group will look again in spring."


def a_held_meeting(**more: Any) -> Live:
    """This function will make a meeting that was opened, attended by its chair and a lay member, and closed."""
    live = a_live_meeting(**more)
    opened(live, timezone.now() - timedelta(hours=1))
    for name in ("chair", "lay"):
        a_presence(live, name, timezone.now() - timedelta(hours=1))
    closed(live.meeting)
    return live


def closed(meeting: Meeting) -> MeetingStep:
    """This function will close a meeting, as though whoever chairs had."""
    return MeetingStep.objects.create(
        meeting=meeting, step=Step.CLOSED.value, at=timezone.now(), pack="sqg-2022", rules_version="sqg-2022 v1", **MADE
    )


def written(*points: str | Point, opening: str = OPENING, changed: str = "") -> Written:
    """This function will give words for the public."""
    made = tuple(one if isinstance(one, Point) else Point(one) for one in points or (SAID,))
    return Written(opening, made, changed)


def proposed(live: Live, words: Written | None = None, **more: Any) -> KeyPoints:
    """This function will have the secretary write key points."""
    seen = KeyPoints.objects.filter(meeting=live.meeting).count()
    given = {"by": live.secretary, "at": timezone.now(), "seen": seen, "form_key": uuid4(), **more}
    return operations.propose_key_points(meeting=live.meeting, written=words or written(), **given)


def cleared(live: Live, **more: Any) -> Clearance:
    """This function will have the chair clear the newest version."""
    seen = KeyPoints.objects.filter(meeting=live.meeting).count()
    given = {"by": live.chair, "at": timezone.now(), "seen": seen, **more}
    return operations.clear_key_points(meeting=live.meeting, **given)


def released(live: Live, words: Written | None = None, **more: Any) -> Edition:
    """This function will have key points written, cleared and released."""
    made = proposed(live, words)
    cleared(live, answer="Everybody knows of it.")
    given = {"by": live.secretary, "at": timezone.now(), "seen": made.number, **more}
    return operations.release_key_points(meeting=live.meeting, **given).edition
