"""What the agreed sets hold, in which areas their indicators have figures, and when those were last published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sightline.core.access import Actor, scope_of
from sightline.directory.models import Subject
from sightline.directory.queries import AreaChoice, areas_for_choice, codes_of_systems, subjects_within
from sightline.directory.words import Kind
from sightline.indicators.catalogue import ChartKind
from sightline.indicators.models import AgreedIndicator, MetricSet, Publication, Rating, Series, SetAgreement
from sightline.indicators.queries.known import catalogue

Body = tuple[UUID, UUID | None]  # a subject, and its organisation where it has one


@dataclass(frozen=True, slots=True)
class AgreedSet:
    """A set with the version that counts, its newest; one that was withdrawn holds nothing."""

    record: MetricSet
    agreement: SetAgreement
    chosen: tuple[AgreedIndicator, ...]

    @property
    def is_withdrawn(self) -> bool:
        """Whether the group took the set back."""
        return not self.chosen


def agreed_sets() -> list[AgreedSet]:
    """This function will give every set by name, the withdrawn ones included (DAT-06)."""
    return _newest(SetAgreement.objects.all())


def agreed_set(slug: str) -> AgreedSet | None:
    """This function will give one set, or None where there is none of that name."""
    return next(iter(_newest(SetAgreement.objects.filter(metric_set__slug=slug))), None)


def sets_by_indicator() -> dict[str, list[tuple[MetricSet, str]]]:
    """This function will give, by indicator, the sets that hold it now and the rhythm that each asks for (DAT-09)."""
    found: dict[str, list[tuple[MetricSet, str]]] = defaultdict(list)
    for one in agreed_sets():
        for chosen in one.chosen:
            found[chosen.indicator].append((one.record, chosen.rhythm))
    return dict(found)


def agreements_of(metric_set: MetricSet) -> list[SetAgreement]:
    """This function will give every version of a set with what it holds, the first one first."""
    return list(metric_set.agreements.prefetch_related("chosen"))


def _newest(rows: QuerySet[SetAgreement]) -> list[AgreedSet]:
    newest: dict[UUID, SetAgreement] = {}
    for row in rows.select_related("metric_set").prefetch_related("chosen").order_by("metric_set__name", "number"):
        newest[row.metric_set_id] = row
    return [AgreedSet(row.metric_set, row, tuple(row.chosen.all())) for row in newest.values()]


def areas_for_sets(on: date) -> tuple[AreaChoice, ...]:
    """This function will give the systems and places for which a set may be agreed."""
    return tuple(one for one in areas_for_choice(on) if one.kind in {Kind.ICB, Kind.SUB_ICB})


def geographies(metric_set: MetricSet, on: date) -> tuple[AreaChoice, ...]:
    """This function will give the areas across which a set is to be used alike (DAT-06; RR 2022 routine, place).

    A system's set is used in the system and each of its places; a set for everywhere in every system.
    """
    areas = areas_for_sets(on)
    if not metric_set.area:
        return tuple(one for one in areas if one.kind is Kind.ICB)
    return tuple(one for one in areas if metric_set.area in {one.code, one.within})


def may_compare_areas(actor: Actor, on: date) -> bool:
    """This function will say whether the actor sees every body: to others “no figures” may be untrue of an area."""
    return scope_of(actor, on).everything


def areas_with_figures(indicators: Collection[str], areas: Sequence[AreaChoice], on: date) -> dict[str, frozenset[str]]:
    """This function will say, by indicator, in which areas any body that is open has figures."""
    bodies = _bodies_with_figures(indicators, on)
    if all(area.kind is Kind.ICB for area in areas):
        systems = codes_of_systems(on)  # worked out for everybody at once, where there are many systems
        return {
            name: frozenset(code for _, body in found if body for code in systems.get(body, ()))
            for name, found in bodies.items()
        }
    lying = {area.code: set(subjects_within(area.code, on).values_list("pk", flat=True)) for area in areas}
    return {
        name: frozenset(code for code, here in lying.items() if any(subject in here for subject, _ in found))
        for name, found in bodies.items()
    }


def _bodies_with_figures(indicators: Collection[str], on: date) -> dict[str, set[Body]]:
    found: dict[str, set[Body]] = {name: set() for name in indicators}
    series = Series.objects.filter(indicator__in=found).of_open_bodies(on).order_by()
    for name, subject, body in series.values_list("indicator", "subject", "subject__organisation"):
        found[name].add((subject, body))
    definitions = catalogue()
    # What is judged on a day makes no series: its judgements are its figures.
    if judged := [name for name in found if name in definitions and definitions[name].chart is ChartKind.EVENTS]:
        still = Rating.objects.filter(subject__in=Subject.objects.open_on(on)).order_by()
        rated: set[Body] = {
            (subject, body) for subject, body in still.values_list("subject", "subject__organisation").distinct()
        }
        found.update(dict.fromkeys(judged, rated))
    return found


def last_published(indicators: Collection[str]) -> dict[str, date]:
    """This function will give the day on which figures of each indicator were last published.

    Where a file bears no such day it is the day on which it was brought in.
    """
    found: dict[str, date] = {}
    rows = Publication.objects.exclude(indicators="").values_list("indicators", "published_on", "recorded_at")
    for names, published_on, recorded_at in rows:
        day = published_on or timezone.localdate(recorded_at)
        for name in set(names.split()).intersection(indicators):
            found[name] = max(day, found.get(name, day))
    return found
