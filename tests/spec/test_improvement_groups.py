"""Quality Improvement Groups as the guidance of 2022 has them: who may ask for one, who reports, and who agrees to its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from sightline.core.improvement.ending import End
from sightline.core.improvement.milestones import Activity
from sightline.core.improvement.overseeing import (
    Answer,
    Asked,
    Convener,
    Convening,
    Instigator,
    Stands,
    Watched,
    conditions_met,
    disagreeing,
    is_asked_again,
    may_convene,
    may_end_group,
)
from sightline.core.rulebook.groups import GroupTypes
from sightline.core.rulebook.improving import Improvement, Limb
from tests.factories.levels import part

DAY = date(2026, 3, 2)
CONVENED = Convening(Instigator.ICB, "", DAY, DAY, "Calls go unanswered at night.")
DONE, OPEN = Watched(True, Activity(2, 2, 2, 0, 0)), Watched(True, Activity(2, 2, 1, 0, 0))
AGREES, NOT, SILENT = Asked("The ICB", Answer.AGREES), Asked("CQC", Answer.DISAGREES), Asked("HEE")


def improvement() -> Improvement:
    return part("sqg-2022", "improvement", Improvement)


@pytest.mark.requirement("QIG-01")
def test_icbs_councils_nhs_england_and_regulators_instigate_one_and_providers_ask_for_one() -> None:
    assert [one.value for one in Instigator] == ["icb", "local_authority", "nhs_england", "regulator", "provider"]
    assert may_convene(CONVENED)
    [reason] = may_convene(replace(CONVENED, instigator=Instigator.PROVIDER)).reasons
    assert "Name the provider" in reason.says and reason.source.startswith("QIG-01")


@pytest.mark.requirement("QIG-02", "QIG-03")
@pytest.mark.parametrize(
    ("change", "mended", "source"),
    [
        ({"convener": Convener.REGION}, {"why_region": "It commissions the beds."}, "QIG-02"),
        ({"stands": Stands.WITHIN}, {"wider": "The support of NHS oversight"}, "QIG-03"),
    ],
)
def test_the_region_convenes_for_a_reason_and_what_is_part_of_something_points_there(
    change: dict[str, Any], mended: dict[str, Any], source: str
) -> None:
    [reason] = may_convene(replace(CONVENED, **change)).reasons
    assert reason.source.startswith(source)
    assert may_convene(replace(CONVENED, **change, **mended))


@pytest.mark.requirement("QIG-04", "QIG-06", "QIG-07")
def test_the_guidance_names_five_things_that_a_group_does_and_who_reports_what() -> None:
    found = improvement()
    assert [one.id for one in found.functions] == ["support", "assurance", "challenge", "escalation", "learning"]
    assert [(one.id, one.seat) for one in found.reports] == [
        ("regulatory-response", "cqc"),
        ("national-action", "nhs-england-region"),
        ("workforce", "hee"),
        ("trainees", "hee"),
    ]
    kind = part("sqg-2022", "group_types", GroupTypes).type("quality-improvement-group")
    assert kind is not None and {one.seat for one in found.reports} <= {one.id for one in kind.seats}


@pytest.mark.requirement("QIG-06", "QIG-07", "MTG-04")
def test_a_report_is_asked_for_until_told_and_again_after_an_interval_of_the_group() -> None:
    assert is_asked_again(None, None, DAY)
    assert not is_asked_again(DAY, date(2026, 4, 2), date(2026, 4, 1))
    assert is_asked_again(DAY, date(2026, 4, 2), date(2026, 4, 2))
    assert not is_asked_again(DAY, None, date(2030, 1, 1))  # a guidance that names no interval asks once


@pytest.mark.requirement("QIG-08", "QIG-09")
def test_conditions_are_taken_from_the_record_as_their_obvious_twin_in_every_case() -> None:
    for plans, asked, told in product(
        ([], [DONE], [DONE, DONE], [DONE, OPEN], [Watched(False, DONE.done)]),
        ([], [AGREES], [AGREES, SILENT], [AGREES, NOT]),
        ("", "  ", "The board fills the post by May."),
    ):
        lasts = len(plans) > 0 and not [one for one in plans if one is not DONE]
        agreed = asked == [AGREES] and (lasts or told.strip() != "")
        wanted = {limb for limb, holds in ((Limb.MILESTONES_LAST, lasts), (Limb.ALL_AGREE, agreed)) if holds}
        assert conditions_met(plans, asked, told) == wanted, (plans, asked, told)


@pytest.mark.requirement("QIG-09")
def test_whoever_does_not_agree_is_named_and_who_was_not_asked_is_not() -> None:
    assert disagreeing([AGREES, NOT, SILENT]) == ("CQC",)


@pytest.mark.requirement("QIG-08")
def test_a_group_ends_with_a_statement() -> None:
    both = End(frozenset(Limb))
    assert may_end_group(improvement().ending, both, "Nights are safe.")
    [reason] = may_end_group(improvement().ending, both, " ").reasons
    assert "what was reached" in reason.says
