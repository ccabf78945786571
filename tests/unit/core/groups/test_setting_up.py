"""Setting groups up, and who is missing from them, against the types as the packs hold them."""

from __future__ import annotations

from itertools import product

import pytest

from sightline.core.groups.seating import Filled, lacking
from sightline.core.groups.setting_up import Proposed, Standing, may_set_up
from sightline.core.rulebook.groups import GroupTypes, Use
from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.registers import Tier
from tests.factories.levels import part

ICB_TIERS = frozenset({Tier.SYSTEM, Tier.ICB})
ASSURES = frozenset({Use.ASSURANCE_COMMITTEE})


def types(pack: str = "sqg-2022") -> GroupTypes:
    return part(pack, "group_types", GroupTypes)


def proposed(kind: str = "system-group", name: str = "Lantern SQG", **more: object) -> Proposed:
    plain = {"kind": kind, "name": name, "area": "lantern", "tiers": ICB_TIERS, **more}
    return Proposed(**plain)  # type: ignore[arg-type]


@pytest.mark.parametrize("pack", ["qsg-2013", "qsg-2017", "sqg-2022"])
def test_each_type_may_be_set_up_where_it_belongs_and_nowhere_else(pack: str) -> None:
    for kind, tier in product(types(pack).types, Tier):
        subject = "mill" if kind.about_one else ""
        verdict = may_set_up(proposed(kind.id, tiers=frozenset({tier}), subject=subject), types(pack))
        assert bool(verdict) is (tier in kind.tiers), (kind.id, tier)


@pytest.mark.requirement("CHR-06")
@pytest.mark.parametrize("kind", ["rapid-quality-review", "quality-improvement-group"])
def test_group_about_one_subject_names_it(kind: str) -> None:
    assert may_set_up(proposed(kind, subject="mill"), types())
    assert "who may chair depends on it" in may_set_up(proposed(kind), types()).words


def test_group_about_no_one_subject_names_none() -> None:
    verdict = may_set_up(proposed(subject="mill"), types())
    assert "is about no single subject" in verdict.words and "Rapid Quality Review" in verdict.words


@pytest.mark.parametrize(("subject", "may"), [("mill", False), ("brook", True)])
def test_area_has_one_review_of_a_subject_at_a_time_and_one_of_another_beside_it(subject: str, may: bool) -> None:
    there = [Standing("rapid-quality-review", "First review", "lantern", "mill")]
    verdict = may_set_up(proposed("rapid-quality-review", "Second review", subject=subject), types(), there)
    assert bool(verdict) is may
    assert may or "about the same subject" in verdict.words


@pytest.mark.parametrize("pack", ["qsg-2013", "qsg-2017", "sqg-2022"])
def test_nothing_but_the_committee_itself_serves_as_the_committee(pack: str) -> None:
    for kind in types(pack).types:
        verdict = may_set_up(proposed(kind.id, tiers=frozenset(kind.tiers), uses=ASSURES), types(pack))
        assert bool(verdict) is (kind.id == "assurance-committee"), kind.id


def test_type_of_another_guidance_is_refused_with_those_that_there_are() -> None:
    verdict = may_set_up(proposed("place-group"), types("qsg-2017"))
    assert not verdict and "Local Quality Surveillance Group" in verdict.words


def test_every_reason_is_given_at_once() -> None:
    there = [Standing("system-group", "Older", "lantern")]
    verdict = may_set_up(proposed(tiers=frozenset({Tier.PLACE}), uses=ASSURES), types(), there)
    assert len(verdict.reasons) == 3 and all(one.source for one in verdict.reasons)


@pytest.mark.parametrize(
    ("kind", "standing", "says"),
    [
        ("system-group", Standing("system-group", "Older", "lantern"), "of the same type"),
        ("system-group", Standing("system-group", "Older", "harbour"), ""),
        ("system-group", Standing("assurance-committee", "lantern  sqg", "lantern"), "must be another body"),
        ("assurance-committee", Standing("system-group", "LANTERN SQG", "lantern"), "must be another body"),
        ("assurance-committee", Standing("system-group", "Older", "lantern"), ""),
        ("system-group", Standing("gone-type", "Lantern SQG", "lantern"), "another name"),
    ],
)
def test_what_stands_already_is_no_second_and_no_other_body_under_its_name(
    kind: str, standing: Standing, says: str
) -> None:
    verdict = may_set_up(proposed(kind), types(), [standing])
    assert says in verdict.words and bool(verdict) is (not says)


def test_place_may_have_several_groups_of_several_names() -> None:
    there = [Standing("place-group", "North", "mill")]
    place = frozenset({Tier.PLACE})
    assert may_set_up(proposed("place-group", "South", area="mill", tiers=place), types(), there)
    assert not may_set_up(proposed("place-group", "north", area="mill", tiers=place), types(), there)


# --- who is missing


def test_empty_group_lacks_everybody_who_is_expected_and_nobody_who_merely_may_be() -> None:
    kind = types().type("system-group")
    assert kind
    missing = lacking(kind, [])
    expected = [one.id for one in kind.seats if one.force is not Force.MAY]
    assert [one.seat.id for one in missing if one.among is None] == expected
    assert all(one.has_no_seat for one in missing)


@pytest.mark.parametrize(
    ("seats", "is_missing", "no_seat"),
    [
        ([], True, True),
        ([True], True, True),
        ([True, False], True, False),
        ([True, True], False, False),
        ([True, True, False], False, False),
    ],
)
def test_two_lay_members_are_two_seats_with_somebody_on_each(
    seats: list[bool], is_missing: bool, no_seat: bool
) -> None:
    kind = types().type("system-group")
    assert kind
    there = [Filled("lay", taken) for taken in seats]
    mine = [one for one in lacking(kind, there) if one.seat.id == "lay" and one.among is None]
    assert bool(mine) is is_missing and (not mine or mine[0].has_no_seat is no_seat)
