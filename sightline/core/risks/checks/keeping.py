"""Self-checks of who answers for a risk, what it says, and whether it is looked at."""

from __future__ import annotations

from datetime import timedelta

from sightline.core.risks.facts import RiskFacts
from sightline.core.risks.looking import Found, Register, days_ago
from sightline.core.risks.registering import may_answer_for
from sightline.core.rulebook.selfchecks import CheckRule

# A risk that is closed is no longer kept, so that only checks of closing look at it.


def no_owner(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that nobody owns."""
    return Found() if risk.owner is None else None


def owner_left(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk whose owner is there no longer."""
    until = risk.owner.until if risk.owner else None
    return Found(day=until) if until is not None and until < look.on else None


def no_accountable_body(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that no organisation answers for."""
    return Found() if risk.accountable is None else None


def accountable_body_closed(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that a closed organisation answers for."""
    closed = risk.accountable.closed_on if risk.accountable else None
    return Found(day=closed) if closed is not None and closed <= look.on else None


def group_accountable(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that a group is said to answer for (RSK-12; SQG 2022 §5.1)."""
    return None if may_answer_for(look.rules.registers, risk) else Found()


def no_shared_owner(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk of several partners that only one of them owns (RSK-08)."""
    partners = len(set(risk.partners))
    return Found(count=partners) if partners > 1 and not risk.shared_owners else None


def no_cause_event_effect(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that does not say what causes it, what could happen, and what would follow."""
    return None if all(text.strip() for text in (risk.cause, risk.event, risk.effect)) else Found()


def effect_same_as_cause(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk of which two of cause, event and effect say the same."""
    said = [
        words
        for text in (risk.cause, risk.event, risk.effect)
        if (words := " ".join(text.casefold().split()).rstrip("."))
    ]
    return Found() if len(set(said)) < len(said) else None


def no_review_date(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk for which no next review is set."""
    return Found() if risk.review_on is None else None


def never_reviewed(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk that has stood for long and was never reviewed."""
    is_old = risk.opened_on < days_ago(look, rule)
    return Found(day=risk.opened_on) if risk.reviewed_on is None and is_old else None


def review_overdue(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk whose review was due, more days ago than are allowed."""
    due = risk.review_on
    return Found(day=due) if due is not None and due < days_ago(look, rule) else None


def review_too_far(risk: RiskFacts, rule: CheckRule, look: Register) -> Found | None:
    """This function will find a risk whose next review is further away than its band allows."""
    rated, now = look.rated(risk), risk.current
    if rated is None or now is None or risk.review_on is None:
        return None
    seen = max(day for day in (risk.reviewed_on, risk.opened_on, now.on) if day is not None)
    is_too_far = risk.review_on > seen + timedelta(days=rated.band.review_days)
    return Found(day=risk.review_on, band=rated.band.name.lower(), limit=rated.band.review_days) if is_too_far else None
