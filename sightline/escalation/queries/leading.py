"""Which duties pass to whoever was agreed to lead after they arose (ORG-11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.escalation.following import passes_to_lead
from sightline.core.rulebook.levels import Slot
from sightline.escalation.models import Duty
from sightline.escalation.queries.duties import following_of, stands_now
from sightline.surveillance.models import ProcessLead


@dataclass(frozen=True, slots=True)
class Passing:
    """A duty, and the agreement by which it passes to whoever leads."""

    duty: Duty
    lead: ProcessLead


def passing_on(on: date, subjects: Iterable[UUID] | None = None) -> list[Passing]:
    """This function will find what passes to whoever leads: open, theirs by its rule, and not with them yet (ORG-11).

    Only an agreement made after a duty arose moves it; who leads when it arises is known to it from the start.
    """
    leads = _newest_leads(on, subjects)
    found = Duty.objects.filter(subject__in=leads, is_for_lead=True).order_by("pk").select_for_update(of=("self",))
    found = found.select_related("doer", "organisation", "decision").prefetch_related("steps__body")
    passing = [Passing(one, leads[one.subject_id]) for one in found]
    return [one for one in passing if _passes(one, on)]


def _newest_leads(on: date, subjects: Iterable[UUID] | None) -> dict[UUID, ProcessLead]:
    rows = ProcessLead.objects.filter(agreed_on__lte=on).select_related("organisation")
    if subjects is not None:
        rows = rows.filter(subject__in=list(subjects))
    return {one.subject_id: one for one in rows.order_by("agreed_on", "recorded_at", "pk")}


def _passes(one: Passing, on: date) -> bool:
    duty, lead = one.duty, one.lead
    if lead.recorded_at < duty.recorded_at or not passes_to_lead(following_of(duty, on).status, duty.is_for_lead):
        return False
    now = stands_now(duty)
    if duty.to == Slot.PROCESS_LEAD.value:
        return now.organisation != lead.organisation
    return (now.falls_to, now.doer) != (Slot.PROCESS_LEAD, lead.organisation)
