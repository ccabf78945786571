"""When a Quality Improvement Group has done what it is for: most or all of two conditions."""

from __future__ import annotations

from itertools import product

import pytest

from sightline.core.improvement.ending import End, may_end
from sightline.core.rulebook.improving import Ending, Improvement, Limb
from tests.factories.levels import part

LASTS, AGREED = Limb.MILESTONES_LAST, Limb.ALL_AGREE
WHY = "The last milestone belongs to the new contract, which has a plan of its own."


def rule(asked: str = "most") -> Ending:
    """This function will give the rule as published, or with “most or all” read otherwise."""
    found = part("sqg-2022", "improvement", Improvement).ending
    settings = tuple(one.model_copy(update={"chosen": asked}) for one in found.settings)
    return found.model_copy(update={"settings": settings})


@pytest.mark.requirement("QIG-08")
def test_t23_group_ends_on_the_first_condition_alone_with_a_reason() -> None:
    """T23: the milestones are reached and will last; the second condition is not met."""
    without = may_end(rule(), End(frozenset({LASTS})))
    assert not without and "Give the reason" in without.words
    assert without.reasons[0].source == "NQB risk response 2022, Annex C"
    assert may_end(rule(), End(frozenset({LASTS}), because=WHY))


@pytest.mark.requirement("QIG-08")
def test_group_ends_without_more_words_where_both_conditions_are_met() -> None:
    assert may_end(rule(), End(frozenset(Limb)))


@pytest.mark.requirement("QIG-08")
def test_group_goes_on_where_neither_condition_is_met_whatever_is_said() -> None:
    verdict = may_end(rule(), End(because=WHY))
    assert [one.says.startswith("Not met yet") for one in verdict.reasons] == [True, True]


@pytest.mark.requirement("QIG-08")
def test_house_that_reads_it_as_all_ends_no_group_on_one_condition() -> None:
    verdict = may_end(rule("all"), End(frozenset({LASTS}), because=WHY))
    assert [one.says.startswith("Not met yet: All members") for one in verdict.reasons] == [True]


@pytest.mark.requirement("QIG-08")
def test_while_somebody_disagrees_not_all_agree_and_ending_takes_a_reason() -> None:
    torn = End(frozenset(Limb), disagrees=("Lantern Council",))
    verdict = may_end(rule(), torn)
    assert not verdict and "Not in agreement: Lantern Council." in verdict.words
    assert may_end(rule(), End(torn.met, torn.disagrees, WHY))
    assert not may_end(rule("all"), End(torn.met, torn.disagrees, WHY))


def test_rule_answers_as_its_obvious_twin_in_every_case() -> None:
    for asked, (lasts, agreed, torn, reasoned) in product(("most", "all"), product((False, True), repeat=4)):
        met = frozenset(limb for limb, is_met in ((LASTS, lasts), (AGREED, agreed)) if is_met)
        end = End(met, ("Lantern Council",) if torn else (), WHY if reasoned else "  ")
        both, one = lasts and agreed and not torn, lasts or (agreed and not torn)
        assert bool(may_end(rule(asked), end)) is (both or (asked == "most" and one and reasoned)), (asked, end)
