"""Improvement plans as the guidance of 2022 has them: what each must hold, and what stands in the way of its approval."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sightline.core.improvement.approving import may_approve_plan
from sightline.core.improvement.completeness import CORE, missing, remarks
from sightline.core.improvement.facts import Alignment, CommissionerPart, PlanContent
from sightline.core.verdict import Verdict
from tests.factories.improvement import BOARD, COUNCIL, DAY, a_content, around, both_act

REGION = CommissionerPart("Region of the North", "Commissions the specialised beds", "QY1")


def verdict_on(plan: PlanContent, **known: Any) -> Verdict:
    return may_approve_plan(plan, around(**known), is_own=False)


@pytest.mark.requirement("PLN-01")
def test_t17_a_plan_without_success_criteria_cannot_be_approved() -> None:
    """T17: plan missing success criteria → cannot be approved."""
    verdict = verdict_on(a_content(criteria=()))
    [reason] = verdict.reasons
    assert "success criteria" in reason.says
    assert reason.source == CORE


@pytest.mark.requirement("PLN-04")
@pytest.mark.parametrize("role", ["Improvement Director", "System Improvement Director"])
def test_t17_nor_can_one_in_the_recovery_support_programme_without_its_director_consulted(role: str) -> None:
    """T17: subject in the programme with no Improvement Director consultation → cannot be approved."""
    [reason] = verdict_on(a_content(), director_role=role).reasons
    assert f"its {role} is consulted before the plan is approved" in reason.says
    assert reason.source == CORE
    assert verdict_on(a_content(director="A Name", consulted_on=DAY), director_role=role)
    assert not verdict_on(a_content(director="A Name", consulted_on=DAY + timedelta(days=1)), director_role=role)
    assert verdict_on(a_content(), director_role="")


@pytest.mark.requirement("PLN-01")
def test_a_plan_must_include_kpis_owners_timescales_and_criteria_and_reflect_contracts_and_rules() -> None:
    """Core components: must include KPIs, action owners, timescales and success criteria, and reflect contractual
    processes and requirements and regulatory frameworks. An empty plan is told of all of them at once."""
    says = [one.says for one in missing(PlanContent("Safer wards"), around())]
    assert [next(word for word in _ASKED if word in one) for one in says] == list(_ASKED)
    assert not verdict_on(PlanContent("Safer wards"))
    assert verdict_on(a_content())


_ASKED = ("key performance indicator", "success criteria", "who owns it, and by when", "contractual", "regulatory")


@pytest.mark.requirement("PLN-02")
def test_where_several_commission_each_is_named_with_its_coordinated_action() -> None:
    """Core components; Annex C: where multiple commissioners, must include coordinated actions."""
    several = (BOARD, COUNCIL)
    assert len(verdict_on(a_content(), commissioners=several).reasons) == 2
    assert len(verdict_on(a_content(commissioners=both_act()[:1]), commissioners=several).reasons) == 1
    assert verdict_on(a_content(commissioners=both_act()), commissioners=several)
    assert verdict_on(a_content(), commissioners=(BOARD,))


@pytest.mark.requirement("PLN-02")
def test_a_commissioner_that_the_plan_itself_names_makes_several_too() -> None:
    [reason] = verdict_on(a_content(commissioners=(REGION,)), commissioners=(BOARD,)).reasons
    assert BOARD.name in reason.says
    assert verdict_on(a_content(commissioners=(both_act()[0], REGION)), commissioners=(BOARD,))


@pytest.mark.requirement("PLN-03")
def test_a_plan_should_align_with_what_is_there_or_say_that_there_is_nothing() -> None:
    """Core components: plans should align with any existing improvement plans or support offers."""
    unsaid = a_content(alignment=Alignment.UNSAID)
    [remark] = remarks(unsaid, around())
    assert "say that there are none" in remark.says
    assert verdict_on(unsaid), "what should be there is remarked upon and does not stand in the way"
    assert not remarks(a_content(alignment=Alignment.NONE), around())
    assert not remarks(a_content(alignment=Alignment.ALIGNED, aligned_with="The winter plan"), around())


@pytest.mark.requirement("PLN-05")
def test_the_provider_should_develop_it_together_with_those_who_commission() -> None:
    """Enhanced, Place: providers are expected to develop these plans collaboratively with commissioners."""
    assert len(remarks(a_content(developed_by="", developed_with=""), around())) == 2
    assert not remarks(a_content(), around())


@pytest.mark.requirement("PLN-06")
def test_at_intensive_a_plan_has_clear_objectives() -> None:
    """Intensive: action or improvement plan, with clear objectives and success criteria."""
    aimless = a_content(objectives=())
    assert not verdict_on(aimless, is_highest=True)
    assert verdict_on(aimless, is_highest=False)
    assert verdict_on(a_content(), is_highest=True)


@pytest.mark.requirement("PLN-06")
def test_at_intensive_a_trust_or_board_in_segment_three_has_a_recovery_plan() -> None:
    """Intensive, Regional: support via regions, for trusts and ICBs in segment 3; recovery plans must be in place."""
    [reason] = verdict_on(a_content(), is_highest=True, segment_year="2022/23").reasons
    assert "2022/23" in reason.says
    assert verdict_on(a_content(recovery_plan="Of April"), is_highest=True, segment_year="2022/23")
    assert verdict_on(a_content(), is_highest=True, segment_year="")
