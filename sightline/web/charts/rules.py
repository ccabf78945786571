"""The rules in words: what each is called, what it says of a point, and what it asks for in a given rule set."""

from __future__ import annotations

from sightline.core.signals import Rule
from sightline.core.statistics.rulesets import CHART_RULE_SETS, DEFAULT_RULE_SET, RuleSet, TwoOfThree, Window
from sightline.web.wording import count_word

# As short as a word beside a point of a chart.
RULE_NAMES = {
    Rule.OUTSIDE: "Outside the limits",
    Rule.TREND: "Trend",
    Rule.TWO_OF_THREE: "Two of three",
    Rule.SHIFT: "Shift",
    Rule.MOVING_RANGE: "Leap",
    Rule.FOUR_OF_FIVE: "Four of five",
    Rule.WITHIN: "Too quiet",
    Rule.BEYOND: "Never near the average",
    Rule.ALTERNATING: "Up and down",
    Rule.LONG_RUN: "Long run",
}
# What a point is, where the rule fired.
RULE_WORDS = {
    Rule.OUTSIDE: "outside its usual range",
    Rule.TREND: "part of a steady run in one direction",
    Rule.TWO_OF_THREE: "one of two out of three near the edge of its usual range",
    Rule.SHIFT: "part of a run on one side of its usual level",
    Rule.MOVING_RANGE: "unusually far from the figure before it",
    Rule.FOUR_OF_FIVE: "one of four out of five well to one side of its usual level",
    Rule.WITHIN: "the end of a run that hardly leaves its usual level",
    Rule.BEYOND: "the end of a run that never comes near its usual level",
    Rule.ALTERNATING: "the end of a run that goes up and down in turn",
    Rule.LONG_RUN: "part of a longer run on one side of its usual level than chance allows",
}
_NEAR = {
    Window.SAME_SIDE: "Two of three figures in a row lie close to or beyond one limit.",
    Window.NET: "Of three figures in a row, two more lie close to or beyond one limit than the other.",
    Window.ANY: "Two of three figures in a row lie close to or beyond the same limit, the third anywhere.",
    Window.MIXED: "Two of three figures in a row lie close to or beyond a limit, the upper or the lower.",
}


# Without limits there is nothing to be outside of, or close to.
_WITHOUT_LIMITS = frozenset({Rule.TREND, Rule.SHIFT, Rule.LONG_RUN, Rule.ALTERNATING})


def rules_in_words(rule_set: str, centre: str = "average", *, limits: bool = True) -> list[tuple[str, str]]:
    """This function will name each rule of a rule set, with what it asks for there; of one nobody knows, the default's.

    ``centre`` is what the centre line of the chart is; one without ``limits`` is read by fewer rules.
    """
    rules = CHART_RULE_SETS.get(rule_set, DEFAULT_RULE_SET)
    read = [rule for rule in rules.rules if limits or rule in _WITHOUT_LIMITS]
    return [(RULE_NAMES[rule], rule_sentence(rule, rules, centre)) for rule in read]


def rule_sentence(rule: Rule, rules: RuleSet, centre: str = "average") -> str:
    """This function will say when a rule fires, in the numbers of its rule set."""
    match rule:
        case Rule.OUTSIDE:
            return "One figure lies beyond the upper or lower limit."
        case Rule.SHIFT:
            return f"{_many(rules.shift_points)} figures in a row lie on one side of the {centre}."
        case Rule.TREND:
            return f"{_many(rules.trend_points)} figures in a row all rise, or all fall."
        case Rule.TWO_OF_THREE:
            if rules.two_of_three is TwoOfThree.BETWEEN:
                return "Two of three figures in a row lie close to one limit, but not beyond it."
            return _NEAR[rules.two_of_three_window]
        case Rule.MOVING_RANGE:
            return "One figure is further from the one before it than figures usually are."
        case Rule.FOUR_OF_FIVE:
            return f"Four of five figures in a row lie more than a third of the way from the {centre} to one limit."
        case Rule.WITHIN:
            return f"{_many(rules.within_points)} figures in a row all lie within a third of the way to either limit."
        case Rule.BEYOND:
            return f"{_many(rules.beyond_points)} figures in a row all lie beyond a third of the way to either limit."
        case Rule.ALTERNATING:
            return f"{_many(rules.alternating_points)} figures in a row go up and down in turn."
        case Rule.LONG_RUN:
            return f"Figures stay on one side of the {centre} for longer than chance would explain."


def _many(count: int) -> str:
    return f"{count_word(count).capitalize()} or more"
