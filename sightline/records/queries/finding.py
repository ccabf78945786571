"""Passages that a request may be about: looked for in what a case worker may read, by subject, days and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from sightline.core.access import Actor
from sightline.meetings.models import AgendaItem, Meeting, MeetingTime, NotePassage
from sightline.meetings.words import Step
from sightline.publication.models import Edition, KeyPoints
from sightline.records.models import InformationRequest, RequestPassage
from sightline.records.words import SourceKind
from sightline.reports.models import Report, ReportVersion
from sightline.surveillance.models import LevelDecision

AT_MOST = 100  # records that are shown at once; of more the search is narrowed
_LOOKED_AT = 1_000  # rows of a kind, the newest first


@dataclass(frozen=True, slots=True)
class Candidate:
    """One stretch of the record that may be meant: where it stands, of which day, and its words."""

    kind: SourceKind
    key: UUID | int
    part: str
    of_day: date
    text: str

    @property
    def source(self) -> str:
        """Where it stands, as a word: the kind, the key and the section."""
        return f"{self.kind.value}.{self.key}.{self.part}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its words, one paragraph each: each is decided by itself. A line that only leads in goes with what follows it."""
        found, leads = list[str](), ""
        for line in (line.strip() for line in self.text.splitlines() if line.strip()):
            whole = f"{leads} {line}".strip()
            leads = whole if line.endswith(":") else ""
            if not leads:
                found.append(whole)
        return (*found, leads) if leads else tuple(found)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, without what stands in the case already; ``more`` says that further ones fit."""

    some: tuple[Candidate, ...]
    more: bool


def candidates(actor: Actor, on: date, request: InformationRequest) -> Found:
    """This function will look for what a request may be about, as far as the actor reads the record themselves.

    Confidential annexes and what people told in confidence are not looked through: they are no formal record.
    """
    taken = {one.source for one in RequestPassage.objects.filter(request=request)}
    rows = (one for look in _LOOKS for one in look(actor, on, request) if one.source not in taken and one.paragraphs)
    found = list(islice(rows, AT_MOST + 1))
    return Found(tuple(found[:AT_MOST]), len(found) > AT_MOST)


def _notes(actor: Actor, on: date, request: InformationRequest) -> Iterator[Candidate]:
    meetings = Meeting.objects.filter(system=request.system, steps__step=Step.CLOSED.value)
    rows = NotePassage.objects.visible_to(actor, on).newest().filter(meeting__in=meetings.order_by().values("pk"))
    if request.subject_id is not None:
        rows = rows.filter(Q(item__subject=request.subject_id) | Q(meeting__group__subject=request.subject_id))
    newest = MeetingTime.objects.filter(meeting=OuterRef("meeting")).order_by("-number").values("starts_at")[:1]
    found: Any = rows.annotate(starts_at=newest).order_by("-starts_at", "place", "pk")
    for one in found[:_LOOKED_AT]:
        held = _day(one.starts_at)
        if _fits(request, held, one.title, one.text):
            yield Candidate(SourceKind.NOTE, one.pk, "", held, one.text)


def _editions(actor: Actor, on: date, request: InformationRequest) -> Iterator[Candidate]:
    """What is public is for everybody; that it was withdrawn makes no difference to what is held."""
    rows = Edition.objects.filter(page__system=request.system).select_related("page").order_by("-page__held_on", "pk")
    if request.subject_id is not None:
        items = AgendaItem.objects.visible_to(actor, on).filter(subject=request.subject_id).order_by()
        told = KeyPoints.objects.filter(meeting__in=items.values("meeting"), release__edition=OuterRef("pk"))
        rows = rows.filter(Exists(told))
    for one in rows[:_LOOKED_AT]:
        text = "\n".join([one.opening, *one.points])
        if _fits(request, one.page.held_on, text):
            yield Candidate(SourceKind.EDITION, one.pk, "", one.page.held_on, text)


def _versions(actor: Actor, on: date, request: InformationRequest) -> Iterator[Candidate]:
    reports = Report.objects.visible_to(actor, on).filter(system=request.system)
    if request.subject_id is not None:
        about = Q(subjects__subject=request.subject_id) | Q(group__subject=request.subject_id)
        reports = reports.filter(about)
    rows = ReportVersion.objects.filter(report__in=reports.order_by().values("pk")).order_by("-recorded_at", "pk")
    for one in rows[:_LOOKED_AT]:
        for section in one.content.get("sections", ()):
            lines = [line["says"] for line in section.get("lines", ())]
            text = "\n".join(filter(None, [section.get("stands", ""), section.get("text", ""), *lines]))
            if _fits(request, _day(one.recorded_at), text):
                yield Candidate(SourceKind.VERSION, one.pk, str(section.get("id", "")), _day(one.recorded_at), text)


def _decisions(actor: Actor, on: date, request: InformationRequest) -> Iterator[Candidate]:
    rows = LevelDecision.objects.visible_to(actor, on).filter(system=request.system).select_related("subject")
    if request.subject_id is not None:
        rows = rows.filter(subject=request.subject_id)
    for one in rows.order_by("-decided_at", "pk")[:_LOOKED_AT]:
        decided = _day(one.decided_at)
        says = f"{one.subject.name}: {one.level_to.replace('-', ' ')} from {one.effective_on.isoformat()}."
        if _fits(request, decided, says, one.because):
            yield Candidate(SourceKind.DECISION, one.pk, "", decided, f"{says}\n{one.because}")


_LOOKS = (_notes, _editions, _versions, _decisions)


def _fits(request: InformationRequest, of_day: date, *texts: str) -> bool:
    """Whether something is of the days asked for and holds any of the words; without words all of it fits."""
    if request.from_on is not None and of_day < request.from_on:
        return False
    if request.to_on is not None and of_day > request.to_on:
        return False
    return _holds([one.casefold() for one in request.words.splitlines() if one.strip()], texts)


def _holds(words: Sequence[str], texts: Sequence[str]) -> bool:
    whole = "\n".join(texts).casefold()
    return not words or any(one.strip() in whole for one in words)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
