"""What was added to levels and groups: an improvement plan, safeguarding in the group, and a regulatory decision."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.core.escalation.regulating import Outcome
from sightline.core.improvement.finishing import Outcome as PlanOutcome
from sightline.core.improvement.milestones import Lasts, Progress
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, OrganisationFact, Subject
from sightline.directory.words import FactKind, Kind
from sightline.escalation.models import Consulted, RegulatoryDecision
from sightline.groups.models import SeatEnding
from sightline.groups.models.safeguarding import (
    CouncilBody,
    SafeguardingConfirmation,
    SafeguardingLead,
    SafeguardingPeriod,
)
from sightline.groups.safeguarding_words import CouncilBodyKind, Represented
from sightline.groups.words import SeatPart
from sightline.improvement.models import (
    Milestone,
    MilestoneEntry,
    Plan,
    PlanAction,
    PlanApproval,
    PlanCommissioner,
    PlanCriterion,
    PlanEnding,
    PlanKpi,
    PlanMilestone,
    PlanVersion,
    ProviderConcern,
)
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.surveillance import the_body
from tests.security.personas import HOME, REGION, SUBJECT, Cast


def build(cast: Cast) -> None:
    """This function will make one of every record that came to levels and groups later."""
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    _plan(cast, wrote)
    _safeguarding(cast, wrote)
    _regulation(cast, wrote)


def _plan(cast: Cast, wrote: dict[str, Any]) -> None:
    """A version that was approved, and a newer one that is not."""
    subject = Subject.objects.get(key=SUBJECT)
    plan = Plan.objects.create(
        subject=subject, system=HOME, proposal=cast.records["level decision"].proposal, form_key=uuid4(), **wrote
    )
    texts = (
        "name", "objectives", "contract", "regulation", "aligned_with", "director", "developed_by", "developed_with",
        "recovery_plan", "knowingly", "because",
    )  # fmt: skip
    first, second = (
        PlanVersion.objects.create(plan=plan, number=number, alignment="aligned", **dict.fromkeys(texts, "x"), **wrote)
        for number in (1, 2)
    )
    for version in (first, second):
        PlanKpi.objects.create(version=version, position=1, words="x")
        PlanCriterion.objects.create(version=version, position=1, measure="x", target="x", held_for="x")
        PlanAction.objects.create(version=version, position=1, what="x", body="x", owner="x")
        PlanCommissioner.objects.create(version=version, position=1, body="x", action="x")
    _milestones(cast, plan, (first, second), wrote)
    PlanApproval.objects.create(
        version=first, pack="sqg-2022", rules_version="sqg-2022 v1", level="enhanced", remarks="x", because="x",
        knowingly="x", approved_at=timezone.now(), approved_by=cast.people["quality_lead"].actor_id,
    )  # fmt: skip
    cast.records["plan"] = plan
    ended = Plan.objects.create(
        subject=subject, system=HOME, proposal=cast.records["level decision"].proposal, form_key=uuid4(), **wrote
    )
    PlanVersion.objects.create(plan=ended, number=1, alignment="aligned", **dict.fromkeys(texts, "x"), **wrote)
    PlanEnding.objects.create(
        plan=ended, outcome=PlanOutcome.PARTLY, impact="x", learning="x", embedded="x", because="x", knowingly="x",
        ended_at=timezone.now(), ended_by=cast.people["quality_lead"].actor_id,
    )  # fmt: skip


def _milestones(cast: Cast, plan: Plan, versions: tuple[PlanVersion, ...], wrote: dict[str, Any]) -> None:
    """One milestone in both versions, with what the group and what the provider noted of it."""
    milestone = Milestone.objects.create(plan=plan, number=1)
    for version in versions:
        texts = dict.fromkeys(("what", "evidence", "assurance", "body", "owner"), "x")
        PlanMilestone.objects.create(version=version, milestone=milestone, position=1, **texts)
    provider = {**wrote, "recorded_by": cast.people["subject_provider"].actor_id}
    said = {"says": "x", "evidence": "x", "knowingly": "x"}
    MilestoneEntry.objects.create(
        milestone=milestone,
        progress=Progress.REACHED,
        assured_by="x",
        assured_how="x",
        lasts=Lasts.YES,
        **said,
        **wrote,
    )
    MilestoneEntry.objects.create(
        milestone=milestone, is_providers=True, progress=Progress.IN_DOUBT, assured_by="", **said, **provider
    )
    ProviderConcern.objects.create(plan=plan, form_key=uuid4(), says="x", steps="x", knowingly="x", **provider)


def _safeguarding(cast: Cast, wrote: dict[str, Any]) -> None:
    """In the group of the system; the deputy sits in it for a council. And a seat of another group that ended."""
    today, group = timezone.localdate(), cast.records["group"]
    council = the_body("QC1", "Council QC1", Kind.LOCAL_AUTHORITY)
    seat = a_seat(group, "Local authority", SeatPart.MEMBER, organisation=council)
    a_seating(seat, cast.people["deputy"])
    SafeguardingLead.objects.create(group=group, seat=seat, from_on=today, because="x", **wrote)
    SafeguardingPeriod.objects.create(group=group, months=12, from_on=today, because="x", **wrote)
    SafeguardingConfirmation.objects.create(
        group=group, organisation=council, person=cast.people["deputy"], confirmed_on=today,
        represented=Represented.ANOTHER.value, briefs="x", knowingly="x", **wrote,
    )  # fmt: skip
    CouncilBody.objects.create(
        group=group, council=council, kind=CouncilBodyKind.WELLBEING_BOARD.value, name="x", reached_by="x",
        priorities="x", knowingly="x", seat=seat, as_of=today, **wrote,
    )  # fmt: skip
    gone = a_seat(a_group(the_body(HOME), "place-group", "A place group"), "A seat that ended", SeatPart.MEMBER)
    SeatEnding.objects.create(seat=gone, ends_on=today, because="x", **wrote)
    cast.records["council"] = council


def _regulation(cast: Cast, wrote: dict[str, Any]) -> None:
    region = Organisation.objects.get(code=REGION)
    decided = RegulatoryDecision.objects.create(
        decision=cast.records["level decision"], slot=Slot.SYSTEM_OVERSIGHT_COMMITTEE.value, body=region,
        outcome=Outcome.ACTION.value, action="x", because="x", also_asked="x", knowingly="x",
        decided_on=timezone.localdate(), form_key=uuid4(), **wrote,
    )  # fmt: skip
    OrganisationFact.objects.create(
        organisation=the_body(HOME), kind=FactKind.MOU, value="MoU", source="A letter",
        recorded_at=wrote["recorded_at"], recorded_by=wrote["recorded_by"], valid_from=timezone.localdate(),
    )  # fmt: skip
    Consulted.objects.create(regulatory=decided, slot=Slot.REGIONAL_SUPPORT_GROUP.value, body=region)
