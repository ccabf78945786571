"""Writes of the registers on which a risk stands, and of what it is linked to."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.risks import must_stand_on
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import Already, Refused, refused
from sightline.directory.models import Organisation
from sightline.risks.giving import Linked, Placing
from sightline.risks.models import Place, PlaceEnding, Risk, RiskLink
from sightline.risks.operations._demands import NOT_KEPT, demand_clean, demand_open, kept_risk, left_behind
from sightline.risks.operations._placing import end_place, write_link, write_place
from sightline.risks.queries.facts import facts_of_one
from sightline.risks.queries.keeping import keeping_of, locked_risk
from sightline.risks.queries.rules import levels_now, risk_rules


@operation(Permission.KEEP_RISKS, on="risk")
def place_risk(
    *,
    by: Actor,
    at: datetime,
    risk: Risk,
    tier: Tier,
    body: Organisation,
    reference: str = "",
    since: date | None = None,
    because: str = "",
) -> Place:
    """This function will put a risk on a register, with the number that it has there (RSK-01, RSK-02).

    Raises Refused with the words of the guidance where it may not stand there: a minor concern goes onto a higher
    register only where the service is commissioned there (RPT-02, RPT-03, RPT-05).
    """
    today = timezone.localdate(at)
    found = _placeable(by, today, risk, tier, body)
    demand_clean(reference, because)
    made = write_place(found, Placing(tier, body, reference), since or today, because, at, by)
    left_behind(found, at)
    return made


@operation(Permission.KEEP_RISKS, on="place")
def remove_from_register(*, by: Actor, at: datetime, place: Place, because: str) -> PlaceEnding:
    """This function will take a risk off a register, for a reason; that it stood there stays on record.

    Raises Refused where it has to stand there (RPT-04, RPT-06): restate it first, if it is no longer so grave.
    """
    today = timezone.localdate(at)
    found = _placeable(by, today, place.risk, Tier(place.tier), place.body)
    if PlaceEnding.objects.filter(place=place).exists():
        raise Already("It was taken off this register already.")
    _demand_may_leave(found, place, today)
    demand_clean(because)
    made = end_place(place, today, because.strip(), at, by)
    left_behind(found, at)
    return made


@operation(Permission.KEEP_RISKS, on="risk")
def link_risk(*, by: Actor, at: datetime, risk: Risk, record: Linked) -> RiskLink:
    """This function will link a risk to what it rests on or led to; the record keeps its own readers (PER-09)."""
    found = kept_risk(by, timezone.localdate(at), risk)
    made = write_link(found, record, at, by)
    left_behind(found, at)
    return made


def _placeable(by: Actor, on: date, risk: Risk, tier: Tier, body: Organisation) -> Risk:
    """A risk is put on registers by those who keep its record, and by a region on its own."""
    found = locked_risk(by, on, risk.pk)
    if found is None or not keeping_of(by, on).places_on(found, tier, body):
        raise Refused(NOT_KEPT)
    demand_open(found)
    return found


def _demand_may_leave(risk: Risk, place: Place, on: date) -> None:
    subjects = list(risk.subjects.values_list("subject", flat=True))
    levels = tuple(levels_now(subjects, risk.system, on).values())
    stays = Place.objects.filter(risk=risk, tier=place.tier, ending=None).exclude(pk=place.pk).exists()
    for one in must_stand_on(risk_rules(on).registers, facts_of_one(risk, on), levels):
        if one.tier == place.tier and not stays:
            raise Refused(refused(f"{one.says} State the risk anew first, if it is no longer so grave.", one.cites))
