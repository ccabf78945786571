"""Published ratings that wait for a person, and those that a person has looked at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from sightline.core.access import Actor
from sightline.core.signals import SignalKind
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_within
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Signal
from sightline.triangulation.models import RatingReview
from sightline.triangulation.queries.deliberating import open_to
from sightline.triangulation.queries.evidence import Judged, judged_about
from sightline.triangulation.queries.worry import current_signals


class Reviewed(StrEnum):
    """How far the review of a rating has come."""

    WAITING = "waiting"
    COUNTS = "counts"
    ASIDE = "aside"


def ratings_to_review(actor: Actor, on: date, area: str = "", state: Reviewed = Reviewed.WAITING) -> QuerySet[Signal]:
    """This function will choose the ratings that stand, by how far their review has come; the newest judgement first.

    A rating below good, or higher than the one before, waits until a named person has seen that it is about this body.
    """
    within = subjects_within(area, on) if area else Subject.objects.all()
    heard = open_to(viewer_of(actor, on), within.open_on(on)).order_by()
    found = current_signals(actor, on).filter(kind=SignalKind.RATING.value, subject__in=heard.values("pk"))
    reviews = RatingReview.objects.filter(signal=OuterRef("pk"))
    if state is Reviewed.WAITING:
        found = found.filter(~Exists(reviews))
    else:
        newest = Subquery(reviews.order_by("-recorded_at", "-pk").values("counts")[:1])
        found = found.annotate(counting=newest).filter(counting=state is Reviewed.COUNTS)
    return found.select_related("subject", "subject__organisation").order_by("-until", "subject__name", "measure", "pk")


def newest_reviews(signals: Collection[UUID]) -> dict[UUID, RatingReview]:
    """This function will give the review that holds for each of these ratings."""
    return {one.signal_id: one for one in RatingReview.objects.filter(signal__in=signals).order_by("recorded_at", "pk")}


def judged_behind(actor: Actor, on: date, signals: Sequence[Signal]) -> Judged:
    """This function will give the regulator's answers about the bodies of these ratings, and about their sites."""
    subjects = {one.subject_id for one in signals if one.subject_id is not None}
    return judged_about(on, subjects, Subject.objects.visible_to(actor, on))


def keys_of(signals: QuerySet[Signal]) -> list[str]:
    """This function will give the keys of ratings, which a form checks what was ticked against."""
    return [str(key) for key in signals.order_by().values_list("pk", flat=True)]


def chosen_ratings(signals: QuerySet[Signal], keys: Collection[str]) -> list[Signal]:
    """This function will give those of these ratings that were ticked."""
    return list(signals.filter(pk__in=keys))
