"""Where are we most worried? Subjects in the order of what independent sources say of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from sightline.core.access import Actor
from sightline.core.signals import Bearing, Rule, Side, SignalKind
from sightline.core.signals import Signal as Noticed
from sightline.core.triangulation import Standing, oldest_that_counts, weigh
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Subject
from sightline.indicators.models import Signal, SignalQuerySet


@dataclass(frozen=True, slots=True)
class Picture:
    """One subject with its current signals and how they stand."""

    subject: Subject
    standing: Standing
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many subjects or signals stand behind each heading of the home page."""

    new: int
    worsening: int
    improving: int
    missing: int


def current_signals(actor: Actor, on: date, within: QuerySet[Subject] | None = None) -> SignalQuerySet:
    """This function will give the signals that stand, about subjects that the actor may see."""
    signals = Signal.objects.visible_to(actor, on).current()
    # What is missing for everybody is missing for every area.
    return signals if within is None else signals.filter(Q(subject__in=within) | Q(subject=None))


def counting(signals: SignalQuerySet, on: date) -> SignalQuerySet:
    """This function will keep the concerns that count now: recent enough, and not merely an absence."""
    absent = [kind.value for kind in ABSENCES]
    recent = signals.filter(until__gte=oldest_that_counts(on), subject__isnull=False)
    return recent.filter(bearing=Bearing.CONCERN.value).exclude(kind__in=absent)


def tally(actor: Actor, on: date, since: datetime, within: QuerySet[Subject] | None = None) -> Tally:
    """This function will count what the home page announces, in one query."""
    absent = [kind.value for kind in ABSENCES]
    recent = Q(until__gte=oldest_that_counts(on))
    present = recent & ~Q(kind__in=absent)
    # Rows are counted by a column that is never empty and that the index holds, so that it alone is read.
    counts = current_signals(actor, on, within).aggregate(
        new=Count("until", filter=Q(first_raised_at__gte=since) & present),
        worsening=Count("subject", filter=present & Q(bearing=Bearing.CONCERN.value), distinct=True),
        improving=Count("subject", filter=present & Q(bearing=Bearing.IMPROVEMENT.value), distinct=True),
        missing=Count("until", filter=Q(kind__in=absent)),
    )
    return Tally(**counts)


def most_worrying(
    actor: Actor,
    on: date,
    dimensions: Mapping[str, Collection[str]],
    within: QuerySet[Subject] | None = None,
    first: int = 0,
    count: int = 20,
) -> tuple[list[Picture], int]:
    """This function will give one stretch of ``in_order_of_worry``, weighed, and how many subjects there are in all."""
    order = in_order_of_worry(actor, on, within)
    return pictures(actor, on, dimensions, order[first : first + count]), len(order)


def in_order_of_worry(actor: Actor, on: date, within: QuerySet[Subject] | None = None) -> tuple[UUID, ...]:
    """This function will give the subjects with a concern, in the order of ``core.triangulation.place``.

    The database orders; the rule then weighs only what is shown. Both give the same order, which a test holds.
    """
    ranked = (
        counting(current_signals(actor, on, within), on)
        .values("subject")
        .annotate(
            agreeing=Count("source", distinct=True),
            changing=Count("source", distinct=True, filter=~Q(kind=SignalKind.TARGET_MISSED.value)),
            newest=Max("until"),
            name=Max("subject__name"),  # it has but one; so the rows are grouped by the subject alone
        )
        .order_by("-agreeing", "-changing", "-newest", "name", "subject")
    )
    return tuple(row["subject"] for row in ranked)


def pictures(
    actor: Actor, on: date, dimensions: Mapping[str, Collection[str]], chosen: Collection[UUID]
) -> list[Picture]:
    """This function will weigh what stands about the chosen subjects, in the order given."""
    by_subject: dict[UUID, list[Signal]] = {key: [] for key in chosen}
    subjects = Subject.objects.select_related("organisation").in_bulk(by_subject)
    rows = current_signals(actor, on).filter(subject__in=chosen)
    for row in rows.order_by("-first_raised_at", "-until", "measure"):
        if row.subject_id is not None:
            row.subject = subjects[row.subject_id]  # one record for all of its signals, in place of a join in each row
            by_subject[row.subject_id].append(row)
    return [
        Picture(subjects[key], weigh(map(as_noticed, signals), dimensions, on), tuple(signals))
        for key, signals in by_subject.items()
        if signals
    ]


def as_noticed(row: Signal) -> Noticed:
    """This function will give a recorded signal in the shape that rules read."""
    return Noticed(
        subject=str(row.subject_id or ""),
        measure=row.measure,
        kind=SignalKind(row.kind),
        bearing=Bearing(row.bearing),
        since=row.since,
        until=row.until,
        periods=row.periods,
        source=row.source,
        publication=str(row.publication_id or ""),
        side=Side(row.side),
        rules=tuple(Rule(word) for word in row.rules.split()),
        value=row.value,
        usual_low=row.usual_low,
        usual_high=row.usual_high,
    )
