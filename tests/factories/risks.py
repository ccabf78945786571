"""Risks for tests, made by rows so that they are there at once, with how each stands now kept beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.risks.giving import Opening, Scored, Stated
from sightline.risks.models import Measure, Place, Risk, RiskEnding, RiskNow, RiskScore, RiskStatement, RiskSubject
from sightline.risks.operations import open_risk
from sightline.risks.operations._now import keep_now
from sightline.risks.words import MeasureKind, ScoreKind
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.groups import an_interest

SYSTEM = "QZ1"
OPENED = date(2026, 1, 12)
WRITER = "person:somebody"
Cell = tuple[int, int]


def moment(day: date) -> datetime:
    """This function will give the middle of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def a_risk(
    system: str = SYSTEM,
    subjects: Sequence[Subject] = (),
    *,
    opened_on: date = OPENED,
    initial: Cell | None = None,
    scores: Sequence[tuple[Cell, date]] = (),
    target: Cell | None = None,
    places: Sequence[tuple[Tier, Organisation] | tuple[Tier, Organisation, str]] = (),
    measures: Sequence[tuple[MeasureKind, str]] = (),
    closed_on: date | None = None,
    follows: Risk | None = None,
    recorded_at: datetime | None = None,
    **said: Any,
) -> Risk:
    """This function will make one risk; what is said of it is given by the names of the columns of its statement."""
    at = recorded_at or moment(opened_on)
    by = {"recorded_at": at, "recorded_by": WRITER}
    risk = Risk.objects.create(system=system, opened_on=opened_on, follows=follows, form_key=uuid4(), **by)
    RiskSubject.objects.bulk_create(RiskSubject(risk=risk, subject=one) for one in subjects)
    RiskStatement.objects.create(risk=risk, number=1, **{**STATED, **said}, **by)
    kinds = [(ScoreKind.INITIAL, initial, opened_on), (ScoreKind.TARGET, target, opened_on)]
    kinds += [(ScoreKind.CURRENT, cell, day) for cell, day in scores]
    RiskScore.objects.bulk_create(
        RiskScore(
            risk=risk,
            kind=kind.value,
            likelihood=cell[0],
            consequence=cell[1],
            holds_from=day,
            rationale="As discussed",
            recorded_at=max(at, moment(day)),
            recorded_by=WRITER,
        )
        for kind, cell, day in kinds
        if cell
    )
    for tier, body, *number in places:
        Place.objects.create(
            risk=risk, tier=tier.value, body=body, reference=number[0] if number else "", since=opened_on, **by
        )
    for kind, says in measures:
        Measure.objects.create(risk=risk, kind=kind.value, says=says, **by)
    if closed_on:
        ended = moment(closed_on)
        RiskEnding.objects.create(
            risk=risk, ended_on=closed_on, because="It held", recorded_at=ended, recorded_by=WRITER
        )
    keep_now([risk], opened_on)
    return risk


STATED: Mapping[str, Any] = {
    "title": "Falls on two wards",
    "cause": "Night shifts without the planned staff",
    "event": "People fall and nobody is there",
    "effect": "Broken hips and longer stays",
    "category": "safety",
    "severity": Severity.MINOR.value,
    "owner_name": "Director of nursing",
}


def now_of(risk: Risk) -> RiskNow:
    """This function will read anew how a risk stands now."""
    return RiskNow.objects.get(risk=risk)


@dataclass(frozen=True)
class Kept:
    """A trust in a system, with the bodies that keep registers, and the people around it."""

    subject: Subject
    icb: Organisation
    region: Organisation
    lead: Person
    secretary: Person
    member: Person
    regional: Person
    provider: Person
    conflicted: Person


def a_kept_system(code: str = "ZR1") -> Kept:
    """This function will make a trust, an ICB, a region, and those who keep risks there or may not."""
    icb = an_organisation(SYSTEM, "Lantern ICB", Kind.ICB)
    region = an_organisation("YZ1", "Northern region", Kind.REGION)
    subject = an_organisation(code, "Lantern Trust").subjects.get()
    conflicted = a_person(Grant(Role.SECRETARY, system=SYSTEM), display_name="Cora Conflicted")
    an_interest(conflicted, subject)
    return Kept(
        subject=subject,
        icb=icb,
        region=region,
        lead=a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM), display_name="Ada Lead"),
        secretary=a_person(Grant(Role.SECRETARY, system=SYSTEM), display_name="Sam Secretary"),
        member=a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Mel Member"),
        regional=a_person(Grant(Role.REGION, organisation="YZ1"), display_name="Rae Region"),
        provider=a_person(Grant(Role.PROVIDER, system=SYSTEM, organisation=code), display_name="Pia Provider"),
        conflicted=conflicted,
    )


def stated(**said: Any) -> Stated:
    """This function will say what a risk is, with whatever is given changed."""
    plain = {name: value for name, value in STATED.items() if name != "severity"}
    return Stated(**{**plain, "severity": Severity.MINOR, **said})


def opened(kept: Kept, by: Person | None = None, at: datetime | None = None, **given: Any) -> Risk:
    """This function will open a risk by its operation; what is no part of an opening belongs to what is said."""
    parts = {name: given.pop(name) for name in OPENING if name in given}
    opening = Opening(stated=stated(**given), **{"subjects": (kept.subject,), "current": Scored(4, 3, "Seen"), **parts})
    return open_risk(by=by or kept.lead, at=at or timezone.now(), system=SYSTEM, given=opening, form_key=uuid4())


OPENING = ("subjects", "current", "initial", "target", "places", "links", "follows", "opened_on")
