"""Where is information lacking? The blind spots of every subject at once, as far as a reader hears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from numpy.typing import NDArray

from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Viewer
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant, SignalKind, row_of
from sightline.core.triangulation import CELLS, BlindTally, count_blind
from sightline.core.triangulation.blindness import Heard
from sightline.core.triangulation.evidence import Evidence, Floors, floors_on
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Relation, Subject
from sightline.directory.queries import subjects_within
from sightline.directory.words import Link
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Rating, Series, Signal
from sightline.indicators.queries import catalogue
from sightline.indicators.rating import OVERALL, SOURCE
from sightline.intelligence.models import NamedReader, Sighting
from sightline.triangulation.queries.deliberating import open_to
from sightline.triangulation.queries.evidence import (
    QUESTIONS,
    Place,
    confirmed_among,
    from_signal,
    judged_about,
    places_of,
)
from sightline.triangulation.queries.picture import rules_of_triangulation

PLACE: Mapping[tuple[Dimension, Quadrant], int] = {cell: number for number, cell in enumerate(CELLS)}
_WORDS = frozenset({Quadrant.INTERNAL_QUALITATIVE, Quadrant.EXTERNAL_QUALITATIVE})
AT_ONCE = 5_000
_OLD = 1  # a day before any that is fresh


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
    chosen = {str(key) for key in open_to(viewer, subjects).order_by().values_list("pk", flat=True)}
    order = [tally for tally in _tallies(_as_any(viewer), on, row) if tally.subject in chosen]
    shown = order[first : first + count]
    records = Subject.objects.select_related("organisation").in_bulk([UUID(tally.subject) for tally in shown])
    return [BlindRow(records[UUID(tally.subject)], tally) for tally in shown], len(order)


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
    found = [one for one in _one_sided(_as_any(viewer), on) if one.subject in order]
    return sorted(found, key=lambda one: (order[one.subject], ROWS.index(one.row)))


def _as_any(viewer: Viewer) -> Viewer:
    """Whoever is on nobody's list hears what all others of the same groups hear: what was counted serves them all."""
    is_named = NamedReader.objects.filter(actor_id=viewer.actor_id).exists()
    return viewer if is_named else replace(viewer, actor_id="")


@until_anything_changes
def _tallies(viewer: Viewer, on: date, row: Dimension | None) -> tuple[BlindTally, ...]:
    keys, heard = _heard(viewer, on)
    wanted = frozenset(product(ROWS if row is None else (row,), Quadrant))
    return count_blind(heard, dict.fromkeys(keys, wanted), on, rules_of_triangulation(on).freshness)


@until_anything_changes
def _one_sided(viewer: Viewer, on: date) -> tuple[OneSided, ...]:
    keys, heard = _heard(viewer, on)
    known = np.zeros((len(keys), len(CELLS)), dtype=np.bool_)
    known[heard[:, 0], heard[:, 1]] = True
    by_row = known.reshape(len(keys), len(ROWS), len(Quadrant))
    in_words = np.array([quadrant in _WORDS for quadrant in Quadrant])
    words: NDArray[np.bool_] = np.logical_or.reduce(by_row[:, :, in_words], axis=2)
    figures: NDArray[np.bool_] = np.logical_or.reduce(by_row[:, :, ~in_words], axis=2)
    places = {key: place for place, key in enumerate(keys)}
    found = []
    for subject, row in sorted(_concerns(viewer, on)):
        at = places[str(subject)], ROWS.index(row)
        lacks = OneSided(subject, row, lacks_figures=not figures[at], lacks_words=not words[at])
        if lacks.lacks_figures or lacks.lacks_words:
            found.append(lacks)
    return tuple(found)


# --- what was heard: a line for each subject, cell and source


def _heard(viewer: Viewer, on: date) -> tuple[list[str], Heard]:
    """Which sources they are matters less than whether there are two, and when exactly less than whether it is fresh."""
    floors = floors_on(on, rules_of_triangulation(on).freshness)
    rows = Subject.objects.order_by("pk").values_list(_bare("pk"), flat=True)
    bare = list(rows)
    numbers = {key: place for place, key in enumerate(bare)}
    roads: dict[str, int] = {}
    fresh = on.toordinal()
    lines = [
        (numbers[subject], cell, roads.setdefault(origin, len(roads)), fresh if is_fresh else _OLD)
        for subject, cells, origin, is_fresh in _lines(viewer, on, floors)
        for cell in cells
    ]
    return [str(UUID(str(key))) for key in bare], np.array(lines, dtype=np.int64).reshape(-1, 4)


def _bare(key: str) -> ExpressionWrapper[Any]:
    """A key as the database gives it: to make a hundred thousand UUIDs takes longer than to count by them."""
    return ExpressionWrapper(F(key), output_field=CharField())


_Line = tuple[Any, tuple[int, ...], str, bool]


def _lines(viewer: Viewer, on: date, floors: Floors) -> Iterator[_Line]:
    places = places_of(catalogue(), on)
    yield from _told(viewer, floors)
    yield from _measured(places, floors)
    yield from _rated(places, on, floors)
    yield from _noticed(places, on, floors)


def _told(viewer: Viewer, floors: Floors) -> Iterator[_Line]:
    """Two voices are enough to know that a cell has more than one, so the first and the last by name are read."""
    rows = (
        Sighting.objects.heard_by(viewer)
        .exclude(row="")
        .exclude(quadrant="")
        .values("row", "quadrant", bare=_bare("subject"))
        .annotate(one=Min("origin", filter=_fresh(floors)), other=Max("origin", filter=_fresh(floors)))
        .order_by()
    )
    cells = {(row.value, quadrant.value): (number,) for (row, quadrant), number in PLACE.items()}
    for subject, row, quadrant, one, other in rows.values_list("bare", "row", "quadrant", "one", "other").iterator(
        AT_ONCE
    ):
        yield subject, cells[row, quadrant], one or "", one is not None
        if other != one:
            yield subject, cells[row, quadrant], other, True


def _fresh(floors: Floors) -> Q:
    """What is recent enough for every kind of source is looked at once; only the rest asks for the kind."""
    newest = max(floors.values())
    either = Q(heard_on__gte=newest)
    for quadrant in Quadrant:
        if floors[quadrant] < newest:
            either |= Q(heard_on__gte=floors[quadrant], quadrant=quadrant.value)
    return either


def _measured(places: Mapping[str, Place], floors: Floors) -> Iterator[_Line]:
    cells: dict[str, tuple[tuple[int, ...], str]] = {}
    reaches = Q(pk__in=[])
    for quadrant in Quadrant:
        names = [name for name, place in places.items() if place.quadrant is quadrant and place.rows]
        cells |= {name: (_cells_of(places[name].rows, quadrant), places[name].origin) for name in names}
        reaches |= Q(indicator__in=names, last_on__gte=floors[quadrant])
    # A number, because a hundred thousand of the database's words for true would each be turned into ours.
    fresh = Case(When(reaches, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = Series.objects.filter(indicator__in=cells).order_by().values_list(_bare("subject"), "indicator", fresh)
    # Many indicators come by one road into the same cells: each such line is given once.
    yield from {(subject, *cells[name], bool(is_fresh)) for subject, name, is_fresh in rows.iterator(AT_ONCE)}


def _rated(places: Mapping[str, Place], on: date, floors: Floors) -> Iterator[_Line]:
    """The regulator's answers about a subject, and about each site that it runs."""
    quadrant = places[OVERALL].quadrant if OVERALL in places else None
    if quadrant is None:
        return
    runners: dict[Any, list[Any]] = {}
    running = Relation.objects.valid_on(on).filter(link=Link.OPERATED_BY).order_by()
    for runner, site in running.values_list(_bare("target__subjects"), _bare("origin__subjects")):
        if runner is not None and site is not None:
            runners.setdefault(site, []).append(runner)
    rows = Rating.objects.filter(about__in=QUESTIONS, service="").values("about", bare=_bare("subject"))
    latest = rows.annotate(until=Max("published_on")).order_by()
    for subject, about, until in latest.values_list("bare", "about", "until"):
        cells = _cells_of((QUESTIONS[about],), quadrant)
        for one in (subject, *runners.get(subject, ())):
            yield one, cells, SOURCE, until >= floors[quadrant]


def _noticed(places: Mapping[str, Place], on: date, floors: Floors) -> Iterator[_Line]:
    """What stands without figures of its own that reach as far: a published outlier, say, and confirmed ratings."""
    measured = Series.objects.filter(
        subject=OuterRef("subject"), indicator=OuterRef("measure"), last_on__gte=OuterRef("until")
    )
    for signal, evidence in _evidence_of_signals(places, on, _standing().filter(~Exists(measured))):
        if evidence.quadrant is not None:
            fresh = evidence.until >= floors[evidence.quadrant]
            yield signal, _cells_of(evidence.rows, evidence.quadrant), evidence.origin, fresh


def _standing() -> QuerySet[Signal]:
    absent = [kind.value for kind in ABSENCES]
    return Signal.objects.current().exclude(subject=None).exclude(kind__in=absent)


def _evidence_of_signals(
    places: Mapping[str, Place], on: date, signals: QuerySet[Signal]
) -> Iterator[tuple[Any, Evidence]]:
    """Each with the bare key of its subject; ratings only once they are confirmed."""
    bare = dict(signals.values_list("pk", _bare("subject")))
    confirmed = confirmed_among(signals)
    judged = judged_about(on, {one.subject_id for one in confirmed if one.subject_id}, Subject.objects.all())
    for signal in (*signals.exclude(kind=SignalKind.RATING.value), *confirmed):
        made = from_signal(signal, places, judged)
        if made is not None:
            yield bare[signal.pk], made


def _concerns(viewer: Viewer, on: date) -> set[tuple[UUID, Dimension]]:
    """The subjects and rows in which a fresh concern stands."""
    floors = floors_on(on, rules_of_triangulation(on).freshness)
    told = Sighting.objects.heard_by(viewer).filter(_fresh(floors), bearing=Bearing.CONCERN.value).exclude(row="")
    found = {(subject, Dimension(row)) for subject, row in told.order_by().values_list("subject", "row").distinct()}
    places = places_of(catalogue(), on)
    for subject, evidence in _evidence_of_signals(places, on, _standing().filter(bearing=Bearing.CONCERN.value)):
        if evidence.until >= floors[evidence.quadrant]:
            found |= {(UUID(str(subject)), row) for row in evidence.rows}
    return found


def _cells_of(rows: Iterable[Dimension], quadrant: Quadrant) -> tuple[int, ...]:
    return tuple(PLACE[row, quadrant] for row in dict.fromkeys(map(row_of, rows)))
