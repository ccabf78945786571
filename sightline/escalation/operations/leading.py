"""Agrees who leads, and in the same breath hands over what is open and theirs by its rule (ORG-11)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, Subject
from sightline.escalation.messages import DUTY_ARISEN
from sightline.escalation.models import DutyStep
from sightline.escalation.queries.holding import holders_at
from sightline.escalation.queries.leading import Passing, passing_on
from sightline.notify.queueing import queue
from sightline.surveillance.models import ProcessLead
from sightline.surveillance.operations import agree_process_lead


@operation(Permission.KEEP_GROUPS, on="result")
def agree_lead(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    form_key: UUID,
    organisation: Organisation,
    agreed_on: date,
    agreed_with: str,
    because: str,
    knowingly: str = "",
) -> ProcessLead:
    """This function will record who leads, and hand over each open duty that falls to whoever leads (ORG-11).

    A duty stays as it arose, with every step before; nothing is lost, and none is there twice. Agreement, steps and
    messages are saved together or not at all. Raises what ``agree_process_lead`` raises.
    """
    made = agree_process_lead(
        by=by,
        at=at,
        subject=subject,
        form_key=form_key,
        organisation=organisation,
        agreed_on=agreed_on,
        agreed_with=agreed_with,
        because=because,
        knowingly=knowingly,
    )
    _hand_over(subject, by, at)
    return made


def _hand_over(subject: Subject, by: Actor, at: datetime) -> None:
    on = timezone.localdate(at)
    found = passing_on(subject, on)
    holders = holders_at({one.lead.organisation_id for one in found}, on)
    for one in found:
        step = DutyStep.objects.create(
            duty=one.duty,
            how=DutyHow.HANDED_OVER.value,
            body=one.lead.organisation,
            happened_on=on,
            recorded_at=at,
            recorded_by=by.actor_id,
        )
        if _is_theirs_to_do(one):
            queue(
                at=at,
                kind=DUTY_ARISEN,
                record=str(one.duty.pk),
                path=reverse("duty", args=[one.duty.pk]),
                people=holders.of(Slot.PROCESS_LEAD, [one.lead.organisation_id]),
                again=str(step.pk),
            )


def _is_theirs_to_do(one: Passing) -> bool:
    return one.duty.to != Slot.PROCESS_LEAD.value
