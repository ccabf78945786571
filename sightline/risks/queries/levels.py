"""At which level the subjects of risks stand, as far as a reader of the register may know."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.groups.viewers import viewer_of
from sightline.surveillance.models import LevelDecision
from sightline.surveillance.queries import Guidance, standings_of


def levels_for(
    actor: Actor, on: date, subjects: Collection[UUID], guidance: Guidance, day: date, known_on: date | None = None
) -> Mapping[UUID, str]:
    """This function will name the level of each subject on a day; of those the reader may not know it says nothing."""
    known = frozenset(subjects) - unknown_levels(actor, on, subjects)
    found = standings_of(known, guidance, day, known_on=known_on)
    return {pk: one.level.name for pk, one in found.items()}


def unknown_levels(actor: Actor, on: date, subjects: Collection[UUID]) -> frozenset[UUID]:
    """This function will give the subjects whose level is not for the reader.

    Where one decision about a subject is closed to them, so is its level: a part of the story would tell it wrongly.
    Whoever hears of the matter through their region alone knows of no level that never reached it (PER-09).
    """
    rows = LevelDecision.objects.filter(subject__in=subjects).order_by()
    seen = LevelDecision.objects.visible_to(actor, on).filter(subject__in=subjects).order_by()
    unknown = frozenset(rows.exclude(pk__in=seen.values("pk")).values_list("subject", flat=True))
    if viewer_of(actor, on).hears:
        return unknown
    return unknown | (frozenset(subjects) - frozenset(seen.values_list("subject", flat=True)))
