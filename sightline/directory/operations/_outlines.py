"""Boundaries as they come in; each finds its area by code, now or once a list has named it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sightline.directory.models import Boundary
from sightline.directory.records import BoundaryRecord


def add_boundaries(records: Sequence[BoundaryRecord], source: str, at: datetime) -> int:
    """This function will add the outlines that are new and count them."""
    if not records:
        return 0
    known = set(Boundary.objects.filter(source=source).values_list("code", "geometry_hash"))
    fresh = [
        Boundary(
            code=record.code,
            name=record.name,
            geometry=record.geometry,
            geometry_hash=digest,
            outline=record.outline,
            source=source,
            recorded_at=at,
        )
        for record in records
        if (record.code, digest := hashlib.sha256(record.geometry.encode()).hexdigest()) not in known
    ]
    Boundary.objects.bulk_create(fresh)
    return len(fresh)
