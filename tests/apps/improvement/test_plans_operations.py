"""Each operation on plans three ways: allowed, refused with nothing changed, recorded as one event; and bad input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.improvement.facts import CommissionerPart, Kpi
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.words import Kind, Route
from sightline.improvement.giving import Overtaken
from sightline.improvement.models import (
    Plan,
    PlanAction,
    PlanApproval,
    PlanCommissioner,
    PlanCriterion,
    PlanKpi,
    PlanVersion,
)
from sightline.improvement.operations import approve_plan, begin_plan, restate_plan
from sightline.improvement.queries.plans import bodies_named, content_of, versions_of
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.groups import an_interest
from tests.factories.improvement import (
    a_content,
    a_plan,
    approved,
    both_act,
    in_recovery_support,
    in_segment,
    written_anew,
)
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM, a_concern, a_decision, a_proposal
from tests.factories.surveillance_levels import World, a_world, commissions

MODELS = (Plan, PlanVersion, PlanKpi, PlanCriterion, PlanAction, PlanCommissioner, PlanApproval, Event)
PHONE = "ring 07700 900123 about it"  # of the range kept for stories
WHY = "The reason that somebody typed"


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust that stands at Enhanced, with everybody around it."""
    made = a_world()
    a_decision(made.subject, by_office=made.icb_office)
    return made


def counts() -> list[int]:
    return [model.objects.count() for model in MODELS]


def began(world: World, by: Person, **more: Any) -> Plan:
    given = {"subject": world.subject, "system": SYSTEM, "form_key": uuid4(), "content": a_content(), **more}
    return begin_plan(by=by, at=timezone.now(), **given)


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    """This function will see that something is refused and leaves nothing behind."""
    before = counts()
    with pytest.raises(problem, match=says or None):
        act()
    assert counts() == before


def conflicted(world: World, role: Role = Role.QUALITY_LEAD) -> Person:
    person = a_person(Grant(role, system=SYSTEM))
    an_interest(person, world.subject)
    return person


# --- begin


def test_a_member_begins_a_plan_and_every_part_of_it_is_kept(world: World) -> None:
    council = an_organisation("ZC1", "Lantern Council", Kind.LOCAL_AUTHORITY)
    content = a_content(commissioners=(*both_act(), CommissionerPart("Another board", "Visits")))
    plan = began(world, world.member, content=content)
    [version] = versions_of(plan)
    assert content_of(version) == content
    assert [one.organisation for one in version.commissioners.all()] == [world.board, council, None]
    assert plan.proposal is not None and plan.proposal.decision.subject == world.subject


def test_to_begin_a_plan_is_recorded_once_and_without_its_words(world: World) -> None:
    before = Event.objects.count()
    plan = began(world, world.secretary)
    [event] = Event.objects.order_by("pk")[before:]
    assert (event.verb, event.on_id, event.actor) == (
        "improvement.begin_plan",
        str(plan.pk),
        world.secretary.actor_id,
    )
    assert "Safer wards" not in event.facts


def test_a_plan_may_be_begun_with_its_name_alone(world: World) -> None:
    plan = began(world, world.member, content=a_content().__class__("Safer wards"))
    assert versions_of(plan)[0].name == "Safer wards"


def test_lines_in_which_nothing_is_written_are_left_out(world: World) -> None:
    content = a_content()
    blank = a_content(
        kpis=(*content.kpis, Kpi("  ")),
        criteria=(replace(content.criteria[0], measure=" ", target="", held_for=""), *content.criteria),
        objectives=("", "Fewer falls on every ward", " "),
        commissioners=(CommissionerPart(" ", ""),),
    )
    assert content_of(versions_of(began(world, world.member, content=blank))[0]) == content


@pytest.mark.parametrize("who", ["provider", "elsewhere", "regional", "regional_elsewhere"])
def test_whoever_sits_in_no_group_of_the_subject_begins_no_plan(world: World, who: str) -> None:
    unchanged(lambda: began(world, getattr(world, who)), Refused)


@pytest.mark.requirement("COI-03")
def test_whoever_has_an_interest_begins_no_plan(world: World) -> None:
    person = conflicted(world)
    unchanged(lambda: began(world, person), Refused, "nobody who has an interest")


def test_who_may_not_be_told_of_its_level_begins_no_plan_on_the_record_of_another_system(world: World) -> None:
    unchanged(lambda: began(world, world.elsewhere, system="QZ2"), Refused)


def test_an_auditor_begins_no_plan(world: World) -> None:
    auditor = a_person(Grant(Role.AUDITOR, system=SYSTEM))
    unchanged(lambda: began(world, auditor), Refused)


def test_about_a_subject_at_the_lowest_level_no_plan_is_begun_until_one_is_proposed(house: None) -> None:
    world = a_world()
    unchanged(lambda: began(world, world.member), Refused, "no level is proposed")
    proposal = a_proposal(world.subject)
    assert began(world, world.member).proposal == proposal


def test_after_a_step_down_to_the_lowest_level_no_plan_is_begun(world: World) -> None:
    a_decision(world.subject, "routine", by_office=world.icb_office)
    unchanged(lambda: began(world, world.member), Refused, "no level is proposed")


def test_a_form_sent_twice_begins_one_plan(world: World) -> None:
    key = uuid4()
    began(world, world.member, form_key=key)
    unchanged(lambda: began(world, world.member, form_key=key), Already)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": " "}, "Give the plan a name"),
        ({"contract": PHONE}, "phone"),
        ({"kpis": (Kpi(PHONE),)}, "phone"),
        ({"kpis": (Kpi(indicator="no-such-indicator"),)}, "not in the register"),
        ({"commissioners": (both_act()[0], both_act()[0])}, "named twice"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_kept(world: World, change: dict[str, Any], says: str) -> None:
    unchanged(lambda: began(world, world.member, content=a_content(**change)), Invalid, f"(?i){says}")


def test_what_looks_like_personal_data_stays_for_a_reason(world: World) -> None:
    plan = began(world, world.member, content=a_content(contract=PHONE), knowingly="A ward's own number")
    assert versions_of(plan)[0].knowingly == "A ward's own number"


# --- write anew


def test_a_plan_is_written_anew_as_another_version_and_the_first_stays(world: World) -> None:
    plan = a_plan(world)
    written_anew(world, plan, by=world.member, contract="Schedule 7")
    first, second = versions_of(plan)
    assert (first.contract, second.contract) == (a_content().contract, "Schedule 7")
    assert (second.number, second.because) == (2, "The review of the winter")
    assert content_of(second) == a_content(contract="Schedule 7")


def test_to_write_a_plan_anew_is_recorded_once(world: World) -> None:
    plan = a_plan(world)
    before = Event.objects.count()
    written_anew(world, plan)
    [event] = Event.objects.order_by("pk")[before:]
    assert (event.verb, event.on_id) == ("improvement.restate_plan", str(plan.pk))


@pytest.mark.parametrize("who", ["provider", "elsewhere", "regional"])
def test_whoever_does_not_sit_in_the_group_writes_nothing_anew(world: World, who: str) -> None:
    plan = a_plan(world)
    unchanged(lambda: written_anew(world, plan, by=getattr(world, who)), Refused)


def test_of_two_who_write_anew_the_second_looks_again(world: World) -> None:
    plan = a_plan(world)
    written_anew(world, plan)
    given = {"plan": plan, "seen": 1, "content": a_content(), "because": WHY}
    unchanged(lambda: restate_plan(by=world.member, at=timezone.now(), **given), Overtaken, "another version")


def test_a_plan_is_not_written_anew_without_a_reason(world: World) -> None:
    plan = a_plan(world)
    given = {"plan": plan, "seen": 1, "content": a_content(), "because": " "}
    unchanged(lambda: restate_plan(by=world.member, at=timezone.now(), **given), Refused, "A reason is needed")


def test_the_database_keeps_one_version_of_each_number(world: World) -> None:
    plan = a_plan(world)
    again = versions_of(plan)[0]
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


# --- approve


def test_a_whole_plan_is_approved_with_who_when_and_why(world: World) -> None:
    plan = a_plan(world)
    made = approved(world, plan)
    assert (made.approved_by, made.approved_at) == (world.lead.actor_id, timezone.now())
    assert (made.because, made.level, made.pack, made.remarks) == (
        "It answers what the review found.",
        "enhanced",
        "sqg-2022",
        "",
    )


def test_an_approval_is_recorded_once(world: World) -> None:
    plan = a_plan(world)
    before = Event.objects.count()
    approved(world, plan)
    [event] = Event.objects.order_by("pk")[before:]
    assert (event.verb, event.on_id, event.actor) == ("improvement.approve_plan", str(plan.pk), world.lead.actor_id)


def test_what_was_approved_stays_approved_when_the_plan_is_written_anew(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    written_anew(world, plan, name="Safer wards still")
    first, second = versions_of(plan)
    assert first.approval.approved_by == world.lead.actor_id
    assert not hasattr(second, "approval")
    assert approved(world, plan).version == second


def test_what_should_be_there_is_kept_with_the_approval_as_a_remark(world: World) -> None:
    plan = a_plan(world, a_content(developed_by=""))
    assert "which provider developed it" in approved(world, plan).remarks


@pytest.mark.parametrize("who", ["secretary", "provider", "elsewhere", "regional"])
def test_whoever_decides_nothing_in_the_group_approves_nothing(world: World, who: str) -> None:
    plan = a_plan(world, by=world.member)
    unchanged(lambda: approved(world, plan, by=getattr(world, who)), Refused)


@pytest.mark.requirement("COI-03")
def test_whoever_has_an_interest_approves_nothing(world: World) -> None:
    plan, person = a_plan(world), conflicted(world)
    unchanged(lambda: approved(world, plan, by=person), Refused, "nobody who has an interest")


def test_a_role_elsewhere_approves_nothing_here(world: World) -> None:
    """A deputy of this group who is a member of another hears here, and decides there."""
    plan = a_plan(world)
    both = a_person(Grant(Role.DEPUTY, system=SYSTEM), Grant(Role.MEMBER, system="QZ2"))
    unchanged(lambda: approved(world, plan, by=both), Refused, "do not approve the plans of this group")


def test_nobody_approves_what_they_wrote(world: World) -> None:
    plan = a_plan(world, by=world.lead)
    unchanged(lambda: approved(world, plan), Refused, "wrote this version yourself")
    assert approved(world, plan, by=world.member)


def test_a_version_is_approved_once(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    unchanged(lambda: approved(world, plan, by=world.member), Already)


def test_whoever_read_an_earlier_version_looks_again_before_they_approve(world: World) -> None:
    plan = a_plan(world)
    written_anew(world, plan)
    given = {"plan": plan, "seen": 1, "because": WHY}
    unchanged(lambda: approve_plan(by=world.lead, at=timezone.now(), **given), Overtaken)


def test_the_reason_of_an_approval_is_looked_through_for_people(world: World) -> None:
    plan = a_plan(world)
    given = {"plan": plan, "seen": 1, "because": PHONE}
    unchanged(lambda: approve_plan(by=world.lead, at=timezone.now(), **given), Invalid)


# --- what the records know


@pytest.mark.requirement("PLN-02")
def test_each_commissioner_that_the_directory_knows_is_named_before_approval(world: World) -> None:
    council = an_organisation("ZC1", "Lantern Council", Kind.LOCAL_AUTHORITY)
    commissions(world.subject.organisation, council, Route.AUTHORITY_FROM_NHS)
    plan = a_plan(world)
    unchanged(lambda: approved(world, plan), Refused, "Lantern Council does. Name its coordinated action")
    written_anew(world, plan, commissioners=both_act())
    assert approved(world, plan)


@pytest.mark.requirement("PLN-02")
def test_where_the_concern_behind_the_level_says_that_several_commission_two_are_named(house: None) -> None:
    world = a_world()
    concern = a_concern(world.subject, commissioned_by="joint")
    a_decision(world.subject, by_office=world.icb_office, concern=concern)
    plan = a_plan(world)
    unchanged(lambda: approved(world, plan), Refused, "fewer than two are named")
    written_anew(world, plan, commissioners=both_act())
    assert approved(world, plan)


@pytest.mark.requirement("PLN-04")
def test_in_the_recovery_support_programme_the_director_was_consulted_before_approval(world: World) -> None:
    in_recovery_support(world.subject.organisation, "Dr I M Prover")
    plan = a_plan(world)
    unchanged(lambda: approved(world, plan), Refused, "its Improvement Director is consulted")
    written_anew(world, plan, director="Dr I M Prover", consulted_on=TODAY + timedelta(days=1))
    unchanged(lambda: approved(world, plan), Refused, "still to come")
    written_anew(world, plan, consulted_on=TODAY)
    assert approved(world, plan)


@pytest.mark.requirement("PLN-06")
def test_at_the_highest_level_in_segment_three_a_recovery_plan_is_named(world: World) -> None:
    in_segment(world.subject.organisation, 3)
    plan = a_plan(world, a_content(objectives=()))
    a_proposal(world.subject, "intensive")
    unchanged(lambda: approved(world, plan), Refused, "no objectives.*recovery plan is in place")
    written_anew(world, plan, objectives=("Fewer falls",), recovery_plan="Of April, with the region's team")
    assert approved(world, plan)


def test_an_organisation_is_found_by_its_code_or_whole_name_and_not_where_two_bear_it(house: None) -> None:
    first = an_organisation("ZA1", "Lantern Surgery")
    an_organisation("ZA2", "Same Name")
    an_organisation("ZA3", "Same Name")
    assert bodies_named(["za1", "Lantern Surgery", "Same Name", "Lantern", ""]) == {
        "za1": first,
        "Lantern Surgery": first,
    }
