"""What the pages that look across stages read: the home page, lists and search, each for somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet

from sightline.core.access import Actor
from sightline.core.signals import Bearing, SignalKind
from sightline.core.triangulation import oldest_that_counts
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import subjects_within, systems_of
from sightline.indicators.models import Series, Signal
from sightline.indicators.queries.pages import series_for
from sightline.triangulation.queries import (
    Picture,
    Tally,
    counting,
    current_signals,
    most_worrying,
    pictures,
    tally,
)

A_PAGE = 20
SPARKLINES = 3  # a subject's row on the home page shows so many


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows: the counts, one page of subjects or signals, and their small charts."""

    tally: Tally
    pictures: tuple[Picture, ...]
    signals: tuple[Signal, ...]
    total: int
    series: Mapping[tuple[UUID, str], Series]


def home(
    actor: Actor, on: date, since: datetime, show: str, area: str, dimensions: Mapping[str, tuple[str, ...]], page: int
) -> Home:
    """This function will read one page of the home page; ``show`` is one of its headings."""
    within = subjects_within(area, on) if area else None
    counts = tally(actor, on, since, within)
    first = (page - 1) * A_PAGE
    if show == "new":
        signals, total = _new(actor, on, since, within, first)
        return Home(counts, (), signals, total, {})
    if show == "missing":
        signals, total = _missing(actor, on, within, first)
        return Home(counts, (), signals, total, {})
    if show == "improving":
        found, total = _improving(actor, on, dimensions, within, first)
    else:
        found, total = most_worrying(actor, on, dimensions, within, first, A_PAGE)
    wanted = {(p.subject.pk, signal.measure) for p in found for signal in leading(p, on)[:SPARKLINES]}
    return Home(counts, tuple(found), (), total, series_for(actor, on, wanted))


def leading(picture: Picture, on: date) -> list[Signal]:
    """This function will choose the signals of a subject that speak first: recent concerns, then what is better."""
    absent = {kind.value for kind in ABSENCES}
    recent = [s for s in picture.signals if s.kind not in absent and s.until >= oldest_that_counts(on)]
    order = {Bearing.CONCERN.value: 0, Bearing.IMPROVEMENT.value: 2, Bearing.NEITHER.value: 1}
    standing = SignalKind.TARGET_MISSED.value
    return sorted(recent, key=lambda s: (order[s.bearing], s.kind == standing, -s.until.toordinal(), s.measure))


def _new(
    actor: Actor, on: date, since: datetime, within: QuerySet[Subject] | None, first: int
) -> tuple[tuple[Signal, ...], int]:
    found = current_signals(actor, on, within).filter(first_raised_at__gte=since, until__gte=oldest_that_counts(on))
    found = found.exclude(kind__in=[kind.value for kind in ABSENCES])
    rows = found.select_related("subject").order_by("-first_raised_at", "bearing", "subject__name", "measure", "pk")
    return tuple(rows[first : first + A_PAGE]), found.count()


def _missing(actor: Actor, on: date, within: QuerySet[Subject] | None, first: int) -> tuple[tuple[Signal, ...], int]:
    """Whole publications first: one that is late leaves everybody in the dark."""
    found = current_signals(actor, on, within).filter(kind__in=[kind.value for kind in ABSENCES])
    # Databases differ in where they put what has no subject.
    first_of_all = F("subject__name").asc(nulls_first=True)
    rows = found.select_related("subject").order_by(first_of_all, "kind", "measure", "pk")
    return tuple(rows[first : first + A_PAGE]), found.count()


def _improving(
    actor: Actor,
    on: date,
    dimensions: Mapping[str, tuple[str, ...]],
    within: QuerySet[Subject] | None,
    first: int,
) -> tuple[list[Picture], int]:
    found = current_signals(actor, on, within).filter(
        bearing=Bearing.IMPROVEMENT.value, until__gte=oldest_that_counts(on), subject__isnull=False
    )
    chosen = found.order_by("subject__name", "subject").values_list("subject", flat=True).distinct()
    return pictures(actor, on, dimensions, list(chosen[first : first + A_PAGE])), chosen.count()


def subjects(actor: Actor, on: date, kind: str, sector: str, area: str, word: str) -> QuerySet[Subject]:
    """This function will give open subjects that the actor may see, filtered as asked."""
    found = Subject.objects.visible_to(actor, on).open_on(on).select_related("organisation")
    if kind:
        found = found.filter(kind=kind)
    if sector:
        found = found.filter(sector=sector)
    if area:
        found = found.filter(pk__in=subjects_within(area, on).values("pk"))
    if word:
        by_code = found.filter(key__iexact=word)
        found = found.filter(name__icontains=word) | by_code
    return found.order_by("name", "key")


def one_subject(actor: Actor, on: date, subject_id: UUID) -> Subject | None:
    """This function will give one subject, or None when there is none that the actor may see."""
    found = Subject.objects.visible_to(actor, on).filter(pk=subject_id)
    return found.select_related("organisation").first()


def concerns_by_system(actor: Actor, on: date) -> dict[str, int]:
    """This function will count the subjects with a concern that counts now, by their system's code."""
    worried = counting(current_signals(actor, on), on).values("subject")
    bodies = Organisation.objects.filter(subjects__in=worried).distinct()
    counts: Counter[str] = Counter()
    for systems in systems_of(bodies, on).values():
        counts.update(system.code for system in systems)
    return dict(counts)
