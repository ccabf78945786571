"""Levels as the guidance would have them decided, from the proposal to the step down: each example read like its sentence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.rulebook.clocks import ClockId
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Refused
from sightline.directory.words import Kind, Link
from sightline.escalation.models import Duty
from sightline.escalation.operations import set_level
from sightline.groups.models import Office, OfficeEnding
from sightline.notify.models import Message
from sightline.surveillance.models import ConcernEnding, FrozenEvidence, LevelDecision, LevelProposal
from sightline.surveillance.operations import decide_level, dissent
from sightline.surveillance.presenters.levels import clock_lines, decision_rows
from sightline.surveillance.queries.level_clocks import clocks_of
from sightline.surveillance.queries.moving import verdict_on
from sightline.surveillance.queries.standing import guidance_for
from sightline.surveillance.queries.waiting import proposals_waiting, waiting_for
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import a_relation, an_organisation
from tests.factories.house import clock, folder, house
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM, a_concern, a_decision, a_process_lead, an_office
from tests.factories.surveillance_levels import WHY, World, a_world, agreed, commissions, decided, proposed, works_by

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust of one system, and everybody around its level."""
    return a_world()


def _decides(proposal: LevelProposal, office: Office, **more: Any) -> LevelDecision:
    return decide_level(
        by=office.person, at=timezone.now(), proposal=proposal, office=office, **{"because": WHY, **more}
    )


@pytest.mark.requirement("LVL-05", "LVL-08")
def test_t12_chair_of_the_group_authorises_enhanced_for_the_icb_and_the_groups_view_is_attached(world: World) -> None:
    chair = a_person(Grant(Role.CHAIR, system=SYSTEM))
    office = an_office(chair, Slot.ICB_EXECUTIVE_QUALITY_LEAD, world.board)
    made = _decides(agreed(world, proposed(world)), office)
    assert made.office.organisation == world.board and not made.is_override
    assert made.authority == "enhanced-by-the-icb" and made.proposal.group_view == "In favour."


@pytest.mark.requirement("LVL-08")
def test_group_itself_authorises_no_level(world: World) -> None:
    group = an_office(world.lead, Slot.SYSTEM_QUALITY_GROUP, world.board)
    with pytest.raises(Refused, match="gives its view"):
        _decides(agreed(world, proposed(world)), group, override_reason="All were in favour.")


@pytest.mark.requirement("LVL-06", "LVL-07")
def test_t13_intensive_by_the_icb_is_refused_without_a_recorded_reason(world: World) -> None:
    decided(world)
    proposal = agreed(world, proposed(world, "intensive"))
    with pytest.raises(Refused, match="NHS England’s region"):
        _decides(proposal, world.icb_office)
    made = _decides(proposal, world.icb_office, override_reason="The region asked the board to act tonight.")
    assert made.is_override


@pytest.mark.requirement("ORG-11")
def test_t14_several_systems_agree_who_leads_before_enhanced_begins(world: World) -> None:
    body = world.subject.organisation
    assert body is not None
    third = an_organisation("QZ3", "Moor Integrated Care Board", Kind.ICB)
    for board in (an_organisation("QZ4", "Dale Integrated Care Board", Kind.ICB), third):
        a_relation(body, Link.PART_OF, board)
        commissions(body, board)
    proposal = agreed(world, proposed(world))
    with pytest.raises(Refused, match="agree and record who leads"):
        _decides(proposal, world.icb_office)
    a_process_lead(world.subject, world.board, agreed_on=TODAY)
    assert _decides(proposal, world.icb_office).level_to == "enhanced"
    assert {"QZ3", "QZ4"} <= {one.organisation.code for one in proposal.reaches.all()}


@pytest.mark.requirement("LVL-18")
def test_level_is_skipped_to_protect_people_alone_and_is_flagged(world: World) -> None:
    calm = agreed(world, proposed(world, "intensive", people_need_protection=False))
    with pytest.raises(Refused, match="one level at a time"):
        _decides(calm, world.region_office)
    made = _decides(agreed(world, proposed(world, "intensive")), world.region_office)
    assert "A level is skipped: Enhanced." in made.remarks


@pytest.mark.requirement("LVL-09")
def test_enhanced_waits_until_the_region_has_said_whether_it_agrees(world: World) -> None:
    proposal = proposed(world)
    with pytest.raises(Refused, match="whether NHS England’s region agrees"):
        _decides(proposal, world.icb_office)
    made = _decides(agreed(world, proposal, is_agreed=False), world.icb_office)
    assert "The region does not agree to it." in made.remarks


@pytest.mark.requirement("LVL-10", "LVL-12", "LVL-13", "RSK-09")
@pytest.mark.parametrize(
    ("level_to", "left_out", "says"),
    [
        ("enhanced", {"triggers": ()}, "Name at least one trigger for Enhanced"),
        ("enhanced", {"other_process": None}, "risk profile"),
        ("enhanced", {"conflict_check": ""}, "conflicts of interest were considered"),
        ("enhanced", {"next_review_on": None}, "Set the day of the next review"),
        (
            "intensive",
            {"options_exhausted": "", "people_need_protection": False},
            "say which other options are exhausted",
        ),
    ],
)
def test_what_the_guidance_asks_of_a_move_is_asked_of_the_decision(
    world: World, level_to: str, left_out: dict[str, Any], says: str
) -> None:
    office = world.icb_office
    if level_to == "intensive":
        decided(world)
        office = world.region_office
    with pytest.raises(Refused, match=says):
        _decides(agreed(world, proposed(world, level_to, **left_out)), office)


@pytest.mark.requirement("LVL-17", "SUR-10")
def test_stepping_down_needs_the_authority_of_the_level_left_and_evidence_that_it_will_last(world: World) -> None:
    decided(world)
    with pytest.raises(Refused, match="milestones are reached"):
        _decides(agreed(world, proposed(world, "routine", exit_evidence="")), world.icb_office)
    made = _decides(agreed(world, proposed(world, "routine")), world.icb_office)
    assert made.level_to == "routine" and made.authority == "enhanced-by-the-icb"


@pytest.mark.requirement("REC-07", "REC-05")
def test_t19_whoever_has_statutory_responsibility_is_not_outvoted(world: World) -> None:
    an_organisation("ZC1", "The regulator", Kind.CQC)
    regulator = a_person(Grant(Role.MEMBER, system=SYSTEM, organisation="ZC1"))
    proposal = agreed(world, proposed(world))
    said = dissent(
        by=regulator, at=timezone.now(), proposal=proposal,
        organisation=world.board.__class__.objects.get(code="ZC1"),
        reasons="An inspection is under way; its report of May would settle it.", commits_to="It reports in May.",
        is_statutory_holder=True,
    )  # fmt: skip
    with pytest.raises(Refused, match="is not outvoted"):
        _decides(proposal, world.icb_office)
    assert said.commits_to == "It reports in May."


@pytest.mark.requirement("FRW-06", "FRW-07")
def test_t25_risk_summit_in_a_group_of_2022_is_answered_with_what_took_its_place(world: World) -> None:
    with pytest.raises(Refused, match="Rapid Quality Review"):
        proposed(world, "risk-summit")
    assert not LevelProposal.objects.exists()


@pytest.mark.requirement("FRW-02", "FRW-09")
def test_level_of_2017_keeps_its_word_and_what_comes_nearest_is_told_as_indicative(world: World) -> None:
    a_decision(world.subject, "risk-summit", date(2021, 5, 5), world.icb_office, pack="qsg-2017", level_from="routine")
    guidance = guidance_for(SYSTEM, TODAY)
    [row] = decision_rows(list(LevelDecision.objects.select_related("office__organisation")), guidance)
    assert row.after.name == "Risk Summit" and row.guidance.startswith("Quality Surveillance Groups")
    assert "Comes nearest to" in row.nearest and "Indicative only" in row.nearest


@pytest.mark.requirement("SUR-02")
@pytest.mark.parametrize(
    ("level_to", "left_out", "says"),
    [
        ("further-information", {"follow_up_person": ""}, "Name who will follow up"),
        ("enhanced", {"actions": ()}, "Agree at least one action"),
    ],
)
def test_by_the_guidance_of_2017_each_level_asks_for_what_the_group_does_next(
    world: World, level_to: str, left_out: dict[str, Any], says: str
) -> None:
    works_by(world, "qsg-2017")
    group = an_office(world.lead, Slot.SYSTEM_QUALITY_GROUP, world.board)
    with pytest.raises(Refused, match=says):
        _decides(proposed(world, level_to, triggers=(), **left_out), group)
    assert _decides(proposed(world, level_to, triggers=()), group).level_to == level_to


# --- what comes too late, or for a body that is no more: refused with the reason and the mend, and nothing half done


@pytest.mark.requirement("PER-06", "PER-01")
@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("role", "Your role of quality lead ended on 14 January 2026. Ask whoever holds it now"),
        ("office", "was not held by the person named on the day of the decision. Ask whoever holds it now."),
    ],
)
def test_whose_role_or_office_ended_yesterday_sets_no_level_today(world: World, what: str, says: str) -> None:
    ended = {"role": {"valid_to": TODAY}, "office": {}}[what]
    person = a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM, **ended))
    office = an_office(person, Slot.ICB_CHIEF_EXECUTIVE, world.board)
    if what == "office":
        OfficeEnding.objects.create(
            office=office, ends_on=TODAY, because="Moved on", recorded_at=LONG_AGO, recorded_by="x"
        )
    proposal = agreed(world, proposed(world))
    before = _kept()
    with pytest.raises(Refused, match=says), transaction.atomic():
        set_level(by=person, at=timezone.now(), proposal=proposal, office=office, because=WHY)
    assert _kept() == before
    assert set_level(by=world.lead, at=timezone.now(), proposal=proposal, office=world.icb_office, because=WHY)


@pytest.mark.requirement("ORG-02")
def test_level_proposed_for_a_body_that_was_split_since_is_set_on_what_followed_it(world: World) -> None:
    proposal, body = agreed(world, proposed(world)), world.subject.organisation
    assert body is not None
    for code, name in (("ZS1", "Lantern North"), ("ZS2", "Lantern South")):
        a_relation(body, Link.SUCCEEDED_BY, an_organisation(code, name), valid_from=TODAY)
    body.closed_on = TODAY
    body.save(update_fields=["closed_on"])
    before = _kept()
    mend = "Set the level on what followed it: Lantern North and Lantern South."
    with pytest.raises(Refused, match=mend), transaction.atomic():
        set_level(by=world.lead, at=timezone.now(), proposal=proposal, office=world.icb_office, because=WHY)
    assert _kept() == before


def _kept() -> dict[str, int]:
    return {one.__name__: one.objects.count() for one in (LevelDecision, FrozenEvidence, Duty, Message, Event)}


# --- clocks


@pytest.mark.requirement("SUR-07", "SUR-08")
def test_t8_long_stay_is_shown_in_both_ways_of_counting_with_the_one_that_is_taken(world: World) -> None:
    works_by(world, "qsg-2017")
    a_decision(world.subject, "enhanced", date(2025, 5, 5), world.icb_office, pack="qsg-2017")
    guidance = guidance_for(SYSTEM, TODAY)
    clocks = clocks_of(world.subject, guidance, TODAY)
    fires = {one.is_taken: one.stay.fires_on for one in clocks.readings}
    assert fires == {True: date(2026, 1, 1), False: date(2026, 4, 1)} and clocks.is_long
    told = [one.name for one in clock_lines(clocks, guidance, TODAY)]
    assert "Long stay, as counted here" in told and "Long stay, counted the other way" in told
    [stay] = waiting_for(world.lead, TODAY).long_stays
    assert stay.decision.subject == world.subject


@pytest.mark.requirement("LVL-19")
def test_long_stay_is_not_counted_in_2022_unless_the_house_switches_it_on(world: World) -> None:
    a_decision(world.subject, "enhanced", date(2024, 5, 5), world.icb_office)
    clocks = clocks_of(world.subject, guidance_for(SYSTEM, TODAY), TODAY)
    assert clocks.long_stay is None and not clocks.readings


@pytest.mark.requirement("RSK-07", "LVL-20")
def test_t16_concern_that_comes_back_within_the_window_is_a_trigger_for_the_region(world: World) -> None:
    first = a_concern(world.subject, raised_on=TODAY - timedelta(days=500))
    ConcernEnding.objects.create(
        concern=first, ended_on=TODAY - timedelta(days=210), because="Dealt with", recorded_at=LONG_AGO, recorded_by="x"
    )
    again = a_concern(world.subject, raised_on=TODAY, follows=first)
    [(concern, found)] = clocks_of(world.subject, guidance_for(SYSTEM, TODAY), TODAY).recurrences
    assert concern == again and found.months == 6
    assert [one.id for one in found.triggers] == ["same-risk-recurs"]


@pytest.mark.requirement("SUR-09")
def test_review_is_due_on_its_day_and_waits_for_those_who_keep_the_record(world: World) -> None:
    a_decision(
        world.subject,
        "enhanced",
        TODAY - timedelta(days=99),
        world.icb_office,
        next_review_on=TODAY - timedelta(days=1),
    )
    due = {one.clock: one for one in clocks_of(world.subject, guidance_for(SYSTEM, TODAY), TODAY).due}
    assert due[ClockId.LEVEL_REVIEW].is_overdue
    assert [one.is_overdue for one in waiting_for(world.secretary, TODAY).reviews] == [True]
    assert waiting_for(world.member, TODAY).reviews == ()


# --- what waits


@pytest.mark.requirement("PER-06", "PER-07", "PER-15")
def test_proposal_waits_for_whose_decision_it_is_and_for_nobody_else(world: World) -> None:
    enhanced = proposed(world)
    mine: dict[str, list[LevelProposal]] = {
        name: proposals_waiting(getattr(world, name), TODAY)
        for name in ("lead", "regional", "member", "elsewhere", "regional_elsewhere", "provider")
    }
    assert mine.pop("lead") == [enhanced] and not any(mine.values())
    assert waiting_for(world.regional, TODAY).to_answer == (enhanced,)
    agreed(world, enhanced)
    assert waiting_for(world.regional, TODAY).to_answer == ()
    own = proposed(world, by=world.lead, follows=enhanced)
    assert proposals_waiting(world.lead, TODAY) == []
    assert waiting_for(world.lead, TODAY).for_others == (own,)


def test_answer_about_a_proposal_is_the_same_with_an_office_and_without_but_for_the_authority(world: World) -> None:
    proposal = agreed(world, proposed(world))
    nobody = a_person(Grant(Role.CHAIR, system=SYSTEM))
    chair = an_office(nobody, Slot.ICB_CHAIR, world.board)
    assert verdict_on(proposal, None, TODAY).verdict and verdict_on(proposal, world.icb_office, TODAY).verdict
    assert "cannot authorise" in verdict_on(proposal, chair, TODAY).verdict.words
