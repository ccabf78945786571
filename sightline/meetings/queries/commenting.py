"""Reads of comments on a draft note, each with what became of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.meetings.models import Meeting, NoteComment


def comments_of(actor: Actor, on: date, meeting: Meeting) -> dict[UUID | None, list[NoteComment]]:
    """This function will give the comments on a note that somebody reads, the oldest first, by the item of the section."""
    found: dict[UUID | None, list[NoteComment]] = defaultdict(list)
    rows = NoteComment.objects.visible_to(actor, on).filter(passage__meeting=meeting)
    for one in rows.select_related("passage", "answer"):
        found[one.passage.item_id].append(one)
    return found


def one_comment(actor: Actor, on: date, meeting: Meeting, comment: UUID) -> NoteComment | None:
    """This function will give a comment that somebody reads; else nothing."""
    found = NoteComment.objects.visible_to(actor, on).filter(passage__meeting=meeting, pk=comment)
    return found.select_related("passage", "answer").first()
