"""Self-checks of scores, targets and what is accepted."""

from __future__ import annotations

from sightline.core.risks.appetite import may_accept, may_aim_for
from sightline.core.risks.facts import RiskFacts, Status
from sightline.core.risks.looking import Found, Register
from sightline.core.risks.recurring import months_after
from sightline.core.risks.scoring import held_since, rate
from sightline.core.rulebook.selfchecks import CheckRule


def not_scored(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk without a score."""
    return Found() if risk.current is None else None


def score_without_rationale(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk whose score nobody gave a reason for."""
    now = risk.current
    return Found(day=now.on) if now is not None and not now.has_rationale else None


def above_initial_without_reason(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that stands higher than it began, without a reason for it."""
    now, rated = risk.current, look.rated(risk)
    if now is None or rated is None or risk.initial is None or now.has_rationale:
        return None
    began = rate(look.rules.matrix, risk.initial).score
    return Found(score=rated.score, limit=began) if rated.score > began else None


def unchanged_while_worsening(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a score that has stood still for long while sources gave new reason for concern.

    Counted are independent sources whose signals began after the score was last given or confirmed.
    """
    since, rated = held_since(look.rules.matrix, risk.scores), look.rated(risk)
    if since is None or rated is None or look.on < months_after(since, rule.months or 0):
        return None
    fresh = look.roads_that_began(risk, after=risk.scores[-1].on)
    return Found(count=fresh, score=rated.score, day=since) if fresh >= (rule.at_least or 1) else None


def no_target(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that aims for nothing."""
    return Found() if risk.target is None else None


def target_above_tolerance(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a target above what the category tolerates (RSK-04)."""
    category, target = look.category(risk), look.target(risk)
    if category is None or risk.target is None:
        return None
    allowed = may_aim_for(look.rules.appetite, look.rules.matrix, risk.category, risk.target)
    return None if allowed else Found(score=target, limit=category.tolerance)


def target_above_current(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a target higher than where the risk stands."""
    rated, target = look.rated(risk), look.target(risk)
    is_above = rated is not None and target is not None and target > rated.score
    return Found(score=target, limit=rated.score) if rated and is_above else None


def target_met_with_open_actions(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that has reached its target while actions are open."""
    rated, target, left = look.rated(risk), look.target(risk), len(risk.open_actions)
    return Found(count=left) if rated and target == rated.score and left else None


def target_date_passed(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that has not come down to its target by the day that was set."""
    rated, target = look.rated(risk), look.target(risk)
    if rated is None or target is None or risk.target is None or risk.target.by is None:
        return None
    is_late = risk.target.by < look.on and rated.score > target
    return Found(day=risk.target.by, score=rated.score, limit=target) if is_late else None


def no_appetite(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk in a category for which no appetite is set (RSK-04)."""
    return Found() if look.category(risk) is None else None


def accepted_unnamed(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that is accepted above tolerance by nobody in particular (RSK-04)."""
    category, rated = look.category(risk), look.rated(risk)
    if risk.status is not Status.ACCEPTED or category is None or rated is None:
        return None
    allowed = may_accept(look.rules.appetite, look.rules.matrix, risk)
    return None if allowed else Found(score=rated.score, limit=category.tolerance)


def acceptance_lapsed(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that was accepted until a day that has passed."""
    until = risk.acceptance.until if risk.acceptance else None
    is_over = risk.status is Status.ACCEPTED and until is not None and until < look.on
    return Found(day=until) if is_over else None
