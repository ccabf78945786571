"""How a plan ends: with evidence of its impact and what was learned, by whoever may approve plans."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.improvement.finishing import Finish, may_finish
from sightline.core.verdict import Already, Refused
from sightline.improvement.models import Plan, PlanEnding
from sightline.improvement.operations.plans import NOT_APPROVER, NOT_YOURS
from sightline.improvement.queries.endings import record_of
from sightline.improvement.queries.plans import approves_for


@operation(Permission.AUTHORISE_LEVEL, on="plan")
def end_plan(*, by: Actor, at: datetime, plan: Plan, finish: Finish, knowingly: str = "") -> PlanEnding:
    """This function will end a plan, with what it changed, what was learned and where that is embedded (PLN-08, PLN-09).

    Raises Refused with everything that is missing, and where the actor may not approve plans of the group.
    """
    today = timezone.localdate(at)
    found = Plan.objects.visible_to(by, today).filter(pk=plan.pk).select_for_update(of=("self",)).first()
    if found is None:
        raise Refused(NOT_YOURS)
    if not approves_for(by, today, found.system):
        raise Refused(NOT_APPROVER)
    if PlanEnding.objects.filter(plan=found).exists():
        raise Already("This plan has ended already.")
    record = record_of(by, today, found)
    if not (verdict := may_finish(finish, is_approved=record.is_approved, done=record.done, effects=record.effects)):
        raise Refused(verdict)
    words = [finish.impact, finish.learning, finish.embedded, finish.because]
    return PlanEnding.objects.create(
        plan=found,
        outcome=finish.outcome.value,
        impact=finish.impact.strip(),
        learning=finish.learning.strip(),
        embedded=finish.embedded.strip(),
        because=finish.because.strip(),
        is_good_practice=finish.is_good_practice,
        knowingly=why_it_stays(words, knowingly),
        ended_at=at,
        ended_by=by.actor_id,
    )
