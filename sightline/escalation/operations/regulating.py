"""Puts on record what was decided on regulatory action of NHS England, and lets the group know that it was."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.escalation.regulating import Regulating, may_regulate
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Refused, refused
from sightline.directory.models import Organisation
from sightline.escalation.messages import REGULATION_DECIDED
from sightline.escalation.models import Consulted, RegulatoryDecision
from sightline.escalation.queries.holding import holders_at
from sightline.escalation.queries.regulating import bodies_in_role, may_write, stood
from sightline.escalation.regulating_given import RegulationGiven
from sightline.notify.queueing import queue
from sightline.surveillance.models import LevelDecision

NOT_YOURS = refused(
    "This is written down by whoever sits for NHS England’s region that the level reaches, or for the nation.", "RPT-07"
)
_NO_BODY = refused("Choose one of the bodies that are shown.", "RPT-07")
_TOLD = (Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE, Slot.SYSTEM_QUALITY_GROUP)


@operation(Permission.ESCALATE, on="result")
def record_regulation(
    *, by: Actor, at: datetime, decision: LevelDecision, given: RegulationGiven, because: str
) -> RegulatoryDecision:
    """This function will record what was decided on regulatory action, by which body, after whom was asked (RPT-07).

    It stands with the level at which the subject stood on that day. Raises Refused with every reason where the level,
    the day or the bodies do not fit, or where it is not the actor's to write down; Already where the form was sent.
    """
    today = timezone.localdate(at)
    found = LevelDecision.objects.visible_to(by, today).filter(pk=decision.pk).select_related("subject").first()
    if found is None or not may_write(by, today, found):
        raise Refused(NOT_YOURS)
    if RegulatoryDecision.objects.filter(form_key=given.form_key).exists():
        raise Already("This is on record already.")
    if not {given.decider, *given.consulted} <= set(bodies_in_role(found)):
        raise Refused(_NO_BODY)
    level = stood(found)
    asked = Regulating(
        decider=given.decider.slot,
        consulted=frozenset(one.slot for one in given.consulted),
        outcome=given.outcome,
        action=given.action,
        decided_on=given.decided_on,
        on=today,
        stood_from=found.effective_on,
        stood_until=level.until,
    )
    if not (verdict := may_regulate(level.place, asked)):
        raise Refused(verdict)
    made = _written(found, given, because, by, at)
    _let_know(made, by, at)
    return made


def _written(
    decision: LevelDecision, given: RegulationGiven, because: str, by: Actor, at: datetime
) -> RegulatoryDecision:
    words = [one.strip() for one in (given.action, because, given.also_asked)]
    action, reason, also = words
    made = RegulatoryDecision.objects.create(
        decision=decision,
        slot=given.decider.slot.value,
        body=given.decider.body,
        outcome=given.outcome.value,
        action=action,
        because=reason,
        also_asked=also,
        knowingly=why_it_stays(words, given.knowingly),
        decided_on=given.decided_on,
        form_key=given.form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    for one in dict.fromkeys(given.consulted):
        Consulted.objects.create(regulatory=made, slot=one.slot.value, body=one.body)
    return made


def _let_know(made: RegulatoryDecision, by: Actor, at: datetime) -> None:
    """Word goes to those of the board and its group who may read the level, whoever wrote it down left out."""
    on = timezone.localdate(at)
    bodies = list(Organisation.objects.filter(code=made.decision.system).values_list("pk", flat=True))
    holders = holders_at(bodies, on)
    people = dict.fromkeys(one for slot in _TOLD for one in holders.of(slot, bodies))
    seen = [
        one
        for one in people
        if one.actor_id != by.actor_id and RegulatoryDecision.objects.visible_to(one, on).filter(pk=made.pk).exists()
    ]
    path = reverse("level_regulation", args=[made.decision_id])
    queue(at=at, kind=REGULATION_DECIDED, record=str(made.pk), path=path, people=seen)
