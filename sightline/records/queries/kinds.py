"""Where each kind of formal record stands, when its period began, and whom it touches: as far as somebody reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from sightline.core.access import Actor
from sightline.core.rulebook.keeping import RecordKind
from sightline.improvement.models import Plan, RapidReview
from sightline.meetings.models import AgendaItem, Meeting, NotePassage
from sightline.meetings.words import Step
from sightline.publication.models import KeyPoints
from sightline.records.models import InformationRequest, RequestPassage
from sightline.records.sight import kept_there
from sightline.reports.models import Report, ReportSubject, ReportVersion
from sightline.risks.models import Risk, RiskSubject
from sightline.surveillance.models import LevelDecision

Rows = QuerySet[Any]
Touched = Mapping[Any, frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its records for a reader, the field in which a period begins, and whom some of them touch."""

    rows: Callable[[Actor, date], Rows]
    touches: Callable[[Collection[Any]], Iterable[tuple[Any, UUID | None]]]
    beside: tuple[str, ...] = ()  # what a line of the list reads with the record

    def touched(self, keys: Collection[Any]) -> Touched:
        """This function will say which subjects some records touch."""
        found: dict[Any, set[UUID]] = defaultdict(set)
        for key, subject in self.touches(keys):
            if subject is not None:
                found[key].add(subject)
        return {key: frozenset(subjects) for key, subjects in found.items()}


def _held(actor: Actor, on: date) -> QuerySet[Meeting]:
    """The meetings of the reader's systems that were held, whose note was begun."""
    noted = Exists(NotePassage.objects.filter(meeting=OuterRef("pk")))
    seen = Meeting.objects.visible_to(actor, on).order_by().values("pk")
    found = Meeting.objects.filter(kept_there(actor, on), noted, pk__in=seen)
    return found.filter(steps__step=Step.CLOSED.value).annotate(begins=F("steps__at"))


def _public(actor: Actor, on: date) -> Rows:
    meetings = Meeting.objects.filter(kept_there(actor, on)).order_by().values("pk")
    seen = KeyPoints.objects.visible_to(actor, on).filter(meeting__in=meetings, release__isnull=False)
    return seen.annotate(begins=F("release__recorded_at"))


def _reports(actor: Actor, on: date) -> Rows:
    seen = Report.objects.visible_to(actor, on).filter(kept_there(actor, on)).order_by().values("pk")
    return ReportVersion.objects.filter(report__in=seen).annotate(begins=F("recorded_at"))


def _decisions(actor: Actor, on: date) -> Rows:
    return LevelDecision.objects.visible_to(actor, on).filter(kept_there(actor, on)).annotate(begins=F("decided_at"))


def _risks(actor: Actor, on: date) -> Rows:
    return Risk.objects.visible_to(actor, on).filter(kept_there(actor, on)).annotate(begins=F("ending__ended_on"))


def _plans(actor: Actor, on: date) -> Rows:
    return Plan.objects.visible_to(actor, on).filter(kept_there(actor, on)).annotate(begins=F("ending__ended_at"))


def _reviews(actor: Actor, on: date) -> Rows:
    return RapidReview.objects.visible_to(actor, on).filter(kept_there(actor, on)).annotate(begins=F("ending__ends_on"))


def _of_meetings(keys: Collection[Any]) -> Iterable[tuple[Any, UUID | None]]:
    yield from AgendaItem.objects.filter(meeting__in=keys).order_by().values_list("meeting", "subject")
    yield from Meeting.objects.filter(pk__in=keys).order_by().values_list("pk", "group__subject")


def _of_key_points(keys: Collection[Any]) -> Iterable[tuple[Any, UUID | None]]:
    meetings = dict(KeyPoints.objects.filter(pk__in=keys).order_by().values_list("pk", "meeting"))
    touched = defaultdict(list)
    for meeting, subject in _of_meetings(set(meetings.values())):
        touched[meeting].append(subject)
    return [(key, subject) for key, meeting in meetings.items() for subject in touched[meeting]]


def _of_reports(keys: Collection[Any]) -> Iterable[tuple[Any, UUID | None]]:
    versions = ReportVersion.objects.filter(pk__in=keys).order_by()
    yield from versions.values_list("pk", "report__group__subject")
    about = ReportSubject.objects.filter(report__in=versions.values("report")).order_by()
    subjects = defaultdict(list)
    for report, subject in about.values_list("report", "subject"):
        subjects[report].append(subject)
    for key, report in versions.values_list("pk", "report"):
        yield from ((key, subject) for subject in subjects[report])


def _one_subject(model: type[Model]) -> Callable[[Collection[Any]], Iterable[tuple[Any, UUID | None]]]:
    def touches(keys: Collection[Any]) -> Iterable[tuple[Any, UUID | None]]:
        found: Iterable[tuple[Any, UUID | None]] = (
            model._default_manager.filter(Q(pk__in=keys)).order_by().values_list("pk", "subject")
        )
        return found

    return touches


def _of_risks(keys: Collection[Any]) -> Iterable[tuple[Any, UUID | None]]:
    return RiskSubject.objects.filter(risk__in=keys).order_by().values_list("risk", "subject")


def _requests(actor: Actor, on: date) -> Rows:
    return InformationRequest.objects.visible_to(actor, on).annotate(begins=F("closing__closed_on"))


def _of_requests(keys: Collection[Any]) -> Iterable[tuple[Any, UUID | None]]:
    """Whom a request is about, and whom the records touch from which something was taken into it."""
    yield from InformationRequest.objects.filter(pk__in=keys).order_by().values_list("pk", "subject")
    passages = RequestPassage.objects.filter(request__in=keys).order_by()
    for path in ("note__item__subject", "note__meeting__group__subject", "decision__subject",
                 "version__report__subjects__subject"):  # fmt: skip
        yield from passages.values_list("request", path).distinct()


KINDS: Mapping[RecordKind, Kind] = {
    RecordKind.NOTE: Kind(_held, _of_meetings, ("group",)),
    RecordKind.KEY_POINTS: Kind(_public, _of_key_points, ("meeting__group", "release__edition")),
    RecordKind.REPORT: Kind(_reports, _of_reports, ("report__group",)),
    RecordKind.DECISION: Kind(_decisions, _one_subject(LevelDecision), ("subject",)),
    RecordKind.RISK: Kind(_risks, _of_risks),
    RecordKind.PLAN: Kind(_plans, _one_subject(Plan), ("subject",)),
    RecordKind.REVIEW: Kind(_reviews, _one_subject(RapidReview), ("subject",)),
    RecordKind.REQUEST: Kind(_requests, _of_requests),
}
