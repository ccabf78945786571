"""The pages of milestones as the group and the provider concerned meet them."""

from __future__ import annotations

import html
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.improvement.models import MilestoneEntry, Plan, ProviderConcern
from sightline.improvement.queries.plans import content_of, newest_version
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.improvement import a_content, a_plan, approved, written_anew
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world, decided

SAYS = "Every ward rounds each hour"


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust that stands at Enhanced, on a decision that reaches its region."""
    made = a_world()
    decided(made)
    return made


@pytest.fixture
def plan(world: World) -> Plan:
    """This function will make its plan, which is approved."""
    made = a_plan(world)
    approved(world, made)
    return made


def page(person: Person, name: str, *args: Any, status: int = 200) -> str:
    answer = signed_in(person).get(reverse(name, args=args))
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html.unescape(answer.content.decode())


def sent(person: Person, name: str, given: dict[str, Any], *args: Any, status: int = 302) -> str:
    answer = signed_in(person).post(reverse(name, args=args), {"form_key": str(uuid4()), **given})
    assert answer.status_code == status, answer.content.decode()[:4000]
    return html.unescape(answer.content.decode())


@pytest.mark.requirement("PLN-07")
def test_the_plan_shows_its_milestones_with_day_evidence_and_assurance(world: World, plan: Plan) -> None:
    shown = page(world.regional, "plan", plan.pk)
    for words in (SAYS, "The log of rounds", "Two members visit at night", "Nothing noted yet", "0 of 1 milestone"):
        assert words in shown
    given = {"progress": "reached", "evidence": "The log of May", "assured_by": "Two members",
             "assured_how": "They went at night", "lasts": "yes"}  # fmt: skip
    sent(world.member, "milestone_note", given, plan.pk, 1)
    shown = page(world.regional, "milestone", plan.pk, 1)
    for words in ("The log of May", "They went at night", "It is embedded and will last", "Mel Member"):
        assert words in shown
    assert "1 of 1 milestone reached, 1 of them assured and lasting." in page(world.member, "plan", plan.pk)


def test_an_entry_that_lacks_something_says_so_and_loses_nothing(world: World, plan: Plan) -> None:
    given = {"progress": "reached", "says": "All wards do it", "lasts": "yes"}
    shown = sent(world.member, "milestone_note", given, plan.pk, 1, status=400)
    assert "Give the evidence by which one sees that it is reached" in shown
    assert "All wards do it" in shown
    assert not MilestoneEntry.objects.exists()


@pytest.mark.requirement("COI-03")
def test_who_may_not_read_the_plan_finds_no_milestone(world: World, plan: Plan) -> None:
    tied = a_person(Grant(Role.MEMBER, system=SYSTEM))
    an_interest(tied, world.subject)
    for person in (tied, world.elsewhere):
        page(person, "milestone", plan.pk, 1, status=404)
        page(person, "milestone_note", plan.pk, 1, status=404)
    page(world.regional, "milestone_note", plan.pk, 1, status=404)
    page(world.member, "milestone", plan.pk, 2, status=404)
    page(world.member, "milestone_note", plan.pk, 2, status=404)


@pytest.mark.requirement("PER-10")
def test_the_provider_reads_its_milestones_and_nothing_else_of_the_plan(world: World, plan: Plan) -> None:
    given = {"progress": "in-doubt", "says": "What the group thinks", "lasts": "not-yet"}
    sent(world.member, "milestone_note", given, plan.pk, 1)
    assert world.subject.name in page(world.provider, "own_plans")
    shown = page(world.provider, "own_plan", plan.pk)
    assert SAYS in shown
    assert "The log of rounds" in shown
    for words in ("Safer wards", "What the group thinks", "Round every hour", "schedule 6", "Fewer than four"):
        assert words not in shown
    assert "1 milestone of yours is due" not in page(world.provider, "home")


@pytest.mark.requirement("QIG-05")
def test_the_provider_updates_and_tells_a_concern_and_the_group_reads_both(world: World, plan: Plan) -> None:
    told = sent(world.provider, "own_milestone", {"progress": "in-doubt"}, plan.pk, 1, status=400)
    assert "Say why it may not be reached" in told
    sent(world.provider, "own_milestone", {"progress": "in-doubt", "says": "Two posts are empty"}, plan.pk, 1)
    assert "Two posts are empty" in page(world.provider, "own_plan", plan.pk)
    assert "The provider has said since: may not be reached." in page(world.member, "plan", plan.pk)
    assert "Two posts are empty" in page(world.member, "milestone", plan.pk, 1)
    sent(world.provider, "own_concern", {"says": "Falls at night"}, plan.pk, status=400)
    sent(world.provider, "own_concern", {"says": "Falls at night", "steps": "A nurse more"}, plan.pk)
    assert ProviderConcern.objects.count() == 1
    for person, name in ((world.member, "plan"), (world.provider, "own_plan")):
        shown = page(person, name, plan.pk)
        assert "Falls at night" in shown
        assert "A nurse more" in shown


def test_a_plan_that_is_not_approved_or_anothers_is_not_there_for_a_provider(world: World) -> None:
    plan = a_plan(world)
    stranger = a_person(Grant(Role.PROVIDER, organisation="ZR9", system=SYSTEM))
    for name, args in (("own_plan", ()), ("own_milestone", (1,)), ("own_concern", ())):
        page(world.provider, name, plan.pk, *args, status=404)
    approved(world, plan)
    for person in (stranger, world.member):
        for name, args in (("own_plan", ()), ("own_milestone", (1,)), ("own_concern", ())):
            page(person, name, plan.pk, *args, status=404)
        assert "no approved plan about your organisation" in page(person, "own_plans")
    page(world.provider, "own_milestone", plan.pk, 2, status=404)


def test_a_milestone_that_the_newest_version_dropped_stays_readable_and_takes_no_entry(
    world: World, plan: Plan
) -> None:
    sent(world.provider, "own_milestone", {"progress": "in-doubt", "says": "Two posts are empty"}, plan.pk, 1)
    written_anew(world, plan, milestones=())
    shown = page(world.member, "milestone", plan.pk, 1)
    assert "no longer has this milestone" in shown
    assert "Two posts are empty" in shown
    assert reverse("milestone_note", args=[plan.pk, 1]) not in shown
    page(world.member, "milestone_note", plan.pk, 1, status=404)


def test_a_plan_written_anew_by_its_form_keeps_the_numbers_of_its_milestones(world: World, plan: Plan) -> None:
    shown = page(world.member, "plan_restate", plan.pk)
    assert 'name="milestone_1_number" value="1"' in shown
    given = {
        "name": "Safer wards", "seen": 1, "because": "Winter", "rows_milestones": 2,
        "milestone_1_what": "Another", "milestone_2_what": SAYS, "milestone_2_number": 1,
    }  # fmt: skip
    sent(world.member, "plan_restate", given, plan.pk)
    said = content_of(newest_version(plan)).milestones
    assert [(one.number, one.what) for one in said] == [(2, "Another"), (1, SAYS)]


def test_the_pages_ask_no_more_questions_where_there_are_more_milestones(world: World) -> None:
    few = a_plan(world)
    many = a_plan(world, a_content(milestones=a_content().milestones * 6))
    for one in (few, many):
        approved(world, one)

    def asked(person: Person, name: str, plan: Plan) -> int:
        client, address = signed_in(person), reverse(name, args=[plan.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    for person, name in ((world.member, "plan"), (world.provider, "own_plan")):
        assert asked(person, name, many) == asked(person, name, few)
