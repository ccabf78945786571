"""Improvement plans for tests: content in which nothing is missing, and plans that somebody of the world wrote."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.improvement.facts import (
    Alignment,
    Around,
    CommissionerPart,
    Criterion,
    KnownCommissioner,
    Kpi,
    PlanContent,
    PlannedAction,
)
from sightline.directory.models import Organisation, OrganisationFact
from sightline.directory.words import FactKind
from sightline.improvement.models import Plan, PlanApproval, PlanVersion
from sightline.improvement.operations import approve_plan, begin_plan, restate_plan
from sightline.improvement.queries.plans import content_of, versions_of
from tests.factories.directory import AT
from tests.factories.indicators import SICKNESS, TODAY
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World

DAY = date(2026, 3, 2)
BOARD, COUNCIL = KnownCommissioner("QZ1", "Lantern Board"), KnownCommissioner("ZC1", "Lantern Council")
APPROVED_BECAUSE = "It answers what the review found."


def a_content(**more: Any) -> PlanContent:
    """This function will make the content of a plan in which nothing that the guidance asks for is missing."""
    plain: dict[str, Any] = {
        "name": "Safer wards",
        "objectives": ("Fewer falls on every ward",),
        "starts_on": TODAY + timedelta(days=14),
        "kpis": (Kpi(indicator=SICKNESS), Kpi("Falls with harm in a month")),
        "criteria": (Criterion("Falls with harm", "Fewer than four a month", "Six months in a row"),),
        "actions": (
            PlannedAction("Round every hour", "Lantern Hospitals", "Director of nursing", TODAY + timedelta(days=60)),
        ),
        "contract": "Service development and improvement plan, schedule 6",
        "regulation": "Fundamental standards: safe care",
        "alignment": Alignment.NONE,
        "developed_by": "Lantern Hospitals",
        "developed_with": "Its integrated care board",
    }
    return PlanContent(**{**plain, **more})


def around(**more: Any) -> Around:
    """This function will make what is known around a plan of one commissioner at Enhanced."""
    return Around(**{"on": DAY, "level": "enhanced", "commissioners": (BOARD,), **more})


def both_act() -> tuple[CommissionerPart, ...]:
    """This function will make the coordinated actions of a board and a council."""
    return (
        CommissionerPart(BOARD.name, "Pays for two more nurses at night", BOARD.code),
        CommissionerPart(COUNCIL.name, "Finds places for who may go home", COUNCIL.code),
    )


def a_plan(world: World, content: PlanContent | None = None, by: Person | None = None) -> Plan:
    """This function will have somebody begin a plan: the secretary, unless another is named."""
    return begin_plan(
        by=by or world.secretary,
        at=timezone.now(),
        subject=world.subject,
        system=SYSTEM,
        form_key=uuid4(),
        content=content or a_content(),
    )


def written_anew(world: World, plan: Plan, by: Person | None = None, **change: Any) -> PlanVersion:
    """This function will have somebody write a plan anew: as it was, but for what is changed."""
    newest = versions_of(plan)[-1]
    said = content_of(newest)
    told = {name: getattr(said, name) for name in said.__dataclass_fields__}
    return restate_plan(
        by=by or world.secretary,
        at=timezone.now(),
        plan=plan,
        seen=newest.number,
        content=PlanContent(**{**told, **change}),
        because="The review of the winter",
    )


def approved(world: World, plan: Plan, by: Person | None = None) -> PlanApproval:
    """This function will have somebody approve the newest version of a plan: the quality lead, unless another is named."""
    number = versions_of(plan)[-1].number
    return approve_plan(by=by or world.lead, at=timezone.now(), plan=plan, seen=number, because=APPROVED_BECAUSE)


def in_recovery_support(body: Organisation, director: str = "") -> None:
    """This function will put a body into the Recovery Support Programme, with its director where one is named."""
    told = {"source": "A letter", "recorded_at": AT, "recorded_by": "x", "valid_from": date(2024, 1, 1)}
    OrganisationFact.objects.create(organisation=body, kind=FactKind.RECOVERY_SUPPORT, value="yes", **told)
    if director:
        OrganisationFact.objects.create(organisation=body, kind=FactKind.IMPROVEMENT_DIRECTOR, value=director, **told)


def in_segment(body: Organisation, number: int, year: str = "2022/23") -> None:
    """This function will put a body into an oversight segment of a framework year."""
    OrganisationFact.objects.create(
        organisation=body, kind=FactKind.OVERSIGHT_SEGMENT, value=str(number), detail=year, source="A letter",
        recorded_at=AT, recorded_by="x", valid_from=date(2024, 1, 1),
    )  # fmt: skip
