"""Brings the demonstration's words to life: everything by the operations, each on its day, as it would have happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.signals import SignalKind
from sightline.demonstration.acting import ACTED
from sightline.demonstration.agreed import AGREED
from sightline.demonstration.agreeing import AGREED_TO
from sightline.demonstration.cast import Part
from sightline.demonstration.convening import CONVENED
from sightline.demonstration.cycling import CYCLED
from sightline.demonstration.deeds import DEEDS
from sightline.demonstration.geography import MAIN
from sightline.demonstration.governing import GOVERNED
from sightline.demonstration.improving import IMPROVED
from sightline.demonstration.in_writing import WRITTEN
from sightline.demonstration.meeting_up import MET
from sightline.demonstration.partners import PARTNERS
from sightline.demonstration.passing import PASSED
from sightline.demonstration.planning import PLANNED
from sightline.demonstration.publishing import PUBLISHED
from sightline.demonstration.recording import RECORDED
from sightline.demonstration.reflecting import REFLECTED
from sightline.demonstration.reporting import REPORTED
from sightline.demonstration.risky import RISKY
from sightline.demonstration.scene import Deed, Scene, play, told
from sightline.demonstration.tales import STORIES
from sightline.demonstration.tales_kinds import KINDS
from sightline.demonstration.tales_misleading import MISLEADING
from sightline.directory.operations import take_in
from sightline.directory.records import OrganisationRecord
from sightline.intake.contract import Parsed
from sightline.intelligence.bringing import bring
from sightline.intelligence.models import Item
from sightline.intelligence.operations import review_many, take_in_text
from sightline.intelligence.words import DeliveryState, Kind, Outcome
from sightline.triangulation.operations import review_ratings
from sightline.triangulation.queries import current_signals

BEGAN = 460  # days ago: the group began
INVITED = 1_200  # days ago: its people were invited, of whom one answered a request long before the group began
FILES_CAME, REVIEWED, RATINGS_SEEN = 6, 5, 4  # days ago
REBUILT = "1-999000085"  # a hospital whose rating is about a building that it has left
LEFT_TO_REVIEW = 12  # of the newest published items, and of the ratings one in so many


def know_partners(by: Actor, at: datetime) -> None:
    """This function will enter the partners of whom no list tells."""
    records = [OrganisationRecord(code=one.code, name=one.name, kind=one.kind) for one in PARTNERS]
    take_in(by=by, at=at, parsed=Parsed("partners", "Partners of the group", records=records))


def bring_to_life(people: Mapping[Part, Person], now: datetime, files: Sequence[Path]) -> list[str]:
    """This function will have people tell, refer, answer and review; what a file has to mend is given back in words."""
    scene = Scene(people, now)
    said: list[str] = []
    play(
        scene,
        [
            *(told(tale) for tale in (*STORIES, *MISLEADING, *KINDS)),
            *DEEDS,
            *AGREED,
            *GOVERNED,
            *PASSED,
            *RISKY,
            *PLANNED,
            *IMPROVED,
            *CONVENED,
            *AGREED_TO,
            *REFLECTED,
            *ACTED,
            *MET,
            *CYCLED,
            *WRITTEN,
            *PUBLISHED,
            *REPORTED,
            *RECORDED,
            Deed(FILES_CAME, lambda scene, at: said.extend(_files(scene, at, files))),
            Deed(REVIEWED, _reviewed),
            Deed(RATINGS_SEEN, _ratings_seen),
        ],
    )
    return said


def _files(scene: Scene, at: datetime, files: Sequence[Path]) -> list[str]:
    """The secretary brings the files of words in; what bears no day of its own is of the day before."""
    by = scene.by(Part.SECRETARY)
    readers = (scene.by(Part.QUALITY_LEAD).actor_id,)
    said = []
    for path in files:
        brought = bring(path.name, path.read_bytes(), timezone.localdate(at))
        done = take_in_text(
            by=by, at=at, brought=brought, system=MAIN.code, as_of=scene.day(FILES_CAME + 1), readers=readers,
            why_fewer="Whoever told it asked that few know of their part in it.",
        )  # fmt: skip
        if done.state != DeliveryState.SETTLED.value:
            said.append(f"{done.file_name}: {done.says}")
    return said


def _reviewed(scene: Scene, at: datetime) -> None:
    """The secretary reviews what was published, and leaves the newest and whatever waits for a name."""
    by = scene.by(Part.SECRETARY)
    found = Item.objects.visible_to(by, timezone.localdate(at)).filter(counts=False, reviews=None, unplaced=None)
    # Of coroners' reports only those wait that name somebody whom the matching could not place.
    for kind, left in ((Kind.DEATH_REPORT, 0), (Kind.ENFORCEMENT, 1), (Kind.COMMENT, LEFT_TO_REVIEW)):
        items = list(found.filter(kind=kind.value).order_by("heard_on", "source_key"))
        review_many(
            by=by, at=at, items=items[: len(items) - left], outcome=Outcome.ACCEPTED,
            because="Read: it is about this body, and names nobody.",
        )  # fmt: skip


def _ratings_seen(scene: Scene, at: datetime) -> None:
    """The quality lead confirms published ratings, sets one aside, and leaves some for tomorrow."""
    by, today = scene.by(Part.QUALITY_LEAD), timezone.localdate(at)
    found = current_signals(by, today).filter(kind=SignalKind.RATING.value).exclude(subject=None)
    ratings = list(found.order_by("subject__key", "measure"))
    aside = [one for one in ratings if one.subject_id == scene.subject(REBUILT).pk]
    later = ratings[LEFT_TO_REVIEW - 1 :: LEFT_TO_REVIEW]
    now = [one for one in ratings if one not in aside and one not in later]
    review_ratings(by=by, at=at, signals=now, counts=True)
    because = "It is about the old building. The hospital has moved since, and nobody has inspected the new one."
    review_ratings(by=by, at=at, signals=aside, counts=False, because=because)
