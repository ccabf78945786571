"""What a change of level brings about: everything that is due, for each body, and nothing twice."""

from __future__ import annotations

from datetime import date
from itertools import permutations, product

import pytest

from sightline.core.escalation.consequences import Change, Recorded, Stay, consequences, from_concern, while_staying
from sightline.core.escalation.routing import routes_open
from sightline.core.rulebook.circumstances import Circumstances, Commissioner, Condition, Severity, holds
from sightline.core.rulebook.clocks import ClockId
from sightline.core.rulebook.duties import On
from sightline.core.rulebook.levels import Slot
from tests.factories.levels import ICB, OTHER_ICB, OTHER_REGION, REGION, TRUST, a_case, notices

RANK = ["routine", "enhanced", "intensive"]
ENHANCED = [
    "share-with-the-system-group",
    "put-on-the-registers",
    "share-with-the-region",
    "develop-the-plan",
    "tell-the-provider",
]
INTENSIVE = [
    "put-on-the-regional-register",
    "escalate-nationally",
    "notify-the-icb",
    "notify-the-icb-chair",
    "notify-the-provider-chair",
]
ENDED = ["tell-the-provider-of-the-end", "tell-the-region-of-the-end"]


def ids(before: str, after: str, **facts: object) -> set[str]:
    """This function will name what a change of level brings about, in a case where nothing else is said."""
    return {one.notice.id for one in consequences(notices(), Change("d1", "s1", before, after, a_case(**facts)))}


@pytest.mark.requirement("RPT-04", "RPT-06", "PRV-04")
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("routine", "enhanced", ENHANCED),
        ("routine", "intensive", ENHANCED + INTENSIVE),  # what is due at the level that was skipped is due as well
        ("enhanced", "intensive", INTENSIVE),  # and whoever was told at Enhanced is not told the same again
        ("intensive", "enhanced", ["tell-the-chairs-of-the-lower-level"]),
        ("enhanced", "routine", ENDED),
        ("intensive", "routine", [*ENDED, "tell-the-chairs-of-the-lower-level"]),
    ],
)
def test_every_change_of_level_brings_about_what_is_due(before: str, after: str, expected: list[str]) -> None:
    assert ids(before, after) == set(expected)


@pytest.mark.requirement("RPT-05", "RPT-06", "LVL-14")
@pytest.mark.parametrize(
    ("after", "facts", "more"),
    [
        ("enhanced", {"severity": Severity.SIGNIFICANT}, {"share-with-the-regional-group", "consider-the-nation"}),
        ("enhanced", {"severity": Severity.VERY_SIGNIFICANT}, {"share-with-the-regional-group", "consider-the-nation"}),
        ("enhanced", {"severity": Severity.SYSTEM}, set()),
        ("enhanced", {"needs_national_action": True}, {"report-for-national-attention"}),
        ("enhanced", {"is_overseen": True}, {"review-the-segment"}),
        ("enhanced", {"is_challenged": True}, set()),
        ("intensive", {"is_challenged": True}, {"report-to-the-support-group", "report-to-the-oversight-committee"}),
    ],
)
def test_circumstances_bring_about_more(after: str, facts: dict[str, object], more: set[str]) -> None:
    assert ids("routine", after, **facts) - ids("routine", after) == more
    assert ids("routine", after) <= ids("routine", after, **facts)


@pytest.mark.requirement("RPT-04", "PRV-04")
def test_each_region_system_and_provider_is_told_once() -> None:
    case = a_case(
        systems=(ICB, OTHER_ICB, ICB), regions=(REGION, OTHER_REGION, REGION), providers=(TRUST, "trust-moor")
    )
    found = consequences(notices(), Change("d1", "s1", "routine", "intensive", case))
    for notice, bodies in {
        "share-with-the-region": [REGION, OTHER_REGION],
        "notify-the-icb-chair": [ICB, OTHER_ICB],
        "notify-the-provider-chair": [TRUST, "trust-moor"],
        "escalate-nationally": [""],
    }.items():
        assert [one.organisation for one in found if one.notice.id == notice] == bodies
    assert len({one.key for one in found}) == len(found)


def test_same_decision_brings_about_the_same_keys_and_another_one_others() -> None:
    def keys(decision: str, subject: str = "s1") -> list[str]:
        change = Change(decision, subject, "routine", "enhanced", a_case())
        return [one.key for one in consequences(notices(), change)]

    assert keys("d1") == keys("d1")
    assert not set(keys("d1")) & set(keys("d2")) and not set(keys("d1")) & set(keys("d1", "s2"))


@pytest.mark.requirement("ORG-11")
def test_where_several_are_concerned_it_falls_to_the_process_lead() -> None:
    for systems, falls_to in (((ICB,), Slot.ICB_EXECUTIVE_QUALITY_LEAD), ((ICB, OTHER_ICB), Slot.PROCESS_LEAD)):
        change = Change("d1", "s1", "routine", "enhanced", a_case(systems=systems))
        told = [one for one in consequences(notices(), change) if one.notice.id == "share-with-the-region"]
        assert {one.falls_to for one in told} == {falls_to}


def test_body_that_is_not_known_loses_no_duty_and_a_pathway_without_providers_has_no_chair_to_tell() -> None:
    case = a_case(systems=(), regions=(), providers=())
    found = consequences(notices(), Change("d1", "s1", "routine", "intensive", case))
    unknown = {one.notice.id for one in found if one.lacks_body}
    assert {"share-with-the-region", "notify-the-icb-chair"} <= unknown
    assert "escalate-nationally" not in unknown
    assert "notify-the-provider-chair" not in {one.notice.id for one in found}


@pytest.mark.requirement("PRV-04")
def test_chairs_are_kept_informed_once_in_each_cycle_of_intensive() -> None:
    def coming(level: str, cycle: date) -> list[str]:
        return [one.key for one in while_staying(notices(), Stay("s1", level, cycle, a_case()), ClockId.CHAIRS_UPDATE)]

    first, again, next_one = (
        coming("intensive", day) for day in (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1))
    )
    assert len(first) == 3 and first == again and not set(first) & set(next_one)
    assert coming("enhanced", date(2026, 1, 1)) == []


@pytest.mark.requirement("SUR-09", "RPT-30")
@pytest.mark.parametrize("level", ["routine", "further-information", "enhanced", "risk-summit"])
def test_local_group_of_2017_tells_the_regional_one_of_every_level_each_quarter(level: str) -> None:
    stay = Stay("s1", level, date(2019, 4, 1), a_case())
    (found,) = while_staying(notices("qsg-2017"), stay, ClockId.REGION_UPDATE)
    assert (found.falls_to, found.to) == (Slot.SECRETARIAT, Slot.REGIONAL_QUALITY_GROUP)


@pytest.mark.parametrize(("before", "after"), list(permutations(["routine", "further-information", "enhanced"], 2)))
def test_provider_of_2017_is_told_when_its_level_begins_or_ends(before: str, after: str) -> None:
    found = consequences(notices("qsg-2017"), Change("d1", "s1", before, after, a_case()))
    told = [one for one in found if one.to is Slot.PROVIDER]
    assert len(told) == ("routine" in (before, after))


@pytest.mark.requirement("RPT-20")
@pytest.mark.parametrize(("is_wider", "expected"), [(True, True), (False, False)])
def test_matter_with_wider_implications_is_escalated_to_the_regional_group_of_2017(
    is_wider: bool, expected: bool
) -> None:
    found = consequences(notices("qsg-2017"), Change("d1", "s1", "routine", "enhanced", a_case(is_wider=is_wider)))
    assert ("escalate-to-the-region" in {one.notice.id for one in found}) is expected


@pytest.mark.parametrize("pack", ["qsg-2017", "sqg-2022"])
def test_nothing_arises_from_a_change_that_is_none(pack: str) -> None:
    for level in RANK:
        assert consequences(notices(pack), Change("d1", "s1", level, level, a_case())) == ()
    staying = [one for one in notices(pack).notices if one.occasion is On.STAYING]
    assert staying and not any(one.arises(before, after) for one in staying for before, after in product(RANK, RANK))


@pytest.mark.requirement("FRW-02")
@pytest.mark.parametrize("after", ["enhanced", "intensive"])
def test_level_carried_over_from_other_guidance_brings_about_what_is_due_under_this_one(after: str) -> None:
    change = Change("d1", "s1", after, after, a_case(), is_first_here=True)
    found = {one.notice.id for one in consequences(notices(), change)}
    assert found == ids("routine", after)


@pytest.mark.requirement("RPT-01", "RPT-20", "RPT-22")
@pytest.mark.parametrize(
    ("pack", "sender", "facts", "to"),
    [
        ("sqg-2022", Slot.PROVIDER, {"severity": Severity.MODERATE}, [Slot.PLACE_GROUP]),
        ("sqg-2022", Slot.PROVIDER, {"severity": Severity.SIGNIFICANT}, []),
        ("sqg-2022", Slot.PLACE_GROUP, {}, [Slot.SYSTEM_QUALITY_GROUP]),
        ("qsg-2017", Slot.SYSTEM_QUALITY_GROUP, {"is_wider": True}, [Slot.REGIONAL_QUALITY_GROUP]),
        ("qsg-2017", Slot.SYSTEM_QUALITY_GROUP, {}, []),
        ("qsg-2017", Slot.REGIONAL_QUALITY_GROUP, {"is_wider": True}, [Slot.NHS_ENGLAND_NATION]),
    ],
)
def test_routes_that_are_open_to_a_case(pack: str, sender: Slot, facts: dict[str, object], to: list[Slot]) -> None:
    assert [one.to for one in routes_open(notices(pack), sender, a_case(**facts))] == to


WHERE = {
    Condition.ALWAYS: Circumstances(),
    Condition.MINOR_OR_MODERATE: Circumstances(severity=Severity.MODERATE),
    Condition.SIGNIFICANT: Circumstances(severity=Severity.SIGNIFICANT),
    Condition.CHALLENGED: Circumstances(is_challenged=True),
    Condition.OVERSEEN: Circumstances(is_overseen=True),
    Condition.IS_THE_ICB: Circumstances(is_the_icb=True),
    Condition.CONFLICT_OF_INTEREST: Circumstances(has_conflict=True),
    Condition.RECURS: Circumstances(recurs=True),
    Condition.COMMISSIONED_BY_NHS_ENGLAND: Circumstances(commissioned_by=Commissioner.ICB_AND_NHS_ENGLAND),
    Condition.SEVERAL: Circumstances(systems=("a", "b")),
    Condition.SEVERAL_REGIONS: Circumstances(regions=("a", "b")),
    Condition.WIDER: Circumstances(is_wider=True),
    Condition.NATIONAL_ACTION: Circumstances(needs_national_action=True),
}


@pytest.mark.parametrize("condition", list(Condition))
def test_each_condition_is_met_where_it_should_be_and_not_by_a_plain_case(condition: Condition) -> None:
    assert holds(condition, WHERE[condition])
    assert holds(condition, Circumstances()) is (condition is Condition.ALWAYS)


@pytest.mark.requirement("RSK-06")
def test_significant_means_significant_or_worse() -> None:
    met = [one for one in Severity if holds(Condition.SIGNIFICANT, Circumstances(severity=one))]
    assert met == [Severity.SIGNIFICANT, Severity.VERY_SIGNIFICANT]


@pytest.mark.requirement("RPT-01")
@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("level", ["routine", "enhanced", "intensive"])
def test_a_concern_is_reported_at_routine_where_it_is_minor_or_moderate_once_for_each_place_and_system(
    severity: Severity, level: str
) -> None:
    case = a_case(severity=severity, systems=(ICB, ICB), places=("place-1", "place-2", "place-1"))
    found = from_concern(notices(), Recorded("c1", "s1", level, case))
    is_reported = level == "routine" and severity in {Severity.MINOR, Severity.MODERATE}
    wanted = [
        ("report-to-the-place", "place-1"), ("report-to-the-place", "place-2"), ("report-to-the-icb", ICB),
        ("share-through-the-group", ICB),
    ]  # fmt: skip
    assert [(one.notice.id, one.organisation) for one in found] == (wanted if is_reported else [])
    assert found == from_concern(notices(), Recorded("c1", "s1", level, case))
    assert not {one.key for one in found} & {
        one.key for one in from_concern(notices(), Recorded("c2", "s1", level, case))
    }


@pytest.mark.requirement("RPT-01")
def test_no_move_of_level_and_no_stay_brings_about_what_a_concern_does() -> None:
    of_concerns = {one.id for one in notices().notices if one.occasion is On.CONCERN}
    assert of_concerns and not of_concerns & (ids("enhanced", "routine", severity=Severity.MINOR))
