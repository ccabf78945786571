"""What must not stay a discussion: that abuse or neglect is suspected, and that it was referred."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid
from sightline.meetings.models import AgendaItem, Suspicion, SuspicionReferral
from sightline.meetings.operations._live import under_way_for


@operation(Permission.KEEP_MEETINGS, on="item")
def note_suspicion(
    *, by: Actor, at: datetime, item: AgendaItem, detail: str, form_key: UUID, knowingly: str = ""
) -> Suspicion:
    """This function will write down that abuse or neglect is suspected; the meeting waits for its referral (SAF-01)."""
    _, found = under_way_for(by, at, item)
    if Suspicion.objects.filter(form_key=form_key).exists():
        raise Already("This is on record already.")
    if not detail.strip():
        raise Invalid("Say in a sentence what is suspected, without naming a patient.")
    return Suspicion.objects.create(
        item=found,
        detail=detail.strip(),
        knowingly=why_it_stays([detail], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_MEETINGS, on="suspicion")
def refer_suspicion(
    *,
    by: Actor,
    at: datetime,
    suspicion: Suspicion,
    body: str,
    referred_by: str,
    referred_on: date,
    reference: str = "",
    knowingly: str = "",
) -> SuspicionReferral:
    """This function will record by whom, to whom and when a suspicion was referred; to discuss it is not enough (SAF-01)."""
    under_way_for(by, at, suspicion.item)
    if SuspicionReferral.objects.filter(suspicion=suspicion).exists():
        raise Already("Its referral is on record already.")
    if not body.strip() or not referred_by.strip():
        raise Invalid("Say who referred it, and to which body.")
    if referred_on > timezone.localdate(at):
        raise Invalid("A referral is recorded once it was made. Give that day.")
    return SuspicionReferral.objects.create(
        suspicion=suspicion,
        body=body.strip(),
        referred_by=referred_by.strip(),
        referred_on=referred_on,
        reference=reference.strip(),
        knowingly=why_it_stays([body, referred_by, reference], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
