"""Hands open duties over to whoever was agreed to lead, each as a step of its own, and lets them know (ORG-11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.levels import Slot
from sightline.escalation.messages import DUTY_ARISEN
from sightline.escalation.models import DutyStep
from sightline.escalation.queries.holding import holders_at
from sightline.escalation.queries.leading import Passing, passing_on
from sightline.notify.queueing import queue


def hand_over(by: Actor, at: datetime, subjects: Iterable[UUID] | None = None) -> int:
    """This function will hand over what passes to whoever leads, and say how many duties that were.

    The duty stays as it arose, with every step before; nothing is lost, and none is there twice.
    """
    on = timezone.localdate(at)
    found = passing_on(on, subjects)
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
    return len(found)


def _is_theirs_to_do(one: Passing) -> bool:
    return one.duty.to != Slot.PROCESS_LEAD.value
