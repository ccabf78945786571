"""What the guidance says of levels, as examples: each reads like the sentence that it shows."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from sightline.core.escalation.consequences import Change, consequences
from sightline.core.rulebook.circumstances import Commissioner, Severity
from sightline.core.rulebook.levels import REGIONAL, Force, Slot
from sightline.core.surveillance.clocks import long_stay, recurs
from sightline.core.surveillance.facts import Dated, Dissent, History
from sightline.core.surveillance.moving import (
    RemarkKind,
    decision_of,
    may_begin,
    may_move,
    remarks,
    triggers_offered,
)
from sightline.rulebook.packs import PackError, load
from tests.factories.levels import (
    GROUP,
    ICB,
    OTHER_ICB,
    OTHER_REGION,
    REGION,
    THIRD_ICB,
    a_case,
    a_move,
    a_subject,
    at,
    clock,
    notices,
    rules,
    somebody,
)

LEAD = Slot.ICB_EXECUTIVE_QUALITY_LEAD


# --- T8, T9: more than three consecutive quarters on Enhanced


@pytest.mark.requirement("SUR-07", "SUR-08")
@pytest.mark.parametrize(
    ("counting", "day_before", "fires_on"),
    [
        ("any-time", date(2025, 12, 31), date(2026, 1, 1)),  # April, July, October; the fourth begins in January
        ("full-quarters", date(2026, 3, 31), date(2026, 4, 1)),  # July, October, January; the fourth begins in April
    ],
)
def test_provider_on_enhanced_since_5_may_has_stayed_long_when_the_fourth_quarter_begins(
    counting: str, day_before: date, fires_on: date
) -> None:
    """T8: it fires on 1 January where any time in a quarter counts, on 1 April where full quarters do."""
    history = History.of([Dated("enhanced", "qsg-2017", date(2025, 5, 5))])
    rule = clock("long-stay", "qsg-2017", counting=counting)
    before, then = (long_stay(rule, history, "qsg-2017", day) for day in (day_before, fires_on))
    assert before and not before.is_long and before.fires_on == fires_on
    assert then and then.is_long and then.source == "QSG 2017 ¶126"


@pytest.mark.requirement("SUR-08")
def test_any_time_in_a_quarter_is_the_reading_unless_a_house_chooses_the_other() -> None:
    """T8: which way of counting is taken is a choice that stands in sight."""
    rule = clock("long-stay", "qsg-2017")
    assert rule.chosen("counting") == "any-time" and rule.chosen("quarters") == "financial"


@pytest.mark.requirement("SUR-07")
def test_count_begins_again_at_the_last_return_to_enhanced() -> None:
    """T9: after Enhanced, Enhanced, Further information and Enhanced, the count begins at the last of them."""
    levels = ["enhanced", "enhanced", "further-information", "enhanced"]
    days = [date(2024, 4, 1), date(2024, 10, 1), date(2025, 1, 10), date(2025, 2, 3)]
    history = History.of(Dated(level, "qsg-2017", day) for level, day in zip(levels, days, strict=True))
    found = long_stay(clock("long-stay", "qsg-2017"), history, "qsg-2017", date(2025, 9, 30))
    assert found and found.since == date(2025, 2, 3) and not found.is_long
    assert found.fires_on == date(2025, 10, 1)


@pytest.mark.requirement("SUR-07")
def test_going_on_to_a_risk_summit_does_not_end_the_count() -> None:
    history = History.of(
        [Dated("enhanced", "qsg-2017", date(2025, 5, 5)), Dated("risk-summit", "qsg-2017", date(2025, 9, 1))]
    )
    found = long_stay(clock("long-stay", "qsg-2017"), history, "qsg-2017", date(2026, 1, 1))
    assert found and found.is_long and found.since == date(2025, 5, 5)


# --- T10 (its trigger), T12, T13: who authorises


@pytest.mark.requirement("LVL-20")
def test_concern_about_an_icb_is_itself_a_trigger_for_the_region_to_be_involved() -> None:
    """T10: a concern about the ICB is itself a trigger for the region to be involved; no other is asked for."""
    offered = triggers_offered(rules().triggers, a_case(is_the_icb=True), REGIONAL)
    assert [one.id for one in offered] == ["icb-leadership", "system-tensions"]
    assert triggers_offered(rules().triggers, a_case(), REGIONAL) == ()


@pytest.mark.requirement("LVL-05", "LVL-08", "RPT-04")
def test_chair_of_the_group_authorises_enhanced_as_the_icbs_lead_and_it_is_the_icbs_decision() -> None:
    """T12: it is the decision of the ICB, with the view of the group beside it."""
    subject, history = a_subject(), at("routine")
    move = a_move("routine", "enhanced", LEAD, group_view="Meeting of 26 February: in favour.")
    decided = decision_of(rules(), subject, history, move)
    assert may_move(rules(), subject, history, move)
    assert decided and decided.organisations == (ICB,) and not decided.is_override
    assert move.group_view


@pytest.mark.requirement("LVL-08")
@pytest.mark.parametrize("slot", [Slot.SYSTEM_QUALITY_GROUP, Slot.GROUP_CHAIR, Slot.REGIONAL_QUALITY_GROUP])
def test_the_group_itself_authorises_nothing_even_with_a_reason(slot: Slot) -> None:
    move = a_move("routine", "enhanced", slot, override_reason="All members were in favour.")
    verdict = may_move(rules(), a_subject(), at("routine"), move)
    assert not verdict and "gives its view" in verdict.words


@pytest.mark.requirement("RPT-04", "RPT-05")
@pytest.mark.parametrize(
    ("severity", "and_more"), [(Severity.SYSTEM, set()), (Severity.SIGNIFICANT, {"share-with-the-regional-group"})]
)
def test_enhanced_brings_three_tasks_and_a_fourth_where_the_concern_is_significant(
    severity: Severity, and_more: set[str]
) -> None:
    """T12: three tasks arise by themselves, and a fourth where the concern is significant."""
    change = Change("d1", "s1", "routine", "enhanced", a_case(severity=severity))
    reporting = ("NQB risk response 2022, Enhanced/System", "NQB risk response 2022, Enhanced/Regional")
    must = [one for one in consequences(notices(), change) if one.notice.force is Force.MUST]
    found = {one.notice.id for one in must if one.notice.cites.startswith(reporting)}
    assert found == {"share-with-the-system-group", "put-on-the-registers", "share-with-the-region"} | and_more


@pytest.mark.requirement("LVL-06", "LVL-07")
def test_intensive_authorised_by_the_icb_is_refused_unless_a_reason_is_recorded() -> None:
    """T13: the ICB does not authorise Intensive, unless it overrides with a reason on record."""
    subject, history = a_subject(), at("enhanced")
    without = may_move(rules(), subject, history, a_move("enhanced", "intensive", LEAD))
    reasoned = a_move("enhanced", "intensive", LEAD, override_reason="The region asked the ICB to act tonight.")
    assert not without and "NHS England’s region" in without.words
    assert next(one.source for one in without.reasons).startswith("NQB risk response 2022, Approach")
    assert may_move(rules(), subject, history, reasoned)
    assert RemarkKind.OVERRIDDEN in {one.kind for one in remarks(rules(), subject, history, reasoned)}
    assert may_move(rules(), subject, history, a_move("enhanced", "intensive", Slot.NHS_ENGLAND_REGION))


# --- T14: several systems


@pytest.mark.requirement("ORG-11", "RPT-04")
def test_ambulance_trust_of_three_systems_needs_a_process_lead_and_every_affected_region_is_told() -> None:
    """T14: Enhanced waits until it is agreed who leads; then every affected region is told."""
    case = a_case(
        commissioners=(ICB, OTHER_ICB, THIRD_ICB), systems=(ICB, OTHER_ICB, THIRD_ICB), regions=(REGION, OTHER_REGION)
    )
    move = a_move("routine", "enhanced")
    blocked = may_move(rules(), a_subject(case), at("routine"), move)
    assert [one.source for one in blocked.reasons] == ["NQB risk response 2022, Enhanced/Place"]
    assert may_move(rules(), a_subject(case, process_lead=ICB), at("routine"), move)
    told = [
        one
        for one in consequences(notices(), Change("d1", "s1", "routine", "enhanced", case))
        if one.to is Slot.NHS_ENGLAND_REGION
    ]
    shared = [one for one in told if one.notice.id == "share-with-the-region"]
    assert [one.organisation for one in shared] == [REGION, OTHER_REGION]
    assert {one.falls_to for one in shared} == {Slot.PROCESS_LEAD}


# --- T16: the same risk again


@pytest.mark.requirement("RSK-07", "LVL-20")
def test_risk_closed_in_february_that_returns_in_september_recurs_and_offers_a_regional_trigger() -> None:
    """T16: the same risk, closed on 1 February and back on 1 September, recurs and offers a trigger for the region."""
    found = recurs(clock("recurrence", "sqg-2022"), rules().triggers, date(2025, 2, 1), date(2025, 9, 1))
    assert found and found.months == 7
    assert [one.id for one in found.triggers] == ["same-risk-recurs"]


# --- T19: a statutory holder dissents


@pytest.mark.requirement("REC-07")
@pytest.mark.parametrize(("pack", "slot"), [("qsg-2017", Slot.SYSTEM_QUALITY_GROUP), ("sqg-2022", LEAD)])
def test_objection_of_the_statutory_holder_is_not_outvoted_however_many_agree(pack: str, slot: Slot) -> None:
    """T19: six are for it, and whoever has the statutory responsibility is against: there is no decision by majority."""
    holder = Dissent("regulator", "An inspection is under way.", "It reports in May.", is_statutory_holder=True)
    member = Dissent("council", "It sees no pattern.", "It visits in April.")
    signers = tuple(
        somebody(slot, person=f"p-{number}", organisation=GROUP if pack == "qsg-2017" else ICB) for number in range(6)
    )
    subject, history = a_subject(), at("routine")
    objected = a_move("routine", "enhanced", authorised_by=signers, dissents=(holder, member))
    assert not may_move(rules(pack), subject, history, objected)
    merely = a_move("routine", "enhanced", authorised_by=signers, dissents=(member,))
    assert may_move(rules(pack), subject, history, merely)
    says = {one.says for one in remarks(rules(pack), subject, history, objected) if one.kind is RemarkKind.DISSENT}
    assert says == {"The holder of a statutory responsibility dissents: regulator.", "A member dissents: council."}
    silent = a_move("routine", "enhanced", authorised_by=signers, dissents=(Dissent("council"),))
    assert "reasons of whoever disagrees" in may_move(rules(pack), subject, history, silent).words


# --- T25: what may no longer be begun


@pytest.mark.requirement("FRW-06", "FRW-07")
@pytest.mark.parametrize("thing", ["risk-summit", "single-item-qsg", "risk-review"])
def test_whoever_begins_what_was_replaced_in_2022_is_offered_a_rapid_quality_review(thing: str) -> None:
    """T25: who begins a Risk Summit under the guidance of 2022 is offered a Rapid Quality Review instead."""
    verdict = may_begin(rules("sqg-2022").levels, thing)
    assert not verdict and "Rapid Quality Review" in verdict.words
    assert may_begin(rules("qsg-2017").levels, thing)


@pytest.mark.requirement("FRW-07")
def test_risk_summit_is_a_level_of_2017_and_refused_as_one_in_2022() -> None:
    summit = a_move("enhanced", "risk-summit", Slot.SYSTEM_QUALITY_GROUP)
    assert may_move(rules("qsg-2017"), a_subject(), at("enhanced", "qsg-2017"), summit)
    verdict = may_move(rules("sqg-2022"), a_subject(), at("enhanced"), summit)
    assert not verdict and "Rapid Quality Review" in verdict.words


@pytest.mark.requirement("COI-08")
@pytest.mark.parametrize("level", ["enhanced", "regional", "intensive"])
def test_conflict_of_interest_is_itself_a_trigger(level: str) -> None:
    """NQB risk response 2022: for enhanced, for the region's involvement and, options exhausted, for intensive."""
    found = [one.says for one in rules("sqg-2022").triggers.of(level) if "onflicts of interest" in one.says]
    assert len(found) == 1
    assert ("exhausted" in found[0]) is (level == "intensive")


# --- who authorises where others commission


@pytest.mark.requirement("LVL-07")
@pytest.mark.parametrize(
    ("route", "slot"),
    [
        (Commissioner.NHS_ENGLAND, Slot.NHS_ENGLAND_REGION),
        (Commissioner.LOCAL_AUTHORITY, Slot.LOCAL_AUTHORITY),
        (Commissioner.JOINT, Slot.LOCAL_AUTHORITY),
        (Commissioner.ICB, LEAD),
    ],
)
def test_whoever_commissions_authorises_enhanced(route: Commissioner, slot: Slot) -> None:
    subject = a_subject(a_case(commissioned_by=route), process_lead=ICB)
    assert may_move(rules(), subject, at("routine"), a_move("routine", "enhanced", slot))


# --- a guidance that was written down wrongly is not loaded, and the line to mend is named

PUBLISHED = Path(load.__code__.co_filename).parent / "sqg_2022"
SLIPS = {
    "a citation is missing": (
        "triggers",
        "across-pathways",
        ', cites: "NQB risk response 2022, Enhanced/Overview"',
        "",
    ),
    "a level is not there": ("triggers", "across-pathways", "of: enhanced", "of: purple"),
    "a role is unknown": ("authority", "slots: [mayor", "slots: [icb-executive-quality-lead", "slots: [mayor"),
    "a role has no name": ("notices", "provider-to-place", "", ""),
    "a route leads nowhere": (
        "notices",
        "place-to-system",
        "sender: place-group, to: system",
        "sender: mayor, to: system",
    ),
    "a route goes in a circle": (
        "notices",
        "",
        "nhs-england-region, to: nhs-england-nation",
        "nhs-england-region, to: place-group",
    ),
}
SAYS = {
    "a citation is missing": "cites: it is missing",
    "a level is not there": "names a level “purple” that there is not",
    "a role is unknown": "input should be",
    "a role has no name": "“provider-to-place” names a role “place-group” that “authority” does not name",
    "a route leads nowhere": "sender: input should be",
    "a route goes in a circle": "that is a circle",
}


@pytest.mark.requirement("FRW-01")
@pytest.mark.parametrize("slip", SLIPS)
def test_slip_in_a_guidance_is_named_with_its_file_and_line(tmp_path: Path, slip: str) -> None:
    part, entry, written, instead = SLIPS[slip]
    folder = tmp_path / "sqg_2022"
    shutil.copytree(PUBLISHED, folder, ignore=shutil.ignore_patterns("__pycache__"))
    _rewritten(folder / f"{part}.yaml", written, instead)
    if slip == "a role has no name":
        _rewritten(folder / "authority.yaml", "  - {id: place-group,", "  # {id: place-group,")
    with pytest.raises(PackError) as caught:
        load(tmp_path)
    told = next(one for one in str(caught.value).splitlines() if SAYS[slip] in one)
    found = re.match(rf"sqg_2022/{part}\.yaml: Line (\d+)(?:: the route “([^”]+)”)?", told)
    assert found, told
    line = (folder / f"{part}.yaml").read_text(encoding="utf-8").splitlines()[int(found[1]) - 1]
    assert (entry or f"id: {found[2]},") in line


def _rewritten(path: Path, written: str, instead: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
