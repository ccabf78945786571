"""Self-checks of controls, gaps, actions and the evidence behind a risk."""

from __future__ import annotations

from sightline.core.risks.facts import RiskFacts, Status
from sightline.core.risks.looking import Found, Register, days_ago
from sightline.core.risks.recurring import months_after
from sightline.core.risks.registering import came_unseen
from sightline.core.rulebook.selfchecks import CheckRule


def no_controls(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that nothing holds in check, as far as is on record."""
    return None if risk.controls else Found()


def controls_without_assurance(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk whose controls nobody has ever checked."""
    unchecked = risk.controls and all(one.assured_on is None for one in risk.controls)
    return Found() if unchecked else None


def assurance_old(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk whose controls were last checked long ago."""
    checked = max((one.assured_on for one in risk.controls if one.assured_on is not None), default=None)
    return Found(day=checked) if checked is not None and months_after(checked, rule.months or 0) < look.on else None


def gap_without_action(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find gaps about which nothing is done, and of which nobody says why they may stay."""
    left = sum(1 for one in risk.gaps if not one.has_action and not one.is_borne)
    return Found(count=left) if left else None


def no_action(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk above its target for which no action is open."""
    rated, target = look.rated(risk), look.target(risk)
    if rated is None or target is None or risk.status is not Status.OPEN:
        return None
    return Found(score=rated.score, limit=target) if rated.score > target and not risk.open_actions else None


def action_overdue(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find open actions that were due, more days ago than are allowed."""
    latest = days_ago(look, rule)
    late = [one.due_on for one in risk.open_actions if one.due_on is not None and one.due_on < latest]
    return Found(count=len(late), day=min(late)) if late else None


def action_unclear(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find open actions that do not say who, or not by when."""
    unclear = sum(1 for one in risk.open_actions if not one.has_holder or one.due_on is None)
    return Found(count=unclear) if unclear else None


def no_evidence(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that is linked to nothing, and does not say that it rests on judgement."""
    return None if risk.evidence or risk.rests_on_judgement else Found()


def evidence_stale(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk behind which all evidence is old."""
    newest = max(risk.evidence, default=None)
    return Found(day=newest) if newest is not None and newest < days_ago(look, rule) else None


def unseen_without_look_back(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a grave risk that nobody saw coming and nobody has looked back on (LRN-01)."""
    unseen = came_unseen(look.rules.registers, risk, look.levels_that_weigh(risk))
    return Found() if unseen and not risk.has_look_back else None
