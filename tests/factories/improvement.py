"""Improvement for tests: plans in which nothing is missing, reviews that were called, and improvement groups."""

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
    PlannedMilestone,
)
from sightline.core.improvement.milestones import Lasts, Noted, Progress
from sightline.core.improvement.overseeing import Answer, Instigator
from sightline.core.improvement.rapid import Carries, Requester, Route, Urgency
from sightline.directory.models import Organisation, OrganisationFact
from sightline.directory.words import FactKind
from sightline.improvement.improving_given import AnswerGiven, ConveningGiven
from sightline.improvement.models import ImprovementGroup, Plan, PlanApproval, PlanVersion, RapidFinding, RapidReview
from sightline.improvement.operations import (
    approve_plan,
    begin_plan,
    call_review,
    convene_group,
    note_milestone,
    record_agreement_to_end,
    record_report,
    restate_plan,
    write_findings,
)
from sightline.improvement.queries.improving import parties_of
from sightline.improvement.queries.plans import content_of, versions_of
from sightline.improvement.review_words import Through
from sightline.improvement.reviews_given import CallGiven, ChairGiven, FindingGiven, ReportGiven
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
        "kpis": (Kpi(indicator=SICKNESS, target=3.5, held_months=6), Kpi("Falls with harm in a month")),
        "criteria": (Criterion("Falls with harm", "Fewer than four a month", "Six months in a row"),),
        "actions": (
            PlannedAction("Round every hour", "Lantern Hospitals", "Director of nursing", TODAY + timedelta(days=60)),
        ),
        "milestones": (
            PlannedMilestone(
                "Every ward rounds each hour",
                TODAY + timedelta(days=60),
                "The log of rounds",
                "Two members visit at night",
                "Lantern Hospitals",
                "Director of nursing",
            ),
        ),
        "contract": "Service development and improvement plan, schedule 6",
        "regulation": "Fundamental standards: safe care",
        "alignment": Alignment.NONE,
        "developed_by": "Lantern Hospitals",
        "developed_with": "Its integrated care board",
    }
    return PlanContent(**{**plain, **more})


def on_day(name: str, day: date) -> dict[str, int]:
    """This function will fill in a day as a form asks for it."""
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


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


def a_call(world: World, **more: Any) -> CallGiven:
    """This function will make a call of a review in which both grounds are told: the board's lead chairs, providers take part."""
    plain: dict[str, Any] = {
        "requester": Requester.CQC,
        "requested_by": "The hospitals team",
        "urgency": Urgency.IMMEDIATE,
        "risk": "Nobody answers the bell at night.",
        "not_elsewhere": "The contract meeting looks at waiting times alone.",
        "called_on": TODAY,
        "meets_on": TODAY,
        "chair": ChairGiven(world.lead, world.board),
    }
    return CallGiven(**{**plain, **more})


def a_rapid_review(world: World, given: CallGiven | None = None, by: Person | None = None) -> RapidReview:
    """This function will have somebody call a review: the secretary, unless another is named."""
    return call_review(
        by=by or world.secretary, at=timezone.now(), subject=world.subject, system=SYSTEM, form_key=uuid4(),
        given=given or a_call(world),
    )  # fmt: skip


def a_finding(**more: Any) -> FindingGiven:
    """This function will make findings in which nothing is missing, but for a plan."""
    plain: dict[str, Any] = {
        "held_on": TODAY,
        "shared": "Two reports of families, and the rota",
        "diagnosis": "Two posts stand empty on every night.",
        "judgement": "Care at night is not safe enough.",
        "actions": "Fill the posts",
        "carries": Carries.YES,
        "carries_why": "It takes several bodies",
        "level": "enhanced",
        "level_why": "Several sources agree",
        "oversight": "The region looks at the segment",
        "no_plan": "It is written next week.",
    }
    return FindingGiven(**{**plain, **more})


def found_out(review: RapidReview, by: Person, given: FindingGiven | None = None, because: str = "") -> RapidFinding:
    """This function will have somebody write down what a review found."""
    return write_findings(
        by=by,
        at=timezone.now(),
        review=review,
        seen=review.findings.count(),
        given=given or a_finding(),
        because=because,
    )


def a_report(route: Route = Route.SQG, **more: Any) -> ReportGiven:
    """This function will make a report that went by letter."""
    plain: dict[str, Any] = {
        "is_sent": True,
        "says": "The two agreed actions and the plan",
        "on": TODAY,
        "sent_by": "The secretary",
        "sent_to": "Its chair",
        "through": Through.LETTER,
    }
    return ReportGiven(route, **{**plain, **more})


def all_reported(review: RapidReview, by: Person) -> None:
    """This function will have somebody answer all three routes: two reports went, and one does not apply."""
    for given in (
        a_report(),
        a_report(Route.ASSURANCE),
        a_report(Route.REGION, is_sent=False, says="There is no group of the region yet."),
    ):
        record_report(by=by, at=timezone.now(), review=review, given=given)


def a_convening(world: World, **more: Any) -> ConveningGiven:
    """This function will make a convening that providers asked for: the board convenes it, and its lead chairs."""
    plain: dict[str, Any] = {
        "instigator": Instigator.PROVIDER,
        "instigated_by": "Lantern Hospitals",
        "instigated_on": TODAY,
        "purpose": "Care at night is not safe enough.",
        "chair": ChairGiven(world.lead, world.board),
    }
    return ConveningGiven(**{**plain, **more})


def an_improvement_group(
    world: World, given: ConveningGiven | None = None, by: Person | None = None
) -> ImprovementGroup:
    """This function will have somebody convene a group: the secretary, unless another is named."""
    return convene_group(
        by=by or world.secretary, at=timezone.now(), subject=world.subject, system=SYSTEM, form_key=uuid4(),
        given=given or a_convening(world),
    )  # fmt: skip


def all_lasting(plan: Plan, by: Person) -> None:
    """This function will have somebody note that each milestone of a plan is reached, assured, and will last."""
    reached = Noted(Progress.REACHED, "", "The log", "Two members", "They read it at night", Lasts.YES)
    for number in plan.milestones.values_list("number", flat=True):
        note_milestone(by=by, at=timezone.now(), plan=plan, number=number, noted=reached, form_key=uuid4())


def everybody_agrees(improving: ImprovementGroup, by: Person, but: str = "") -> None:
    """This function will have everybody who is asked agree to an end, but for one party."""
    for one in parties_of(improving, TODAY)[0]:
        answer = Answer.DISAGREES if one.party == but else Answer.AGREES
        given = AnswerGiven(
            one.party, answer, TODAY, "Its chair", "The last post is not filled." if one.party == but else ""
        )
        record_agreement_to_end(by=by, at=timezone.now(), improving=improving, given=given)
