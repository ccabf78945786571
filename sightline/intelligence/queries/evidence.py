"""Soft intelligence as evidence: what counts about subjects, for somebody, without a word of what was said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from sightline.core.access import Actor, Viewer
from sightline.core.signals import Bearing, Dimension, Quadrant
from sightline.core.triangulation.evidence import Certainty, Evidence
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import NamedReader, Sighting
from sightline.intelligence.words import Kind

AT_ONCE = 5_000

# A row of what was heard: which subject and item, which row of the matrix, and what every row of one item has alike.
_Heard = tuple[str, str, str, str, str, str, str, date, str]
_FIELDS = ("row", "quadrant", "origin", "bearing", "certainty", "heard_on", "item__kind")


def evidence_about(actor: Actor, on: date, subjects: Collection[UUID]) -> dict[UUID, list[Evidence]]:
    """This function will give what the actor may hear of these subjects as evidence, one piece for each item."""
    heard = Sighting.objects.heard_by(viewer_of(actor, on)).filter(subject__in=subjects)
    rows = heard.order_by("heard_on", "item", "subject", "row").values_list(
        written("subject"), written("item"), *_FIELDS
    )
    found: dict[UUID, list[Evidence]] = {key: [] for key in subjects}
    known: dict[str, UUID] = {}
    for (subject, item), same in groupby(rows.iterator(AT_ONCE), key=itemgetter(0, 1)):
        key = known.get(subject) or known.setdefault(subject, UUID(subject))
        found[key].append(_evidence(str(key), str(UUID(item)), list(same)))
    return found


def written(key: str) -> Cast:
    """This function will give a key as the database writes it: to make UUIDs of many takes longer than to count them."""
    return Cast(key, TextField())


def hearing_alike(viewer: Viewer) -> Viewer:
    """This function will give a viewer without their name, for what was counted to serve all who hear the same.

    Whoever is on no item's own list hears what all others of the same groups hear; nobody else loses their name.
    """
    is_named = viewer.hears and NamedReader.objects.filter(actor_id=viewer.actor_id).exists()
    return viewer if is_named else replace(viewer, actor_id="")


def _evidence(subject: str, item: str, same: list[_Heard]) -> Evidence:
    _, _, _, quadrant, origin, bearing, certainty, heard_on, kind = same[0]
    return Evidence(
        key=f"item:{item}",
        subject=subject,
        rows=tuple(Dimension(one[2]) for one in same if one[2]),
        quadrant=Quadrant(quadrant) if quadrant else None,
        origin=origin,
        bearing=Bearing(bearing),
        since=heard_on,
        until=heard_on,
        hard=False,
        certainty=Certainty(certainty) if certainty else Certainty.UNKNOWN,
        changed=True,
        label=Kind(kind).value,
    )
