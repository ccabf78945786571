"""The pages of plans as their readers meet them: who sees what, what is missing, and what a form keeps."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.improvement.facts import PlanContent
from sightline.directory.words import Kind, Route
from sightline.improvement.models import Plan, PlanApproval, PlanVersion
from sightline.improvement.queries.plans import content_of, versions_of
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.groups import an_interest
from tests.factories.improvement import (
    APPROVED_BECAUSE,
    a_content,
    a_plan,
    approved,
    both_act,
    in_recovery_support,
    on_day,
    written_anew,
)
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM, a_decision, a_proposal
from tests.factories.surveillance_levels import World, a_world, commissions, decided

PHONE = "ring 07700 900123 about it"  # of the range kept for stories
ASKS = "This looks like personal data. What shall be done about it?"


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust that stands at Enhanced, on a decision that reaches its region."""
    made = a_world()
    decided(made)
    return made


def page(person: Person, name: str, *args: Any, status: int = 200, query: str = "") -> str:
    answer = signed_in(person).get(reverse(name, args=args) + query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html.unescape(answer.content.decode())


def sent(person: Person, name: str, given: dict[str, Any], *args: Any, status: int = 302) -> str:
    answer = signed_in(person).post(reverse(name, args=args), given)
    assert answer.status_code == status, answer.content.decode()[:4000]
    return html.unescape(answer.content.decode()) if status != 302 else answer.headers["Location"]


def filled(**change: Any) -> dict[str, Any]:
    """This function will fill in the form of a plan in which nothing is missing."""
    due, body = TODAY + timedelta(days=60), "Lantern Hospitals"
    plain = {
        "form_key": str(uuid4()), "name": "Safer wards", "objectives": "Fewer falls on every ward",
        **on_day("starts_on", TODAY + timedelta(days=14)), "rows_kpis": 2, "rows_criteria": 2, "rows_actions": 3,
        "rows_milestones": 2, "rows_others": 1, "kpi_1_indicator": "sickness-absence-rate", "kpi_1_target": "3.5",
        "kpi_1_held_months": "6", "kpi_2_words": "Falls with harm in a month", "criterion_1_measure": "Falls with harm",
        "criterion_1_target": "Fewer than four a month", "criterion_1_held_for": "Six months in a row",
        "action_1_what": "Round every hour", "action_1_body": body, "action_1_owner": "Director of nursing",
        **on_day("action_1_due_on", due), "milestone_1_what": "Every ward rounds each hour",
        **on_day("milestone_1_due_on", due), "milestone_1_evidence": "The log of rounds", "milestone_1_body": body,
        "milestone_1_assurance": "Two members visit at night", "milestone_1_owner": "Director of nursing",
        "contract": "Service development and improvement plan, schedule 6", "alignment": "none", "developed_by": body,
        "regulation": "Fundamental standards: safe care", "developed_with": "Its integrated care board",
    }  # fmt: skip
    return {**plain, **change}


# --- who may read


def test_whoever_hears_in_the_group_reads_a_plan_and_so_does_the_region_that_its_level_reaches(world: World) -> None:
    plan = a_plan(world)
    lay = a_person(Grant(Role.LAY_MEMBER, system=SYSTEM))
    auditor = a_person(Grant(Role.AUDITOR, system=SYSTEM))
    for person in (world.lead, world.secretary, world.member, world.regional, lay, auditor):
        assert "Safer wards" in page(person, "plan", plan.pk)
        assert "Safer wards" in page(person, "plans")


@pytest.mark.requirement("COI-03")
def test_an_interest_closes_a_plan_and_its_place_in_the_list(world: World) -> None:
    plan = a_plan(world)
    for role in (Role.QUALITY_LEAD, Role.MEMBER):
        person = a_person(Grant(role, system=SYSTEM))
        an_interest(person, world.subject)
        assert "Safer wards" not in page(person, "plans")
        assert world.subject.name not in page(person, "plans")
        for name in ("plan", "plan_restate", "plan_approve"):
            page(person, name, plan.pk, status=404)
        page(person, "plan_begin", world.subject.pk, status=404)


def test_another_system_and_another_region_cannot_tell_that_there_is_a_plan(world: World) -> None:
    plan = a_plan(world)
    for person in (world.elsewhere, world.regional_elsewhere):
        assert "Safer wards" not in page(person, "plans")
        page(person, "plan", plan.pk, status=404)
        page(person, "plan_begin", world.subject.pk, status=404)
    page(world.elsewhere, "plan", uuid4(), status=404)


def test_the_provider_concerned_reads_no_plan_not_even_an_approved_one(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    page(world.provider, "plan", plan.pk, status=403)
    both = a_person(Grant(Role.PROVIDER, organisation="ZR1"), Grant(Role.MEMBER, system=SYSTEM))
    page(both, "plan", plan.pk, status=404)
    assert "Safer wards" not in page(both, "plans")
    assert "not even once the plan is approved" in page(world.member, "plan", plan.pk)


@pytest.mark.requirement("PER-09")
def test_a_region_reads_and_neither_writes_nor_approves(world: World) -> None:
    plan = a_plan(world)
    shown = page(world.regional, "plan", plan.pk)
    assert "Write it anew" not in shown
    for name in ("plan_restate", "plan_approve"):
        page(world.regional, name, plan.pk, status=404)


# --- the list


def test_the_list_tells_what_is_approved_what_changed_since_and_what_is_not(world: World) -> None:
    first = a_plan(world, a_content(name="First plan"))
    approved(world, first)
    second = a_plan(world, a_content(name="Second plan"))
    approved(world, second)
    written_anew(world, second, contract="Schedule 7")
    a_plan(world, a_content(name="Third plan"))
    shown = page(world.member, "plans")
    assert "3 plans" in shown
    assert "Changed since it was approved" in shown
    assert "Version 1 was approved on" in shown
    only = page(world.member, "plans", query="?state=approved")
    assert "First plan" in only
    assert "Second plan" not in only
    assert "Third plan" not in only
    rest = page(world.member, "plans", query="?state=open")
    assert "First plan" not in rest
    assert "Second plan" in rest
    assert "Third plan" in rest


def test_the_list_names_whoever_stands_above_the_lowest_level_without_a_plan(world: World) -> None:
    begin = reverse("plan_begin", args=[world.subject.pk])
    assert begin in page(world.member, "plans")
    assert begin not in page(world.regional, "plans")
    assert world.subject.name in page(world.regional, "plans")
    a_plan(world)
    assert begin not in page(world.member, "plans")


def test_who_was_stepped_down_wants_no_plan_and_who_is_proposed_wants_one(house: None) -> None:
    world = a_world()
    begin = reverse("plan_begin", args=[world.subject.pk])
    assert begin not in page(world.member, "plans")
    proposal = a_proposal(world.subject)
    assert begin in page(world.member, "plans")
    a_decision(world.subject, proposal=proposal, by_office=world.icb_office)
    assert begin in page(world.member, "plans")
    a_decision(world.subject, "routine", by_office=world.icb_office)
    assert begin not in page(world.member, "plans")


def test_the_list_of_one_subject_holds_its_plans_alone(world: World) -> None:
    a_plan(world)
    assert "Safer wards" in page(world.member, "plans", query=f"?subject={world.subject.pk}")
    assert "Safer wards" not in page(world.member, "plans", query=f"?subject={uuid4()}")
    assert "Safer wards" in page(world.member, "plans", query="?subject=nonsense&page=x&state=other")


def test_the_list_and_a_plan_ask_no_more_questions_where_there_is_more_to_tell(world: World) -> None:
    client, plan = signed_in(world.member), a_plan(world, a_content(commissioners=both_act()))

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    addresses = (reverse("plans"), reverse("plan", args=[plan.pk]))
    before = [asked(one) for one in addresses]
    for number in range(4):
        a_plan(world, a_content(name=f"Plan {number}"))
    whole = a_content()
    written_anew(world, plan, actions=whole.actions * 5, kpis=whole.kpis * 5, commissioners=both_act())
    assert [asked(one) for one in addresses] == before


# --- one plan


def test_a_plan_shows_all_that_was_written_and_the_chart_of_its_indicator_is_named(world: World) -> None:
    plan = a_plan(world, a_content(commissioners=both_act()))
    shown = page(world.member, "plan", plan.pk)
    for words in (
        "Fewer falls on every ward", "Falls with harm in a month", "Fewer than four a month", "Six months in a row",
        "Round every hour", "Director of nursing, Lantern Hospitals", "schedule 6", "safe care", "two more nurses",
        "There are no other plans", "Its integrated care board", "a decision about its level",
    ):  # fmt: skip
        assert words in shown


@pytest.mark.requirement("PLN-01")
def test_what_is_missing_stands_at_a_glance_with_its_paragraph(world: World) -> None:
    plan = a_plan(world, PlanContent("Safer wards"))
    shown = page(world.lead, "plan", plan.pk)
    assert "5 things are missing" in shown
    assert "It has no success criteria" in shown
    assert "NQB risk response 2022, Core components" in shown
    assert reverse("plan_approve", args=[plan.pk]) not in shown
    whole = a_plan(world)
    shown = page(world.lead, "plan", whole.pk)
    assert "Nothing that the guidance asks for is missing" in shown
    assert reverse("plan_approve", args=[whole.pk]) in shown


def test_an_earlier_version_can_be_read_as_it_was(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    written_anew(world, plan, contract="Schedule 7")
    newest = page(world.member, "plan", plan.pk)
    assert "Schedule 7" in newest
    assert "changed since it was approved" in newest
    earlier = page(world.member, "plan", plan.pk, query="?version=1")
    assert "schedule 6" in earlier
    assert "Schedule 7" not in earlier
    assert APPROVED_BECAUSE in earlier
    assert "Approved by Ada Lead" in earlier
    assert "Schedule 7" in page(world.member, "plan", plan.pk, query="?version=99")


def test_why_personal_data_stays_is_for_those_who_keep_the_record(world: World) -> None:
    given = filled(contract=PHONE)
    asked = sent(world.secretary, "plan_begin", given, world.subject.pk, status=400)
    assert ASKS in asked
    mark = asked.split('name="looked" value="')[1].split('"')[0]
    told = {**given, "people": "keep", "knowingly": "The ward’s own number", "looked": mark}
    sent(world.secretary, "plan_begin", told, world.subject.pk)
    plan = Plan.objects.get()
    assert "The ward’s own number" in page(world.secretary, "plan", plan.pk)
    assert "The ward’s own number" not in page(world.member, "plan", plan.pk)


# --- the forms


def test_a_plan_is_written_by_its_form_and_nothing_of_it_is_lost(world: World) -> None:
    where = sent(world.secretary, "plan_begin", filled(), world.subject.pk)
    plan = Plan.objects.get()
    assert where == reverse("plan", args=[plan.pk])
    version = versions_of(plan)[0]
    body = world.subject.organisation
    [action] = version.actions.all()
    assert action.organisation == body
    [planned], [reached] = a_content().actions, a_content().milestones
    assert content_of(version) == a_content(
        actions=(replace(planned, organisation="ZR1"),), milestones=(replace(reached, organisation="ZR1"),)
    )


def test_a_form_sent_twice_leads_to_the_one_plan(world: World) -> None:
    given = filled()
    first = sent(world.secretary, "plan_begin", given, world.subject.pk)
    assert sent(world.secretary, "plan_begin", given, world.subject.pk) == first
    assert Plan.objects.count() == 1


def test_a_plan_needs_its_name_alone_to_be_kept(world: World) -> None:
    shown = sent(world.secretary, "plan_begin", {"contract": "Schedule 6"}, world.subject.pk, status=400)
    assert "Give the plan a name" in shown
    assert "Schedule 6" in shown
    sent(world.secretary, "plan_begin", {"form_key": str(uuid4()), "name": "Safer wards"}, world.subject.pk)
    assert PlanVersion.objects.get().name == "Safer wards"


def test_room_for_another_line_keeps_what_was_typed_and_judges_nothing(world: World) -> None:
    given = filled(name="", **{"add": "actions", "action_1_due_on-month": ""})
    shown = sent(world.secretary, "plan_begin", given, world.subject.pk, status=200)
    assert "There is a problem" not in shown
    assert "Round every hour" in shown
    assert 'name="action_4_what"' in shown
    assert 'name="rows_actions" value="4"' in shown
    assert not Plan.objects.exists()
    line = {"action_4_what": "Visit the wards", "rows_actions": 4}
    sent(world.secretary, "plan_begin", filled(**line), world.subject.pk)
    assert [one.what for one in versions_of(Plan.objects.get())[0].actions.all()] == [
        "Round every hour",
        "Visit the wards",
    ]


@pytest.mark.parametrize("rows", ["x", "-1", "", "9999", "²"])
def test_a_number_of_lines_that_nobody_could_want_does_no_harm(world: World, rows: str) -> None:
    sent(world.secretary, "plan_begin", filled(rows_actions=rows), world.subject.pk)
    assert versions_of(Plan.objects.get())[0].actions.count() == 1


def test_what_cannot_be_read_is_said_at_its_line(world: World) -> None:
    shown = sent(world.secretary, "plan_begin", filled(**{"action_1_due_on-month": "13"}), world.subject.pk, status=400)
    assert "Action 1: by when? must be a day in the calendar" in shown
    shown = sent(world.secretary, "plan_begin", filled(kpi_1_indicator="no-such"), world.subject.pk, status=400)
    assert "Safer wards" in shown


@pytest.mark.requirement("PLN-02")
def test_the_form_asks_each_commissioner_that_the_directory_knows_for_its_part(world: World) -> None:
    council = an_organisation("ZC1", "Lantern Council", Kind.LOCAL_AUTHORITY)
    commissions(world.subject.organisation, council, Route.AUTHORITY_FROM_NHS)
    assert "What Lantern Council does" in page(world.secretary, "plan_begin", world.subject.pk)
    parts = {"part_QZ1": "Pays for nurses", "part_ZC1": "Finds places"}
    sent(world.secretary, "plan_begin", filled(**parts), world.subject.pk)
    plan = Plan.objects.get()
    assert "Nothing that the guidance asks for is missing" in page(world.lead, "plan", plan.pk)
    anew = page(world.secretary, "plan_restate", plan.pk)
    assert "Finds places" in anew


@pytest.mark.requirement("PLN-04")
def test_the_form_asks_for_the_improvement_director_where_the_programme_asks_and_fills_in_who_is_known(
    world: World,
) -> None:
    assert 'name="director"' not in page(world.secretary, "plan_begin", world.subject.pk)
    in_recovery_support(world.subject.organisation, "Dr I M Prover")
    shown = page(world.secretary, "plan_begin", world.subject.pk)
    assert "The Improvement Director who was consulted" in shown
    assert "Dr I M Prover" in shown


def test_no_form_is_offered_where_no_plan_may_be_begun(house: None) -> None:
    world = a_world()
    shown = page(world.secretary, "plan_begin", world.subject.pk)
    assert "A plan cannot be begun yet" in shown
    assert 'name="objectives"' not in shown
    told = sent(world.secretary, "plan_begin", filled(), world.subject.pk, status=400)
    assert "no level is proposed" in told
    assert not Plan.objects.exists()


def test_a_plan_is_written_anew_with_the_last_words_filled_in(world: World) -> None:
    plan = a_plan(world, a_content(commissioners=both_act()))
    shown = page(world.member, "plan_restate", plan.pk)
    for words in ("Round every hour", "Fewer than four a month", "Finds places for who may go home", "schedule 6"):
        assert words in shown
    told = sent(world.member, "plan_restate", filled(seen=1), plan.pk, status=400)
    assert "Say in a sentence why it is written anew" in told
    sent(world.member, "plan_restate", filled(seen=1, because="The winter"), plan.pk)
    late = sent(world.member, "plan_restate", filled(seen=1, because="The winter"), plan.pk, status=400)
    assert "Somebody else wrote another version" in late
    assert PlanVersion.objects.count() == 2


# --- approval


@pytest.mark.requirement("PLN-01")
def test_the_page_of_approval_names_what_is_missing_and_offers_no_button(world: World) -> None:
    plan = a_plan(world, a_content(criteria=()))
    shown = page(world.lead, "plan_approve", plan.pk)
    assert "It cannot be approved" in shown
    assert "It has no success criteria" in shown
    assert 'name="because"' not in shown
    told = sent(world.lead, "plan_approve", {"seen": 1, "because": "It is good"}, plan.pk, status=400)
    assert "It has no success criteria" in told
    assert not PlanApproval.objects.exists()


def test_a_whole_plan_is_approved_by_its_page_with_a_reason(world: World) -> None:
    plan = a_plan(world, a_content(developed_by=""))
    shown = page(world.lead, "plan_approve", plan.pk)
    assert "Say which provider developed it" in shown
    assert "Say in a sentence why" in sent(world.lead, "plan_approve", {"seen": 1}, plan.pk, status=400)
    sent(world.lead, "plan_approve", {"seen": 1, "because": APPROVED_BECAUSE}, plan.pk)
    assert APPROVED_BECAUSE in page(world.member, "plan", plan.pk)
    assert "approved already" in page(world.lead, "plan_approve", plan.pk)


def test_who_wrote_it_is_told_that_somebody_else_approves(world: World) -> None:
    plan = a_plan(world, by=world.lead)
    assert "Somebody else approves it" in page(world.lead, "plan_approve", plan.pk)


def test_who_prepares_and_does_not_decide_is_turned_away_from_approving(world: World) -> None:
    plan = a_plan(world)
    page(world.secretary, "plan_approve", plan.pk, status=403)
