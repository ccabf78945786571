"""What the guidance says of groups, as examples: each reads like the sentence that it shows."""

from __future__ import annotations

import pytest

from sightline.core.groups.setting_up import Proposed, Standing, may_set_up
from sightline.core.rulebook import RulebookError, as_text, parse
from sightline.core.rulebook.groups import GroupTypes, Use
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


@pytest.mark.requirement("GRP-04", "GRP-06")
def test_group_reports_to_the_board_or_its_committee_the_local_authority_and_the_region() -> None:
    kind = types().type("system-group")
    assert kind and [one.id for one in kind.reports_to] == ["icb", "local-authority", "region"]
