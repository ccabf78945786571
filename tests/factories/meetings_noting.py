"""Meetings that were held to their end for tests, and later ones at which the group may agree the note."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sightline.meetings import operations
from sightline.meetings.models import MeetingStep, NotePassage
from sightline.meetings.words import Step
from tests.factories.meetings_live import MADE, Live, a_live_meeting, a_meeting, opened, ten_of_twenty


def closed(live: Live, ago: timedelta = timedelta(minutes=30)) -> Live:
    """This function will close a meeting, as though whoever chairs had."""
    MeetingStep.objects.create(
        meeting=live.meeting, step=Step.CLOSED.value, at=timezone.now() - ago, pack="sqg-2022",
        rules_version="sqg-2022 v1", **MADE,
    )  # fmt: skip
    return live


def a_held_meeting(**more: Any) -> Live:
    """This function will make a quorate meeting that was opened an hour and closed half an hour ago."""
    live = a_live_meeting(**more)
    begun = timezone.now() - timedelta(hours=1)
    opened(live, begun)
    ten_of_twenty(live, begun)
    return closed(live)


def a_later_meeting(live: Live, *, without: str = "") -> Live:
    """This function will make the next meeting of a group, opened ten minutes ago, quorate unless a category is left out."""
    later = replace(live, meeting=a_meeting(live.group))
    begun = timezone.now() - timedelta(minutes=10)
    opened(later, begun)
    ten_of_twenty(later, begun, without=without)
    return later


def a_draft(live: Live, *, is_shared: bool = False) -> Live:
    """This function will have the secretary draft the note of a meeting, and share it where that is asked."""
    operations.draft_note(by=live.secretary, at=timezone.now(), meeting=live.meeting)
    if is_shared:
        operations.share_note(by=live.secretary, at=timezone.now(), meeting=live.meeting)
    return live


def passage_of(live: Live, number: int = 0) -> NotePassage:
    """This function will give the newest passage of an item by its number, or of the meeting as a whole."""
    item = live.items[number - 1] if number else None
    return NotePassage.objects.filter(meeting=live.meeting, item=item).latest("number")
