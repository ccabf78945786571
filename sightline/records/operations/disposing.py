"""Disposal: proposed by one person once a period has ended, and done when another agrees; a certificate stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.records.retaining import may_second
from sightline.core.rulebook.keeping import RecordKind
from sightline.core.verdict import Already, demand
from sightline.records.giving import What
from sightline.records.models import Disposal, DisposalAnswer
from sightline.records.operations._acting import person, said
from sightline.records.operations._disposing import disposed_of, name_whom_it_touches, to_answer, to_dispose
from sightline.records.queries.going import GOING
from sightline.records.queries.retaining import schedule, system_of


@operation(Permission.KEEP_RECORDS, on="result")
def propose_disposal(
    *, by: Actor, at: datetime, kind: RecordKind, record: UUID, number: int = 0, form_key: UUID
) -> Disposal:
    """This function will propose that a record is disposed of, now that its period has ended (REC-10).

    ``record`` is its key, and ``number`` its version where it has several. Raises Refused before its period has ended,
    while it is held or an older version stands, and for whoever does not keep it or may not read it (PER-14).
    """
    today, what = timezone.localdate(at), What(kind, record, number)
    kept = to_dispose(by, at, what)
    if Disposal.objects.waiting().filter(kind=kind.value, record=record, number=number).exists():
        raise Already("Its disposal is proposed already. Another person answers.")
    assert kept.due is not None  # nothing may be disposed of that has no day
    going = GOING[kind]
    made = Disposal.objects.create(
        system=system_of(kind, kept.record),
        kind=kind.value,
        record=record,
        number=number,
        group=going.group(kept.record),
        of_day=going.day(kept.record),
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
    name_whom_it_touches(made, kept)
    return made


@operation(Permission.KEEP_RECORDS, on="disposal")
def answer_disposal(
    *, by: Actor, at: datetime, disposal: Disposal, agreed: bool, because: str = "", knowingly: str = ""
) -> DisposalAnswer:
    """This function will dispose of a record that another person proposed, or decline and say why (REC-10, PER-14).

    What went is counted, and the SHA-256 of what was given out stays; no word of it does. Raises Refused for whoever
    proposed it, and where it is held meanwhile or its period was made longer.
    """
    found, what = to_answer(by, at, disposal)
    demand(may_second(found.recorded_by, by.actor_id))
    because = "" if agreed else said(because, "Say why it is kept.")
    gone: Mapping[str, Any] = {}
    if agreed:
        kept = to_dispose(by, at, what)
        name_whom_it_touches(found, kept)  # more than when it was proposed, where somebody worked on it since
        gone = disposed_of(kept)
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
