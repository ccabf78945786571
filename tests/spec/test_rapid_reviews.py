"""Rapid Quality Reviews as the guidance of 2022 has them: when one may be called, and what is owed before it is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sightline.core.improvement.rapid import (
    REPORTING,
    Called,
    Carries,
    Found,
    PlanMade,
    Reported,
    Requester,
    Route,
    may_call,
    may_close_review,
    remarks_on,
    routes_open,
    stands_low,
)

DAY = date(2026, 3, 2)
CALLED = Called("Nobody answers the bell at night.", "The contract meeting looks at waits alone.", DAY, DAY)
HELD = Found(
    DAY, "Posts stand empty.", "It is not safe enough.", Carries.NO, PlanMade(has_criteria=True, is_aligned=True)
)


@pytest.mark.requirement("RQR-01")
def test_icbs_councils_nhs_england_the_cqc_and_other_regulators_may_ask_for_one() -> None:
    assert [one.value for one in Requester] == ["icb", "local_authority", "nhs_england", "cqc", "other_regulator"]


@pytest.mark.requirement("RQR-02")
@pytest.mark.parametrize(
    ("limb", "asked"), [("risk", "significant or immediate"), ("not_elsewhere", "wider discussions")]
)
def test_both_limbs_of_the_trigger_are_told_before_it_is_called(limb: str, asked: str) -> None:
    """A significant or immediate risk to quality, including safety, which is not being addressed in wider discussions."""
    assert may_call(CALLED)
    for silence in ("", "   "):
        [reason] = may_call(replace(CALLED, **{limb: silence})).reasons
        assert asked in reason.says and reason.source.startswith("RQR-02")


@pytest.mark.requirement("MTG-05")
def test_it_may_meet_on_the_very_day_on_which_it_is_called_and_without_a_day() -> None:
    assert may_call(replace(CALLED, meets_on=DAY)) and may_call(replace(CALLED, meets_on=None))
    assert not may_call(replace(CALLED, meets_on=DAY - timedelta(days=1)))
    assert not may_call(replace(CALLED, called_on=DAY + timedelta(days=1)))


@pytest.mark.requirement("RQR-06")
def test_it_is_led_by_the_icb_unless_somebody_says_why_not_or_it_is_about_the_icb() -> None:
    other = replace(CALLED, is_led_by_icb=False)
    [reason] = may_call(other).reasons
    assert reason.source.startswith("RQR-06")
    assert may_call(replace(other, why_not_icb="NHS England commissions the service."))
    assert may_call(replace(other, is_about_icb=True))


@pytest.mark.requirement("RQR-08")
def test_it_is_there_for_the_levels_above_the_lowest_and_a_risk_at_the_lowest_does_not_have_to_wait() -> None:
    assert stands_low("Enhanced", is_lowest=False) == ()
    [remark] = stands_low("Routine", is_lowest=True)
    assert "Routine" in remark.says
    assert may_call(CALLED)  # which asks for no level at all


@pytest.mark.requirement("RQR-05")
@pytest.mark.parametrize("route", Route)
def test_it_is_not_closed_while_one_of_the_three_reports_is_open(route: Route) -> None:
    """Plan to SQG and to the assurance of ICB or local authority, key themes and outcomes to the region's group."""
    done = [Reported(one, DAY) for one in Route if one is not route]
    assert routes_open(done) == (route,)
    [reason] = may_close_review(HELD, [route.value]).reasons
    assert reason.source == REPORTING and route.value in reason.says
    assert may_close_review(HELD, routes_open([*done, Reported(route, DAY)]))


@pytest.mark.requirement("RQR-05")
def test_what_was_reported_before_a_meeting_does_not_count_for_it() -> None:
    reported = [Reported(Route.SQG, DAY), *(Reported(one, DAY - timedelta(days=1)) for one in Route)]
    assert routes_open(reported, DAY) == (Route.ASSURANCE, Route.REGION)
    assert routes_open(reported) == ()


@pytest.mark.requirement("RQR-03", "RQR-04")
@pytest.mark.parametrize(
    ("lacks", "asked"),
    [
        ({"held_on": None}, "on which day"),
        ({"diagnosis": ""}, "diagnosis"),
        ({"judgement": " "}, "judgement"),
        ({"carries": Carries.UNDECIDED}, "Quality Improvement Group"),
        ({"plan": None}, "Name the plan"),
        ({"plan": PlanMade(has_criteria=False, is_aligned=True)}, "success criteria"),
    ],
)
def test_it_is_not_closed_before_it_was_held_found_something_and_has_its_plan(
    lacks: dict[str, object], asked: str
) -> None:
    [reason] = may_close_review(replace(HELD, **lacks), []).reasons  # type: ignore[arg-type]
    assert asked in reason.says


def test_a_review_of_which_nothing_is_written_down_is_told_of_everything_at_once() -> None:
    assert len(may_close_review(None, ["the region"]).reasons) == 6
    [reason] = may_close_review(HELD, [], is_closed=True).reasons
    assert "closed already" in reason.says


@pytest.mark.requirement("RQR-04")
def test_that_no_plan_is_made_takes_a_reason_and_what_it_is_aligned_with_is_asked() -> None:
    assert may_close_review(replace(HELD, plan=None, no_plan="Nothing has to be done."), [])
    [remark] = remarks_on(replace(HELD, plan=PlanMade(has_criteria=True, is_aligned=False)))
    assert "oversight" in remark.says
    assert remarks_on(HELD) == remarks_on(None) == ()
