"""Reads of decisions on regulatory action: what is on record at a level, who decides there, and who may write it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from sightline.core.access import Actor, Role
from sightline.core.escalation.regulating import DECIDERS, Place, deciders_at
from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.levels import Level, Slot
from sightline.directory.models import Organisation
from sightline.directory.words import Kind
from sightline.escalation.models import RegulatoryDecision
from sightline.escalation.queries.exchange_ends import takes_part
from sightline.escalation.queries.holding import posts_of
from sightline.escalation.regulating_given import BodyInRole
from sightline.rulebook.queries import part_of
from sightline.surveillance.models import LevelDecision, Reach
from sightline.surveillance.queries.levels import levels_on

_NATIONAL = (Kind.NHS_ENGLAND.value, Kind.NATION.value)
_OF_NATION = frozenset({Slot.NHS_ENGLAND_NATION, Slot.SYSTEM_OVERSIGHT_COMMITTEE})
_OF_REGION = frozenset({Slot.NHS_ENGLAND_REGION, Slot.REGIONAL_SUPPORT_GROUP, Slot.SYSTEM_OVERSIGHT_COMMITTEE})


@dataclass(frozen=True, slots=True)
class Stood:
    """The level that a decision set, by its own guidance, and the day on which another took its place."""

    decision: LevelDecision
    level: Level | None
    place: Place
    until: date | None

    @property
    def deciders(self) -> tuple[Slot, ...]:
        """This function will name the bodies that decide on regulatory action there."""
        return deciders_at(self.place)


def stood(decision: LevelDecision) -> Stood:
    """This function will say what a level was in its own guidance, and until when it stood."""
    on = timezone.localdate(decision.decided_at)
    levels = levels_on(decision.pack, on)
    level = levels.level(decision.level_to) if levels else None
    found = part_of(decision.pack, "authority", on)
    known = found.content.slots if found and isinstance(found.content, Authorities) else ()
    place = Place(
        is_lowest=level is None or levels is None or level == levels.lowest,
        is_highest=level is not None and levels is not None and level == levels.levels[-1],
        known=frozenset(one.id for one in known),
    )
    later = LevelDecision.objects.filter(subject=decision.subject_id, number__gt=decision.number).order_by("number")
    return Stood(decision, level, place, later.values_list("effective_on", flat=True).first())


def level_decided(actor: Actor, on: date, decision: UUID) -> LevelDecision | None:
    """This function will give a level that was set, to whoever may read it."""
    found = LevelDecision.objects.visible_to(actor, on).filter(pk=decision)
    return found.select_related("subject__organisation", "proposal").first()


def regulation_of(actor: Actor, on: date, decision: LevelDecision) -> list[RegulatoryDecision]:
    """This function will give what was decided on regulatory action at a level, the newest first (RPT-07)."""
    found = RegulatoryDecision.objects.visible_to(actor, on).filter(decision=decision)
    return list(found.select_related("body").prefetch_related("consulted__body"))


def bodies_in_role(decision: LevelDecision) -> list[BodyInRole]:
    """This function will give the bodies that may decide or be asked: the nation's committee, each region's groups."""
    regions = list(_regions(decision))
    nation = list(Organisation.objects.filter(kind__in=_NATIONAL, closed_on=None).order_by("kind", "name"))[-1:]
    of = {Slot.SYSTEM_OVERSIGHT_COMMITTEE: [*nation, *regions], Slot.REGIONAL_SUPPORT_GROUP: regions}
    return [BodyInRole(slot, body) for slot in DECIDERS for body in of[slot]]


def _regions(decision: LevelDecision) -> list[Organisation]:
    reached = Reach.objects.filter(proposal=decision.proposal_id).values("organisation")
    found = Organisation.objects.filter(pk__in=reached, kind=Kind.REGION.value).order_by("name", "code")
    return list(found) or list(Organisation.objects.filter(kind=Kind.REGION.value, closed_on=None).order_by("name"))


def may_write(actor: Actor, on: date, decision: LevelDecision) -> bool:
    """This function will say whether somebody sits for the region that a level reaches, or for the nation (RPT-07)."""
    if not takes_part(actor, on):
        return False
    regions = _regions(decision)
    codes, keys = {one.code for one in regions}, {one.pk for one in regions}
    if any(one.role is Role.REGION and one.holds_on(on) and one.organisation in codes for one in actor.grants):
        return True
    posts = posts_of(actor, on)
    return any(one.slot in _OF_NATION or (one.slot in _OF_REGION and one.body in keys) for one in posts)
