"""Which register a risk may stand on, which it has to, and which numbers it carries from one to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.core.risks.facts import RiskFacts
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Accountable, Force, RegisterLink, Registers, Standing, Tier, When
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused


def counts_as(rules: Registers, risk: RiskFacts, levels: Iterable[str] = ()) -> Severity:
    """This function will say how grave a risk counts for its registers (RSK-06; NQB risk response 2022, Approach).

    Complex and recurrent concerns count as graver than their word says, and as graver still where a subject of theirs
    stands at the level that a modifier names.
    """
    if not risk.modifiers:
        return risk.severity
    at = frozenset(levels)
    found = [risk.severity]
    for one in rules.modifiers:
        if one.id in risk.modifiers and risk.severity is not Severity.NONE:
            found.append(one.counts_as)
            if one.in_level in at and one.counts_there_as is not None:
                found.append(one.counts_there_as)
    return max(found, key=lambda one: one.rank)


def holds(when: When, risk: RiskFacts) -> bool:
    """This function will say whether a rule applies to a risk."""
    match when:
        case When.ALWAYS:
            return True
        case When.NHS_ENGLAND_COMMISSIONED:
            return risk.is_nhs_england_commissioned or risk.is_nationally_commissioned
        case When.NATIONALLY_COMMISSIONED:
            return risk.is_nationally_commissioned
        case When.HEALTHCARE:
            return risk.is_healthcare
        case When.LOCAL_AUTHORITY_ASSURED:
            return risk.is_authority_assured


def may_stand_on(rules: Registers, risk: RiskFacts, tier: Tier, levels: Iterable[str] = ()) -> Verdict:
    """This function will say whether a risk may stand on a register, or why not (RPT-02, RPT-03, RPT-05).

    The source is the cell of the guidance that speaks of this severity and this register.
    """
    rule = rules.standing(tier, counts_as(rules, risk, levels))
    is_allowed = rule.force is not Force.NEVER and holds(rule.when, risk)
    return ALLOWED if is_allowed else refused(rule.says, rule.cites)


def must_stand_on(rules: Registers, risk: RiskFacts, levels: Iterable[str] = ()) -> tuple[Standing, ...]:
    """This function will give the registers on which a risk has to stand (RPT-04, RPT-06), each with its source."""
    severity = counts_as(rules, risk, levels)
    all_tiers = (rules.standing(tier, severity) for tier in Tier)
    return tuple(one for one in all_tiers if one.force is Force.MUST and holds(one.when, risk))


def missing_from(rules: Registers, risk: RiskFacts, levels: Iterable[str] = ()) -> tuple[Standing, ...]:
    """This function will give the registers on which a risk has to stand and does not; none for one that is closed."""
    if risk.is_closed:
        return ()
    there = risk.tiers
    return tuple(one for one in must_stand_on(rules, risk, levels) if one.tier not in there)


def has_its_numbers(rules: Registers, risk: RiskFacts) -> Verdict:
    """This function will say whether a risk carries the numbers it needs on other registers (RSK-02)."""
    return Verdict(tuple(Reason(one.says, one.cites) for one in missing_numbers(rules, risk)))


def missing_numbers(rules: Registers, risk: RiskFacts) -> tuple[RegisterLink, ...]:
    """This function will give the links between registers that a risk lacks."""
    found, there = [], risk.tiers
    for link in rules.links:
        place = risk.place(link.to)
        if link.of in there and holds(link.when, risk) and not (place and place.reference.strip()):
            found.append(link)
    return tuple(found)


def may_answer_for(rules: Registers, risk: RiskFacts) -> Verdict:
    """This function will say whether the body that is named may answer for a risk: no group may (RSK-12)."""
    if risk.accountable is None or not risk.accountable.is_group:
        return ALLOWED
    proper = accountable_for(rules, risk)
    says = "A group has no powers of its own and answers for no risk. " + proper.says
    return refused(says, proper.cites)


def accountable_for(rules: Registers, risk: RiskFacts) -> Accountable:
    """This function will say who answers for a risk where nothing else was agreed (RSK-12; SQG 2022 §3.12)."""
    return next((one for one in rules.accountability if holds(one.when, risk)), rules.accountability[-1])


@dataclass(frozen=True, slots=True)
class Unseen:
    """That a grave risk came and nothing was on record before it: what to do, and whence the rule comes."""

    says: str
    cites: str


def came_unseen(rules: Registers, risk: RiskFacts, levels: Iterable[str] = ()) -> Unseen | None:
    """This function will say whether a risk calls for a look-back: grave, and unknown before (LRN-01, GRP-16; QSG 2017 ¶37)."""
    is_grave = counts_as(rules, risk, levels).rank >= rules.look_back.at_least.rank
    was_known = risk.known_since is not None and risk.known_since < risk.opened_on
    return Unseen(rules.look_back.says, rules.look_back.cites) if is_grave and not was_known else None
