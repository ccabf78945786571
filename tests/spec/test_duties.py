"""What a level brings about, read beside the guidance: tasks, notices and updates, each arriving and none twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from sightline.accounts.operator import operator
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.levels import Force, Slot
from sightline.core.verdict import Refused
from sightline.escalation.models import Duty
from sightline.escalation.operations import raise_what_is_missing, set_level
from sightline.surveillance.models import LevelDecision
from tests.factories.escalation import level_set, the_duty, three_systems
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW, TODAY
from tests.factories.surveillance import PACK, VERSION, a_concern, a_decision, a_process_lead
from tests.factories.surveillance_levels import OTHER_REGION, REGION, WHY, World, a_world, agreed, proposed

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(house: Path) -> World:
    return a_world()


def notices_of(decision: LevelDecision) -> Counter[str]:
    return Counter(Duty.objects.filter(decision=decision).values_list("notice", flat=True))


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


# --- T12: Enhanced, authorised by the chair as the board's executive lead for quality


@pytest.mark.requirement("LVL-05", "LVL-08", "RPT-04", "RPT-05")
@pytest.mark.parametrize(
    ("severity", "and_more"), [(Severity.SYSTEM, set()), (Severity.SIGNIFICANT, {"share-with-the-regional-group"})]
)
def test_enhanced_brings_three_tasks_and_a_fourth_where_the_concern_is_significant(
    world: World, severity: Severity, and_more: set[str]
) -> None:
    """T12: the board's decision, and the three tasks of RPT-04 with RPT-05 where it is significant."""
    concern = a_concern(world.subject, severity=severity.value)
    decision = level_set(world, "enhanced", concern=concern)
    assert decision.office.organisation == world.board and not decision.is_override
    asked = Duty.objects.filter(decision=decision, force=Force.MUST.value, cites__startswith="NQB risk response 2022")
    reporting = {one.notice for one in asked if "Enhanced/System" in one.cites or "share-with" in one.notice}
    wanted = {"share-with-the-system-group", "put-on-the-registers", "share-with-the-region"} | and_more
    assert reporting == wanted
    assert the_duty("share-with-the-region").organisation == world.region
    assert the_duty("share-with-the-system-group").organisation == world.board


@pytest.mark.requirement("RPT-04")
def test_a_duty_says_whose_it_is_by_which_rule_and_since_when(world: World) -> None:
    level_set(world)
    duty = the_duty("share-with-the-region")
    assert (duty.falls_to, duty.doer) == (Slot.ICB_EXECUTIVE_QUALITY_LEAD.value, world.board)
    assert duty.says.startswith("Share the system concern") and "SQG 2022 §2.8" in duty.cites
    assert duty.pack == "sqg-2022" and duty.rules_version == duty.decision.rules_version
    assert duty.arisen_on == TODAY and duty.due_on is None


@pytest.mark.requirement("LVL-14")
def test_an_nhs_trust_that_enters_enhanced_has_its_segment_reviewed_by_its_region(world: World) -> None:
    level_set(world)
    duty = the_duty("review-the-segment")
    assert duty.doer == duty.organisation == world.region


# --- T13: Intensive is not for the board to authorise


@pytest.mark.requirement("LVL-06", "LVL-07")
def test_intensive_by_the_board_is_refused_with_nothing_done_and_goes_through_with_a_reason(world: World) -> None:
    """T13: refused unless it is an override with its reason."""
    level_set(world)
    before = Duty.objects.count()
    proposal = agreed(world, proposed(world, "intensive"))
    given = {"by": world.lead, "at": timezone.now(), "proposal": proposal, "office": world.icb_office, "because": WHY}
    with pytest.raises(Refused, match="NHS England’s region"):
        set_level(**given)
    assert Duty.objects.count() == before and LevelDecision.objects.count() == 1
    decision = set_level(**given, override_reason="The region asked the board to act tonight.")
    assert decision.is_override and notices_of(decision)["escalate-nationally"] == 1


# --- T14: several systems, several regions


@pytest.mark.requirement("ORG-11", "RPT-04")
def test_a_trust_of_three_systems_needs_a_process_lead_and_every_affected_region_is_told(world: World) -> None:
    """T14: blocked until it is agreed who leads; then the notices go to every affected region."""
    three_systems(world)
    proposal = agreed(world, proposed(world))
    given = {"by": world.lead, "at": timezone.now(), "proposal": proposal, "office": world.icb_office, "because": WHY}
    with pytest.raises(Refused, match="lead"):
        set_level(**given)
    assert not Duty.objects.exists()
    a_process_lead(world.subject, world.board)
    set_level(**given)
    shared = Duty.objects.filter(notice="share-with-the-region")
    assert {one.organisation.code for one in shared if one.organisation} == {REGION, OTHER_REGION}
    assert {(one.falls_to, one.doer) for one in shared} == {(Slot.PROCESS_LEAD.value, world.board)}
    assert Duty.objects.filter(notice="share-with-the-system-group").count() == 3


# --- ambiguity 16: the ICB and the chairs, read so that all of them are told


@pytest.mark.requirement("PRV-04", "RPT-06")
def test_at_intensive_the_board_its_chair_and_the_chair_of_the_provider_are_all_notified(world: World) -> None:
    decision = level_set(world, "intensive")
    told = Duty.objects.filter(decision=decision, notice__startswith="notify-")
    assert {(one.to, one.organisation) for one in told} == {
        (Slot.ICB_CHIEF_EXECUTIVE.value, world.board),
        (Slot.ICB_CHAIR.value, world.board),
        (Slot.PROVIDER_CHAIR.value, world.subject.organisation),
    }
    assert {one.force for one in told} == {Force.MUST.value}


@pytest.mark.requirement("RPT-06")
def test_skipping_enhanced_brings_about_what_is_due_at_both(world: World) -> None:
    found = notices_of(level_set(world, "intensive"))
    assert {"put-on-the-registers", "put-on-the-regional-register", "escalate-nationally"} <= set(found)


# --- every notice arriving, and none arriving twice


@pytest.mark.requirement("RPT-04", "RPT-06", "PRV-04")
def test_up_and_down_again_every_notice_arrives_and_none_twice(world: World) -> None:
    """Routine, Enhanced, Intensive, Enhanced, Routine; and the clocks run after each step."""
    seen = []
    for number, level in enumerate(("enhanced", "intensive", "enhanced", "routine")):
        with time_machine.travel(later(number), tick=False):
            decision = level_set(world, level, effective_on=TODAY + timedelta(days=number))
            raise_what_is_missing(by=operator(), at=timezone.now())
            raise_what_is_missing(by=operator(), at=timezone.now())
            entering = Duty.objects.filter(decision=decision).exclude(notice__in=COMES_AGAIN)
            seen.append(Counter(entering.values_list("notice", flat=True)))
    assert seen == [Counter(AT_ENHANCED), Counter(AT_INTENSIVE), Counter(BACK_AT_ENHANCED), Counter(BACK_AT_ROUTINE)]
    again = Counter(Duty.objects.filter(notice__in=COMES_AGAIN).values_list("notice", "arisen_on"))
    assert max(again.values()) == 1, "an update came twice in one cycle"


AT_ENHANCED = (
    "share-with-the-system-group", "put-on-the-registers", "share-with-the-region", "review-the-segment",
    "develop-the-plan", "tell-the-provider",
)  # fmt: skip
AT_INTENSIVE = (
    "put-on-the-regional-register", "escalate-nationally", "notify-the-icb", "notify-the-icb-chair",
    "notify-the-provider-chair",
)  # fmt: skip
# From above, Enhanced is entered anew for what is due there alone; whatever is due at both was told already.
BACK_AT_ENHANCED = ("review-the-segment", "tell-the-chairs-of-the-lower-level")
BACK_AT_ROUTINE = ("tell-the-provider-of-the-end", "tell-the-region-of-the-end")
COMES_AGAIN = (
    "update-the-region", "keep-the-icb-informed", "keep-the-icb-chair-informed", "keep-the-provider-chair-informed",
)  # fmt: skip


def test_deciding_is_enough_for_the_clocks_to_catch_up(world: World) -> None:
    """A level from elsewhere has no duties yet; the clocks raise them once, in the words of its own day."""
    decision = a_decision(world.subject, "enhanced", by_office=world.icb_office)
    first = raise_what_is_missing(by=operator(), at=later(3))
    known = set(Duty.objects.values_list("key", flat=True))
    second = raise_what_is_missing(by=operator(), at=later(4))
    assert first.missing > 0 and second.missing == second.coming == 0
    assert set(Duty.objects.values_list("key", flat=True)) == known
    assert the_duty("develop-the-plan").arisen_on == timezone.localdate(decision.decided_at)


def test_clocks_add_nothing_to_what_setting_the_level_brought_about(world: World) -> None:
    level_set(world)
    before = set(Duty.objects.values_list("key", flat=True))
    found = raise_what_is_missing(by=operator(), at=timezone.now())
    assert found.missing == 0
    assert set(Duty.objects.exclude(notice__in=COMES_AGAIN).values_list("key", flat=True)) == before


# --- what comes again while a subject stays


@pytest.mark.requirement("SUR-09")
@pytest.mark.parametrize(
    ("months_on", "cycles"),
    [
        (date(2026, 1, 15), [date(2026, 1, 15)]),
        (date(2026, 4, 14), [date(2026, 1, 15)]),
        (date(2026, 4, 15), [date(2026, 1, 15), date(2026, 4, 15)]),
    ],
)
def test_region_is_updated_once_in_each_quarter_of_a_stay(world: World, months_on: date, cycles: list[date]) -> None:
    level_set(world)
    raise_what_is_missing(by=operator(), at=NOW)
    raise_what_is_missing(by=operator(), at=datetime.combine(months_on, NOW.timetz()))
    found = Duty.objects.filter(notice="update-the-region").order_by("arisen_on")
    assert [one.arisen_on for one in found] == cycles
    assert all(one.due_on and one.due_on > one.arisen_on for one in found)


@pytest.mark.requirement("PRV-04")
def test_chairs_are_kept_informed_while_intensive_lasts_and_no_longer(world: World) -> None:
    level_set(world, "intensive")
    raise_what_is_missing(by=operator(), at=later(1))
    kept = Duty.objects.filter(notice__startswith="keep-the-")
    assert {one.to for one in kept} == {"icb-chief-executive", "icb-chair", "provider-chair"}
    with time_machine.travel(later(10), tick=False):
        level_set(world, "enhanced", effective_on=TODAY + timedelta(days=10))
    raise_what_is_missing(by=operator(), at=later(200))
    assert kept.count() == 3


@pytest.mark.requirement("SUR-09")
def test_going_from_one_level_to_another_of_the_same_clock_does_not_put_an_update_off(world: World) -> None:
    level_set(world)
    raise_what_is_missing(by=operator(), at=NOW)
    with time_machine.travel(later(80), tick=False):
        level_set(world, "intensive", effective_on=TODAY + timedelta(days=80))
    raise_what_is_missing(by=operator(), at=later(81))
    raise_what_is_missing(by=operator(), at=later(91))
    days = Duty.objects.filter(notice="update-the-region").order_by("arisen_on").values_list("arisen_on", flat=True)
    assert list(days) == [date(2026, 1, 15), date(2026, 4, 15)]


@pytest.mark.requirement("FRW-02", "FRW-09")
def test_a_level_of_earlier_guidance_that_is_confirmed_tells_everybody_under_the_new(world: World) -> None:
    a_decision(world.subject, "enhanced", TODAY - timedelta(days=400), world.icb_office, pack="qsg-2017")
    decision = level_set(world, "enhanced")
    assert decision.pack == PACK and VERSION.startswith(PACK)
    assert "share-with-the-region" in notices_of(decision)
