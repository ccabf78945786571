"""What people told as a worry: which subjects, by how many witnesses, and never by whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from sightline.core.access import Viewer
from sightline.core.signals import Bearing, SignalKind
from sightline.core.signals import Signal as Noticed
from sightline.core.triangulation import oldest_that_counts, road_of
from sightline.directory.models import Subject
from sightline.indicators.models import Signal, SignalQuerySet
from sightline.intelligence.models import Sighting, SightingQuerySet


@dataclass(frozen=True, slots=True)
class Told:
    """How many witnesses among people speak of one subject beside what is published, and how lately."""

    agreeing: int
    changing: int
    newest: date
    name: str


def told_concerns(viewer: Viewer, on: date, within: QuerySet[Subject] | None = None) -> SightingQuerySet:
    """This function will keep the concerns that people told, that a viewer hears and that count now (INT-04)."""
    heard = Sighting.objects.heard_by(viewer).filter(
        bearing=Bearing.CONCERN.value, heard_on__gte=oldest_that_counts(on)
    )
    return heard if within is None else heard.filter(subject__in=within.order_by().values("pk"))


def told_by_subject(
    viewer: Viewer, on: date, signals: SignalQuerySet, within: QuerySet[Subject] | None = None
) -> dict[UUID, Told]:
    """This function will count the witnesses among people whom no published concern brings already, by subject.

    ``signals`` are the published concerns that count. Who tells again what a collection brings is no new witness.
    """
    if not viewer.hears:
        return {}
    told = told_concerns(viewer, on, within)
    rows = told.order_by().values("subject").annotate(
        origins=Count("origin", distinct=True), newest=Max("heard_on"), name=Max("subject__name")
    )  # fmt: skip
    found = list(rows)
    again = _told_again(told, signals) if found else {}
    return {
        row["subject"]: Told(
            agreeing=row["origins"] - len(again.get((row["subject"], False), ())),
            changing=row["origins"] - len(again.get((row["subject"], True), ())),
            newest=row["newest"],
            name=row["name"],
        )
        for row in found
    }


def _told_again(told: SightingQuerySet, signals: SignalQuerySet) -> dict[tuple[UUID, bool], set[str]]:
    """By subject, the origins that a published concern brings too; with True, by which something changed."""
    roads = {road_of(source) for source in signals.order_by().values_list("source", flat=True).distinct()}
    both = told.filter(origin__in=roads).order_by()
    origins: dict[UUID, set[str]] = {}
    for subject, origin in both.values_list("subject", "origin").distinct():
        origins.setdefault(subject, set()).add(origin)
    found: dict[tuple[UUID, bool], set[str]] = {}
    if origins:
        published = signals.filter(subject__in=both.values("subject")).order_by()
        for subject, source, kind in published.values_list("subject", "source", "kind").distinct():
            if subject is not None and road_of(source) in origins.get(subject, ()):
                found.setdefault((subject, False), set()).add(road_of(source))
                if kind != SignalKind.TARGET_MISSED.value:
                    found.setdefault((subject, True), set()).add(road_of(source))
    return found


def told_about(viewer: Viewer, on: date, chosen: Collection[UUID]) -> dict[UUID, list[Noticed]]:
    """This function will give what people told about the chosen subjects in the shape in which signals are weighed.

    The measure is the row of the matrix, and the source the witness.
    """
    found: dict[UUID, list[Noticed]] = {key: [] for key in chosen}
    if not viewer.hears:
        return found
    rows = told_concerns(viewer, on).filter(subject__in=chosen).order_by().values("subject", "origin", "row")
    for row in rows.annotate(since=Min("heard_on"), until=Max("heard_on")):
        found[row["subject"]].append(
            Noticed(
                subject=str(row["subject"]),
                measure=row["row"],
                kind=SignalKind.CHANGED,
                bearing=Bearing.CONCERN,
                since=row["since"],
                until=row["until"],
                periods=1,
                source=row["origin"],
                publication="",
            )
        )
    return found


def by_their_roads(told: Collection[Noticed], signals: Collection[Signal]) -> dict[str, str]:
    """This function will name each witness as the published concerns do where it comes by the road of one of them."""
    # Where two files of one road differ, the one by which something changed takes the witness to itself.
    standing_last = sorted(signals, key=lambda one: one.kind != SignalKind.TARGET_MISSED.value)
    published = {road_of(one.source): one.source for one in standing_last}
    return {one.source: published.get(one.source, one.source) for one in told}
