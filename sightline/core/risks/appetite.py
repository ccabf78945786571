"""Whether a score is within what is accepted in its category, and where its target should lie."""

from __future__ import annotations

from enum import StrEnum

from sightline.core.risks.facts import RiskFacts, Target
from sightline.core.risks.scoring import rate
from sightline.core.rulebook.risks import RiskAppetite, RiskMatrix
from sightline.core.verdict import ALLOWED, Verdict, refused


class Fit(StrEnum):
    """How a score stands to the appetite and the tolerance of its category."""

    WITHIN_APPETITE = "within-appetite"
    WITHIN_TOLERANCE = "within-tolerance"
    ABOVE_TOLERANCE = "above-tolerance"


def fit_of(appetite: RiskAppetite, category: str, score: int) -> Fit | None:
    """This function will say how a score fits its category; nothing where no appetite is set for it (RSK-04).

    Tolerance is a maximum: a score that equals it is tolerated.
    """
    found = appetite.category(category)
    step = appetite.step(found.appetite) if found else None
    if found is None or step is None:
        return None
    if score <= step.at_most:
        return Fit.WITHIN_APPETITE
    return Fit.WITHIN_TOLERANCE if score <= found.tolerance else Fit.ABOVE_TOLERANCE


def resting_score(appetite: RiskAppetite, category: str) -> int | None:
    """This function will give the highest score at which a risk of a category may rest (RSK-04; SQG 2022 §3.13)."""
    found = appetite.category(category)
    step = appetite.step(found.appetite) if found else None
    return step.at_most if step else None


def may_aim_for(appetite: RiskAppetite, matrix: RiskMatrix, category: str, target: Target) -> Verdict:
    """This function will say whether a target may be set: never above what its category tolerates (RSK-04)."""
    found = appetite.category(category)
    score = rate(matrix, target).score
    if found is None or score <= found.tolerance:
        return ALLOWED
    says = f"The target of {score} is above {found.tolerance}, the most that is tolerated in “{found.name}”. Set a lower one."
    return refused(says, found.cites)


def may_accept(appetite: RiskAppetite, matrix: RiskMatrix, risk: RiskFacts) -> Verdict:
    """This function will say whether a risk may be accepted as it stands: above tolerance only by name (RSK-04)."""
    found, current = appetite.category(risk.category), risk.current
    if current is None:
        return refused("It has no score, so nobody can say what would be accepted. Score it first.")
    if found is None or (risk.acceptance is not None and risk.acceptance.by):
        return ALLOWED
    score = rate(matrix, current).score
    if score <= found.tolerance:
        return ALLOWED
    says = (
        f"It stands at {score}, above {found.tolerance}, the most that is tolerated in “{found.name}”. It can be accepted "
        "only by somebody who answers for it by name."
    )
    return refused(says, found.cites)
