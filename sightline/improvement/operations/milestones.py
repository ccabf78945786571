"""What people do with milestones: the group notes how one stands; the provider updates its own, and tells new concerns."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.improvement.milestones import Noted, may_note
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.improvement.models import (
    MilestoneEntry,
    Plan,
    PlanMilestone,
    PlanVersion,
    ProviderConcern,
    ProviderConcernAnswer,
)
from sightline.improvement.operations.plans import ENDED, NOT_YOURS
from sightline.improvement.queries.milestones import approved_version, provides_for
from sightline.improvement.queries.plans import writes_for

NOT_PROVIDER = refused("This is for the provider that the approved plan is about.", "PER-10")


@operation(Permission.RAISE_CONCERN, on="plan")
def note_milestone(
    *, by: Actor, at: datetime, plan: Plan, number: int, noted: Noted, form_key: UUID, knowingly: str = ""
) -> MilestoneEntry:
    """This function will note how a milestone of the newest version stands, with evidence and assurance (PLN-07).

    Raises Refused where the actor does not sit in the group, or the entry lacks what the guidance asks for.
    """
    today = timezone.localdate(at)
    found = Plan.objects.visible_to(by, today).filter(pk=plan.pk).select_for_update(of=("self",)).first()
    if found is None or not writes_for(by, today, found.system):
        raise Refused(NOT_YOURS)
    _must_go_on(found)
    return _note(found.versions.order_by("-number").first(), number, noted, form_key, knowingly, by, at)


@operation(Permission.ESCALATE, on="plan")
def update_milestone(
    *, by: Actor, at: datetime, plan: Plan, number: int, noted: Noted, form_key: UUID, knowingly: str = ""
) -> MilestoneEntry:
    """This function will keep what the provider says of a milestone of its own approved plan (QIG-05; PER-10).

    Raises Refused for whoever does not work for the provider, and where a doubt comes without what is done about it.
    """
    found = _own(by, timezone.localdate(at), plan)
    return _note(approved_version(found), number, noted, form_key, knowingly, by, at)


@operation(Permission.ESCALATE, on="plan")
def tell_concern(
    *, by: Actor, at: datetime, plan: Plan, says: str, steps: str, form_key: UUID, knowingly: str = ""
) -> ProviderConcern:
    """This function will keep a new concern that the provider tells, with what it does about the risk already (QIG-05)."""
    found = _own(by, timezone.localdate(at), plan)
    if ProviderConcern.objects.filter(form_key=form_key).exists():
        raise Already("This concern is on record already.")
    if not says.strip() or not steps.strip():
        raise Invalid("Say what the concern is, and what you have done already to keep people safe.")
    return ProviderConcern.objects.create(
        plan=found,
        form_key=form_key,
        says=says.strip(),
        steps=steps.strip(),
        knowingly=why_it_stays([says, steps], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RAISE_CONCERN, on="plan")
def answer_concern(
    *, by: Actor, at: datetime, plan: Plan, concern: ProviderConcern, says: str, knowingly: str = ""
) -> ProviderConcernAnswer:
    """This function will say what the group does about a new concern that the provider told (QIG-05)."""
    today = timezone.localdate(at)
    found = Plan.objects.visible_to(by, today).filter(pk=plan.pk).select_for_update(of=("self",)).first()
    if found is None or not writes_for(by, today, found.system):
        raise Refused(NOT_YOURS)
    told = found.concerns.filter(pk=concern.pk).first()
    if told is None:
        raise Refused(NOT_YOURS)
    if ProviderConcernAnswer.objects.filter(concern=told).exists():
        raise Already("Somebody has taken this concern up already.")
    if not says.strip():
        raise Invalid("Say what the group does about it.")
    return ProviderConcernAnswer.objects.create(
        concern=told,
        says=says.strip(),
        knowingly=why_it_stays([says], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- shared by the above


def _own(by: Actor, on: date, plan: Plan) -> Plan:
    if not provides_for(by, on, plan):
        raise Refused(NOT_PROVIDER)
    found = Plan.objects.select_for_update().get(pk=plan.pk)
    _must_go_on(found)
    return found


def _must_go_on(plan: Plan) -> None:
    if hasattr(plan, "ending"):
        raise Refused(ENDED)


def _note(
    version: PlanVersion | None, number: int, noted: Noted, form_key: UUID, knowingly: str, by: Actor, at: datetime
) -> MilestoneEntry:
    said = PlanMilestone.objects.filter(version=version, milestone__number=number).first() if version else None
    if said is None:
        raise Invalid("The plan has no such milestone now. Read the plan again.")
    if MilestoneEntry.objects.filter(form_key=form_key).exists():
        raise Already("This is on record already.")
    if not (verdict := may_note(noted)):
        raise Refused(verdict)
    return MilestoneEntry.objects.create(
        milestone_id=said.milestone_id,
        form_key=form_key,
        is_providers=noted.is_providers,
        progress=noted.progress.value,
        says=noted.says.strip(),
        evidence=noted.evidence.strip(),
        assured_by=noted.assured_by.strip(),
        assured_how=noted.assured_how.strip(),
        lasts=noted.lasts.value,
        knowingly=why_it_stays([noted.says, noted.evidence, noted.assured_by, noted.assured_how], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
