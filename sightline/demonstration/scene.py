"""The demonstration as it comes to life: its people, what they have told so far, and the moment of each deed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Handling
from sightline.demonstration.cast import PEOPLE, Part
from sightline.demonstration.geography import MAIN
from sightline.demonstration.tale import Tale
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import subjects_by_code
from sightline.intelligence.giving import Given, Way, Words
from sightline.intelligence.models import Item
from sightline.intelligence.operations import share
from sightline.intelligence.words import TagKind

_CAST = {one.part: one for one in PEOPLE}


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is there and what was told: ``items`` by the keys of their tales."""

    people: Mapping[Part, Person]
    now: datetime
    items: dict[str, Item] = field(default_factory=dict)

    def at(self, days: float) -> datetime:
        """This function will give the moment so many days before the demonstration is made."""
        return self.now - timedelta(days=days)

    def day(self, days: float) -> date:
        """This function will give the day of that moment."""
        return timezone.localdate(self.at(days))

    def by(self, part: Part) -> Person:
        """This function will give the person who plays a part."""
        return self.people[part]

    def body(self, code: str) -> Organisation:
        """This function will give the organisation of a code."""
        return Organisation.objects.get(code=code)

    def subject(self, code: str) -> Subject:
        """This function will give the subject of a code."""
        return subjects_by_code([code])[code]


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does so many days before the demonstration is made."""

    days: float
    do: Callable[[Scene, datetime], object]


def told(tale: Tale) -> Deed:
    """This function will have a tale shared on the day after it was heard."""

    def do(scene: Scene, at: datetime) -> None:
        scene.items[tale.key] = share(by=scene.by(tale.by), at=at, given=_given(tale, scene))

    return Deed(tale.days - 1, do)


def play(scene: Scene, deeds: list[Deed]) -> None:
    """This function will have everything done in its order, the oldest first, so that the record is as it would be."""
    for number, deed in enumerate(sorted(deeds, key=lambda one: -one.days)):
        # No two things are done at one moment, and nothing lies ahead of the clock.
        deed.do(scene, min(scene.at(deed.days) + timedelta(seconds=number), scene.now))


def _given(tale: Tale, scene: Scene) -> Given:
    giver = _CAST[tale.by]
    words = [Words(tale.text, tale.handling)]
    if tale.fewer:
        words.append(Words(tale.fewer, Handling.RESTRICTED))
    return Given(
        subjects=tuple(scene.subject(code) for code in tale.about),
        words=tuple(words),
        heard_on=scene.day(tale.days),
        handling=tale.handling,
        system=giver.system or MAIN.code,
        bearing=tale.bearing,
        kind=tale.kind,
        organisation=giver.organisation,
        wish=tale.wish,
        verbal_only=tale.verbal_only,
        channel=tale.channel,
        source=tale.source,
        certainty=tale.certainty,
        reliability=tale.reliability,
        credibility=tale.credibility,
        tags=(*((TagKind.DIMENSION, row.value) for row in tale.rows), *tale.tags),
        readers=tuple(scene.by(part).actor_id for part in tale.readers),
        why_fewer=tale.why_fewer,
        safeguarding=tale.safeguarding,
        practitioner=tale.practitioner,
        onward=tuple(Way(*way) for way in tale.onward),
    )
