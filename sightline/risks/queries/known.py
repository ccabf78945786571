"""What was known of a subject by the end of a day, as far as its reader may see it today (LRN-01; QSG 2017 ¶37)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from sightline.core.access import Actor, Viewer
from sightline.core.risks import RiskFacts
from sightline.directory.models import Subject
from sightline.groups.hearing import heard_by
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Rating, Signal
from sightline.profiles.models import HeatMapReading, OtherProcess, Profile, TriggerAssessment
from sightline.risks.models import Risk, RiskSubject
from sightline.risks.queries.facts import facts_of
from sightline.risks.queries.heard_then import HeardThen, Sitting, heard_then, sitting_on
from sightline.risks.queries.levels import levels_for
from sightline.risks.queries.rows import day_after
from sightline.surveillance.models import (
    Concern,
    ConcernEnding,
    ConcernStatement,
    LevelDecision,
    LevelProposal,
    ProposalEnding,
)
from sightline.surveillance.queries import Guidance, guidance_for
from sightline.triangulation.models import ProposalDecision, Request
from sightline.triangulation.queries import decisions_about, requests_about

AT_MOST = 200  # signals and told items; of more it is said how many there were
R = TypeVar("R", bound=Request | ProposalDecision)


@dataclass(frozen=True, slots=True)
class Aid:
    """A profile that was begun, or an aid that was used: which, when, and the level or process that it names."""

    which: str
    key: UUID
    on: date
    word: str = ""


@dataclass(frozen=True, slots=True)
class ConcernThen:
    """A concern as it was last stated by the day, and whether it was closed by then."""

    concern: Concern
    statement: ConcernStatement
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ProposalThen:
    """A level that was proposed by the day, and how far that had come; the decision where there was one."""

    proposal: LevelProposal
    decision: LevelDecision | None
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that was on record of a subject by the end of a day.

    ``earlier`` counts the signals that had ended by then, and ``signals_in_all`` and ``heard_in_all`` what is not listed.
    ``level`` is empty where the reader may not know it.
    """

    subject: Subject
    day: date
    guidance: Guidance
    level: str
    signals: tuple[Signal, ...]
    signals_in_all: int
    earlier: int
    ratings: tuple[Rating, ...]
    heard: tuple[HeardThen, ...]
    heard_in_all: int
    sitting: tuple[Sitting, ...]
    aids: tuple[Aid, ...]
    answers: tuple[ProposalDecision, ...]
    requests: tuple[Request, ...]
    concerns: tuple[ConcernThen, ...]
    proposals: tuple[ProposalThen, ...]
    risks: tuple[RiskFacts, ...]


def known_by(actor: Actor, on: date, subject: Subject, day: date) -> Known:
    """This function will gather what had been put on record about a subject by the end of a day.

    What came in later is left out even where it speaks of an earlier time: nobody here could know it. Nor does the reader
    see more of it than they may see today.
    """
    end, viewer = day_after(day), viewer_of(actor, on)
    guidance = guidance_for(next(iter(sorted(viewer.systems or ())), ""), day)
    stood = Signal.objects.visible_to(actor, on).filter(subject=subject, raised_at__lt=end)
    ended = Q(ending__ended_at__lt=end)
    signals = stood.exclude(ended).select_related("publication").order_by("-first_raised_at", "pk")
    sitting = tuple(one for one in sitting_on(subject, day) if _sits_with(viewer, one.viewer))
    heard, heard_in_all = heard_then(viewer, subject, day, sitting, AT_MOST)
    return Known(
        subject=subject,
        day=day,
        guidance=guidance,
        level=levels_for(actor, on, [subject.pk], guidance, day, day).get(subject.pk, ""),
        signals=tuple(signals[:AT_MOST]),
        signals_in_all=signals.count(),
        earlier=stood.filter(ended, continued_by=None).count(),
        ratings=_ratings(subject, end),
        heard=heard,
        heard_in_all=heard_in_all,
        sitting=sitting,
        aids=_aids(actor, on, subject, end),
        answers=tuple(one for one in decisions_about(actor, on, [subject.pk]) if one.recorded_at < end),
        requests=tuple(one for one in requests_about(actor, on, subject) if one.recorded_at < end),
        concerns=_concerns(actor, on, subject, end),
        proposals=_proposals(actor, on, subject, end),
        risks=_risks(actor, on, subject, day),
    )


def _sits_with(viewer: Viewer, other: Viewer) -> bool:
    """Whether somebody sat in a group in which the reader sits."""
    return viewer.systems is None or other.systems is None or bool(viewer.systems & other.systems)


def _ratings(subject: Subject, end: datetime) -> tuple[Rating, ...]:
    """Of each question the newest judgement that had come in."""
    rows = Rating.objects.filter(subject=subject, service="", publication__recorded_at__lt=end)
    newest = {one.about: one for one in rows.select_related("publication").order_by("published_on", "pk")}
    return tuple(sorted(newest.values(), key=lambda one: (one.about != "overall", one.about)))


def _aids(actor: Actor, on: date, subject: Subject, end: datetime) -> tuple[Aid, ...]:
    sight = heard_by(actor, on) & Q(subject=subject)
    found = [
        Aid("profile", key, timezone.localdate(at))
        for key, at in Profile.objects.filter(sight, started_at__lt=end).values_list("pk", "started_at")
    ]
    kinds = ((HeatMapReading, "suggested"), (TriggerAssessment, "recommended"), (OtherProcess, "name"))
    for model, word in kinds:
        rows = model.objects.filter(sight, recorded_at__lt=end).values_list("pk", "recorded_at", word)
        found += [Aid(model.__name__, key, timezone.localdate(at), said) for key, at, said in rows]
    return tuple(sorted(found, key=lambda one: (one.on, one.key), reverse=True))


def _concerns(actor: Actor, on: date, subject: Subject, end: datetime) -> tuple[ConcernThen, ...]:
    found = list(Concern.objects.visible_to(actor, on).filter(subject=subject, recorded_at__lt=end))
    rows = ConcernStatement.objects.filter(concern__in=found, recorded_at__lt=end).order_by("number")
    newest = {one.concern_id: one for one in rows}
    ended = ConcernEnding.objects.filter(concern__in=found, recorded_at__lt=end).values_list("concern", flat=True)
    closed = set(ended)
    return tuple(ConcernThen(one, newest[one.pk], one.pk in closed) for one in found if one.pk in newest)


def _proposals(actor: Actor, on: date, subject: Subject, end: datetime) -> tuple[ProposalThen, ...]:
    found = list(LevelProposal.objects.visible_to(actor, on).filter(subject=subject, recorded_at__lt=end))
    seen = LevelDecision.objects.visible_to(actor, on).filter(proposal__in=found, decided_at__lt=end)
    decided = {one.proposal_id: one for one in seen}
    ended = ProposalEnding.objects.filter(proposal__in=found, recorded_at__lt=end).values_list("proposal", flat=True)
    over = set(ended) | {one.follows_id for one in found}
    return tuple(ProposalThen(one, decided.get(one.pk), one.pk in over) for one in found)


def _risks(actor: Actor, on: date, subject: Subject, day: date) -> tuple[RiskFacts, ...]:
    about = RiskSubject.objects.filter(subject=subject).values("risk")
    found = Risk.objects.visible_to(actor, on).filter(pk__in=about, recorded_at__lt=day_after(day))
    return tuple(facts_of(found, day, day).values())
