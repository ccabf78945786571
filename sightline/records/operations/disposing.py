"""Disposal: proposed by one person once a period has ended, and done when another agrees; a certificate stays."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.records.retaining import may_second
from sightline.core.verdict import Already, demand
from sightline.records.models import Disposal, DisposalAnswer, InformationRequest
from sightline.records.operations._acting import person, said
from sightline.records.operations._disposing import disposed_of, to_answer, to_dispose
from sightline.records.queries.retaining import schedule


@operation(Permission.KEEP_RECORDS, on="result")
def propose_disposal(*, by: Actor, at: datetime, request: InformationRequest, form_key: UUID) -> Disposal:
    """This function will propose that a request for information is disposed of, now that its period has ended (REC-10).

    Raises Refused before its period has ended, while it is held, and for whoever does not keep it (PER-14).
    """
    today, kept = timezone.localdate(at), to_dispose(by, at, request.pk)
    if Disposal.objects.waiting().filter(record=request.pk).exists():
        raise Already("Its disposal is proposed already. Another person answers.")
    assert kept.due is not None  # nothing may be disposed of that has no day
    return Disposal.objects.create(
        system=kept.record.system,
        record=kept.record.pk,
        subject=kept.record.subject,
        received_on=kept.record.received_on,
        begun_on=kept.trigger,
        due_on=kept.due,
        kept_as=kept.of.name,
        rules_version=str(schedule(today)[1].version),
        proposed_by=person(by),
        proposed_on=today,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_RECORDS, on="disposal")
def answer_disposal(
    *, by: Actor, at: datetime, disposal: Disposal, agreed: bool, because: str = "", knowingly: str = ""
) -> DisposalAnswer:
    """This function will dispose of a record that another person proposed, or decline and say why (REC-10, PER-14).

    What went is counted, and the SHA-256 of what was given out stays; no word of it does. Raises Refused for whoever
    proposed it, and where it is held meanwhile or its period was made longer.
    """
    found = to_answer(by, at, disposal)
    demand(may_second(found.recorded_by, by.actor_id))
    because = "" if agreed else said(because, "Say why it is kept.")
    gone = disposed_of(to_dispose(by, at, found.record).record) if agreed else {}
    return DisposalAnswer.objects.create(
        disposal=found,
        agreed=agreed,
        because=because,
        gone=gone,
        answered_by=person(by),
        answered_on=timezone.localdate(at),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
