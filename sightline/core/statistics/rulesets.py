"""Rule sets as data: the numbers on which honest tools disagree, under a name that is kept with each result."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any

from sightline.core.signals import Rule


class TwoOfThree(StrEnum):
    """Which points may count towards two of three: only those between two and three sigma, or all beyond two."""

    BETWEEN = "between"
    BEYOND = "beyond"
    OFF = "off"  # the rule set does not have this rule


class Window(StrEnum):
    """What else a window of three must fulfil for its two to count."""

    SAME_SIDE = "same_side"  # all three lie on one side of the centre line
    NET = "net"  # two more lie beyond one line than beyond the other
    ANY = "any"  # both lie beyond the same line, the third anywhere
    MIXED = "mixed"  # beyond either line, also one beyond each


class Flagged(StrEnum):
    """Which points of a window that fulfils a rule are marked."""

    COUNTED = "counted"  # those that the rule counts: in a run all of them, in two of three those near a limit
    WHOLE = "whole"  # all points of the window
    LAST = "last"  # the point that completes the window, being one of those that the rule counts
    STEPS = "steps"  # all but the first, for a trend is made of steps


class Conflict(StrEnum):
    """What a point is called when its rules point both ways: by the order of the rules, by both, or improvement first."""

    PRIORITY = "priority"
    BOTH = "both"
    IMPROVEMENT_WINS = "improvement_wins"


class TargetOnLimit(StrEnum):
    """What a target that lies exactly on a limit says: nothing certain, or the same as one beyond it."""

    INCONSISTENT = "inconsistent"
    CONSISTENT = "consistent"


# What results that are already stored were fingerprinted by. A parameter that came later counts in the fingerprint
# only where a rule set uses it.
_FIRST = frozenset(
    {
        *("screens", "two_of_three", "conflict", "target_on_limit", "shift_points", "trend_points"),
        *("limit_factor", "screen_factor", "min_points", "min_baseline"),
    }
)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One way of reading a chart; a number of points or a factor of 0 switches its rule off.

    ``limit_factor`` times the mean moving range is the distance from mean to limit on an XmR chart; two thirds of it
    is the inner line. With ``screens`` a moving range of ``screen_factor`` times their mean or more is left out, once.
    Limits that rest on fewer than ``min_points`` values are provisional, and a fixed baseline should have
    ``min_baseline`` values at least.

    ``median_divisor`` turns a median moving range into sigma; ranges above ``median_screen_factor`` times that median
    are left out first, though a median hardly needs it. ``range_factor`` times the mean moving range is how far
    a point may lie from the one before it. ``four_of_five`` asks for points beyond one sigma on one side,
    ``within_points`` for so many running inside one sigma, ``beyond_points`` for so many running outside it,
    ``alternating_points`` for so many that go up and down in turn, each marked at the last point of the window.
    ``runs_test`` is Anhøj's: the longest run and the number of crossings of the centre line. ``order`` is that in
    which the rules of a point are named, the leading one first.
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
    two_of_three_window: Window = Window.SAME_SIDE
    two_of_three_flagged: Flagged = Flagged.COUNTED
    shift_flagged: Flagged = Flagged.COUNTED
    trend_flagged: Flagged = Flagged.COUNTED
    median_divisor: float = 0.954
    median_screen_factor: float = 0.0
    range_factor: float = 0.0
    four_of_five: bool = False
    within_points: int = 0
    beyond_points: int = 0
    alternating_points: int = 0
    runs_test: bool = False
    order: tuple[Rule, ...] = tuple(Rule)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are switched on, the leading one first."""
        off = {
            Rule.TREND: self.trend_points < 2,
            Rule.TWO_OF_THREE: self.two_of_three is TwoOfThree.OFF,
            Rule.SHIFT: self.shift_points < 1,
            Rule.MOVING_RANGE: self.range_factor <= 0,
            Rule.FOUR_OF_FIVE: not self.four_of_five,
            Rule.WITHIN: self.within_points < 1,
            Rule.BEYOND: self.beyond_points < 1,
            Rule.ALTERNATING: self.alternating_points < 3,
            Rule.LONG_RUN: not self.runs_test,
        }
        known = (*self.order, *(rule for rule in Rule if rule not in self.order))
        return tuple(rule for rule in known if not off.get(rule))

    @property
    def plain(self) -> bool:
        """Whether the block kernel, which reads four rules in one way, can carry the whole rule set out."""
        later = all(getattr(self, name) == default for name, default in _later().items())
        return later and self.two_of_three is not TwoOfThree.OFF and self.shift_points > 0 and self.trend_points > 1

    @property
    def near_factor(self) -> float:
        """Distance from the mean to the two-sigma line, in mean moving ranges."""
        return 2 * (self.limit_factor / 3)

    def parameter_hash(self) -> str:
        """This function will give a short fingerprint of the numbers, so that a changed rule cannot pass unseen."""
        return _fingerprint(self)


@cache
def _later() -> dict[str, Any]:
    """Parameters that came after the first, with the value that leaves a chart read as before."""
    return {one.name: one.default for one in fields(RuleSet) if one.name not in _FIRST | {"name", "title"}}


@cache
def _fingerprint(rules: RuleSet) -> str:
    """Worked out once for each of the few rule sets, though every series asks for it."""
    later = _later()
    parameters = {key: value for key, value in asdict(rules).items() if key in _FIRST or value != later.get(key, value)}
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

PBI_1_7 = RuleSet(
    name="pbi-1.7",
    title="As PowerBI-SPC 1.7 reads a chart, with all its four rules on",
    screens=True,
    two_of_three=TwoOfThree.BEYOND,
    two_of_three_window=Window.NET,
    conflict=Conflict.BOTH,
    target_on_limit=TargetOnLimit.INCONSISTENT,
    trend_points=5,
    limit_factor=3 / 1.128,
    median_divisor=1.128,
    median_screen_factor=3.267,
    min_points=2,
    order=(Rule.OUTSIDE, Rule.TWO_OF_THREE, Rule.TREND, Rule.SHIFT),
)

NHSE_SQL_2019 = RuleSet(
    name="nhse-sql-2019",
    title="As the SQL script of NHS England and NHS Improvement of 2019 reads a chart",
    screens=False,
    two_of_three=TwoOfThree.BEYOND,
    two_of_three_window=Window.MIXED,
    two_of_three_flagged=Flagged.WHOLE,
    conflict=Conflict.PRIORITY,
    target_on_limit=TargetOnLimit.INCONSISTENT,
    trend_points=6,
    trend_flagged=Flagged.STEPS,
    range_factor=3.27,
    order=(Rule.OUTSIDE, Rule.TREND, Rule.SHIFT, Rule.TWO_OF_THREE, Rule.MOVING_RANGE),
)

WESTERN_ELECTRIC = RuleSet(
    name="we",
    title="The four rules of the Western Electric handbook, 1956",
    screens=False,
    two_of_three=TwoOfThree.BEYOND,
    two_of_three_window=Window.ANY,
    two_of_three_flagged=Flagged.LAST,
    conflict=Conflict.PRIORITY,
    target_on_limit=TargetOnLimit.INCONSISTENT,
    shift_points=8,
    shift_flagged=Flagged.LAST,
    trend_points=0,
    limit_factor=3 / 1.128,
    four_of_five=True,
    order=(Rule.OUTSIDE, Rule.TWO_OF_THREE, Rule.FOUR_OF_FIVE, Rule.SHIFT),
)

NELSON = RuleSet(
    name="nelson",
    title="The eight rules of Nelson, 1984",
    screens=False,
    two_of_three=TwoOfThree.BEYOND,
    two_of_three_window=Window.ANY,
    two_of_three_flagged=Flagged.LAST,
    conflict=Conflict.PRIORITY,
    target_on_limit=TargetOnLimit.INCONSISTENT,
    shift_points=9,
    shift_flagged=Flagged.LAST,
    trend_points=6,
    trend_flagged=Flagged.LAST,
    limit_factor=3 / 1.128,
    four_of_five=True,
    within_points=15,
    beyond_points=8,
    alternating_points=14,
    order=(
        *(Rule.OUTSIDE, Rule.SHIFT, Rule.TREND, Rule.ALTERNATING),
        *(Rule.TWO_OF_THREE, Rule.FOUR_OF_FIVE, Rule.WITHIN, Rule.BEYOND),
    ),
)

ANHOEJ = RuleSet(
    name="anhoej",
    title="Three sigma, and Anhøj's test of the longest run and the crossings",
    screens=True,
    two_of_three=TwoOfThree.OFF,
    conflict=Conflict.PRIORITY,
    target_on_limit=TargetOnLimit.INCONSISTENT,
    shift_points=0,
    trend_points=0,
    limit_factor=3 / 1.128,
    min_points=10,
    runs_test=True,
    order=(Rule.OUTSIDE, Rule.LONG_RUN),
)

# Those that the pages offer: the block kernel reads them, and results recorded elsewhere hold them.
RULE_SETS: dict[str, RuleSet] = {rules.name: rules for rules in (MDC_2023, PTD_0_2_2)}
# Those that charts drawn by ``charts.py`` may be read by.
CHART_RULE_SETS: dict[str, RuleSet] = RULE_SETS | {
    rules.name: rules for rules in (PBI_1_7, NHSE_SQL_2019, WESTERN_ELECTRIC, NELSON, ANHOEJ)
}
DEFAULT_RULE_SET = MDC_2023


def rule_set(name: str) -> RuleSet:
    """This function will find a rule set by its name, and name the known ones in a KeyError when there is none such."""
    try:
        return RULE_SETS[name]
    except KeyError:
        known = ", ".join(RULE_SETS)
        raise KeyError(f"There is no rule set “{name}”. Choose one of: {known}.") from None
