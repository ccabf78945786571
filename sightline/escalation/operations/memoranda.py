"""Writes down what the memorandum of a board and its region says of escalation (ORG-13)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.escalation.defaulting import routes_to_region
from sightline.core.rulebook.circumstances import Severity
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Organisation, OrganisationFact
from sightline.escalation.models import MemorandumTerm
from sightline.escalation.queries.memoranda import keeps_terms, memorandum, regions_to_name
from sightline.surveillance.queries import guidance_for

NOT_YOURS = refused("This is for those who keep the record of the board’s system.", "ORG-13")


@operation(Permission.KEEP_GROUPS, on="memorandum")
def record_terms(
    *,
    by: Actor,
    at: datetime,
    memorandum: OrganisationFact,
    route: str,
    region: Organisation,
    acts_from: Severity | None,
    form_key: UUID,
) -> MemorandumTerm:
    """This function will write down what a memorandum says of escalation, which is offered first from then on (ORG-13).

    It opens no way that the guidance closes, and closes none. Raises Refused for whoever does not keep the record,
    Invalid where the memorandum is not in force or the way is none to the region, and Already where the form was sent.
    """
    on = timezone.localdate(at)
    body = memorandum.organisation
    if not keeps_terms(by, on, body):
        raise Refused(NOT_YOURS)
    if MemorandumTerm.objects.filter(form_key=form_key).exists():
        raise Already("This is on record already.")
    _demand_in_force(memorandum, on)
    guidance = guidance_for(body.code, on)
    if route not in {one.id for one in routes_to_region(guidance.notices)}:
        raise Invalid("Choose one of the ways to the region that the guidance knows.")
    if region not in regions_to_name(body, on):
        raise Invalid("Choose a region to which the board belongs.")
    return MemorandumTerm.objects.create(
        memorandum=memorandum,
        pack=guidance.pack,
        route=route,
        region=region,
        acts_from=acts_from.value if acts_from else "",
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _demand_in_force(given: OrganisationFact, on: date) -> None:
    if memorandum(given.organisation, on) != given:
        raise Invalid("Another memorandum is in force, or none is. Look at the directory, and read that one.")
