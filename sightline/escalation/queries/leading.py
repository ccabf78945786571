"""Which duties pass to whoever was agreed to lead after they arose (ORG-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.core.escalation.following import passes_to_lead
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Subject
from sightline.escalation.models import Duty
from sightline.escalation.queries.duties import following_of, stands_now
from sightline.surveillance.models import ProcessLead
from sightline.surveillance.queries import process_lead_of


@dataclass(frozen=True, slots=True)
class Passing:
    """A duty, and the agreement by which it passes to whoever leads."""

    duty: Duty
    lead: ProcessLead


def passing_on(subject: Subject, on: date) -> list[Passing]:
    """This function will find what passes to whoever leads: open, theirs by its rule, and not with them yet (ORG-11).

    Only an agreement made after a duty arose moves it; who leads when it arises is known to it from the start. The
    duties are locked, so that of a step and a handing over at one moment one comes after the other.
    """
    lead = process_lead_of(subject, on)
    if lead is None:
        return []
    found = Duty.objects.filter(subject=subject, is_for_lead=True).order_by("pk").select_for_update(of=("self",))
    found = found.select_related("doer", "organisation", "decision").prefetch_related("steps__body")
    return [Passing(one, lead) for one in found if _passes(one, lead, on)]


def _passes(duty: Duty, lead: ProcessLead, on: date) -> bool:
    if lead.recorded_at < duty.recorded_at or not passes_to_lead(following_of(duty, on).status, duty.is_for_lead):
        return False
    now = stands_now(duty)
    if duty.to == Slot.PROCESS_LEAD.value:
        return now.organisation != lead.organisation
    return (now.falls_to, now.doer) != (Slot.PROCESS_LEAD, lead.organisation)
