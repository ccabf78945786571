"""The registers on which a duty asks for a risk, and which risks about its subject stand there (RPT-04).

The machine proposes: that a risk stands there does not settle the duty, for whether it is the one that the level is
about is for whoever it falls to (NQB risk response 2022, Enhanced/System).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.core.rulebook.duties import Notices
from sightline.core.rulebook.registers import Registers, Tier
from sightline.directory.models import Organisation
from sightline.escalation.models import Duty
from sightline.risks.queries.about import Stands, live_risks_about
from sightline.rulebook.queries import part_of


@dataclass(frozen=True, slots=True)
class Register:
    """One register that a duty names, with the live risks about its subject there and those that stand elsewhere alone."""

    tier: Tier
    name: str
    body: Organisation | None
    there: tuple[Stands, ...]
    elsewhere: tuple[Stands, ...]

    @property
    def words(self) -> str:
        """What it is called, and whose it is."""
        return f"{self.name}, {self.body.name}" if self.body else self.name


def registers_of(actor: Actor, on: date, duties: Iterable[Duty]) -> Mapping[UUID, tuple[Register, ...]]:
    """This function will give, by duty, the registers that its rule names; a duty whose rule names none is not there.

    However many duties there are, the risks about their subjects are read at once.
    """
    asking = {one.pk: (one, tiers) for one in duties if (tiers := _tiers(one))}
    if not asking:
        return {}
    risks = live_risks_about(actor, on, {one.subject_id for one, _ in asking.values()})
    unnamed = {one.system for one, _ in asking.values() if one.organisation is None}
    systems = {one.code: one for one in Organisation.objects.filter(code__in=unnamed)} if unnamed else {}
    return {
        key: tuple(
            _register(one, tier, one.organisation or systems.get(one.system), risks.get(one.subject_id, ()))
            for tier in tiers
        )
        for key, (one, tiers) in asking.items()
    }


def lacking(registers: Iterable[Register]) -> tuple[str, ...]:
    """This function will name the registers on which no risk stands."""
    return tuple(f"“{one.words}”" for one in registers if not one.there)


def _tiers(duty: Duty) -> tuple[Tier, ...]:
    """What the rule asks for by which the duty arose, as it stood on that day."""
    found = part_of(duty.pack, "notices", duty.arisen_on)
    rule = found.content.notice(duty.notice) if found and isinstance(found.content, Notices) else None
    return rule.registers if rule else ()


def _register(duty: Duty, tier: Tier, body: Organisation | None, risks: tuple[Stands, ...]) -> Register:
    there = tuple(one for one in risks if one.tier is tier and (body is None or one.body == body.pk))
    others = {one.risk: one for one in risks if one.risk not in {risk.risk for risk in there}}
    found = part_of(duty.pack, "registers", duty.arisen_on)
    named = found.content.tier(tier).name if found and isinstance(found.content, Registers) else tier.value
    return Register(tier, named, body, there, tuple(others.values()))
