"""Self-checks of the registers on which a risk stands, and of what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sightline.core.risks.facts import RiskFacts
from sightline.core.risks.looking import Found, Register, days_ago
from sightline.core.risks.oversight import RecoverySupport, names_its_director
from sightline.core.risks.registering import counts_as, may_stand_on, missing_from, missing_numbers
from sightline.core.risks.scoring import band_since
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.selfchecks import CheckRule


def high_at_place_only(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk in one of the two highest bands that has stood at its place alone for long."""
    rated, since = look.rated(risk), band_since(look.rules.matrix, risk.scores)
    if rated is None or since is None or risk.tiers != {Tier.PLACE}:
        return None
    is_high = look.rules.matrix.rank(rated.band.id) >= len(look.rules.matrix.bands) - 2
    return Found(band=rated.band.name.lower(), day=since) if is_high and since < days_ago(look, rule) else None


def missing_where_it_must_stand(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that is missing from a register on which it must stand (RPT-04, RPT-06)."""
    missing = missing_from(look.rules.registers, risk, look.levels_that_weigh(risk))
    return _on(look, risk, (one.tier for one in missing)) if missing else None


def missing_number(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that lacks its number on another register (RSK-02)."""
    missing = missing_numbers(look.rules.registers, risk)
    return _on(look, risk, (one.to for one in missing)) if missing else None


def stands_where_it_may_not(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk on a register where it may not stand (RPT-02, RPT-03)."""
    levels = look.levels_that_weigh(risk)
    wrong = [one.tier for one in risk.places if not may_stand_on(look.rules.registers, risk, one.tier, levels)]
    return _on(look, risk, wrong) if wrong else None


def raised_without_why(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk of a place that was raised without saying why the place cannot answer it.

    Risks are raised from a place only where a solution of the system is needed (SQG 2022 §3.13).
    """
    start = risk.place(Tier.PLACE)
    if start is None or risk.why_raised.strip():
        return None
    raised = [one.tier for one in risk.places if one.tier is not Tier.PLACE and one.since > start.since]
    return _on(look, risk, raised) if raised else None


def duplicate(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk beside which others of its category stand, at one subject and on one register."""
    here = risk.tiers
    twins = [one for one in look.like(risk) if not one.is_closed and any(place.tier in here for place in one.places)]
    return Found(count=len(twins)) if twins else None


def subject_closed(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk of which every subject has closed, without a successor."""
    closed = [one.closed_on for one in look.about(risk) if _is_past(one.closed_on, look.on) and not one.merged_into]
    days = [day for day in closed if day is not None]
    return Found(day=max(days)) if days and len(days) == len(risk.subjects) else None


def subject_merged(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk about an organisation that is part of another one now."""
    merged = any(one.merged_into and _is_past(one.closed_on, look.on) for one in look.about(risk))
    return Found() if merged else None


def severity_below_level(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that is told as milder than the level of its subject."""
    rank = {level: place for place, level in enumerate(look.levels_by_rank)}
    registers = look.rules.registers
    word = registers.severity(counts_as(registers, risk, look.levels_that_weigh(risk)))
    told, stands = rank.get(word.level), max((rank[one] for one in look.levels(risk) if one in rank), default=None)
    is_below = told is not None and stands is not None and told < stands
    return Found(severity=word.name.lower()) if is_below else None


def no_profile(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a subject above the lowest level of which no structured assessment is on record (RSK-09)."""
    above = set(look.levels_by_rank[1:])
    return Found() if any(one.level in above and not one.has_profile for one in look.about(risk)) else None


def no_improvement_director(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a subject in the Recovery Support Programme without an Improvement Director (ORG-17)."""
    supported = [
        RecoverySupport(since=date.min, director=one.improvement_director)
        for one in look.about(risk)
        if one.in_recovery_support
    ]
    return Found() if any(not names_its_director(one) for one in supported) else None


def _is_past(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _on(look: Register, risk: RiskFacts, tiers: Iterable[Tier]) -> Found:
    registers = look.rules.registers
    severity = registers.severity(counts_as(registers, risk, look.levels_that_weigh(risk))).name.lower()
    return Found(register=", ".join(registers.tier(one).name for one in tiers), severity=severity)
