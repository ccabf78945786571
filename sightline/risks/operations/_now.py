"""Keeps beside each risk how it stands now, so that a long register opens at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sightline.core.risks import RiskFacts, rate
from sightline.core.rulebook.risks import RiskMatrix
from sightline.risks.models import Risk, RiskNow, RiskStatement
from sightline.risks.queries.facts import facts_of
from sightline.risks.queries.rules import risk_rules

COLUMNS = ["statement", "status", "category", "severity", "likelihood", "consequence", "score", "review_on"]
# No row speaks of a day after the one on which it is written, so that all that is on record holds now.
ALL_OF_IT = date(9000, 1, 1)


def keep_now(risks: Iterable[Risk], on: date) -> None:
    """This function will work out anew how some risks stand now, by the matrix of a day, and keep it."""
    some = list(risks)
    matrix, facts = risk_rules(on).matrix, facts_of(some, ALL_OF_IT)
    rows = RiskStatement.objects.filter(risk__in=facts).order_by("number").values_list("risk", "pk")
    newest = dict(rows)
    RiskNow.objects.bulk_create(
        [now_of(one, facts[one.pk], newest[one.pk], matrix) for one in some if one.pk in facts],
        update_conflicts=True,
        unique_fields=["risk"],
        update_fields=COLUMNS,
        batch_size=500,
    )


def now_of(risk: Risk, facts: RiskFacts, statement: int, matrix: RiskMatrix) -> RiskNow:
    """This function will put together how a risk stands, from its facts."""
    held = facts.current
    return RiskNow(
        risk=risk,
        statement_id=statement,
        status=facts.status.value,
        category=facts.category,
        severity=facts.severity.value,
        likelihood=held.likelihood if held else None,
        consequence=held.consequence if held else None,
        score=rate(matrix, held).score if held else 0,
        review_on=facts.review_on,
    )
