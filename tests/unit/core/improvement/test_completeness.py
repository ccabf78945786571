"""The parts of a plan: what is missing, what is only remarked upon, and what is not asked for here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

from sightline.core.improvement.approving import may_approve_plan, may_begin_plan
from sightline.core.improvement.completeness import missing, parts_of, remarks
from sightline.core.improvement.facts import (
    Alignment,
    Around,
    CommissionerPart,
    Criterion,
    Kpi,
    PlanContent,
    PlannedAction,
)
from tests.factories.improvement import BOARD, COUNCIL, DAY, a_content, around, both_act

WHOLE = PlannedAction("Round every hour", "Lantern Hospitals", "Director of nursing", DAY)
SEVERAL = (BOARD, COUNCIL)
ONE_PART = (CommissionerPart(BOARD.name, "Pays for nurses", BOARD.code),)


def words(found: Any) -> str:
    return " ".join(one.cited for one in found)


def test_of_a_whole_plan_nothing_is_missing_and_nothing_is_remarked_upon() -> None:
    assert missing(a_content(), around()) == ()
    assert remarks(a_content(), around()) == ()


@pytest.mark.parametrize(
    ("change", "facts", "says"),
    [
        ({"kpis": ()}, {}, "no key performance indicator"),
        ({"kpis": (Kpi(" "),)}, {}, "no key performance indicator"),
        ({"criteria": ()}, {}, "no success criteria"),
        ({"criteria": (Criterion("Falls", "", "A year"),)}, {}, "Success criterion 1 lacks a target."),
        ({"criteria": (Criterion("Falls"),)}, {}, "Success criterion 1 lacks a target and how long it is held."),
        ({"actions": ()}, {}, "no actions"),
        ({"actions": (WHOLE, replace(WHOLE, owner=" "))}, {}, "Action 2 lacks the role or person who owns it."),
        ({"actions": (replace(WHOLE, body=""),)}, {}, "Action 1 lacks the organisation that owns it."),
        ({"actions": (replace(WHOLE, due_on=None),)}, {}, "Action 1 lacks the day by which it is done."),
        ({"contract": " "}, {}, "contractual processes"),
        ({"regulation": ""}, {}, "regulatory frameworks"),
        ({}, {"commissioners": SEVERAL}, "it does not say what Lantern Board does"),
        ({"commissioners": ONE_PART}, {"commissioners": SEVERAL}, "it does not say what Lantern Council does"),
        ({"commissioners": ONE_PART}, {"says_several": True}, "fewer than two are named"),
        ({}, {"commissioners": (), "says_several": True}, "fewer than two are named"),
        (
            {"commissioners": (*ONE_PART, CommissionerPart("Another board"))},
            {},
            "It does not say what Another board does",
        ),
        (
            {"commissioners": (CommissionerPart("", "Visits"),)},
            {"commissioners": SEVERAL},
            "not the commissioner whose it is",
        ),
        ({"director": "A Name"}, {"director_role": "Improvement Director"}, "its Improvement Director is consulted"),
        ({"consulted_on": DAY}, {"director_role": "Improvement Director"}, "Give the name and the day"),
        (
            {"director": "A Name", "consulted_on": DAY + timedelta(days=1)},
            {"director_role": "System Improvement Director"},
            "the System Improvement Director was consulted is still to come",
        ),
        ({"objectives": ()}, {"is_highest": True}, "no objectives"),
        ({}, {"is_highest": True, "segment_year": "2022/23"}, "segment 3 (2022/23)"),
    ],
)
def test_each_part_that_is_missing_is_named_with_its_paragraph(
    change: dict[str, Any], facts: dict[str, Any], says: str
) -> None:
    found = missing(a_content(**change), around(**facts))
    assert says in words(found)
    assert all(one.source.startswith("NQB risk response 2022") for one in found)


@pytest.mark.parametrize(
    ("change", "facts"),
    [
        ({"commissioners": both_act()}, {"commissioners": SEVERAL}),
        ({"commissioners": both_act()}, {"commissioners": (), "says_several": True}),
        ({"commissioners": (CommissionerPart("lantern  board", "Pays"), both_act()[1])}, {"commissioners": SEVERAL}),
        ({"director": "A Name", "consulted_on": DAY}, {"director_role": "Improvement Director"}),
        ({"recovery_plan": "Of April"}, {"is_highest": True, "segment_year": "2022/23"}),
        ({"objectives": ()}, {}),
        ({}, {"segment_year": "2022/23"}),  # it asks for a recovery plan at the highest level alone
    ],
)
def test_what_is_there_or_not_asked_for_here_is_not_missing(change: dict[str, Any], facts: dict[str, Any]) -> None:
    assert missing(a_content(**change), around(**facts)) == ()


@pytest.mark.parametrize(
    ("change", "facts", "says"),
    [
        ({"objectives": ()}, {}, "no objectives"),
        ({"alignment": Alignment.UNSAID}, {}, "say that there are none"),
        ({"alignment": Alignment.ALIGNED}, {}, "Name the plans and offers"),
        ({"alignment": Alignment.ALIGNED, "aligned_with": "The winter plan"}, {}, ""),
        ({"developed_by": ""}, {}, "which provider"),
        ({"developed_with": " "}, {}, "with which commissioners"),
        ({"starts_on": DAY}, {"criteria_written_on": DAY + timedelta(days=1)}, "first written after"),
        ({"starts_on": DAY}, {"criteria_written_on": DAY}, ""),
    ],
)
def test_what_should_be_there_is_remarked_upon_and_stands_in_nobodys_way(
    change: dict[str, Any], facts: dict[str, Any], says: str
) -> None:
    content, known = a_content(**change), around(**facts)
    assert says in words(remarks(content, known))
    assert bool(remarks(content, known)) == bool(says)
    assert may_approve_plan(content, known, is_own=False)


def _slowly(plan: PlanContent, known: Around) -> bool:
    """Whether a plan is whole, by asking for each thing in turn."""
    if not plan.kpis or not plan.criteria or not plan.actions:
        return False
    if any(not (one.measure and one.target and one.held_for) for one in plan.criteria):
        return False
    if any(not (one.what and one.body and one.owner and one.due_on) for one in plan.actions):
        return False
    return bool(plan.contract and plan.regulation and (plan.director or not known.director_role))


def test_whatever_is_left_out_a_plan_is_whole_exactly_where_an_obvious_reading_says_so() -> None:
    empty: dict[str, Any] = {
        "kpis": (), "criteria": (Criterion("Falls"),), "actions": (replace(WHOLE, owner=""),), "contract": "",
        "regulation": "", "director": "",
    }  # fmt: skip
    seen = set()
    for count in range(len(empty) + 1):
        for left_out in combinations(empty, count):
            for role in ("", "Improvement Director"):
                told = {"director": "A Name", "consulted_on": DAY, **{name: empty[name] for name in left_out}}
                content, known = a_content(**told), around(director_role=role)
                assert bool(missing(content, known)) is not _slowly(content, known), left_out
                seen.add(_slowly(content, known))
    assert seen == {True, False}


def test_every_part_has_its_own_name_and_says_where_it_comes_from() -> None:
    parts = parts_of(a_content(), around())
    assert len({one.id for one in parts}) == len({one.name for one in parts}) == len(parts)
    assert all(one.source for one in parts)
    assert not next(one for one in parts if one.id == "director").is_asked


def test_nobody_approves_their_own_version_or_one_that_is_approved() -> None:
    assert "wrote this version yourself" in may_approve_plan(a_content(), around(), is_own=True).words
    assert "approved already" in may_approve_plan(a_content(), around(), is_own=False, is_approved=True).words


@pytest.mark.parametrize(
    ("above", "proposed", "may"), [(True, False, True), (False, True, True), (True, True, True), (False, False, False)]
)
def test_a_plan_belongs_to_a_level_above_the_lowest_or_to_one_that_is_proposed(
    above: bool, proposed: bool, may: bool
) -> None:
    verdict = may_begin_plan(stands_above=above, is_proposed=proposed, lowest="Routine")
    assert bool(verdict) is may
    assert ("Routine" in verdict.words) is not may


def test_everything_that_was_typed_is_looked_through_for_people() -> None:
    content = a_content(
        commissioners=both_act(), director="A Name", recovery_plan="Of April", aligned_with="The winter plan"
    )
    typed = set(content.words())
    for name in ("name", "contract", "regulation", "aligned_with", "director", "developed_by", "developed_with"):
        assert getattr(content, name) in typed
    lines = (*content.kpis, *content.criteria, *content.actions, *content.commissioners)
    told = {getattr(one, name) for one in lines for name in one.__dataclass_fields__} - {
        one.indicator for one in content.kpis
    }
    codes = {one.organisation for one in (*content.actions, *content.commissioners)}
    assert {one for one in told - codes if isinstance(one, str)} <= typed
