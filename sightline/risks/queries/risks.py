"""One risk as a reader may have it: what is said of it, its scores, what stands against it, and where it has to stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sightline.core.access import Actor
from sightline.core.risks import (
    Finding,
    Register,
    Return,
    RiskFacts,
    RiskRules,
    Status,
    check_risk,
    counts_as,
    has_its_numbers,
    may_stand_on,
    missing_from,
    returns,
)
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.levels import Trigger
from sightline.core.rulebook.registers import Force, Standing, Tier
from sightline.core.verdict import Verdict
from sightline.directory.models import Subject
from sightline.indicators.models import Signal
from sightline.indicators.queries import catalogue
from sightline.intelligence.models import Item
from sightline.risks.models import (
    Acceptance,
    LookBack,
    Measure,
    Place,
    Risk,
    RiskEnding,
    RiskLink,
    RiskReview,
    RiskScore,
    RiskStatement,
)
from sightline.risks.queries.checks import signals_of, subjects_now
from sightline.risks.queries.facts import facts_of
from sightline.risks.queries.keeping import keeping_of, one_risk
from sightline.risks.queries.levels import unknown_levels
from sightline.risks.queries.rules import levels_by_rank, risk_rules
from sightline.surveillance.models import Concern, LevelDecision
from sightline.surveillance.queries import Guidance, guidance_for, standings_of

HIGHER = (Tier.REGION, Tier.NATION)


@dataclass(frozen=True, slots=True)
class TierAnswer:
    """What the rules say of a risk and one register: whether it has to, may, or must not stand there, and by which cell."""

    rule: Standing
    verdict: Verdict
    is_missing: bool
    places: tuple[Place, ...] = ()

    @property
    def tier(self) -> Tier:
        """Which register."""
        return self.rule.tier

    @property
    def must(self) -> bool:
        """Whether it has to stand there."""
        return self.rule.force is Force.MUST and bool(self.verdict)


@dataclass(frozen=True)
class Sheet:
    """One risk with everything about it that its reader may have, on a day."""

    risk: Risk
    on: date
    facts: RiskFacts
    guidance: Guidance
    subjects: tuple[Subject, ...]
    levels: Mapping[UUID, str]  # their ids; a subject whose level is not for the reader is left out
    statements: tuple[RiskStatement, ...]
    scores: tuple[RiskScore, ...]
    measures: tuple[Measure, ...]
    places: tuple[Place, ...]
    acceptances: tuple[Acceptance, ...]
    reviews: tuple[RiskReview, ...]
    links: tuple[RiskLink, ...]
    earlier: tuple[Risk, ...]  # that it follows, or that it may have come back from
    later: tuple[Risk, ...]
    look: Register
    keeps: bool
    places_on_region: bool
    ending: RiskEnding | None = None
    look_back: LookBack | None = None

    @property
    def said(self) -> RiskStatement:
        """What is said of it now."""
        return self.statements[-1]

    @property
    def rules(self) -> RiskRules:
        """By which it is judged."""
        return self.look.rules

    @cached_property
    def severity(self) -> Severity:
        """As how grave it counts for its registers."""
        return counts_as(self.rules.registers, self.facts, tuple(self.levels.values()))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the self-checks find of it."""
        return check_risk(self.look, self.facts)

    @cached_property
    def returns(self) -> tuple[Return, ...]:
        """The closed risks that came back as this one (RSK-07)."""
        return returns(self.facts, self.look.beside(self.facts), self.rules.window, self.rules.registers)

    @cached_property
    def tiers(self) -> tuple[TierAnswer, ...]:
        """What the rules say of it and each register."""
        standing = [one for one in self.places if not hasattr(one, "ending")]
        return tier_answers(self.rules, self.facts, tuple(self.levels.values()), tuple(standing))

    @property
    def numbers(self) -> Verdict:
        """Whether it carries the numbers it needs on other registers (RSK-02)."""
        return has_its_numbers(self.rules.registers, self.facts)

    def if_closed(self) -> tuple[Finding, ...]:
        """This function will say what the self-checks would find once it were closed, for a reason."""
        closed = replace(self.facts, status=Status.CLOSED, closed_on=self.on, closure_reason="-")
        return check_risk(self.look, closed)

    def trigger(self, trigger_id: str) -> Trigger | None:
        """This function will find a trigger of the guidance (RSK-07)."""
        triggers = self.guidance.levels.triggers.triggers
        return next((one for one in triggers if one.id == trigger_id), None)


def tier_answers(
    rules: RiskRules, facts: RiskFacts, levels: tuple[str, ...], places: tuple[Place, ...] = ()
) -> tuple[TierAnswer, ...]:
    """This function will say of each register whether a risk has to, may, or must not stand there (RPT-02 to RPT-06)."""
    registers = rules.registers
    severity = counts_as(registers, facts, levels)
    missing = {one.tier for one in missing_from(registers, facts, levels)}
    return tuple(
        TierAnswer(
            registers.standing(tier, severity),
            may_stand_on(registers, facts, tier, levels),
            tier in missing,
            tuple(one for one in places if one.tier == tier),
        )
        for tier in Tier
    )


def one_sheet(actor: Actor, on: date, risk: UUID) -> Sheet | None:
    """This function will gather one risk for a reader; nothing where they may not read it, or where there is none."""
    found = one_risk(actor, on, risk)
    return _sheet(actor, on, found) if found else None


def _sheet(actor: Actor, on: date, risk: Risk) -> Sheet:
    guidance = guidance_for(risk.system, on)
    subjects = tuple(Subject.objects.filter(pk__in=risk.subjects.values("subject")).select_related("organisation"))
    keys = [one.pk for one in subjects]
    known = frozenset(keys) - unknown_levels(actor, on, keys)
    levels = {pk: one.level.id for pk, one in standings_of(known, guidance, on).items()}
    seen = Risk.objects.visible_to(actor, on)
    beside = list(seen.filter(subjects__subject__in=keys).exclude(pk=risk.pk).distinct())
    facts = facts_of([risk, *beside], on)
    keeping = keeping_of(actor, on)
    look = Register(
        on=on,
        rules=risk_rules(on),
        risks=tuple(facts.values()),
        subjects=subjects_now(keys, levels, on),
        signals=signals_of(keys),
        dimensions={name: one.dimensions for name, one in catalogue().items()},
        levels_by_rank=levels_by_rank(guidance),
    )
    mine = facts[risk.pk]
    back = {one.earlier.id for one in returns(mine, look.beside(mine), look.rules.window, look.rules.registers)}
    return Sheet(
        risk=risk,
        on=on,
        facts=mine,
        guidance=guidance,
        subjects=subjects,
        levels=levels,
        statements=tuple(risk.statements.select_related("accountable", "accountable_group", "owner")),
        scores=tuple(risk.scores.all()),
        measures=tuple(risk.measures.prefetch_related("steps")),
        places=tuple(risk.places.select_related("body", "ending")),
        acceptances=tuple(risk.acceptances.all()),
        reviews=tuple(risk.reviews.all()),
        links=_links(actor, on, risk),
        earlier=tuple(one for one in beside if str(one.pk) in back or one.pk == risk.follows_id),
        later=tuple(one for one in beside if one.follows_id == risk.pk),
        look=look,
        keeps=keeping.of(risk.system),
        places_on_region=bool(keeping.regions),
        ending=RiskEnding.objects.filter(risk=risk).first(),
        look_back=LookBack.objects.visible_to(actor, on).filter(risk=risk).first(),
    )


def _links(actor: Actor, on: date, risk: Risk) -> tuple[RiskLink, ...]:
    """Each link only where the reader may see what it leads to, where that stands."""
    rows = list(risk.links.select_related("signal__subject", "item", "concern__subject", "decision__subject"))
    seen: set[UUID] = set()
    seen |= _among(Signal.objects.visible_to(actor, on), [one.signal_id for one in rows])
    seen |= _among(Item.objects.visible_to(actor, on), [one.item_id for one in rows])
    seen |= _among(Concern.objects.visible_to(actor, on), [one.concern_id for one in rows])
    seen |= _among(LevelDecision.objects.visible_to(actor, on), [one.decision_id for one in rows])
    return tuple(one for one in rows if {one.signal_id, one.item_id, one.concern_id, one.decision_id} & seen)


def _among(visible: QuerySet[Any], keys: Iterable[UUID | None]) -> set[UUID]:
    wanted = [one for one in keys if one is not None]
    return set(visible.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
