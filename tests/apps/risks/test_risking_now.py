"""How a risk stands now, kept beside it, against a slow and obvious twin, after whatever was done to it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.core.rulebook.circumstances import Severity
from sightline.core.verdict import Invalid, Refused
from sightline.risks.models import Risk, RiskNow
from sightline.risks.operations import accept_risk, close_risk, restate_risk, review_risk, score_risk
from sightline.risks.words import ScoreKind
from tests.factories.indicators import NOW
from tests.factories.risks import Kept, a_kept_system, now_of, opened, stated


@pytest.fixture
def kept(house: None) -> Kept:
    """This function will make a trust in a system, the same for every example of the property."""
    return a_kept_system()


def obvious(risk: Risk) -> tuple[object, ...]:
    """This function will work out row by row, the slow way, how a risk stands."""
    said = sorted(risk.statements.all(), key=lambda one: one.number)[-1]
    scored = sorted(risk.scores.filter(kind="current"), key=lambda one: (one.holds_from, one.recorded_at, one.pk))
    last = scored[-1] if scored else None
    named = [(said.recorded_at, said.review_on)] if said.review_on else []
    named += [(one.recorded_at, one.next_review_on) for one in risk.reviews.all() if one.next_review_on]
    cell = (last.likelihood, last.consequence) if last else (None, None)
    product = cell[0] * cell[1] if cell[0] and cell[1] else 0
    review = sorted(named, key=lambda one: one[0])[-1][1] if named else None
    return (said.pk, status(risk, cell), said.category, said.severity, *cell, product, review)


def status(risk: Risk, cell: Sequence[int | None]) -> str:
    """This function will say whether a risk is closed, borne as it is now, or open."""
    if hasattr(Risk.objects.get(pk=risk.pk), "ending"):
        return "closed"
    accepted = sorted(risk.acceptances.all(), key=lambda one: (one.recorded_at, one.pk))
    if not accepted:
        return "open"
    before = [one for one in risk.scores.filter(kind="current") if one.recorded_at <= accepted[-1].recorded_at]
    held = sorted(before, key=lambda one: (one.holds_from, one.recorded_at, one.pk))
    then = (held[-1].likelihood, held[-1].consequence) if held else (None, None)
    return "accepted" if then == tuple(cell) else "open"


def kept_now(risk: Risk) -> tuple[object, ...]:
    """This function will give what is kept beside the risk."""
    now = now_of(risk)
    said = (now.statement_id, now.status, now.category, now.severity)
    return (*said, now.likelihood, now.consequence, now.score, now.review_on)


STEPS = st.one_of(
    st.tuples(st.just("score"), st.integers(1, 5), st.integers(1, 5), st.integers(0, 40)),
    st.tuples(st.just("restate"), st.sampled_from(["safety", "workforce"]), st.sampled_from(Severity), st.booleans()),
    st.tuples(st.just("accept"), st.booleans()),
    st.tuples(st.just("review"), st.integers(0, 30), st.booleans()),
    st.tuples(st.just("close")),
)


def do(kept: Kept, risk: Risk, step: tuple[object, ...], at: datetime) -> None:
    """This function will do one thing to a risk; what is refused changes nothing."""
    today: date = at.date()
    match step:
        case ("score", int(likelihood), int(consequence), int(ago)):
            day, cell = today - timedelta(days=ago), {"likelihood": likelihood, "consequence": consequence}
            score_risk(by=kept.lead, at=at, risk=risk, kind=ScoreKind.CURRENT, holds_from=day, because="So", **cell)
        case ("restate", str(category), Severity() as severity, bool(has_review)):
            said = stated(category=category, severity=severity, review_on=today if has_review else None)
            seen = risk.statements.count()
            restate_risk(by=kept.lead, at=at, risk=risk, stated=said, seen=seen, because="So")
        case ("accept", bool(named)):
            accept_risk(by=kept.lead, at=at, risk=risk, because="So", accepted_by="Chair" if named else "")
        case ("review", int(ahead), bool(names_next)):
            day = today + timedelta(days=ahead + 1) if names_next else None
            review_risk(by=kept.lead, at=at, risk=risk, says="So", next_review_on=day)
        case ("close",):
            close_risk(by=kept.lead, at=at, risk=risk, because="So")


@pytest.mark.requirement("RSK-15")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=8))
def test_what_is_kept_beside_a_risk_is_what_its_rows_say(kept: Kept, steps: list[tuple[object, ...]]) -> None:
    risk = opened(kept, at=NOW)

    for number, step in enumerate(steps, 1):
        with suppress(Refused, Invalid):
            do(kept, risk, step, NOW + timedelta(hours=number))
        assert kept_now(risk) == obvious(risk)

    assert RiskNow.objects.filter(risk=risk).count() == 1
