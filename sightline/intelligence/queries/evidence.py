"""Soft intelligence as evidence: what counts about subjects, for somebody, without a word of what was said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.core.signals import Bearing, Dimension, Quadrant
from sightline.core.triangulation.evidence import Certainty, Evidence
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Sighting
from sightline.intelligence.words import Kind


def evidence_about(actor: Actor, on: date, subjects: Collection[UUID]) -> dict[UUID, list[Evidence]]:
    """This function will give what the actor may hear of these subjects as evidence, one piece for each item."""
    rows = Sighting.objects.heard_by(viewer_of(actor, on)).filter(subject__in=subjects)
    seen: dict[tuple[UUID, UUID], list[Sighting]] = {}
    for row in rows.select_related("item").order_by("heard_on", "item", "row"):
        seen.setdefault((row.subject_id, row.item_id), []).append(row)
    found: dict[UUID, list[Evidence]] = {key: [] for key in subjects}
    for (subject, _), sightings in seen.items():
        found[subject].append(_evidence(sightings))
    return found


def _evidence(sightings: list[Sighting]) -> Evidence:
    one = sightings[0]
    return Evidence(
        key=f"item:{one.item_id}",
        subject=str(one.subject_id),
        rows=tuple(Dimension(row.row) for row in sightings if row.row),
        quadrant=Quadrant(one.quadrant) if one.quadrant else None,
        origin=one.origin,
        bearing=Bearing(one.bearing),
        since=one.heard_on,
        until=one.heard_on,
        hard=False,
        certainty=Certainty(one.certainty) if one.certainty else Certainty.UNKNOWN,
        changed=True,
        label=Kind(one.item.kind).value,
    )
