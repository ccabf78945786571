"""Rule sets as data: what is stored under a fingerprint stays true, and nothing is left out in silence."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from sightline.core.signals import Rule, Side
from sightline.core.statistics.blocks import assess_block
from sightline.core.statistics.marks import SIDELESS, causes, mark
from sightline.core.statistics.rulesets import CHART_RULE_SETS, MDC_2023, PTD_0_2_2, RULE_SETS, RuleSet, Window

# What results are stored under. If a number of a rule set must change, give it a new name instead.
STORED = {"mdc-2023": "d948e7e0529d468f", "ptd-0.2.2": "7ac874c434efc972"}


@pytest.mark.parametrize("name", STORED)
def test_fingerprint_of_stored_results_never_changes(name):
    assert RULE_SETS[name].parameter_hash() == STORED[name]


def test_pages_offer_the_two_that_results_of_another_program_hold_by_the_block_kernel():
    assert list(RULE_SETS.values()) == [MDC_2023, PTD_0_2_2]
    assert [rules.name for rules in CHART_RULE_SETS.values() if rules.plain] == list(RULE_SETS)


@pytest.mark.parametrize("name", [name for name in CHART_RULE_SETS if name not in RULE_SETS])
def test_the_block_kernel_refuses_a_rule_set_of_which_it_would_leave_rules_out(name):
    with pytest.raises(ValueError, match=name):
        assess_block(np.ones((1, 20)), CHART_RULE_SETS[name])


def test_every_parameter_counts_in_the_fingerprint_once_it_is_used():
    other = {
        **{"screens": True, "two_of_three": "between", "conflict": "both", "target_on_limit": "inconsistent"},
        **{"two_of_three_window": Window.NET, "runs_test": True, "four_of_five": True, "order": (Rule.SHIFT,)},
        **dict.fromkeys(("two_of_three_flagged", "shift_flagged", "trend_flagged"), "last"),
    }
    changed = [one.name for one in fields(RuleSet) if one.name not in {"name", "title"}]
    found = {replace(MDC_2023, **{name: other.get(name, 5)}).parameter_hash() for name in changed}
    assert len(found) == len(changed)
    assert MDC_2023.parameter_hash() not in found
    assert len({rules.parameter_hash() for rules in CHART_RULE_SETS.values()}) == len(CHART_RULE_SETS)


def test_every_rule_set_names_its_rules_in_an_order_and_each_once():
    for rules in CHART_RULE_SETS.values():
        assert len(set(rules.order)) == len(rules.order)
        assert rules.order[0] is Rule.OUTSIDE


def test_marks_of_the_block_kernel_fill_the_first_byte_and_no_two_rules_share_a_bit():
    bits = {(rule, side): mark(rule, side) for rule in Rule for side in (Side.HIGH, Side.LOW) if rule not in SIDELESS}
    bits |= {(rule, Side.NONE): mark(rule, Side.NONE) for rule in SIDELESS}
    assert len(set(bits.values())) == len(bits)
    plain = {Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT}
    assert {rule for (rule, _), bit in bits.items() if bit < 256} == plain
    assert max(bits.values()) < 1 << 32
    assert set(causes(sum(bits.values()))) == set(bits)
