"""What the pages of this stage read, each for somebody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.indicators.models import ChartChoice, Delivery, Method, Publication, Rating, Rebase, Series, Signal

PART = 800  # parameters in one query, below the limit of every database we run on


@dataclass(frozen=True, slots=True)
class Coverage:
    """How one indicator stands: how many series, how many of them concern or improve, how far they reach."""

    indicator: str
    series: int
    concerns: int
    improvements: int
    last_on: date | None


def coverage(actor: Actor, on: date) -> list[Coverage]:
    """This function will count the series of every indicator, in one query."""
    rows = (
        Series.objects.visible_to(actor, on)
        .values("indicator")
        .annotate(
            series=Count("pk"),
            concerns=Count("pk", filter=Q(worry=2)),
            improvements=Count("pk", filter=Q(worry=-1)),
            last_on=Max("last_on"),
        )
        .order_by("indicator")
    )
    return [Coverage(**row) for row in rows]


def series_of_subject(actor: Actor, on: date, subject: Subject) -> list[Series]:
    """This function will give a subject's series, the worst first."""
    found = Series.objects.visible_to(actor, on).filter(subject=subject)
    return list(found.order_by("-worry", "indicator"))


def quiet_series(actor: Actor, on: date, subjects: Collection[UUID]) -> QuerySet[Series]:
    """This function will give the series of these subjects by name and last day alone, without their points."""
    found = Series.objects.visible_to(actor, on).filter(subject__in=subjects)
    return found.only("indicator", "subject", "source", "last_on").order_by("pk")


def latest_ratings(subjects: QuerySet[Subject]) -> dict[UUID, list[Rating]]:
    """This function will give the newest rating of each question about each of these subjects as a whole."""
    newest: dict[tuple[UUID, str], Rating] = {}
    for rating in Rating.objects.filter(subject__in=subjects, service="").order_by("published_on", "pk"):
        newest[rating.subject_id, rating.about] = rating
    found: dict[UUID, list[Rating]] = {}
    for rating in newest.values():
        found.setdefault(rating.subject_id, []).append(rating)
    return found


def series_of_indicator(
    actor: Actor, on: date, indicator: str, within: QuerySet[Subject] | None = None, word: str = ""
) -> QuerySet[Series]:
    """This function will give an indicator's series of every subject, the worst first; ``word`` filters by name."""
    found = Series.objects.visible_to(actor, on).filter(indicator=indicator).of_open_bodies(on)
    if within is not None:
        found = found.filter(subject__in=within)
    if word:
        found = found.filter(Q(subject__name__icontains=word) | Q(subject__key__iexact=word))
    return found.select_related("subject").order_by("-worry", "subject__name", "pk")


def one_series(actor: Actor, on: date, indicator: str, subject_id: UUID) -> Series | None:
    """This function will give one series, or None when there is none that the actor may see."""
    found = Series.objects.visible_to(actor, on).filter(indicator=indicator, subject=subject_id)
    return found.select_related("subject", "subject__organisation").first()


def series_for(actor: Actor, on: date, wanted: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], Series]:
    """This function will give many series at once, by subject and indicator."""
    if not wanted:
        return {}
    # Pair by pair: every subject with every indicator would be read and unpacked for nothing.
    either = reduce(or_, (Q(subject=subject, indicator=indicator) for subject, indicator in wanted))
    found = Series.objects.visible_to(actor, on).filter(either)
    return {(series.subject_id, series.indicator): series for series in found}


def series_by_id(actor: Actor, on: date, wanted: Sequence[int]) -> dict[int, Series]:
    """This function will give many series with their subjects, without their points, by id."""
    seen = Series.objects.visible_to(actor, on).select_related("subject").defer("packed")
    parts = (wanted[at : at + PART] for at in range(0, len(wanted), PART))
    return {series.pk: series for part in parts for series in seen.filter(pk__in=part)}


def rebases_of(series: Series) -> list[Rebase]:
    """This function will give every rebase of a series, withdrawn ones and withdrawals included, the newest first."""
    found = Rebase.objects.filter(indicator=series.indicator, subject=series.subject)
    return list(found.select_related("withdrawn_by").order_by("-recorded_at"))


def one_rebase(series: Series, rebase_id: int) -> Rebase | None:
    """This function will give one rebase of a series."""
    return Rebase.objects.filter(indicator=series.indicator, subject=series.subject, pk=rebase_id).first()


def methods_of(indicator: str) -> list[Method]:
    """This function will give every choice of a method for an indicator, the one that counts first."""
    return list(Method.objects.filter(indicator=indicator).order_by("-recorded_at", "-pk"))


def choices_of(indicator: str) -> list[ChartChoice]:
    """This function will give every choice of a chart for an indicator, withdrawals included, the newest first."""
    found = ChartChoice.objects.filter(indicator=indicator).select_related("withdrawn_by")
    return list(found.order_by("-recorded_at", "-pk"))


def one_choice(indicator: str, choice_id: int) -> ChartChoice | None:
    """This function will give one choice of a chart."""
    return ChartChoice.objects.filter(indicator=indicator, pk=choice_id).first()


def signals_of_series(series: Series) -> list[Signal]:
    """This function will give the signals that stand in a series."""
    return list(Signal.objects.current().filter(subject=series.subject, measure=series.indicator).order_by("kind"))


def ratings_of(subjects: Collection[Subject]) -> list[Rating]:
    """This function will give the ratings of subjects, the newest first."""
    return list(
        Rating.objects.filter(subject__in=subjects).select_related("subject").order_by("-published_on", "about")
    )


def publications_of(indicator: str, known_on: date | None = None) -> list[Publication]:
    """This function will give the publications with figures of an indicator, the newest first."""
    named = Publication.objects.filter(indicators__contains=indicator).order_by("-last_period", "-recorded_at")
    if known_on is not None:
        named = named.filter(recorded_at__date__lte=known_on)
    return [publication for publication in named if indicator in publication.indicators.split()]


def publications(first: int, count: int) -> tuple[list[Publication], int]:
    """This function will give publications, the newest first, and how many there are."""
    found = Publication.objects.order_by("-recorded_at", "title", "pk")
    return list(found[first : first + count]), found.count()


def one_publication(publication_id: UUID) -> Publication | None:
    """This function will give one publication."""
    return Publication.objects.filter(pk=publication_id).first()


@dataclass(frozen=True, slots=True)
class Drop:
    """One drop of files in counts."""

    batch: UUID
    received_at: datetime
    files: int
    accepted: int
    refused: int
    waiting: int


def recent_drops(count: int = 10) -> list[Drop]:
    """This function will give the latest drops."""
    state = Delivery.State
    rows = (
        Delivery.objects.values("batch")
        .annotate(
            received_at=Max("received_at"),
            files=Count("pk"),
            accepted=Count("pk", filter=Q(state__in=[state.ACCEPTED, state.UNCHANGED])),
            refused=Count("pk", filter=Q(state__in=[state.REFUSED, state.UNKNOWN])),
            waiting=Count("pk", filter=Q(state__in=[state.WAITING, state.READING, state.MAPPING])),
        )
        .order_by("-received_at")[:count]
    )
    return [Drop(**row) for row in rows]


def deliveries_of(batch: UUID) -> list[Delivery]:
    """This function will give the files of one drop in the order in which they were given."""
    return list(Delivery.objects.filter(batch=batch).prefetch_related("faults").order_by("position"))


def one_delivery(delivery_id: UUID) -> Delivery | None:
    """This function will give one file of a drop."""
    return Delivery.objects.filter(pk=delivery_id).first()


def newest_by_source() -> Sequence[tuple[str, date | None, datetime]]:
    """This function will say how fresh each source is: its last period and when it was last brought in."""
    rows = Publication.objects.values("source").annotate(last=Max("last_period"), brought=Max("recorded_at"))
    return [(row["source"], row["last"], row["brought"]) for row in rows.order_by("source")]


def anything_brought_in() -> bool:
    """This function will say whether any publication was ever brought in."""
    return Publication.objects.exists()
