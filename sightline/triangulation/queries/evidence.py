"""All evidence about subjects in one shape, for somebody: figures, ratings, and what people told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from sightline.core.access import Actor
from sightline.core.signals import Bearing, Dimension, Quadrant, SignalKind
from sightline.core.triangulation.evidence import Certainty, Evidence, evidence_from, road_of
from sightline.directory.models import Subject
from sightline.directory.queries import sites_run_by
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Rating, Signal
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.pages import latest_ratings, quiet_series
from sightline.indicators.rating import GOOD, OVERALL, RANK, SITES, SOURCE
from sightline.intelligence.queries import evidence_about, source_list
from sightline.triangulation.models import RatingReview
from sightline.triangulation.queries.worry import as_noticed, current_signals

# The regulator's questions, by the dimension of quality that each asks after.
QUESTIONS: Mapping[str, Dimension] = {
    "safe": Dimension.SAFE,
    "effective": Dimension.EFFECTIVE,
    "caring": Dimension.CARING,
    "responsive": Dimension.RESPONSIVE,
    "well-led": Dimension.WELL_LED,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an indicator's evidence stands in the guidance's list, and by which independent road it comes."""

    quadrant: Quadrant | None
    origin: str
    rows: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The regulator's newest answers about subjects, and about the sites that each of them runs."""

    own: Mapping[UUID, list[Rating]]
    of_sites: Mapping[UUID, list[Rating]]

    def about(self, subject: UUID) -> list[Rating]:
        """This function will give both."""
        return [*self.own.get(subject, ()), *self.of_sites.get(subject, ())]


def evidence_of(actor: Actor, on: date, subjects: Collection[UUID]) -> dict[UUID, list[Evidence]]:
    """This function will give everything that counts about these subjects and the actor may see (INT-04, DAT-03).

    A series in which nothing stands out is evidence too: the subject is measured there. A published rating counts
    as a concern once a person has confirmed it; until then it only says that the regulator has looked.
    """
    found = evidence_about(actor, on, subjects)
    places = places_of(catalogue(), on)
    judged = judged_about(on, subjects, Subject.objects.visible_to(actor, on))
    standing = current_signals(actor, on).filter(subject__in=subjects).order_by("pk")
    for signal in (*standing.exclude(kind=SignalKind.RATING.value), *confirmed_among(standing)):
        one = from_signal(signal, places, judged)
        if one is not None and signal.subject_id is not None:
            found[signal.subject_id].append(one)
    measured = quiet_series(actor, on, subjects).values_list("pk", "subject", "indicator", "source", "last_on")
    for key, about, indicator, source, last_on in measured:
        found[about].append(_quiet(key, about, places.get(indicator, Place(None, source, ())), indicator, last_on))
    for subject in subjects:
        found[subject] += [_looked_at(rating, subject, places) for rating in judged.about(subject)]
    return found


def judged_about(on: date, subjects: Collection[UUID], visible: QuerySet[Subject]) -> Judged:
    """This function will give the newest ratings of these subjects and of the sites that each runs on the day."""
    sites = sites_run_by(subjects, on) if subjects else {}
    seen = {*subjects, *(site for some in sites.values() for site in some)}
    ratings = latest_ratings(visible.filter(pk__in=seen)) if seen else {}
    return Judged(
        ratings, {key: [one for site in some for one in ratings.get(site, ())] for key, some in sites.items()}
    )


def places_of(known: Mapping[str, Indicator], on: date) -> dict[str, Place]:
    """This function will say for every indicator under which source of the guidance it stands (INT-02).

    An indicator of a local table may name its own source; two such tables are then two witnesses.
    """
    sources = source_list(on)
    made = {}
    for name, indicator in known.items():
        own = sources.entry(indicator.source_entry) if indicator.source_entry else None
        entry = own or next(iter(sources.fed_by(indicator.source)), None)
        road = road_of(indicator.source)
        origin = f"{road}:{own.id}" if own else road
        made[name] = Place(entry.quadrant if entry else None, origin, indicator.dimensions)
    return made


def confirmed_among(signals: QuerySet[Signal]) -> list[Signal]:
    """This function will give those of these signals that are ratings and that a person confirmed."""
    reviewed = list(signals.filter(kind=SignalKind.RATING.value, pk__in=RatingReview.objects.values("signal")))
    confirmed = confirmed_ratings([one.pk for one in reviewed])
    return [one for one in reviewed if one.pk in confirmed]


def confirmed_ratings(signals: Collection[UUID]) -> frozenset[UUID]:
    """This function will give those of these rating signals that a person confirmed; the newest review holds."""
    newest: dict[UUID, bool] = {}
    if signals:
        reviews = RatingReview.objects.filter(signal__in=signals).order_by("recorded_at", "pk")
        newest = dict(reviews.values_list("signal", "counts"))
    return frozenset(key for key, counts in newest.items() if counts)


def from_signal(signal: Signal, places: Mapping[str, Place], judged: Judged) -> Evidence | None:
    """This function will turn a signal that stands into evidence; None for an absence, and for what nobody knows."""
    place = places.get(signal.measure)
    if place is None:
        return None
    rows = place.rows
    if signal.measure == OVERALL and signal.subject_id is not None:
        rows = _rows_of_rating(judged.own.get(signal.subject_id, []), Bearing(signal.bearing)) or rows
    elif signal.measure == SITES and signal.subject_id is not None:
        rows = _rows_of_rating(judged.of_sites.get(signal.subject_id, []), Bearing.CONCERN)
    made = evidence_from(as_noticed(signal), rows, place.quadrant, f"signal:{signal.pk}", signal.measure)
    return made and replace(made, origin=place.origin)


def _rows_of_rating(latest: Collection[Rating], bearing: Bearing) -> tuple[Dimension, ...]:
    """The dimensions whose own rating is below good, or for an improvement those that are not."""
    rows = []
    for rating in latest:
        rank = RANK.get(rating.rating.casefold())
        dimension = QUESTIONS.get(rating.about)
        if dimension and rank is not None and (rank < GOOD) is (bearing is Bearing.CONCERN):
            rows.append(dimension)
    return tuple(rows)


def _quiet(series: int, subject: UUID, place: Place, indicator: str, last_on: date) -> Evidence:
    return Evidence(
        key=f"series:{series}",
        subject=str(subject),
        rows=place.rows,
        quadrant=place.quadrant,
        origin=place.origin,
        bearing=Bearing.NEITHER,
        since=last_on,
        until=last_on,
        certainty=Certainty.FAIRLY_SURE,
        changed=False,
        label=indicator,
    )


def _looked_at(rating: Rating, subject: UUID, places: Mapping[str, Place]) -> Evidence:
    dimension = QUESTIONS.get(rating.about)
    return Evidence(
        key=f"rating:{rating.pk}",
        subject=str(subject),
        rows=(dimension,) if dimension else (),
        quadrant=places[OVERALL].quadrant if OVERALL in places else None,
        origin=SOURCE,
        bearing=Bearing.NEITHER,
        since=rating.published_on,
        until=rating.published_on,
        certainty=Certainty.SURE,
        changed=False,
        label=rating.about,
    )
