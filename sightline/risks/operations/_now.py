"""Keeps beside each risk how it stands now, and how it stood on its registers, so that a long register opens at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sightline.core.risks import RiskRules
from sightline.risks.models import RegisterLine, Risk, RiskNow
from sightline.risks.queries.ledgers import Cell, scores_of
from sightline.risks.queries.rules import risk_rules
from sightline.risks.queries.spans import State, Story, stories_of

COLUMNS = ["statement", "status", "category", "severity", "likelihood", "consequence", "score", "review_on"]
AT_ONCE = 500
A_LINE = 1_000  # rows in one statement: one has seventeen values, and a database takes only so many


def keep_now(risks: Iterable[Risk], on: date) -> None:
    """This function will work out anew how some risks stand and stood, by the matrix of a day, and keep it."""
    some, rules = list(risks), risk_rules(on)
    for start in range(0, len(some), AT_ONCE):
        _keep(some[start : start + AT_ONCE], rules)


def _keep(some: Collection[Risk], rules: RiskRules) -> None:
    stories, scores = stories_of([one.pk for one in some]), scores_of(rules.matrix)
    now = [(one, state) for one in some if (state := stories[one.pk].now()) is not None]
    RiskNow.objects.bulk_create(
        [_now(one, state, scores) for one, state in now],
        update_conflicts=True,
        unique_fields=["risk"],
        update_fields=COLUMNS,
    )
    RegisterLine.objects.filter(risk__in=[one.pk for one in some]).delete()
    lines = (line for one in some for line in _lines(one, stories[one.pk], scores))
    RegisterLine.objects.bulk_create(lines, batch_size=A_LINE)


def _now(risk: Risk, state: State, scores: Mapping[Cell, int]) -> RiskNow:
    return RiskNow(risk=risk, **_columns(state, scores))


def _lines(risk: Risk, story: Story, scores: Mapping[Cell, int]) -> Iterator[RegisterLine]:
    for span in story.spans():
        yield RegisterLine(
            risk=risk,
            tier=span.tier,
            body_id=span.body,
            since=span.since,
            until=span.until,
            system=risk.system,
            opened_on=risk.opened_on,
            owner_id=span.state.owner,
            **_columns(span.state, scores),
        )


def _columns(state: State, scores: Mapping[Cell, int]) -> dict[str, Any]:
    """What is kept of a state beside the risk and on each of its registers alike."""
    likelihood, consequence = state.cell or (None, None)
    return {
        "statement_id": state.statement,
        "status": state.status.value,
        "category": state.category,
        "severity": state.severity,
        "likelihood": likelihood,
        "consequence": consequence,
        "score": scores[state.cell] if state.cell else 0,
        "review_on": state.review_on,
    }
