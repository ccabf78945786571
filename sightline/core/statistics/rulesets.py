"""Rule sets as data: the numbers on which honest tools disagree, under a name that is kept with each result."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache


class TwoOfThree(StrEnum):
    """Which points may count towards two of three: only those between two and three sigma, or all beyond two."""

    BETWEEN = "between"
    BEYOND = "beyond"


class Conflict(StrEnum):
    """What a point is called when its rules point both ways: by the order of the rules, or improvement first."""

    PRIORITY = "priority"
    IMPROVEMENT_WINS = "improvement_wins"


class TargetOnLimit(StrEnum):
    """What a target that lies exactly on a limit says: nothing certain, or the same as one beyond it."""

    INCONSISTENT = "inconsistent"
    CONSISTENT = "consistent"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One way of reading an XmR chart.

    ``limit_factor`` times the mean moving range is the distance from mean to limit; two thirds of it is the
    inner line. With ``screens`` a moving range of ``screen_factor`` times their mean or more is left out, once.
    Limits that rest on fewer than ``min_points`` values are provisional, and a fixed baseline should have
    ``min_baseline`` values at least.
    """

    name: str
    title: str
    screens: bool
    two_of_three: TwoOfThree
    conflict: Conflict
    target_on_limit: TargetOnLimit
    shift_points: int = 7
    trend_points: int = 7
    limit_factor: float = 2.66
    screen_factor: float = 3.267
    min_points: int = 13
    min_baseline: int = 12

    @property
    def near_factor(self) -> float:
        """Distance from the mean to the two-sigma line, in mean moving ranges."""
        return 2 * (self.limit_factor / 3)

    def parameter_hash(self) -> str:
        """This function will give a short fingerprint of the numbers, so that a changed rule cannot pass unseen."""
        return _fingerprint(self)


@cache
def _fingerprint(rules: RuleSet) -> str:
    """Worked out once for each of the few rule sets, though every series asks for it."""
    parameters = {key: value for key, value in asdict(rules).items() if key not in {"name", "title"}}
    text = json.dumps(parameters, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


MDC_2023 = RuleSet(
    name="mdc-2023",
    title="Making Data Count, from November 2023",
    screens=False,  # the programme's own workbooks leave no moving range out
    two_of_three=TwoOfThree.BEYOND,
    conflict=Conflict.IMPROVEMENT_WINS,
    target_on_limit=TargetOnLimit.CONSISTENT,
)

PTD_0_2_2 = RuleSet(
    name="ptd-0.2.2",
    title="As the R package NHSRplotthedots 0.2.2 reads a chart",
    screens=True,
    two_of_three=TwoOfThree.BETWEEN,
    conflict=Conflict.PRIORITY,
    target_on_limit=TargetOnLimit.INCONSISTENT,
)

RULE_SETS: dict[str, RuleSet] = {rules.name: rules for rules in (MDC_2023, PTD_0_2_2)}
DEFAULT_RULE_SET = MDC_2023


def rule_set(name: str) -> RuleSet:
    """This function will find a rule set by its name, and name the known ones when there is none such."""
    try:
        return RULE_SETS[name]
    except KeyError:
        known = ", ".join(RULE_SETS)
        raise KeyError(f"There is no rule set “{name}”. Choose one of: {known}.") from None
