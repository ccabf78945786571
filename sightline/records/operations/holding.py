"""Holds: placed for a reason, and lifted for one. While one stands, nothing that it covers may be disposed of."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Refused
from sightline.records.giving import ToHold
from sightline.records.models import Hold, HoldLifting
from sightline.records.operations._acting import CLOSED, NOT_YOURS, person, said
from sightline.records.queries.retaining import is_open, keeps_records


@operation(Permission.KEEP_RECORDS, on="result")
def place_hold(*, by: Actor, at: datetime, given: ToHold, knowingly: str = "") -> Hold:
    """This function will hold the records of a system, or those that touch a subject, until it is lifted (REC-10, PER-14).

    Raises Refused for whoever does not keep them, or to whom an interest closes the subject.
    """
    today = timezone.localdate(at)
    if not keeps_records(by, today, given.system):
        raise Refused(NOT_YOURS)
    if given.subject is not None and not is_open(by, today, given.subject):
        raise Refused(CLOSED)
    if Hold.objects.filter(form_key=given.form_key).exists():
        raise Already("This hold is on record already.")
    because = said(given.because, "Say why the records are held.")
    asked_by = said(given.asked_by, "Say who asked for it, or that nobody did.")
    return Hold.objects.create(
        system=given.system,
        subject=given.subject,
        because=because,
        asked_by=asked_by,
        placed_by=person(by),
        placed_on=today,
        knowingly=why_it_stays([because, asked_by], knowingly),
        form_key=given.form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_RECORDS, on="hold")
def lift_hold(*, by: Actor, at: datetime, hold: Hold, because: str, knowingly: str = "") -> HoldLifting:
    """This function will lift a hold; the records go on under their own periods."""
    today = timezone.localdate(at)
    kept = Hold.objects.select_for_update(of=("self",)).visible_to(by, today).filter(pk=hold.pk).first()
    if kept is None or not keeps_records(by, today, kept.system):
        raise Refused(NOT_YOURS)
    if HoldLifting.objects.filter(hold=kept).exists():
        raise Already("This hold was lifted already.")
    return HoldLifting.objects.create(
        hold=kept,
        because=because.strip(),
        lifted_by=person(by),
        lifted_on=today,
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
