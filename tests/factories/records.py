"""Holds and requests for information for tests, kept by the secretary of a log's system."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.records.answering import Ruling
from sightline.core.rulebook.keeping import RequestKind
from sightline.improvement.models import Plan
from sightline.improvement.models.endings import PlanEnding
from sightline.records import operations
from sightline.records.giving import Asked, Decision, ToHold
from sightline.records.models import (
    DisclosurePack,
    Hold,
    HoldLifting,
    InformationRequest,
    PassageRuling,
    RequestPassage,
)
from sightline.records.queries.finding import candidates
from sightline.records.queries.requests import Case, one_case
from sightline.reports.models import Gathering, Passage, ReportVersion
from sightline.surveillance.models import LevelDecision
from tests.factories.accounts import a_person
from tests.factories.actions import Log
from tests.factories.surveillance import SYSTEM

INQUIRY = "The inquiry into care at night asked that nothing is destroyed."


def an_officer(system: str = SYSTEM) -> Person:
    """This function will make whoever answers requests for information of a system."""
    return a_person(Grant(Role.FOI_OFFICER, system=system), display_name="Olu Officer")


def to_hold(log: Log, **more: Any) -> ToHold:
    """This function will give words for a hold on everything of the log's system."""
    plain: dict[str, Any] = {
        "system": log.group.system, "because": INQUIRY, "asked_by": "The inquiry", "form_key": uuid4(),
    }  # fmt: skip
    return ToHold(**{**plain, **more})


def held(log: Log, by: Person | None = None, **more: Any) -> Hold:
    """This function will have the secretary place a hold."""
    return operations.place_hold(by=by or log.world.secretary, at=timezone.now(), given=to_hold(log, **more))


def lifted(log: Log, hold: Hold, by: Person | None = None) -> HoldLifting:
    """This function will have the secretary lift a hold."""
    return operations.lift_hold(
        by=by or log.world.secretary, at=timezone.now(), hold=hold, because="The inquiry reported."
    )


def ago(years: float) -> datetime:
    """This function will give a moment so many years ago."""
    return timezone.now() - timedelta(days=round(years * 365.25))


def decided_long_ago(decision: LevelDecision, years: float) -> LevelDecision:
    """This function will move a decision back, as though it had long been on record."""
    LevelDecision.objects.filter(pk=decision.pk).update(decided_at=ago(years))
    return decision


def frozen_long_ago(version: ReportVersion, years: float) -> ReportVersion:
    """This function will move a frozen report back, with the work on it, as though it had long been on record."""
    at = ago(years)
    ReportVersion.objects.filter(pk=version.pk).update(recorded_at=at)
    for model in (Passage, Gathering):
        model.objects.filter(report=version.report_id, recorded_at__gt=at).update(recorded_at=at)
    return version


def ended(plan: Plan, at: datetime) -> PlanEnding:
    """This function will end a plan, as though it had long been over."""
    return PlanEnding.objects.create(
        plan=plan, outcome="worked", impact="x", learning="x", embedded="x", ended_at=at, ended_by="operator:test"
    )


def on_day(name: str, day: date) -> dict[str, str]:
    """This function will give a day as the three boxes of a form."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def asked(log: Log, by: Person | None = None, **more: Any) -> InformationRequest:
    """This function will have the secretary enter a request that came today, for everything of the system."""
    plain: dict[str, Any] = {
        "system": log.group.system, "kind": RequestKind.FOI, "received_on": timezone.localdate(),
        "asked_by": "Quill Querent", "asks": "Everything about care at night.", "form_key": uuid4(),
    }  # fmt: skip
    given = Asked(**{**plain, **more})
    return operations.open_request(
        by=by or log.world.secretary, at=timezone.now(), given=given, knowingly="It is theirs"
    )


def taken(log: Log, request: InformationRequest, by: Person | None = None) -> list[RequestPassage]:
    """This function will have the secretary take everything into a request that they find."""
    who = by or log.world.secretary
    sources = [one.source for one in candidates(who, timezone.localdate(), request).some]
    return operations.take_passages(by=who, at=timezone.now(), request=request, sources=sources)


def ruled(
    log: Log, passage: RequestPassage, ruling: Ruling = Ruling.RELEASE, by: Person | None = None, **more: Any
) -> PassageRuling:
    """This function will have the secretary decide on a passage."""
    plain = {"by": by or log.world.secretary, "at": timezone.now(), "seen": passage.rulings.count()}
    return operations.rule_on_passage(passage=passage, given=Decision(ruling, **more), **plain)


def cleared(log: Log, request: InformationRequest, by: Person | None = None) -> DisclosurePack:
    """This function will have the quality lead clear what is given out."""
    who = by or log.world.lead
    return operations.clear_pack(by=who, at=timezone.now(), request=request, seen=case_of(who, request).stamp)


def case_of(who: Person, request: InformationRequest) -> Case:
    """This function will give a request as somebody works on it."""
    found = one_case(who, timezone.localdate(), request.pk)
    assert found is not None
    return found
