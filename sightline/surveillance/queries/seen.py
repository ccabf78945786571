"""The level of a subject as one reader may know it: for pages that show subjects and do not ask about levels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from sightline.core.access import Actor, Permission, may
from sightline.core.rulebook.levels import Levels
from sightline.core.surveillance.facts import Standing
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.surveillance.models import LevelDecision
from sightline.surveillance.queries.standing import guidance_for, standings_of


@dataclass(frozen=True, slots=True)
class SeenLevel:
    """Where a subject stands, by the guidance of the system's group, and when that is looked at again."""

    standing: Standing
    levels: Levels
    next_review_on: date | None = None

    @property
    def is_lowest(self) -> bool:
        """Whether it is the level of those that nobody is worried about."""
        return self.standing.level.rank == 1


def levels_seen(actor: Actor, on: date, subjects: Collection[UUID], system: str = "") -> Mapping[UUID, SeenLevel]:
    """This function will say where each of some subjects stands, for those of which the reader may know it.

    A subject whose level the reader may not read is left out, and is not said to stand at the lowest.
    """
    if not subjects or not may(actor, Permission.SEE_LEVELS, on):
        return {}
    guidance = guidance_for(system or settings.HOME_SYSTEM, on)
    standing = standings_of(subjects, guidance, on)
    moved = LevelDecision.objects.filter(subject__in=subjects, effective_on__lte=on).order_by("subject", "-number")
    newest: dict[UUID, LevelDecision] = {}
    for one in moved.only("subject", "number", "next_review_on", "system", "proposal"):
        newest.setdefault(one.subject_id, one)
    readable = set(
        LevelDecision.objects.visible_to(actor, on)
        .filter(pk__in=[one.pk for one in newest.values()])
        .values_list("subject", flat=True)
    )
    never_moved = _open_to(actor, on, set(subjects) - set(newest))
    review = {pk: one.next_review_on for pk, one in newest.items()}
    known = [pk for pk in subjects if pk in readable or pk in never_moved]
    return {pk: SeenLevel(standing[pk], guidance.levels.levels, review.get(pk)) for pk in known}


def _open_to(actor: Actor, on: date, subjects: Collection[UUID]) -> set[UUID]:
    """Of the subjects that nobody ever moved, those about which the reader hears in the group."""
    viewer = viewer_of(actor, on)
    if not viewer.hears or not subjects:
        return set()
    found = Subject.objects.filter(pk__in=subjects).exclude(pk__in=viewer.conflicts)
    if viewer.organisations:
        found = found.exclude(organisation__code__in=viewer.organisations)
    return set(found.values_list("pk", flat=True))
