"""What was heard of all subjects at once: which sources spoke to which cell of the matrix, and which of them lately."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Aggregate, Exists, OuterRef, Q, QuerySet, TextField
from numpy.typing import NDArray

from sightline.core.access import Viewer
from sightline.core.signals import Dimension, Quadrant, SignalKind, row_of
from sightline.core.triangulation import CELLS
from sightline.core.triangulation.blindness import Heard
from sightline.core.triangulation.evidence import Evidence, Floors, floors_on
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Relation, Subject
from sightline.directory.words import Link
from sightline.indicators.models import Rating, Series, Signal
from sightline.indicators.queries import catalogue
from sightline.indicators.rating import OVERALL, SOURCE
from sightline.intelligence.models import Sighting
from sightline.intelligence.queries.evidence import written
from sightline.triangulation.models import RatingReview
from sightline.triangulation.queries.evidence import (
    QUESTIONS,
    Place,
    confirmed_ratings,
    from_signal,
    judged_about,
    places_of,
)
from sightline.triangulation.queries.picture import rules_of_triangulation

_CELL: Mapping[tuple[Dimension, Quadrant], int] = {cell: number for number, cell in enumerate(CELLS)}
_OLD = 1  # a day before any that is fresh

_Places = NDArray[np.int64]  # where subjects stand among all


class _Joined(Aggregate):
    """The keys of many rows in one text: to fetch them row by row takes several times as long as to count by them."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, '')"

    def __init__(self, key: str, **extra: Any) -> None:
        super().__init__(written(key), **{"output_field": TextField(), **extra})

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """This function will say the same in PostgreSQL's words."""
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


class Subjects:
    """All subjects in the order of their keys, as the database writes these, so that a subject is a number."""

    def __init__(self) -> None:
        self.keys = list(Subject.objects.order_by("pk").values_list(written("pk"), flat=True))
        self._numbers = {key: place for place, key in enumerate(self.keys)}
        self._sorted = np.array([key.encode() for key in self.keys], dtype=np.bytes_)

    def number(self, subject: UUID) -> int | None:
        """This function will give the place of a subject; None where it was not there yet."""
        return self._numbers.get(subject.hex, self._numbers.get(str(subject)))

    def places(self, joined: str | None) -> _Places:
        """This function will find the subjects whose keys stand in a text; one that was not there yet is passed over."""
        if not joined or not self.keys:
            return np.empty(0, dtype=np.int64)
        named = np.frombuffer(joined.encode(), dtype=self._sorted.dtype)
        named = named[np.append(True, named[1:] != named[:-1])]  # an index gives what is the same in a row
        found: _Places = np.minimum(np.searchsorted(self._sorted, named), len(self.keys) - 1)
        there: _Places = found[self._sorted[found] == named]
        return there


@dataclass(frozen=True, slots=True)
class _Voice:
    """What came by one road into the same cells: of which subjects lately, and of which so long ago that it is stale."""

    cells: tuple[int, ...]
    origin: str
    lately: _Places
    before: _Places


def heard_of_all(viewer: Viewer, on: date) -> tuple[Subjects, Heard]:
    """This function will give all subjects, and a line for each subject, cell and source that was heard lately.

    Which sources they are matters less than whether there are two, and when exactly less than whether it is fresh. Of
    what is stale it matters only that it is there: one line stands for all of a cell.
    """
    subjects, roads = Subjects(), dict[str, int]()
    stale = np.zeros((len(subjects.keys), len(CELLS)), dtype=np.bool_)
    blocks = []
    for voice in _voices(viewer, on, subjects):
        origin = roads.setdefault(voice.origin, len(roads))
        for cell in voice.cells:
            stale[voice.before, cell] = True
            blocks.append(_block(voice.lately, cell, origin, on.toordinal()))
    places, cells = np.nonzero(stale)
    blocks.append(_block(places, cells, 0, _OLD))
    return subjects, np.concatenate(blocks, axis=1).T


def _block(places: _Places, cell: int | _Places, origin: int, until: int) -> _Places:
    block = np.empty((4, len(places)), dtype=np.int64)
    block[0], block[1], block[2], block[3] = places, cell, origin, until
    return block


def _voices(viewer: Viewer, on: date, subjects: Subjects) -> Iterator[_Voice]:
    floors = floors_on(on, rules_of_triangulation(on).freshness)
    places = places_of(catalogue(), on)
    yield from _told(viewer, floors, subjects)
    yield from _measured(places, floors, subjects)
    yield from _rated(places, on, floors, subjects)
    yield from _noticed(places, on, floors, subjects)


def _told(viewer: Viewer, floors: Floors, subjects: Subjects) -> Iterator[_Voice]:
    told = Sighting.objects.heard_by(viewer).exclude(row="").order_by()
    for quadrant in Quadrant:
        rows = told.filter(quadrant=quadrant.value).values_list("row", "origin")
        for row, origin, *some in rows.annotate(**_parted("heard_on", floors[quadrant])):
            yield _Voice((_CELL[Dimension(row), quadrant],), origin, *map(subjects.places, some))


def _measured(places: Mapping[str, Place], floors: Floors, subjects: Subjects) -> Iterator[_Voice]:
    for quadrant in Quadrant:
        names = [name for name, place in places.items() if place.quadrant is quadrant and place.rows]
        rows = Series.objects.filter(indicator__in=names).order_by().values_list("indicator")
        for name, *some in rows.annotate(**_parted("last_on", floors[quadrant])):
            cells = _cells_of(places[name].rows, quadrant)
            yield _Voice(cells, places[name].origin, *map(subjects.places, some))


def _parted(day: str, floor: date) -> dict[str, _Joined]:
    """The subjects of which something was heard lately, and those of which something was before."""
    fresh = Q(**{f"{day}__gte": floor})
    return {"lately": _Joined("subject", filter=fresh), "before": _Joined("subject", filter=~fresh)}


def _rated(places: Mapping[str, Place], on: date, floors: Floors, subjects: Subjects) -> Iterator[_Voice]:
    """The regulator's answers about a subject, and about each site that it runs."""
    quadrant = places[OVERALL].quadrant if OVERALL in places else None
    if quadrant is None:
        return
    running = _running(on, subjects)
    rows = Rating.objects.filter(about__in=QUESTIONS, service="").order_by().values_list("about")
    for about, *some in rows.annotate(**_parted("published_on", floors[quadrant])):
        both = [_with_runners(subjects.places(one), running) for one in some]
        yield _Voice(_cells_of((QUESTIONS[about],), quadrant), SOURCE, *both)


def _running(on: date, subjects: Subjects) -> _Places:
    """Who runs which site on the day: a runner and a site in each line."""
    pairs = Relation.objects.valid_on(on).filter(link=Link.OPERATED_BY).order_by()
    both = pairs.filter(target__subjects__isnull=False, origin__subjects__isnull=False)
    found = both.values_list("target__subjects", "origin__subjects")
    lines = [(subjects.number(runner), subjects.number(site)) for runner, site in found]
    return np.array([line for line in lines if None not in line], dtype=np.int64).reshape(-1, 2)


def _with_runners(places: _Places, running: _Places) -> _Places:
    return np.append(places, running[np.isin(running[:, 1], places), 0])


def _noticed(places: Mapping[str, Place], on: date, floors: Floors, subjects: Subjects) -> Iterator[_Voice]:
    """What stands without figures of its own that reach as far: a published outlier, say, and confirmed ratings."""
    measured = Series.objects.filter(
        subject=OuterRef("subject"), indicator=OuterRef("measure"), last_on__gte=OuterRef("until")
    )
    found: dict[tuple[tuple[int, ...], str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for subject, evidence in evidence_of_signals(places, on, standing().filter(~Exists(measured))):
        number = subjects.number(subject)
        if evidence.quadrant is not None and number is not None:
            voice = _cells_of(evidence.rows, evidence.quadrant), evidence.origin
            found[voice][evidence.until < floors[evidence.quadrant]].append(number)
    for (cells, origin), some in found.items():
        yield _Voice(cells, origin, *(np.array(one, dtype=np.int64) for one in some))


def standing() -> QuerySet[Signal]:
    """This function will choose the signals that stand about subjects; an absence is none."""
    absent = [kind.value for kind in ABSENCES]
    return Signal.objects.current().exclude(subject=None).exclude(kind__in=absent)


def evidence_of_signals(
    places: Mapping[str, Place], on: date, signals: QuerySet[Signal]
) -> Iterator[tuple[UUID, Evidence]]:
    """This function will give each signal as evidence, with its subject; a rating only once it is confirmed."""
    reviewed = RatingReview.objects.values("signal")
    found = list(signals.filter(~Q(kind=SignalKind.RATING.value) | Q(pk__in=reviewed)))
    ratings = [one for one in found if one.kind == SignalKind.RATING]
    confirmed = confirmed_ratings([one.pk for one in ratings])
    judged = judged_about(on, {one.subject_id for one in ratings if one.subject_id}, Subject.objects.all())
    for signal in found:
        made = from_signal(signal, places, judged)
        if made and signal.subject_id and (signal.kind != SignalKind.RATING or signal.pk in confirmed):
            yield signal.subject_id, made


def _cells_of(rows: Iterable[Dimension], quadrant: Quadrant) -> tuple[int, ...]:
    return tuple(_CELL[row, quadrant] for row in dict.fromkeys(map(row_of, rows)))
