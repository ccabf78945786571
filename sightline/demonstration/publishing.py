"""What the demonstration publishes: its system’s group, the key points of its first meeting; the second’s wait."""

from __future__ import annotations

from datetime import datetime

from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.scene import Deed, Scene
from sightline.meetings.models import Meeting
from sightline.publication.giving import Point, Written
from sightline.publication.operations import clear_key_points, list_group, propose_key_points, release_key_points
from sightline.publication.queries.key_points import proposed_of

FIRST = (
    "The group did not have enough of its members there to decide anything. It spoke, and it will decide next time.",
    "Members shared what they hear from people who use care at night and from those who work then.",
    "The group asks every body to come, or to send somebody who may speak for it.",
)
SECOND = (
    "The group is worried about how many nurses work at night on some wards. It asks for the figures every week.",
    "It heard that people who speak little English wait longer, and will look at this at its next meeting.",
    "It went through what was agreed before. What is late has a new day or was handed on.",
)
IS_FOR = (
    "Hospitals, general practices, councils, the ICB and people who use care tell each other where care worries them, "
    "and agree what to do about it."
)


def _propose(scene: Scene, at: datetime, key: str, points: tuple[str, ...]) -> None:
    meeting = _meeting(key)
    written = Written(proposed_of(meeting).opening, tuple(Point(one) for one in points))
    propose_key_points(
        by=scene.by(Part.SECRETARY), at=at, meeting=meeting, seen=0, written=written, form_key=form_key(f"points-{key}")
    )


def _clear(scene: Scene, at: datetime) -> None:
    clear_key_points(by=scene.by(Part.CHAIR), at=at, meeting=_meeting("first"), seen=1)


def _release(scene: Scene, at: datetime) -> None:
    release_key_points(by=scene.by(Part.SECRETARY), at=at, meeting=_meeting("first"), seen=1)


def _list(scene: Scene, at: datetime) -> None:
    group = _meeting("first").group
    list_group(
        by=scene.by(Part.CHAIR),
        at=at,
        group=group,
        seen=0,
        purpose=IS_FOR,
        tells_days=True,
        form_key=form_key("listed"),
    )


def _meeting(key: str) -> Meeting:
    return Meeting.objects.get(form_key=form_key(f"meeting-{key}"))


PUBLISHED = (
    Deed(55, lambda scene, at: _propose(scene, at, "first", FIRST)),
    Deed(54, _clear),
    Deed(53, _release),
    Deed(52, _list),
    Deed(20, lambda scene, at: _propose(scene, at, "second", SECOND)),
)
