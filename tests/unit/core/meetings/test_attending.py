"""Who was there and for how long, what cannot be right, and what a group should know of its attendance."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.meetings.attending import may_stay, minimum_missing, time_there, trend
from sightline.core.meetings.quorum import Member, Status, Stay
from sightline.core.rulebook.levels import Slot
from tests.factories.rooms import START, at, here, kind, later


@pytest.mark.requirement("REC-03")
@pytest.mark.parametrize(
    ("stay", "says"),
    [
        (Stay("ann", "icb", at(10), at(11)), ""),
        (Stay("ann", "icb", at(11), at(10)), "leave before or when they arrive"),
        (Stay("ann", "icb", at(11), at(11)), "leave before or when they arrive"),
        (Stay("ann", "icb", at(12), at(13)), "The meeting had ended"),
        (Stay("ann", "icb", at(12)), "The meeting had ended"),
        (Stay("ben", "lay", at(10, 30)), "there at that time already"),
        (Stay("ben", "lay", at(9), at(10)), ""),
        (Stay("ben", "lay", at(9), at(10, 1)), "there at that time already"),
        (Stay("ben", "lay", at(11)), ""),
        (Stay("ben", "icb", at(10, 30)), ""),
    ],
)
def test_attendance_that_cannot_be_right_is_refused(stay: Stay, says: str) -> None:
    verdict = may_stay(stay, [Stay("ben", "lay", at(10), at(11))], at(12))
    assert bool(verdict) is (not says) and says in verdict.words


def test_whoever_is_still_there_does_not_arrive_again() -> None:
    assert not may_stay(Stay("ben", "lay", at(11)), [Stay("ben", "lay", at(10))])


@pytest.mark.requirement("REC-03")
def test_time_there_is_added_up_over_several_stays_to_the_end() -> None:
    stays = [
        Stay("ann", "icb", at(10), at(10, 30)),
        Stay("ann", "icb", at(11)),
        Stay("ann", "lay", at(10, 20), at(10, 40)),  # on two seats at once: the time counts once
        Stay("ben", "lay", at(11, 50), at(13)),
        Stay("cat", "hee", at(13)),
    ]
    assert time_there(stays, at(12)) == {
        "ann": timedelta(minutes=100),
        "ben": timedelta(minutes=10),
        "cat": timedelta(),
    }


@given(st.lists(st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(1, 30))), max_size=8))
def test_time_there_is_as_counting_each_minute_finds(spans: list[tuple[int, int | None]]) -> None:
    stays = [
        Stay("ann", "icb", later(begins), None if lasts is None else later(begins + lasts)) for begins, lasts in spans
    ]
    slowly = sum(any(one.covers(later(minute)) for one in stays) for minute in range(60))
    assert time_there(stays, later(60)).get("ann", timedelta()) == timedelta(minutes=slowly)


@pytest.mark.requirement("REC-03")
def test_meeting_across_the_clock_change_lasts_as_long_as_it_lasts() -> None:
    london = ZoneInfo("Europe/London")
    stay = Stay("ann", "icb", datetime(2026, 10, 25, 0, 30, tzinfo=london))
    assert time_there([stay], datetime(2026, 10, 25, 2, 30, tzinfo=london)) == {"ann": timedelta(hours=3)}


@pytest.mark.requirement("QUO-13")
@pytest.mark.parametrize("name", ["rapid-quality-review", "quality-improvement-group"])
def test_missing_minimum_members_are_a_remark_beside_their_paragraph(name: str) -> None:
    type_ = kind("sqg-2022", name)
    seats = [
        Member(f"{one.id}-{number}", one.id, "", False, f"{one.id}-{number}", among)
        for one in type_.seats
        for number, among in enumerate([one.id for one in one.among] or [""] * one.at_least)
    ]
    assert minimum_missing(type_, seats, here(seats), START) == ()
    left = [one for one in seats if one.category not in {"cqc", "co-chair"}]
    (found,) = minimum_missing(type_, seats, here(left), START)
    assert found.says == "A minimum member is missing: no Care Quality Commission member is present."
    assert found.source.startswith("NQB risk response 2022, Annex")
    assert len(minimum_missing(type_, seats, here(left), START, {"hee-0"})) == 2


@pytest.mark.requirement("QUO-13", "MEM-08")
@pytest.mark.parametrize(
    "chairs_for", [None, Slot.LOCAL_AUTHORITY, Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.NHS_ENGLAND_REGION]
)
def test_council_that_co_chairs_a_review_was_there_for_the_local_authority(chairs_for: Slot | None) -> None:
    type_ = kind("sqg-2022", "rapid-quality-review")
    seats = [
        Member("co-chair", "co-chair", "", False, "c", chairs_for=chairs_for),
        Member("la", "local-authority", "", True),
    ]
    missing = [one.says for one in minimum_missing(type_, seats, here(seats[:1]), START)]
    assert any("local authority" in one for one in missing) is (chairs_for is not Slot.LOCAL_AUTHORITY)
    assert any("local authority" in one.says for one in minimum_missing(type_, seats, [], START))


@pytest.mark.requirement("MEM-08", "MEM-09")
@pytest.mark.parametrize("name", ["rapid-quality-review", "quality-improvement-group"])
def test_three_people_from_the_icb_are_not_the_three_that_the_guidance_names(name: str) -> None:
    type_ = kind("sqg-2022", name)
    seats = [Member(f"icb-{one}", "icb", "", False, f"icb-{one}", "executive-lead") for one in range(3)]
    missing = [one.says for one in minimum_missing(type_, seats, here(seats), START)]
    assert not any("executive lead" in one for one in missing)
    assert sum("contract manager" in one or "System Improvement Director" in one for one in missing) == 2


@pytest.mark.requirement("QUO-13")
@pytest.mark.parametrize(("pack", "name"), [("sqg-2022", "system-group"), ("qsg-2017", "system-group")])
def test_groups_that_meet_as_a_matter_of_course_have_no_minimum_members(pack: str, name: str) -> None:
    assert minimum_missing(kind(pack, name), [], [], START) == ()


@pytest.mark.requirement("QUO-14")
def test_group_that_was_not_quorate_twice_running_is_told_what_may_help() -> None:
    q, n, none = Status.QUORATE, Status.NOT_QUORATE, Status.NONE_SET
    assert trend([q, q]).words == "" and trend([none, none]).words == "" and trend([]).words == ""
    assert trend([q, n]).words == "1 of 2 meetings was not quorate."
    assert trend([n, q, n]).words == "2 of 3 meetings were not quorate."
    assert trend([q, n, none, n]).words.endswith("Members who join by video count as present; that may help.")
