"""What the pages that look across stages read: the home page, lists and search, each for somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.db.models import F, QuerySet

from sightline.audit.chain import Break, breaks_in
from sightline.audit.keeping import until_anything_changes
from sightline.audit.models import Event, Head
from sightline.core.access import Actor, Grant
from sightline.core.signals import Bearing, SignalKind
from sightline.core.triangulation import oldest_that_counts
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Subject
from sightline.directory.queries import codes_of_systems, subjects_within
from sightline.indicators.models import Series, Signal
from sightline.indicators.queries.pages import series_for
from sightline.triangulation.queries import (
    Picture,
    Tally,
    counting,
    current_signals,
    in_order_of_worry,
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
    within = _lying_in(area, on)
    alike = _Alike.of(actor, on)
    counts = _counted(alike, on, since, area)
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
        order = _ordered(alike, on, area)
        found, total = pictures(actor, on, dimensions, order[first : first + A_PAGE]), len(order)
    wanted = {(p.subject.pk, signal.measure) for p in found for signal in leading(p, on)[:SPARKLINES]}
    return Home(counts, tuple(found), (), total, series_for(actor, on, wanted))


@dataclass(frozen=True, slots=True)
class _Alike:
    """Whoever holds these grants sees the same of the picture: what was counted for one serves them all."""

    grants: tuple[Grant, ...]
    actor_id: str = ""

    @classmethod
    def of(cls, actor: Actor, on: date) -> Self:
        """This function will give all that a reader's sight rests on: grants in force, without their days."""
        held = {Grant(one.role, one.system, one.organisation) for one in actor.grants if one.holds_on(on)}
        return cls(tuple(sorted(held, key=lambda one: (one.role, one.system, one.organisation))))


@until_anything_changes
def _counted(actor: _Alike, on: date, since: datetime, area: str) -> Tally:
    return tally(actor, on, since, _lying_in(area, on))


@until_anything_changes
def _ordered(actor: _Alike, on: date, area: str) -> tuple[UUID, ...]:
    return in_order_of_worry(actor, on, _lying_in(area, on))


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
    bodies = Subject.objects.filter(pk__in=worried).order_by().values_list("organisation", flat=True).distinct()
    systems = codes_of_systems(on)
    return dict(Counter(code for body in bodies if body for code in systems.get(body, ())))


def events(verb: str = "") -> QuerySet[Event]:
    """This function will give the event log, the newest first; who may read it, the gate decides."""
    found = Event.objects.filter(verb=verb) if verb else Event.objects.all()
    return found.order_by("-pk")


@dataclass(frozen=True, slots=True)
class RecentChain:
    """What a walk along the end of every chain found."""

    events: int
    breaks: tuple[Break, ...]


def recent_chain(at_most: int) -> RecentChain:
    """This function will walk the last events of every chain up to its head; the whole walk is for the command line."""
    count, breaks = 0, []
    for head in Head.objects.order_by("system"):
        # Up to the head as it was read: an event that is added meanwhile must not look like a break.
        newest = Event.objects.filter(system=head.system, sequence__lte=head.sequence).order_by("-sequence", "-pk")
        walked = list(reversed(newest[: at_most + 1]))
        found, sequence, last = breaks_in(walked, head.system)
        if len(walked) > at_most:
            # The walk begins after the oldest: what is said of that one speaks of what lies before it.
            found = [broken for broken in found if broken.sequence != walked[0].sequence]
        count += min(len(walked), at_most)
        breaks += found
        if (sequence, last) != (head.sequence, head.hash):
            breaks.append(Break(head.system, sequence, "Is the last one left, but not the last one written."))
    return RecentChain(count, tuple(breaks))
