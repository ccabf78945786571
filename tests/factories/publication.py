"""Key points for tests: of a meeting that was held, written by the secretary and cleared by whoever chairs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.audit.operation import Fleeting
from sightline.meetings.models import Meeting, MeetingStep
from sightline.meetings.words import Step
from sightline.publication import operations
from sightline.publication.anybody import Anybody
from sightline.publication.giving import Point, Written
from sightline.publication.models import Clearance, Edition, Follower, KeyPoints, Listing, PublicGroup, PublicPage
from tests.factories.meetings_live import MADE, Live, a_live_meeting, a_presence, opened

OPENING = "The group met to speak about care at night."
IS_FOR = "Here the bodies of the area speak about care that worries them."
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


def listed(live: Live, **more: Any) -> Listing:
    """This function will have the chair show the group to the public."""
    seen = Listing.objects.filter(group=live.meeting.group).count()
    given = {"by": live.chair, "at": timezone.now(), "purpose": IS_FOR, "tells_days": True, "form_key": uuid4()}
    return operations.list_group(group=live.meeting.group, **{**given, "seen": seen, **more})


def a_page(group: PublicGroup, held_on: date, *points: str) -> PublicPage:
    """This function will make a public page of a group as it stands after a release, without the meeting behind it."""
    page = PublicPage.objects.create(
        system=group.system, system_name=group.system_name, group_name=group.name, held_on=held_on, **MADE
    )
    Edition.objects.create(page=page, number=1, opening=OPENING, points=list(points), **MADE)
    return page


def asked(group: PublicGroup, address: str = "reader@example.org", at: datetime | None = None) -> Follower:
    """This function will have somebody give an address that is to be told of a group's key points."""
    operations.ask_to_follow(by=Anybody(), at=at or timezone.now(), group=group, address=Fleeting(address))
    return Follower.objects.get(group=group, address=address)


def following(group: PublicGroup, address: str = "reader@example.org") -> Follower:
    """This function will have somebody give an address and confirm it."""
    follower = asked(group, address)
    operations.confirm_following(by=Anybody(), at=timezone.now(), follower=follower)
    follower.refresh_from_db()
    return follower
