"""Who keeps the record of which risks: a system's, or a region's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from sightline.core.access import Actor, Permission, Role
from sightline.core.access.rules import ROLES
from sightline.core.rulebook.registers import Tier
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import systems_of
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.risks.models import Risk
from sightline.risks.models.risks import HIGHER


@dataclass(frozen=True, slots=True)
class Keeping:
    """For which systems and regions somebody keeps risks; None of systems means every one."""

    systems: frozenset[str] | None
    regions: frozenset[str]

    def of(self, system: str) -> bool:
        """This function will say whether they keep the risks on one system's or one region's record."""
        return self.systems is None or system in self.systems or system in self.regions

    def places_on(self, risk: Risk, tier: Tier, body: Organisation) -> bool:
        """This function will say whether they put a risk on a register: its keepers do, and a region on its own."""
        return self.of(risk.system) or (tier in HIGHER and body.code in self.regions)


def keeping_of(actor: Actor, on: date) -> Keeping:
    """This function will say for whom the actor keeps risks on a day; a region keeps its own and no system's."""
    held = [one for one in actor.grants if one.holds_on(on) and Permission.KEEP_RISKS in ROLES[one.role]]
    systems = {one.system for one in held if one.role is not Role.REGION}
    regions = {one.organisation for one in held if one.role is Role.REGION} - {""}
    return Keeping(None if "" in systems else frozenset(systems), frozenset(regions))


def record_for(actor: Actor, on: date, subjects: Iterable[Subject]) -> str:
    """This function will name on whose record a new risk goes: the writer's own, nearest to what it is about."""
    keeping = keeping_of(actor, on)
    bodies = [one.organisation for one in subjects if one.organisation]
    around = systems_of(bodies, on) if bodies else {}
    near = [area.code for body in bodies for area in around[body.pk]]
    if keeping.systems is None:
        return settings.HOME_SYSTEM or next(iter(near), "")
    return next((code for code in near if code in keeping.systems), min(keeping.systems | keeping.regions, default=""))


def closed_to(actor: Actor, on: date, subjects: Iterable[Subject]) -> bool:
    """This function will say whether an interest, or the actor's own body, closes any of some subjects to them (COI-03)."""
    some = list(subjects)
    own = bodies_provided_for(actor, on) | viewer_of(actor, on).organisations
    conflicts = conflicts_of(actor, on)
    return any(one.pk in conflicts or (one.organisation is not None and one.organisation.code in own) for one in some)


def one_risk(actor: Actor, on: date, risk: UUID) -> Risk | None:
    """This function will give a risk that the actor may read."""
    return Risk.objects.visible_to(actor, on).filter(pk=risk).first()


def locked_risk(actor: Actor, on: date, risk: UUID) -> Risk | None:
    """This function will give a risk that the actor may read with its row locked, so that two who write come one by one."""
    return Risk.objects.visible_to(actor, on).filter(pk=risk).select_for_update(of=("self",)).first()


def keeps(actor: Actor, on: date, risk: Risk) -> bool:
    """This function will say whether the actor keeps the record to which a risk belongs."""
    return keeping_of(actor, on).of(risk.system)
