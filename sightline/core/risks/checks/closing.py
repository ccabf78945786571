"""Self-checks of risks that were closed, and of those that came back."""

from __future__ import annotations

from sightline.core.risks.facts import RiskFacts
from sightline.core.risks.looking import Found, Register, days_ago
from sightline.core.risks.recurring import returns
from sightline.core.rulebook.selfchecks import CheckRule

RECURRENT = "recurrent"


def closed_without_reason(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that was closed without a reason."""
    return None if risk.closure_reason.strip() else Found()


def closed_with_open_actions(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that was closed while actions were open."""
    left = len(risk.open_actions)
    return Found(count=left) if left else None


def closed_above_target(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that was closed before it had come down to its target."""
    rated, target = look.rated(risk), look.target(risk)
    if rated is None or target is None:
        return None
    return Found(score=rated.score, limit=target) if rated.score > target else None


def closed_while_signals_stand(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a closed risk about which there is still reason for concern, and nothing else open."""
    if any(not one.is_closed for one in look.like(risk)):
        return None
    standing = look.roads_of_concern(risk, since=days_ago(look, rule))
    return Found(count=standing) if standing else None


def return_not_linked(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that came back within the window and is not linked to the earlier one (RSK-07)."""
    found = returns(risk, look.may_be_back_from(risk), look.rules.window, look.rules.registers)
    if not found or any(one.is_linked for one in found):
        return None
    return Found(day=found[0].closed_on, count=found[0].months)


def return_not_marked(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that is linked to an earlier one and is not marked as recurrent (RSK-06)."""
    return Found() if risk.follows and RECURRENT not in risk.modifiers else None
