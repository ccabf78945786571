"""Outstanding actions of a Quality Improvement Group in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sightline.actions.presenters.log import owner_name
from sightline.actions.queries import LogLine
from sightline.web.wording import day


@dataclass(frozen=True, slots=True)
class OutstandingLine:
    """One open action: what is done, who owns it, by when, and whether that day has passed."""

    href: str
    what: str
    owner: str
    due: str
    is_past: bool
    moves: int


def outstanding_lines(found: Iterable[LogLine], on: date) -> list[OutstandingLine]:
    """This function will write the open actions that a group challenges (QIG-04)."""
    return [
        OutstandingLine(
            reverse("action", args=[one.action.pk]),
            one.statement.resolution,
            f"{owner_name(one.owner)}, {one.owner.organisation.name}",
            day(one.due_on),
            one.due_on < on,
            one.moves,
        )
        for one in found
    ]
