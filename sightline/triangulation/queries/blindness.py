"""Where is information lacking? The blind spots of every subject at once, as far as a reader hears."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Viewer
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant
from sightline.core.triangulation import CELLS, BlindTally, count_blind
from sightline.core.triangulation.evidence import Floors, floors_on
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_within
from sightline.groups.viewers import viewer_of
from sightline.indicators.queries import catalogue
from sightline.intelligence.models import Sighting
from sightline.intelligence.queries import hearing_alike
from sightline.intelligence.queries.evidence import written
from sightline.triangulation.queries.deliberating import open_to
from sightline.triangulation.queries.evidence import places_of
from sightline.triangulation.queries.hearing import evidence_of_signals, heard_of_all, standing
from sightline.triangulation.queries.picture import rules_of_triangulation

_WORDS = frozenset({Quadrant.INTERNAL_QUALITATIVE, Quadrant.EXTERNAL_QUALITATIVE})


@dataclass(frozen=True, slots=True)
class BlindRow:
    """One subject of the page, and how many of its cells are blind in which way."""

    subject: Subject
    tally: BlindTally


@dataclass(frozen=True, slots=True)
class OneSided:
    """A concern that stands in a row in which nobody speaks in figures, or nobody in words."""

    subject: UUID
    row: Dimension
    lacks_figures: bool
    lacks_words: bool


def blind_page(
    actor: Actor, on: date, subjects: QuerySet[Subject], first: int, count: int, row: Dimension | None = None
) -> tuple[list[BlindRow], int]:
    """This function will give one stretch of these subjects, the blindest first, and how many there are (INT-14).

    With a row of the matrix, only its cells count.
    """
    viewer = viewer_of(actor, on)
    chosen = set(open_to(viewer, subjects).order_by().values_list(written("pk"), flat=True))
    order = [tally for tally in _tallies(hearing_alike(viewer), on, row) if tally.subject in chosen]
    shown = {UUID(tally.subject): tally for tally in order[first : first + count]}
    records = Subject.objects.select_related("organisation").in_bulk(shown)
    rows = [BlindRow(records[key], replace(tally, subject=str(key))) for key, tally in shown.items()]
    return rows, len(order)


def subjects_asked_for(actor: Actor, on: date, kind: str, sector: str, area: str) -> QuerySet[Subject]:
    """This function will choose open subjects that the actor may see, filtered as asked."""
    found = Subject.objects.visible_to(actor, on).open_on(on)
    if kind:
        found = found.filter(kind=kind)
    if sector:
        found = found.filter(sector=sector)
    return found.filter(pk__in=subjects_within(area, on).values("pk")) if area else found


def one_sided(actor: Actor, on: date, subjects: QuerySet[Subject]) -> list[OneSided]:
    """This function will name, subject by subject, the concerns that only figures or only words speak of (INT-14).

    Good figures must not reassure where nobody was asked, nor words stand alone for want of figures (QSG 2017 ¶114).
    """
    viewer = viewer_of(actor, on)
    named = open_to(viewer, subjects).order_by("name", "key").values_list("pk", flat=True)
    order = {key: place for place, key in enumerate(named)}
    found = [one for one in _one_sided(hearing_alike(viewer), on) if one.subject in order]
    return sorted(found, key=lambda one: (order[one.subject], ROWS.index(one.row)))


@until_anything_changes
def _tallies(viewer: Viewer, on: date, row: Dimension | None) -> tuple[BlindTally, ...]:
    subjects, heard = heard_of_all(viewer, on)
    wanted = frozenset(product(ROWS if row is None else (row,), Quadrant))
    return count_blind(heard, dict.fromkeys(subjects.keys, wanted), on, rules_of_triangulation(on).freshness)


@until_anything_changes
def _one_sided(viewer: Viewer, on: date) -> tuple[OneSided, ...]:
    subjects, heard = heard_of_all(viewer, on)
    known = np.zeros((len(subjects.keys), len(CELLS)), dtype=np.bool_)
    known[heard[:, 0], heard[:, 1]] = True
    by_row = known.reshape(len(known), len(ROWS), len(Quadrant))
    in_words = np.array([quadrant in _WORDS for quadrant in Quadrant])
    words: NDArray[np.bool_] = np.logical_or.reduce(by_row[:, :, in_words], axis=2)
    figures: NDArray[np.bool_] = np.logical_or.reduce(by_row[:, :, ~in_words], axis=2)
    found = []
    for subject, row in sorted(_concerns(viewer, on)):
        number = subjects.number(subject)
        if number is None:
            continue
        at = number, ROWS.index(row)
        lacks = OneSided(subject, row, lacks_figures=not figures[at], lacks_words=not words[at])
        if lacks.lacks_figures or lacks.lacks_words:
            found.append(lacks)
    return tuple(found)


def _fresh(floors: Floors) -> Q:
    """What is recent enough for every kind of source is looked at once; only the rest asks for the kind."""
    newest = max(floors.values())
    either = Q(heard_on__gte=newest)
    for quadrant in Quadrant:
        if floors[quadrant] < newest:
            either |= Q(heard_on__gte=floors[quadrant], quadrant=quadrant.value)
    return either


def _concerns(viewer: Viewer, on: date) -> set[tuple[UUID, Dimension]]:
    """The subjects and rows in which a fresh concern stands."""
    floors = floors_on(on, rules_of_triangulation(on).freshness)
    told = Sighting.objects.heard_by(viewer).filter(_fresh(floors), bearing=Bearing.CONCERN.value).exclude(row="")
    pairs = told.order_by().values_list("subject", "row").distinct()
    found = {(subject, Dimension(row)) for subject, row in pairs}
    places = places_of(catalogue(), on)
    for subject, evidence in evidence_of_signals(places, on, standing().filter(bearing=Bearing.CONCERN.value)):
        if evidence.until >= floors[evidence.quadrant]:
            found |= {(subject, row) for row in evidence.rows}
    return found
