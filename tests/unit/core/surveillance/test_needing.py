"""Every need of the rules is answered by something of a move, and an empty move meets none that asks for a thing."""

from __future__ import annotations

import pytest

from sightline.core.rulebook.levels import Force, Need, NeedRule, Slot, When
from sightline.core.surveillance.facts import Dissent, LevelRules
from sightline.core.surveillance.needing import needs_of, unmet
from tests.factories.levels import a_case, a_move, a_subject, rules, somebody

EMPTY = {
    "authorised_by": (), "reason": "", "triggers": (), "risk_profile": "", "why_not_closer": "", "conflict_check": "",
    "group_view": " ", "regional_agreement": None, "options_exhausted": "", "people_need_protection": False, "plan": "",
    "follow_up_person": "", "actions": (), "next_review_on": None, "exit_evidence": "",
    "dissents": (Dissent("regulator", is_statutory_holder=True),),
}  # fmt: skip


def asking(*asked: NeedRule) -> LevelRules:
    """This function will make rules that ask these things of every move, and nothing else."""
    found = rules()
    levels = tuple(one.model_copy(update={"needs": ()}) for one in found.levels.levels)
    changed = found.levels.model_copy(update={"levels": levels, "every_move": asked})
    return LevelRules(found.pack, changed, found.triggers, found.authority)


def a_rule(need: Need, force: Force = Force.MUST, says: str = "Say it.") -> NeedRule:
    """This function will make a rule that asks for one thing."""
    return NeedRule(need=need, force=force, says=says, cites="local")


@pytest.mark.requirement("LVL-16")
@pytest.mark.parametrize("need", list(Need))
def test_each_need_is_met_by_a_full_move_and_by_no_empty_one(need: Need) -> None:
    asked = asking(a_rule(need))
    before, after = asked.levels.levels[:2]
    subject = a_subject(a_case())
    full = a_move("routine", "enhanced", dissents=(Dissent("council", "It sees no pattern."),))
    led = a_subject(process_lead="icb-lantern")
    assert list(unmet(asked, led, full, before, after)) == []
    assert [one.need for one in unmet(asked, subject, a_move("routine", "enhanced", **EMPTY), before, after)] == [need]


def test_thing_asked_for_twice_is_told_once_by_the_stronger_rule() -> None:
    asked = asking(a_rule(Need.PLAN, Force.SHOULD, "Better have a plan."), a_rule(Need.PLAN, says="Have a plan."))
    before, after = asked.levels.levels[:2]
    move = a_move("routine", "enhanced", plan="")
    assert [one.says for one in unmet(asked, a_subject(), move, before, after)] == ["Have a plan."]


@pytest.mark.parametrize(
    ("before", "after", "ways"),
    [
        ("routine", "enhanced", {When.ENTERING, When.RISING}),
        ("intensive", "enhanced", {When.ENTERING, When.FALLING}),
    ],
)
def test_rule_counts_on_the_way_that_it_names(before: str, after: str, ways: set[When]) -> None:
    asked = asking(*(a_rule(Need.PLAN).model_copy(update={"way": way}) for way in When))
    first, second = (asked.levels.level(one) for one in (before, after))
    assert first and second
    assert {one.way for one in needs_of(asked, a_subject(), first, second)} == ways


def test_second_person_is_one_who_did_not_propose() -> None:
    asked = asking(a_rule(Need.SECOND_PERSON))
    before, after = asked.levels.levels[:2]
    lead = Slot.ICB_EXECUTIVE_QUALITY_LEAD
    for people, is_met in ((("p-proposer",), False), (("p-proposer", "p-other"), True), (("p-other",), True)):
        move = a_move("routine", "enhanced", authorised_by=tuple(somebody(lead, person=one) for one in people))
        assert (list(unmet(asked, a_subject(), move, before, after)) == []) is is_met
