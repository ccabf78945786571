"""What the guidance says of groups, as examples: each reads like the sentence that it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sightline.core.groups.chairing import About, Chairing, ChairRules, may_chair, open_to, regional_ground, remarks
from sightline.core.groups.setting_up import Proposed, Standing, may_set_up
from sightline.core.rulebook import RulebookError, as_text, parse
from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.circumstances import Circumstances, Commissioner
from sightline.core.rulebook.groups import GroupTypes, SeatPart, Use
from sightline.core.rulebook.levels import Slot, Triggers
from sightline.core.rulebook.registers import Tier
from tests.factories.levels import part

SYSTEM = frozenset({Tier.SYSTEM, Tier.ICB})
ASSURES = frozenset({Use.ASSURANCE_COMMITTEE})


def types() -> GroupTypes:
    return part("sqg-2022", "group_types", GroupTypes)


@pytest.mark.requirement("GRP-04")
def test_system_quality_group_set_up_as_the_icbs_assurance_committee_is_rejected() -> None:
    """T24: SQGs will not serve as the ICB's formal assurance committee for quality (SQG 2022 §1.6, §2.8, §5.1)."""
    verdict = may_set_up(Proposed("system-group", "Lantern SQG", "icb", SYSTEM, ASSURES), types())
    assert not verdict
    assert "never serves as the ICB’s formal committee" in verdict.words
    assert "§1.6" in verdict.reasons[0].source


@pytest.mark.requirement("GRP-04")
def test_the_committee_is_a_body_of_its_own_beside_the_group() -> None:
    """T24: that is done by the board, or a committee of the board, to which the group reports."""
    group = Standing("system-group", "Lantern SQG", "icb")
    committee = Proposed("assurance-committee", "Quality committee", "icb", SYSTEM, ASSURES)
    assert may_set_up(committee, types(), [group])
    assert not may_set_up(Proposed("assurance-committee", "Lantern SQG", "icb", SYSTEM, ASSURES), types(), [group])


@pytest.mark.requirement("GRP-04")
@pytest.mark.parametrize(
    ("written", "instead"),
    [("may_not_be:", "may_not_be: []\n  spoilt:"), ("needed: must\n", "needed: must\n  uses: [assurance-committee]\n")],
)
def test_house_cannot_write_into_its_rules_what_the_guidance_forbids(written: str, instead: str) -> None:
    """T24: a local version of the rules that makes the SQG the assurance committee is no less rejected."""
    text = as_text(types())
    begins = text.index("- id: system-group")
    changed = text[:begins] + text[begins:].replace(written, instead, 1)
    assert changed != text
    with pytest.raises(RulebookError):
        parse("group_types", changed)


@pytest.mark.requirement("GRP-04", "GRP-06", "RPT-14")
def test_group_reports_to_the_board_or_its_committee_the_local_authority_and_the_region() -> None:
    kind = types().type("system-group")
    assert kind and [one.id for one in kind.reports_to] == ["icb", "local-authority", "region"]


@pytest.mark.requirement("GRP-07")
def test_places_group_reports_to_the_system_and_to_the_assurance_of_board_and_local_authority() -> None:
    kind = types().type("place-group")
    assert kind and [(one.id, one.kind) for one in kind.reports_to] == [
        ("sqg", "system-group"), ("icb", "assurance-committee"), ("local-authority", None),
    ]  # fmt: skip


@pytest.mark.requirement("GRP-09")
def test_local_groups_of_2017_report_to_the_region_and_regions_to_the_group_of_the_nation() -> None:
    """QSG 2017 ¶27: the Chief Nursing Officer chairs, and whoever directs, nurses and doctors for a region sits there."""
    old = part("qsg-2017", "group_types", GroupTypes)
    above = {one: old.type(one) for one in ("system-group", "regional-group", "national-group")}
    assert [[to.kind for to in kind.reports_to] for kind in above.values() if kind] == [
        ["regional-group"], ["national-group"], [],
    ]  # fmt: skip
    national = above["national-group"]
    assert national and [(one.title, one.part) for one in national.seats] == [
        ("Chief Nursing Officer for England", SeatPart.CHAIR),
        ("National Medical Director", SeatPart.DEPUTY_CHAIR),
        ("NHS England Regional Director", SeatPart.MEMBER),
        ("Regional Chief Nurse", SeatPart.MEMBER),
        ("Regional Medical Director", SeatPart.MEMBER),
    ]


@pytest.mark.requirement("SUR-13")
def test_risk_summit_is_triggered_by_the_local_group_and_where_that_is_fitting_by_the_region() -> None:
    """QSG 2017 ¶123 and ¶128: normally the local group triggers one; the regional group may."""
    found = [one for one in part("qsg-2017", "authority", Authorities).authorities if one.level == "risk-summit"]
    assert [one.slots for one in found] == [(Slot.SYSTEM_QUALITY_GROUP, Slot.REGIONAL_QUALITY_GROUP)]


@pytest.mark.requirement("SUM-01", "SUM-02", "FRW-07")
@pytest.mark.parametrize("name", ["single-item", "risk-summit"])
def test_what_2017_convenes_about_one_provider_cannot_be_set_up_under_2022(name: str) -> None:
    """T25: under 2022 a Rapid Quality Review is offered. What stands of 2017 keeps its type, and the provider in it."""
    old = part("qsg-2017", "group_types", GroupTypes)
    kind = old.type(name)
    assert kind and kind.about_one and kind.providers and kind.providers.are_members
    assert [one.id for one in kind.seats if one.is_provider] == ["provider"]
    proposed = Proposed(name, "About Mill Trust", "icb", SYSTEM, subject="mill")
    assert may_set_up(proposed, old)
    assert not may_set_up(replace(proposed, subject=""), old)
    verdict = may_set_up(proposed, types())
    assert not verdict and "Rapid Quality Review" in verdict.words


# --- who chairs a review, and who an improvement group (NQB risk response 2022, Annexes B and C)

LEAD, COUNCIL, REGION = Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.LOCAL_AUTHORITY, Slot.NHS_ENGLAND_REGION
REVIEW, IMPROVEMENT = "rapid-quality-review", "quality-improvement-group"
ABOUT_THE_ICB = About("Lantern ICB", frozenset({"lantern"}), LEAD, Circumstances(is_the_icb=True))
ABOUT_THE_COUNCIL = About("River Council", frozenset({"river"}), COUNCIL)
ABOUT_A_TRUST = About("Mill Trust", frozenset({"mill"}))


def rules(kind: str) -> ChairRules:
    found = types().type(kind)
    assert found is not None
    return ChairRules(found, part("sqg-2022", "authority", Authorities), part("sqg-2022", "triggers", Triggers))


def about_a_trust(commissioned_by: Commissioner) -> About:
    return About("Mill Trust", frozenset({"mill"}), None, Circumstances(commissioned_by=commissioned_by))


def chair(sort: Slot, body: str, part: SeatPart = SeatPart.CHAIR, works_for: str = "", trigger: str = "") -> Chairing:
    return Chairing(part, frozenset({body}), body.title(), sort, frozenset({works_for or body}), trigger)


@pytest.mark.requirement("CHR-05", "CHR-06", "LVL-20")
def test_icbs_quality_lead_does_not_chair_the_review_of_their_icb() -> None:
    """T10: blocked; local authority or NHS England's region offered, and no separate trigger needed for the region."""
    verdict = may_chair(chair(LEAD, "lantern"), ABOUT_THE_ICB, rules(REVIEW))
    assert not verdict
    assert "Lantern ICB is what this group is about" in verdict.words
    assert "Local authority" in verdict.words
    assert "NHS England’s region (no further trigger has to be cited)" in verdict.words
    assert "Annex B" in verdict.reasons[0].source
    assert open_to(ABOUT_THE_ICB, rules(REVIEW)) == (COUNCIL, REGION)


@pytest.mark.requirement("CHR-05", "LVL-20")
def test_concern_about_the_icb_is_itself_a_trigger_for_the_region_to_chair_its_review() -> None:
    """T10: the region chairs without citing another."""
    assert may_chair(chair(REGION, "north"), ABOUT_THE_ICB, rules(REVIEW))
    ground = regional_ground("", ABOUT_THE_ICB, rules(REVIEW))
    assert ground and ground.id == "icb-leadership"
    assert may_chair(chair(COUNCIL, "river"), ABOUT_THE_ICB, rules(REVIEW))


@pytest.mark.requirement("CHR-06")
def test_whoever_works_for_the_icb_does_not_chair_its_review_in_another_name_either() -> None:
    """T10: any chair or co-chair who is employed by the ICB is blocked, whomever they say that they speak for."""
    posing = chair(COUNCIL, "river", SeatPart.CO_CHAIR, works_for="lantern")
    verdict = may_chair(posing, ABOUT_THE_ICB, rules(REVIEW))
    assert "This person works for Lantern ICB" in verdict.words


@pytest.mark.requirement("CHR-05", "LVL-20")
def test_region_does_not_co_chair_a_review_until_a_trigger_is_cited() -> None:
    """T11: rejected until a trigger for the region's involvement is cited; one for a level is none."""
    for cited in ("", "across-pathways", "no-such-trigger"):
        proposed = chair(REGION, "north", SeatPart.CO_CHAIR, trigger=cited)
        verdict = may_chair(proposed, ABOUT_A_TRUST, rules(REVIEW))
        assert not verdict, cited
        assert "only where a trigger for its involvement is met" in verdict.words
        assert "LVL-20" in verdict.reasons[0].source and "Annex B" in verdict.reasons[0].source
    assert may_chair(
        chair(REGION, "north", SeatPart.CO_CHAIR, trigger="same-risk-recurs"), ABOUT_A_TRUST, rules(REVIEW)
    )


@pytest.mark.requirement("CHR-05", "LVL-20")
def test_each_of_the_guidances_triggers_lets_the_region_chair() -> None:
    assert len(rules(REVIEW).regional) == 7
    for trigger in rules(REVIEW).regional:
        for kind in (REVIEW, IMPROVEMENT):
            assert may_chair(chair(REGION, "north", trigger=trigger.id), ABOUT_A_TRUST, rules(kind))


@pytest.mark.requirement("CHR-05")
@pytest.mark.parametrize(
    ("kind", "commissioned_by", "may"),
    [
        (IMPROVEMENT, Commissioner.NHS_ENGLAND, True),
        (IMPROVEMENT, Commissioner.ICB_AND_NHS_ENGLAND, True),
        (IMPROVEMENT, Commissioner.ICB, False),
        (REVIEW, Commissioner.NHS_ENGLAND, False),
    ],
)
def test_region_chairs_an_improvement_group_also_where_nhs_england_commissions_the_service(
    kind: str, commissioned_by: Commissioner, may: bool
) -> None:
    assert bool(may_chair(chair(REGION, "north"), about_a_trust(commissioned_by), rules(kind))) is may


@pytest.mark.requirement("CHR-07")
@pytest.mark.parametrize("kind", [REVIEW, IMPROVEMENT])
@pytest.mark.parametrize(
    ("sort", "body", "about"),
    [(COUNCIL, "river", ABOUT_THE_COUNCIL), (LEAD, "lantern", ABOUT_THE_ICB), (LEAD, "mill", ABOUT_A_TRUST)],
)
def test_nobody_chairs_a_review_or_an_improvement_group_about_their_own_body(
    kind: str, sort: Slot, body: str, about: About
) -> None:
    for seat in (SeatPart.CHAIR, SeatPart.CO_CHAIR, SeatPart.DEPUTY_CHAIR):
        assert not may_chair(chair(sort, body, seat), about, rules(kind))
    assert may_chair(chair(sort, body, SeatPart.MEMBER), about, rules(kind))


@pytest.mark.requirement("CHR-08")
def test_improvement_group_is_normally_chaired_by_the_icbs_lead_or_the_local_authority() -> None:
    for one in (chair(LEAD, "lantern"), chair(COUNCIL, "river")):
        assert may_chair(one, ABOUT_A_TRUST, rules(IMPROVEMENT))
        assert remarks([one], ABOUT_A_TRUST, rules(IMPROVEMENT)) == ()
    other = Chairing(SeatPart.CHAIR, frozenset({"brook"}), "Brook Trust", None)
    [remark] = remarks([other], ABOUT_A_TRUST, rules(IMPROVEMENT))
    assert "Brook Trust is none of those" in remark.says and "Annex C" in remark.source


@pytest.mark.requirement("CHR-04")
def test_review_is_chaired_by_the_system_its_icbs_lead_or_the_local_authority() -> None:
    """A review that somebody else of the system chairs stands with a remark: the guidance says should."""
    for seat in (SeatPart.CHAIR, SeatPart.CO_CHAIR):
        for one in (chair(LEAD, "lantern", seat), chair(COUNCIL, "river", seat)):
            assert remarks([one], ABOUT_A_TRUST, rules(REVIEW)) == ()
    other = Chairing(SeatPart.CHAIR, frozenset({"brook"}), "Brook Trust", None)
    [remark] = remarks([other], ABOUT_A_TRUST, rules(REVIEW))
    assert "Brook Trust is none of those" in remark.says and "Annex B" in remark.source


@pytest.mark.requirement("CHR-08")
@pytest.mark.parametrize(
    ("commissioned_by", "co_chairs", "says"),
    [
        (Commissioner.JOINT, True, []),
        (Commissioner.LOCAL_AUTHORITY, True, []),
        (Commissioner.LOCAL_AUTHORITY, False, ["Local authority should chair or co-chair it"]),
        (Commissioner.JOINT, False, []),
        (Commissioner.ICB, True, ["co-chairs where it commissions the service"]),
    ],
)
def test_local_authority_may_co_chair_what_it_commissions_with_the_nhs_and_does_what_it_commissions(
    commissioned_by: Commissioner, co_chairs: bool, says: list[str]
) -> None:
    seated = [chair(LEAD, "lantern"), *([chair(COUNCIL, "river", SeatPart.CO_CHAIR)] if co_chairs else [])]
    found = remarks(seated, about_a_trust(commissioned_by), rules(IMPROVEMENT))
    assert len(found) == len(says) and all(words in one.says for words, one in zip(says, found, strict=True))
