"""What the home page reads: the counts, and one page of what stands behind the heading that was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.db.models import F, QuerySet

from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Grant, Viewer
from sightline.core.signals import Bearing, Dimension, SignalKind
from sightline.core.triangulation import oldest_that_counts
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_within
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Series, Signal
from sightline.indicators.queries.pages import series_for
from sightline.intelligence.queries import hearing_alike
from sightline.triangulation.queries import (
    Picture,
    Tally,
    current_signals,
    in_order_of_worry,
    one_sided,
    pictures,
    tally,
)

A_PAGE = 20
BLIND = 5  # concerns of which only half is known, beside what is missing
SPARKLINES = 3  # a subject's row on the home page shows so many


@dataclass(frozen=True, slots=True)
class BlindLine:
    """A concern of which only figures, or only words, speak."""

    subject: Subject
    row: Dimension
    lacks_figures: bool


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows: the counts, one page of subjects or signals, and their small charts."""

    tally: Tally
    pictures: tuple[Picture, ...]
    signals: tuple[Signal, ...]
    total: int
    series: Mapping[tuple[UUID, str], Series]
    blind: tuple[BlindLine, ...] = ()


def home(
    actor: Actor, on: date, since: datetime, show: str, area: str, dimensions: Mapping[str, tuple[str, ...]], page: int
) -> Home:
    """This function will read one page of the home page; ``show`` is one of its headings."""
    within = _lying_in(area, on)
    alike = _Alike.of(actor, on)
    counts = _counted(alike, on, since, area)
    first = (page - 1) * A_PAGE
    if show == "new":
        signals, total = _new(actor, on, since, within, first)
        return Home(counts, (), signals, total, {})
    if show == "missing":
        signals, total = _missing(actor, on, within, first)
        blind = _blind(actor, alike, on, area) if page == 1 else ()
        return Home(counts, (), signals, total, {}, blind)
    if show == "improving":
        found, total = _improving(actor, on, dimensions, within, first)
    else:
        order = _ordered(alike, on, area)
        found, total = pictures(actor, on, dimensions, order[first : first + A_PAGE]), len(order)
    wanted = {(p.subject.pk, signal.measure) for p in found for signal in leading(p, on)[:SPARKLINES]}
    return Home(counts, tuple(found), (), total, series_for(actor, on, wanted))


@dataclass(frozen=True, slots=True)
class _Alike:
    """Whoever holds these grants and hears the same sees the same of the picture: what was counted serves them all."""

    grants: tuple[Grant, ...]
    hears: Viewer
    actor_id: str = ""

    @classmethod
    def of(cls, actor: Actor, on: date) -> Self:
        """This function will give all that a reader's sight rests on: grants in force without their days, and ears."""
        held = {Grant(one.role, one.system, one.organisation) for one in actor.grants if one.holds_on(on)}
        return cls(
            tuple(sorted(held, key=lambda one: (one.role, one.system, one.organisation))),
            hearing_alike(viewer_of(actor, on)),
        )


@until_anything_changes
def _counted(actor: _Alike, on: date, since: datetime, area: str) -> Tally:
    return tally(actor, on, since, _lying_in(area, on), actor.hears)


@until_anything_changes
def _ordered(actor: _Alike, on: date, area: str) -> tuple[UUID, ...]:
    return in_order_of_worry(actor, on, _lying_in(area, on), actor.hears)


def _lying_in(area: str, on: date) -> QuerySet[Subject] | None:
    return subjects_within(area, on) if area else None


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
    rows = found.order_by("-first_raised_at", "bearing", "subject__name", "measure", "pk")
    return _page_of(rows, first), found.count()


def _page_of(rows: QuerySet[Signal], first: int) -> tuple[Signal, ...]:
    """Ids are put in order, and only the records of one page are read: to sort whole records takes three times as long."""
    chosen = list(rows.values_list("pk", flat=True)[first : first + A_PAGE])
    records = Signal.objects.select_related("subject").in_bulk(chosen)
    return tuple(records[pk] for pk in chosen)


def _missing(actor: Actor, on: date, within: QuerySet[Subject] | None, first: int) -> tuple[tuple[Signal, ...], int]:
    """Whole publications first: one that is late leaves everybody in the dark."""
    found = current_signals(actor, on, within).filter(kind__in=[kind.value for kind in ABSENCES])
    # Databases differ in where they put what has no subject.
    first_of_all = F("subject__name").asc(nulls_first=True)
    rows = found.order_by(first_of_all, "kind", "measure", "pk")
    return _page_of(rows, first), found.count()


def _blind(actor: Actor, alike: _Alike, on: date, area: str) -> tuple[BlindLine, ...]:
    """The blind spots that matter most: where there is a worry, and half of what could be known is not (INT-14)."""
    within = _lying_in(area, on)
    found = one_sided(actor, on, Subject.objects.visible_to(actor, on) if within is None else within)
    places = {key: place for place, key in enumerate(_ordered(alike, on, area))} if found else {}
    worst = sorted(found, key=lambda one: places.get(one.subject, len(places)))[:BLIND]
    subjects = Subject.objects.in_bulk([one.subject for one in worst])
    return tuple(BlindLine(subjects[one.subject], one.row, one.lacks_figures) for one in worst)


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
