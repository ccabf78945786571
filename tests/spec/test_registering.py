"""Risks on their registers, as people keep them: each test is one example to be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from sightline.core.risks import returns
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.selfchecks import Check
from sightline.core.verdict import Refused
from sightline.groups.models import Group
from sightline.risks.giving import Opening, Placing, Scored
from sightline.risks.models import LookBack, Place, Risk
from sightline.risks.operations import close_risk, open_risk, place_risk, remove_from_register, score_risk
from sightline.risks.queries.risks import Sheet, one_sheet
from sightline.risks.words import ScoreKind
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW, TODAY
from tests.factories.risks import Kept, a_kept_system, opened, stated

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def kept(house: None) -> Kept:
    """This function will make a trust in a system, with the bodies that keep registers and the people around it."""
    return a_kept_system()


def sheet_of(kept: Kept, risk: Risk) -> Sheet:
    """This function will give a risk as the quality lead reads it."""
    found = one_sheet(kept.lead, TODAY, risk.pk)
    assert found is not None
    return found


@pytest.mark.requirement("RPT-03")
def test_t15_minor_concern_about_an_icb_commissioned_service_is_not_put_on_the_regional_register(kept: Kept) -> None:
    """A quality lead adds a minor concern to the regional register; it stays off, and they are told why and what to do."""
    risk = opened(kept, severity=Severity.MINOR)

    with pytest.raises(Refused) as refusal:
        place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.REGION, body=kept.region, reference="R-1")

    assert "Keep it on the place’s register or on the ICB’s" in refusal.value.verdict.words
    assert refusal.value.verdict.reasons[0].source == "NQB risk response 2022, Routine/Regional"
    assert not Place.objects.filter(risk=risk).exists()


@pytest.mark.requirement("RPT-02")
def test_minor_concern_is_put_on_the_icbs_register_and_may_leave_it_again(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.MINOR)

    place = place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.ICB, body=kept.icb, reference="I-7")
    assert sheet_of(kept, risk).facts.tiers == {Tier.ICB}

    remove_from_register(by=kept.lead, at=NOW, place=place, because="The place deals with it")
    assert sheet_of(kept, risk).facts.tiers == frozenset()


@pytest.mark.requirement("RPT-04")
def test_system_concern_is_missing_until_it_stands_on_the_systems_register_and_on_the_icbs(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.SYSTEM)
    assert [one.tier for one in sheet_of(kept, risk).tiers if one.is_missing] == [Tier.SYSTEM, Tier.ICB]

    for tier in (Tier.SYSTEM, Tier.ICB):
        place_risk(by=kept.secretary, at=NOW, risk=risk, tier=tier, body=kept.icb, reference=f"{tier}-1")

    assert not any(one.is_missing for one in sheet_of(kept, risk).tiers)


@pytest.mark.requirement("RPT-05")
def test_significant_concern_may_stand_on_the_regional_register_where_the_region_then_reads_it(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.SIGNIFICANT)
    assert one_sheet(kept.regional, TODAY, risk.pk) is None

    place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.REGION, body=kept.region)

    assert one_sheet(kept.regional, TODAY, risk.pk) is not None


@pytest.mark.requirement("RSK-02")
def test_health_risk_of_the_system_asks_for_its_number_on_the_icbs_main_register(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.SYSTEM, places=(Placing(Tier.SYSTEM, kept.icb), Placing(Tier.ICB, kept.icb)))
    assert not sheet_of(kept, risk).numbers

    place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.ICB, body=kept.icb, reference="I-12")

    assert sheet_of(kept, risk).numbers


@pytest.mark.requirement("RSK-07")
def test_t16_risk_closed_on_1_february_that_is_opened_again_on_1_september_recurs_and_offers_the_region_in(
    kept: Kept,
) -> None:
    """Closed, and back after seven months at the same subject: linked, marked as recurrent, and a trigger is offered."""
    closed, back = datetime(2025, 2, 1, 12, tzinfo=UTC), datetime(2025, 9, 1, 12, tzinfo=UTC)
    first = opened(kept, at=closed - timedelta(days=90))
    close_risk(by=kept.lead, at=closed, risk=first, because="The new rota has held")

    again = opened(kept, at=back, follows=first)

    sheet = sheet_of(kept, again)
    (found,) = sheet.returns
    trigger = sheet.trigger(found.trigger)
    assert (found.earlier.id, found.months, found.is_linked) == (str(first.pk), 7, True)
    assert "recurrent" in sheet.facts.modifiers
    assert trigger is not None and (trigger.of, trigger.cites) == (
        "regional",
        "NQB risk response 2022, Enhanced/Overview",
    )
    assert not returns(sheet.facts, (), sheet.rules.window, sheet.rules.registers)


@pytest.mark.requirement("RSK-06")
def test_concern_that_came_back_counts_as_significant_and_has_to_stand_higher(kept: Kept) -> None:
    first = opened(kept)
    close_risk(by=kept.lead, at=NOW, risk=first, because="It held")

    again = sheet_of(kept, opened(kept, follows=first, severity=Severity.MINOR))

    assert again.severity is Severity.SIGNIFICANT
    assert [one.tier for one in again.tiers if one.is_missing] == [Tier.SYSTEM, Tier.ICB]


@pytest.mark.requirement("LRN-01")
def test_significant_risk_that_nobody_saw_coming_is_looked_back_on_by_itself(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.SIGNIFICANT)

    found = LookBack.objects.get(risk=risk)
    assert found.by_itself and found.subject == kept.subject and found.as_of == TODAY
    assert Check.UNSEEN_WITHOUT_LOOK_BACK not in {one.check for one in sheet_of(kept, risk).findings}


@pytest.mark.requirement("RSK-12")
def test_group_is_named_as_answering_for_a_risk_and_the_icb_is_told_to_be(kept: Kept) -> None:
    group = Group.objects.create(
        kind="system-group",
        name="Lantern group",
        area=kept.icb,
        begun_on=TODAY,
        because="So",
        recorded_at=NOW,
        recorded_by="x",
    )

    with pytest.raises(Refused, match="A group has no powers of its own and answers for no risk") as refusal:
        opened(kept, accountable_group=group)

    assert refusal.value.verdict.reasons[0].source


@pytest.mark.requirement("RSK-08")
def test_risk_of_a_pathway_names_its_partners_and_who_owns_it_with_whom(kept: Kept) -> None:
    facts = sheet_of(
        kept, opened(kept, pathways=("Stroke",), partners=("Trust", "Ambulance"), shared_owners=("Medical director",))
    ).facts

    assert (facts.pathways, facts.partners) == (("Stroke",), ("Trust", "Ambulance"))
    assert [one.name for one in facts.shared_owners] == ["Medical director"]


@pytest.mark.requirement("RSK-04")
def test_target_above_what_is_tolerated_may_be_set_and_the_risk_remarks_on_it(kept: Kept) -> None:
    risk = opened(kept, target=Scored(4, 4))

    assert Check.TARGET_ABOVE_TOLERANCE in {one.check for one in sheet_of(kept, risk).findings}


@pytest.mark.requirement("RSK-15")
def test_risk_keeps_every_score_it_was_ever_given(kept: Kept) -> None:
    risk = opened(kept, initial=Scored(5, 5), target=Scored(1, 3))
    score_risk(
        by=kept.lead, at=NOW, risk=risk, kind=ScoreKind.CURRENT, likelihood=2, consequence=3, because="Fewer falls"
    )

    facts = sheet_of(kept, risk).facts
    assert [(one.likelihood, one.consequence) for one in facts.scores] == [(4, 3), (2, 3)]
    assert facts.initial is not None and facts.target is not None


@pytest.mark.requirement("RSK-01")
def test_region_keeps_a_register_of_its_own(kept: Kept) -> None:
    given = Opening(stated=stated(severity=Severity.SIGNIFICANT), subjects=(kept.subject,))

    risk = open_risk(by=kept.regional, at=NOW, system="YZ1", given=given, form_key=uuid4())
    place_risk(by=kept.regional, at=NOW, risk=risk, tier=Tier.REGION, body=kept.region)

    assert one_sheet(kept.regional, TODAY, risk.pk) is not None
    assert one_sheet(kept.lead, TODAY, risk.pk) is None
