"""Self-checks of a register as a whole: what is missing from it, and the appetite by which it judges."""

from __future__ import annotations

from collections.abc import Iterator

from sightline.core.risks.looking import Found, Register, days_ago
from sightline.core.risks.recurring import months_after
from sightline.core.rulebook.selfchecks import CheckRule

TRANSITION = "transition"

About = tuple[str, Found]  # the subject it is about, or nothing, and what was found


def signals_without_risk(rule: CheckRule, look: Register) -> Iterator[About]:
    """This function will find subjects of which several sources give reason for concern, and which no open risk is about."""
    for subject, signals in sorted(look.signals.items()):
        sources = len({one.source for one in look.concerns(signals, days_ago(look, rule))})
        is_watched = any(not one.is_closed for one in look.about_subject(subject))
        if sources >= (rule.at_least or 1) and not is_watched:
            yield subject, Found(count=sources)


def transition_without_risk(rule: CheckRule, look: Register) -> Iterator[About]:
    """This function will find subjects in transition of which no open risk speaks (RSK-14; QSG 2017 ¶7)."""
    for subject, now in sorted(look.subjects.items()):
        about = [one for one in look.about_subject(subject) if not one.is_closed and one.category == TRANSITION]
        if now.in_transition and not about:
            yield subject, Found()


def appetite_not_agreed(rule: CheckRule, look: Register) -> Iterator[About]:
    """This function will find that nobody has agreed the statement on appetite (RSK-04; SQG 2022 §3.13)."""
    if look.rules.appetite.statement.agreed_on is None:
        yield "", Found()


def appetite_old(rule: CheckRule, look: Register) -> Iterator[About]:
    """This function will find that the statement on appetite was due to be looked at again."""
    statement = look.rules.appetite.statement
    if statement.agreed_on is not None:
        due = months_after(statement.agreed_on, statement.review_months)
        if due < look.on:
            yield "", Found(day=due)
