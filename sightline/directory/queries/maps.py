"""Shapes for a map of today's systems, made of the outlines that were published before boards merged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sightline.audit.keeping import until_anything_changes
from sightline.directory.models import Boundary, Organisation
from sightline.directory.queries.footprint import Footprint, footprint_now
from sightline.directory.words import Kind

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class MapShape:
    """An area on a map: its rings in longitude and latitude.

    ``made_of`` names the former areas whose outlines make up a merged one. ``is_incomplete`` says that part of
    it lies in the outline of a divided area. A divided area is a shape itself, with ``divided_among`` filled.
    """

    code: str
    name: str
    rings: tuple[Ring, ...]
    made_of: tuple[str, ...] = ()
    is_incomplete: bool = False
    divided_among: tuple[str, ...] = ()


@until_anything_changes
def map_shapes(on: date) -> tuple[MapShape, ...]:
    """This function will give the shapes of the systems of a day, and of divided areas nobody can yet redraw (ORG-03)."""
    outlines: dict[object, tuple[Ring, ...]] = {}
    rows = Boundary.objects.exclude(organisation=None).order_by("recorded_at", "pk")
    for pk, outline in rows.values_list("organisation_id", "outline"):
        outlines[pk] = tuple(tuple((x, y) for x, y in ring) for ring in json.loads(outline))
    boards = list(Organisation.objects.filter(kind=Kind.ICB))
    footprint = footprint_now()
    shapes = [shape for board in boards if (shape := _shape(board, boards, outlines, footprint, on))]
    return tuple(sorted(shapes, key=lambda shape: shape.name))


def _shape(
    board: Organisation,
    boards: list[Organisation],
    outlines: dict[object, tuple[Ring, ...]],
    footprint: Footprint,
    on: date,
) -> MapShape | None:
    names = {one.pk: one.name for one in boards}
    if footprint.is_divided(board.pk, on):
        heirs = tuple(sorted(names.get(heir, "") for heir in footprint.heirs(board.pk)))
        rings = outlines.get(board.pk)
        return MapShape(board.code, board.name, rings, divided_among=heirs) if rings else None
    if not board.is_open(on):
        return None
    whole = [one for one in boards if one.pk != board.pk and board.pk in footprint.above(one.pk, on)]
    parts = [one for one in boards if footprint.is_divided(one.pk, on) and board.pk in footprint.heirs(one.pk)]
    rings = outlines.get(board.pk, ()) + tuple(ring for one in whole for ring in outlines.get(one.pk, ()))
    if not rings:
        return None
    return MapShape(
        board.code,
        board.name,
        rings,
        made_of=tuple(sorted(one.name for one in whole)),
        is_incomplete=bool(parts),
    )
