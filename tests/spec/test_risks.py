"""Risks and their registers, as the guidance tells of them: each test is one example to be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sightline.core.risks import (
    Acceptance,
    AccountableBody,
    Fit,
    Place,
    Score,
    Target,
    accountable_for,
    came_unseen,
    check_register,
    fit_of,
    has_its_numbers,
    may_accept,
    may_aim_for,
    may_answer_for,
    may_stand_on,
    missing_from,
    rate,
    returns,
)
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.levels import Triggers
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.selfchecks import Check
from sightline.rulebook.packs import PACKS
from tests.unit.core.risks.made import TRUST, a_closed_risk, a_concern, a_register, a_risk, a_subject, plain, shipped

ON = date(2026, 3, 2)
RULES = shipped()
REGISTERS, MATRIX, APPETITE = RULES.registers, RULES.matrix, RULES.appetite
TRIGGERS = Triggers.model_validate(plain("triggers"))


@pytest.mark.requirement("RPT-03")
def test_t15_minor_concern_about_an_icb_commissioned_service_is_kept_off_the_regional_register() -> None:
    """A minor concern about a service that the ICB commissions is put forward for the regional register."""
    concern = a_risk(severity=Severity.MINOR, is_nhs_england_commissioned=False)

    verdict = may_stand_on(REGISTERS, concern, Tier.REGION)

    assert not verdict
    assert "only where NHS England commissions the service" in verdict.words
    assert "Keep it on the place’s register or on the ICB’s" in verdict.words
    assert verdict.reasons[0].source == "NQB risk response 2022, Routine/Regional"


@pytest.mark.requirement("RPT-03")
def test_the_same_concern_about_a_service_that_nhs_england_commissions_may_stand_there() -> None:
    concern = a_risk(severity=Severity.MINOR, is_nhs_england_commissioned=True)

    assert may_stand_on(REGISTERS, concern, Tier.REGION)
    refusal = may_stand_on(REGISTERS, concern, Tier.NATION)
    assert refusal.reasons[0].source == "NQB risk response 2022, Routine/National"
    assert may_stand_on(REGISTERS, replace(concern, is_nationally_commissioned=True), Tier.NATION)


@pytest.mark.requirement("RPT-02")
def test_minor_and_moderate_concerns_may_be_on_the_icbs_register() -> None:
    for severity in (Severity.MINOR, Severity.MODERATE):
        assert may_stand_on(REGISTERS, a_risk(severity=severity), Tier.ICB)


@pytest.mark.requirement("RPT-04")
def test_system_concern_has_to_be_on_the_systems_register_and_on_the_icbs() -> None:
    concern = a_risk(severity=Severity.SYSTEM, places=(Place(Tier.PLACE, ON),))

    missing = missing_from(REGISTERS, concern)

    assert [one.tier for one in missing] == [Tier.SYSTEM, Tier.ICB]
    assert {one.cites for one in missing} == {"NQB risk response 2022, Enhanced/System"}


@pytest.mark.requirement("RPT-05")
def test_system_and_significant_concerns_may_be_on_regional_and_national_registers_and_need_not() -> None:
    for severity in (Severity.SYSTEM, Severity.SIGNIFICANT):
        concern = a_risk(severity=severity)
        assert may_stand_on(REGISTERS, concern, Tier.REGION) and may_stand_on(REGISTERS, concern, Tier.NATION)
        assert missing_from(REGISTERS, concern) == ()


@pytest.mark.requirement("RPT-06")
def test_very_significant_concern_has_to_be_on_the_regional_register() -> None:
    (missing,) = missing_from(REGISTERS, a_risk(severity=Severity.VERY_SIGNIFICANT))

    assert (missing.tier, missing.cites) == (Tier.REGION, "NQB risk response 2022, Intensive/Regional")


@pytest.mark.requirement("RPT-06", "RSK-06")
def test_recurrent_concern_of_a_subject_at_intensive_has_to_be_on_the_regional_register() -> None:
    concern = a_risk(severity=Severity.SYSTEM, modifiers=frozenset({"recurrent"}))

    assert missing_from(REGISTERS, concern, levels=("enhanced",)) == ()
    assert [one.tier for one in missing_from(REGISTERS, concern, levels=("intensive",))] == [Tier.REGION]


@pytest.mark.requirement("RSK-07")
def test_t16_risk_closed_on_1_february_that_is_back_on_1_september_recurs_after_7_months() -> None:
    """The same category of risk at the same subject; the region may be asked in."""
    closed = a_closed_risk(id="first", subjects=(TRUST,), category="safety", closed_on=date(2025, 2, 1))
    again = a_risk(id="again", subjects=(TRUST,), category="safety", opened_on=date(2025, 9, 1))

    (found,) = returns(again, (closed,), RULES.window, REGISTERS)

    assert (found.earlier.id, found.months, found.is_linked) == ("first", 7, False)
    offered = next(one for one in TRIGGERS.triggers if one.id == found.trigger)
    assert (offered.of, offered.cites) == ("regional", "NQB risk response 2022, Enhanced/Overview")


@pytest.mark.requirement("RSK-07")
def test_risk_that_is_back_after_three_months_recurs_too_as_the_setting_stands() -> None:
    closed = a_closed_risk(subjects=(TRUST,), closed_on=date(2025, 6, 1))
    again = a_risk(opened_on=date(2025, 9, 1))

    assert returns(again, (closed,), RULES.window, REGISTERS)
    assert not returns(again, (closed,), replace(RULES.window, sooner_counts=False), REGISTERS)


@pytest.mark.requirement("RSK-02")
def test_health_risk_of_the_system_carries_the_number_it_has_on_the_icbs_main_register() -> None:
    verdict = has_its_numbers(REGISTERS, a_risk(places=(Place(Tier.SYSTEM, ON), Place(Tier.ICB, ON))))

    assert not verdict and verdict.reasons[0].source == "NQB risk response 2022, Core components"


@pytest.mark.requirement("RSK-03")
def test_score_and_band_are_looked_up() -> None:
    rated = rate(MATRIX, Score(likelihood=4, consequence=4, on=ON))

    assert (rated.score, rated.band.name, rated.band.colour.value) == (16, "Extreme", "red")


@pytest.mark.requirement("RSK-04")
def test_appetite_is_set_for_a_category_and_its_tolerance_is_a_maximum() -> None:
    assert fit_of(APPETITE, "safety", 3) is Fit.WITHIN_APPETITE
    assert fit_of(APPETITE, "safety", 6) is Fit.WITHIN_TOLERANCE
    assert fit_of(APPETITE, "safety", 8) is Fit.ABOVE_TOLERANCE
    assert not may_aim_for(APPETITE, MATRIX, "safety", Target(likelihood=2, consequence=4))


@pytest.mark.requirement("RSK-04")
def test_risk_above_tolerance_is_accepted_only_by_somebody_who_answers_for_it_by_name() -> None:
    grave = a_risk(scores=(Score(4, 4, ON),))

    assert not may_accept(APPETITE, MATRIX, grave)
    assert may_accept(APPETITE, MATRIX, replace(grave, acceptance=Acceptance(by="chief executive of the trust")))


@pytest.mark.requirement("RSK-12")
def test_icb_answers_for_a_health_risk_a_local_authority_for_what_it_assures_and_a_group_for_none() -> None:
    assert accountable_for(REGISTERS, a_risk()).name == "ICB"
    assert accountable_for(REGISTERS, a_risk(is_authority_assured=True)).name == "Local authority"
    assert not may_answer_for(REGISTERS, a_risk(accountable=AccountableBody("the System Quality Group", is_group=True)))


@pytest.mark.requirement("LRN-01")
def test_significant_risk_about_which_nothing_was_on_record_is_looked_back_on() -> None:
    unseen = came_unseen(REGISTERS, a_risk(severity=Severity.SIGNIFICANT, known_since=None))

    assert unseen is not None and unseen.cites == "QSG 2017 ¶37"
    assert came_unseen(REGISTERS, a_risk(severity=Severity.SIGNIFICANT, known_since=date(2025, 7, 1))) is None


@pytest.mark.requirement("RSK-09")
def test_subject_above_routine_without_a_structured_assessment_is_named() -> None:
    register = a_register(a_risk(), subjects={TRUST: a_subject(level="enhanced", has_profile=False)})

    (finding,) = check_register(register)

    assert finding.check is Check.NO_PROFILE and "QSG 2017 ¶122" in finding.cites


@pytest.mark.requirement("RSK-08")
def test_risk_that_several_partners_share_has_more_than_one_owner() -> None:
    (finding,) = check_register(a_register(a_risk(partners=("ZZT01", "ZZH02", "ZZC03"))))

    assert finding.check is Check.NO_SHARED_OWNER and finding.says.startswith("It affects 3 partners")


@pytest.mark.requirement("RSK-15")
def test_register_finds_a_score_that_stood_still_for_a_year_while_signs_worsened() -> None:
    still = a_risk(scores=(Score(2, 3, date(2025, 2, 1)),))
    signs = (a_concern("incidents"), a_concern("staff survey"))

    (finding,) = check_register(a_register(still, signals={TRUST: signs}))

    assert finding.check is Check.UNCHANGED_WHILE_WORSENING
    assert finding.says == (
        "Its score of 6 is from 1 February 2025, and independent sources have given reason for concern since (2). Score it "
        "anew, or say why it still holds."
    )


@pytest.mark.requirement("RSK-15")
def test_register_finds_a_target_above_tolerance_and_a_risk_without_action() -> None:
    found = {one.check for one in check_register(a_register(a_risk(target=Target(2, 4)), a_risk(id="b", actions=())))}

    assert {Check.TARGET_ABOVE_TOLERANCE, Check.NO_ACTION} <= found


@pytest.mark.requirement("RSK-01", "FRW-01")
def test_rules_of_the_registers_belong_to_the_guidance_of_2022() -> None:
    names = ("risk_matrix", "risk_appetite", "registers", "register_checks")
    assert all(name in PACKS["sqg-2022"].parts and name not in PACKS["qsg-2017"].parts for name in names)
