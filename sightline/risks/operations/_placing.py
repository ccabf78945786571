"""How a risk is written onto a register, and what it is linked to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.risks import may_stand_on
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.words import Kind
from sightline.indicators.models import Signal
from sightline.intelligence.models import Item
from sightline.risks.giving import Linked, Placing
from sightline.risks.models import Place, PlaceEnding, Risk, RiskLink
from sightline.risks.operations._demands import demand_past
from sightline.risks.queries.facts import facts_of_one
from sightline.risks.queries.rules import levels_now, risk_rules
from sightline.risks.words import LinkKind
from sightline.surveillance.models import Concern, LevelDecision

# Whose register is of which tier; a place has no kind of its own, so that any body may keep one.
KEEPERS: Mapping[Tier, frozenset[Kind]] = {
    Tier.SYSTEM: frozenset({Kind.ICB}),
    Tier.ICB: frozenset({Kind.ICB}),
    Tier.REGION: frozenset({Kind.REGION}),
    Tier.NATION: frozenset({Kind.NATION, Kind.NHS_ENGLAND}),
}
_COLUMNS: Mapping[LinkKind, str] = {
    LinkKind.SIGNAL: "signal",
    LinkKind.INTELLIGENCE: "item",
    LinkKind.CONCERN: "concern",
    LinkKind.DECISION: "decision",
}


def write_place(risk: Risk, placing: Placing, since: date, because: str, at: datetime, by: Actor) -> Place:
    """This function will put a risk on a register, or give it another number there (RSK-01, RSK-02).

    Raises Refused, in the words of the guidance's own cell, where it may not stand there (RPT-02, RPT-03, RPT-05).
    """
    today = timezone.localdate(at)
    demand_past(since, today, "The day from which it stands there")
    _demand_keeper(placing)
    facts = facts_of_one(risk, today)
    registers = risk_rules(today).registers
    subjects = list(risk.subjects.values_list("subject", flat=True))
    levels = tuple(levels_now(subjects, risk.system, today).values())
    if not (verdict := may_stand_on(registers, facts, placing.tier, levels)):
        raise Refused(verdict)
    standing = Place.objects.filter(risk=risk, tier=placing.tier.value, body=placing.body, ending=None).first()
    reference = placing.reference.strip()
    if standing is not None:
        if standing.reference == reference:
            raise Already("It stands there already.")
        end_place(standing, since, because.strip() or "It has another number there.", at, by)
    return Place.objects.create(
        risk=risk,
        tier=placing.tier.value,
        body=placing.body,
        reference=reference,
        since=max(since, standing.since) if standing else since,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def end_place(place: Place, day: date, because: str, at: datetime, by: Actor) -> PlaceEnding:
    """This function will take a risk off a register."""
    return PlaceEnding.objects.create(
        place=place,
        ended_on=max(day, place.since),
        because=because,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def write_link(risk: Risk, record: Linked, at: datetime, by: Actor) -> RiskLink:
    """This function will link a risk to a signal, an item, a concern or a decision that the writer may see, once."""
    kind, column = kind_of(record)
    if not _may_see(record, by, timezone.localdate(at)):
        raise Refused(refused("You may not see what you would link it to.", "PER-09"))
    if RiskLink.objects.filter(risk=risk, **{column: record}).exists():
        raise Already("It is linked already.")
    return RiskLink.objects.create(
        risk=risk, kind=kind.value, recorded_at=at, recorded_by=by.actor_id, **{column: record}
    )


def kind_of(record: Linked) -> tuple[LinkKind, str]:
    """This function will say of which kind a link to a record is, and in which column it stands."""
    match record:
        case Signal():
            kind = LinkKind.SIGNAL
        case Item():
            kind = LinkKind.INTELLIGENCE
        case Concern():
            kind = LinkKind.CONCERN
        case LevelDecision():
            kind = LinkKind.DECISION
    return kind, _COLUMNS[kind]


def _may_see(record: Linked, by: Actor, on: date) -> bool:
    match record:
        case Signal():
            return Signal.objects.visible_to(by, on).filter(pk=record.pk).exists()
        case Item():
            return Item.objects.visible_to(by, on).filter(pk=record.pk).exists()
        case Concern():
            return Concern.objects.visible_to(by, on).filter(pk=record.pk).exists()
        case LevelDecision():
            return LevelDecision.objects.visible_to(by, on).filter(pk=record.pk).exists()


def _demand_keeper(placing: Placing) -> None:
    wanted = KEEPERS.get(placing.tier)
    if wanted is not None and Kind(placing.body.kind) not in wanted:
        raise Invalid(f"{placing.body.name} keeps no register of this kind. Name the body whose register it is.")
