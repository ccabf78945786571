"""Chooses the words for key points as they are worked on: where each meeting’s stand, and what its page offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sightline.publication.models import KeyPoints
from sightline.publication.queries.key_points import Proposed, Work
from sightline.web.wording import day, plural

GREY, YELLOW, BLUE, GREEN, RED = (f"nhsuk-tag--{one}" for one in ("grey", "yellow", "blue", "green", "red"))


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting in the list of key points."""

    meeting: UUID
    group: str
    held: str
    tag: tuple[str, str]


def lines(works: Iterable[Work]) -> list[Line]:
    """This function will give a line for every meeting whose key points the reader works on."""
    return [Line(one.meeting.pk, one.meeting.group.name, day(one.held_on), state(one)) for one in works]


def state(work: Work) -> tuple[str, str]:
    """This function will say where the key points of a meeting stand, with the colour of its tag."""
    newest = work.newest
    if newest is None:
        return "None on record", GREY
    if hasattr(newest, "release"):
        return ("Public", GREEN) if work.public else ("Withdrawn", RED)
    waits = ("Cleared, not released", BLUE) if hasattr(newest, "clearance") else ("Waits to be cleared", YELLOW)
    return (f"{waits[0]}; an earlier version is public", waits[1]) if work.public else waits


def history(work: Work) -> list[str]:
    """This function will tell what was done with the key points of a meeting, the latest first."""
    return [words for one in reversed(work.versions) for words in reversed(list(_of_version(one)))]


def _of_version(one: KeyPoints) -> Iterable[str]:
    yield f"Version {one.number} was written by {one.wrote} on {day(one.recorded_at)}."
    if hasattr(one, "clearance"):
        yield f"Version {one.number} was cleared by {one.clearance.cleared_by} on {day(one.clearance.recorded_at)}."
    if hasattr(one, "release"):
        yield f"Version {one.number} was released by {one.release.released_by} on {day(one.release.recorded_at)}."
        if gone := getattr(one.release.edition, "withdrawal", None):
            yield f"Version {one.number} was withdrawn by {gone.withdrawn_by} on {day(gone.recorded_at)}: {gone.because}"


def proposal_words(proposed: Proposed) -> str:
    """This function will say what the record proposes and what it never takes."""
    says = "The beginning is proposed from the record: the group, the day and the kinds of members who were there."
    if proposed.items:
        says += f" {plural(proposed.items, 'item')} on the agenda named no organisation and nobody’s interest."
    return f"{says} Nothing of what was said is taken over: write it anew, for somebody who was not there."
