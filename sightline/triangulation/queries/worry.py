"""Where are we most worried? Subjects in the order of what independent sources say of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from sightline.core.access import Actor, Viewer
from sightline.core.signals import ROWS, Bearing, Rule, Side, SignalKind
from sightline.core.signals import Signal as Noticed
from sightline.core.triangulation import Standing, oldest_that_counts, weigh
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Signal, SignalQuerySet
from sightline.triangulation.queries.voices import by_their_roads, told_about, told_by_subject, told_concerns

# A row of the matrix is the measure under which what people told is weighed.
_ROWS: Mapping[str, Collection[str]] = {row.value: (row.value,) for row in ROWS}
# How the signals about a subject are told; the key last, so that no two readings differ.
NEWEST_FIRST = ("-first_raised_at", "-until", "measure", "pk")


@dataclass(frozen=True, slots=True)
class Picture:
    """One subject with its current signals, and how these and what people told stand together.

    ``told`` names the witnesses among ``standing.agreeing`` that only people brought: they are to be counted and never
    shown, for some asked not to be known.
    """

    subject: Subject
    standing: Standing
    signals: tuple[Signal, ...]
    told: tuple[str, ...] = ()


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


def worrying_subjects(actor: Actor, on: date) -> QuerySet[Subject]:
    """This function will choose the subjects with a concern that counts now, published or told to the actor."""
    published = counting(current_signals(actor, on), on).order_by().values("subject")
    viewer = viewer_of(actor, on)
    told = told_concerns(viewer, on).order_by().values("subject") if viewer.hears else ()
    return Subject.objects.filter(Q(pk__in=published) | Q(pk__in=told))


def tally(
    actor: Actor,
    on: date,
    since: datetime,
    within: QuerySet[Subject] | None = None,
    viewer: Viewer | None = None,
) -> Tally:
    """This function will count what the home page announces; ``viewer`` hears what people told, by default the actor."""
    absent = [kind.value for kind in ABSENCES]
    recent = Q(until__gte=oldest_that_counts(on))
    present = recent & ~Q(kind__in=absent)
    standing = current_signals(actor, on, within)
    # Rows are counted by a column that is never empty and that the index holds, so that it alone is read.
    counts = standing.aggregate(
        new=Count("until", filter=Q(first_raised_at__gte=since) & present),
        worsening=Count("subject", filter=present & Q(bearing=Bearing.CONCERN.value), distinct=True),
        improving=Count("subject", filter=present & Q(bearing=Bearing.IMPROVEMENT.value), distinct=True),
        missing=Count("until", filter=Q(kind__in=absent)),
    )
    hearing = viewer or viewer_of(actor, on)
    if hearing.hears:
        published = counting(standing, on).order_by().values("subject")
        told = told_concerns(hearing, on, within).exclude(subject__in=published)
        counts["worsening"] += told.order_by().aggregate(count=Count("subject", distinct=True))["count"]
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


@dataclass(frozen=True, slots=True)
class _Rank:
    """What decides a subject's place, as ``core.triangulation.place`` has it."""

    subject: UUID
    agreeing: int
    changing: int
    newest: date
    name: str

    @property
    def place(self) -> tuple[int, int, int, str, UUID]:
        return (-self.agreeing, -self.changing, -self.newest.toordinal(), self.name, self.subject)


def in_order_of_worry(
    actor: Actor, on: date, within: QuerySet[Subject] | None = None, viewer: Viewer | None = None
) -> tuple[UUID, ...]:
    """This function will give the subjects with a concern, in the order of ``core.triangulation.place``.

    The database counts the witnesses, those among people too as far as ``viewer`` hears them, by default the actor;
    the rule then weighs only what is shown. Both give the same order, which a test holds.
    """
    concerns = counting(current_signals(actor, on, within), on)
    rows = (
        concerns.values("subject")
        .annotate(
            agreeing=Count("source", distinct=True),
            changing=Count("source", distinct=True, filter=~Q(kind=SignalKind.TARGET_MISSED.value)),
            newest=Max("until"),
            name=Max("subject__name"),  # it has but one; so the rows are grouped by the subject alone
        )
        .order_by("-agreeing", "-changing", "-newest", "name", "subject")
    )
    ranked = [_Rank(**row) for row in rows]
    told = told_by_subject(viewer or viewer_of(actor, on), on, concerns, within)
    if told:
        known = {one.subject: one for one in ranked}
        for key, more in told.items():
            before = known.get(key, _Rank(key, 0, 0, more.newest, more.name))
            known[key] = replace(
                before,
                agreeing=before.agreeing + more.agreeing,
                changing=before.changing + more.changing,
                newest=max(before.newest, more.newest),
            )
        ranked = sorted(known.values(), key=lambda one: one.place)
    return tuple(one.subject for one in ranked)


def pictures(
    actor: Actor, on: date, dimensions: Mapping[str, Collection[str]], chosen: Collection[UUID]
) -> list[Picture]:
    """This function will weigh what stands about the chosen subjects and what people told of them, in the order given."""
    by_subject: dict[UUID, list[Signal]] = {key: [] for key in chosen}
    subjects = Subject.objects.select_related("organisation").in_bulk(by_subject)
    rows = current_signals(actor, on).filter(subject__in=chosen)
    for row in rows.order_by(*NEWEST_FIRST):
        if row.subject_id is not None:
            row.subject = subjects[row.subject_id]  # one record for all of its signals, in place of a join in each row
            by_subject[row.subject_id].append(row)
    told = told_about(viewer_of(actor, on), on, chosen)
    return [
        weighed(subjects[key], signals, told[key], dimensions, on)
        for key, signals in by_subject.items()
        if signals or told[key]
    ]


def weighed(
    subject: Subject,
    signals: Sequence[Signal],
    told: Sequence[Noticed],
    dimensions: Mapping[str, Collection[str]],
    on: date,
) -> Picture:
    """This function will weigh the signals that stand about a subject together with the concerns that people told."""
    concerns = [one for one in signals if _is_concern(one, on)]
    names = by_their_roads(told, concerns)
    voices = [replace(one, source=names[one.source]) for one in told]
    standing = weigh([*map(as_noticed, signals), *voices], {**dimensions, **_ROWS}, on)
    published = {one.source for one in concerns}
    only_told = tuple(sorted({one.source for one in voices} - published))
    return Picture(subject, standing, tuple(signals), only_told)


def _is_concern(signal: Signal, on: date) -> bool:
    """As ``counting`` keeps them."""
    counts = signal.until >= oldest_that_counts(on) and signal.kind not in {kind.value for kind in ABSENCES}
    return counts and signal.bearing == Bearing.CONCERN.value


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
