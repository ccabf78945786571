"""A register looks at itself: every check that is on, and what each found, in a sentence with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sightline.core.risks.checks import CLOSED, KEPT, WHOLE
from sightline.core.risks.facts import RiskFacts
from sightline.core.risks.looking import Found, Register
from sightline.core.rulebook.selfchecks import Check, CheckRule, Weight


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: about a risk, or about a subject, or about the register where both are empty."""

    check: Check
    says: str
    weight: Weight
    cites: str
    risk: str = ""
    subject: str = ""


def check_register(look: Register) -> tuple[Finding, ...]:
    """This function will give everything that a register finds out about itself, in the order of the checks."""
    on = [rule for rule in look.rules.checks.checks if rule.is_on]
    kept, closed = ([rule for rule in on if rule.id in checks] for checks in (KEPT, CLOSED))
    found = [one for risk in look.risks for one in _of_risk(closed if risk.is_closed else kept, risk, look)]
    found += [one for rule in on if rule.id in WHOLE for one in _of_register(rule, look)]
    order = {rule.id: place for place, rule in enumerate(on)}
    return tuple(sorted(found, key=lambda one: order[one.check]))


def check_risk(look: Register, risk: RiskFacts) -> tuple[Finding, ...]:
    """This function will give what the checks find of one risk, in the order of the checks."""
    mine = CLOSED if risk.is_closed else KEPT
    return tuple(_of_risk([one for one in look.rules.checks.checks if one.is_on and one.id in mine], risk, look))


def say(rule: CheckRule, found: Found) -> str:
    """This function will fill in the sentence of a check with what it found."""
    return rule.finds.format(
        days=rule.days,
        months=rule.months,
        at_least=rule.at_least,
        day=_day(found.day),
        count=found.count,
        score=found.score,
        limit=found.limit,
        band=found.band,
        register=found.register,
        severity=found.severity,
    )


def _of_risk(rules: Iterable[CheckRule], risk: RiskFacts, look: Register) -> Iterator[Finding]:
    checks = CLOSED if risk.is_closed else KEPT
    for rule in rules:
        found = checks[rule.id](risk, rule, look)
        if found is not None:
            yield Finding(rule.id, say(rule, found), rule.weight, rule.cites, risk=risk.id)


def _of_register(rule: CheckRule, look: Register) -> Iterator[Finding]:
    for subject, found in WHOLE[rule.id](rule, look):
        yield Finding(rule.id, say(rule, found), rule.weight, rule.cites, subject=subject)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
