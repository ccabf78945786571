"""Rules in words: every rule of every rule set has its name, its phrase and its sentence, in the numbers of that set."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.core.indicators.variation import Direction
from sightline.core.signals import Rule, Side
from sightline.core.statistics.marks import mark
from sightline.core.statistics.rulesets import CHART_RULE_SETS, MDC_2023, NELSON
from sightline.indicators.presenters.drawings import point_of
from sightline.indicators.presenters.words import _pattern
from sightline.web.charts import ChartSeries, point_words
from sightline.web.charts.rules import RULE_NAMES, RULE_WORDS, rule_sentence, rules_in_words


@pytest.mark.parametrize("rules", CHART_RULE_SETS.values(), ids=CHART_RULE_SETS)
def test_every_rule_of_every_set_is_named_and_explained_once(rules) -> None:
    said = rules_in_words(rules.name)
    assert [name for name, _ in said] == [RULE_NAMES[rule] for rule in rules.rules]
    assert len({sentence for _, sentence in said}) == len(said) >= 2
    for name, sentence in said:
        assert name[0].isupper() and (sentence[0].isupper() or sentence[0].isdigit()) and sentence.endswith("."), (
            sentence
        )
        assert "no or more" not in sentence.lower() and "_" not in sentence


@pytest.mark.parametrize(
    ("name", "asks"),
    [
        (
            "mdc-2023",
            ["Outside", "Seven or more figures in a row lie", "Seven or more figures in a row all", "beyond one"],
        ),
        ("ptd-0.2.2", ["but not beyond it"]),
        ("pbi-1.7", ["Five or more figures in a row all rise", "two more lie"]),
        ("nhse-sql-2019", ["Six or more figures in a row all rise", "the upper or the lower", "the one before it"]),
        ("we", ["Eight or more figures in a row lie on one side", "Four of five"]),
        (
            "nelson",
            ["Nine or more", "15 or more", "14 or more", "Eight or more figures in a row all lie beyond"],
        ),
        ("anhoej", ["longer than chance"]),
    ],
)
def test_the_sentences_have_the_numbers_of_their_set(name: str, asks: list[str]) -> None:
    told = " ".join(f"{rule} {sentence}" for rule, sentence in rules_in_words(name))
    assert [words for words in asks if words not in told] == []


def test_rules_that_a_set_does_not_read_are_not_named() -> None:
    assert [name for name, _ in rules_in_words("anhoej")] == ["Outside the limits", "Long run"]
    assert "Trend" not in dict(rules_in_words("we"))
    assert len(rules_in_words("mdc-2023")) == 4 and len(rules_in_words("nelson")) == 8
    assert rules_in_words("a set of last century") == rules_in_words(MDC_2023.name)
    assert rule_sentence(Rule.SHIFT, NELSON) != rule_sentence(Rule.SHIFT, MDC_2023)


@pytest.mark.parametrize("rule", list(Rule))
def test_a_point_and_a_signal_say_any_rule_in_words(rule: Rule) -> None:
    """Also one that the pages' own two rule sets do not have, should a point of another set come to be shown there."""

    class Told:
        rules, side, since, until, periods = rule.value, Side.HIGH, date(2025, 1, 1), date(2025, 3, 1), 3

    point = point_of(date(2025, 3, 1), 5.0, mark(rule, Side.HIGH), Direction.INCREASE)
    assert RULE_WORDS[rule] in point_words(point, ChartSeries("k", "Waits", (point,)))
    said = _pattern(Told(), "month")
    assert said[0].isupper() and "January 2025" in said
    if rule is not Rule.TWO_OF_THREE:
        assert "limit" not in said
