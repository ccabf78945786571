"""How a plan ends, three ways, and what can be found of it: by whom, in which words, and by nobody else."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.improvement.finishing import Finish, Outcome
from sightline.core.improvement.milestones import Noted, Progress
from sightline.core.verdict import Already, Invalid, Refused
from sightline.improvement.models import MilestoneEntry, Plan, PlanEnding
from sightline.improvement.operations import end_plan, note_milestone, update_milestone
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.improvement import a_content, a_plan, approved, written_anew
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world, decided

WHOLE = Finish(
    Outcome.PARTLY, "Falls with harm halved", "Rounds work at night", "The matron’s routine", "The rest is planned"
)
PHONE = "ring 07700 900123 about it"  # of the range kept for stories


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust that stands at Enhanced, on a decision that reaches its region."""
    made = a_world()
    decided(made)
    return made


def ended(world: World, plan: Plan, finish: Finish = WHOLE, by: Person | None = None) -> PlanEnding:
    return end_plan(by=by or world.lead, at=timezone.now(), plan=plan, finish=finish)


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    before = (PlanEnding.objects.count(), MilestoneEntry.objects.count(), Event.objects.count())
    with pytest.raises(problem, match=says or None):
        act()
    assert (PlanEnding.objects.count(), MilestoneEntry.objects.count(), Event.objects.count()) == before


def page(person: Person, name: str, *args: Any, query: str = "", status: int = 200) -> str:
    answer = signed_in(person).get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.mark.requirement("PLN-08", "PLN-09")
def test_a_plan_ends_once_with_one_event_and_without_its_words_in_it(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    before = Event.objects.count()
    ended(world, plan)
    [event] = Event.objects.order_by("pk")[before:]
    assert (event.verb, event.on_id) == ("improvement.end_plan", str(plan.pk))
    assert "halved" not in event.facts
    unchanged(lambda: ended(world, plan), Already)


@pytest.mark.requirement("PLN-08", "PLN-09")
def test_it_does_not_end_without_evidence_learning_approval_or_against_its_milestones(world: World) -> None:
    plan = a_plan(world)
    unchanged(lambda: ended(world, plan), Refused, "No version of it was approved")
    approved(world, plan)
    unchanged(lambda: ended(world, plan, replace(WHOLE, impact="")), Refused, "evidence")
    unchanged(lambda: ended(world, plan, replace(WHOLE, learning=" ")), Refused, "learned")
    worked = replace(WHOLE, outcome=Outcome.WORKED, because="")
    unchanged(lambda: ended(world, plan, worked), Refused, "1 of its milestones are not reached")
    unchanged(lambda: ended(world, plan, replace(WHOLE, impact=PHONE)), Invalid)


@pytest.mark.requirement("COI-03")
def test_only_who_approves_plans_of_the_group_ends_them(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    tied = a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM))
    an_interest(tied, world.subject)
    for person in (tied, world.secretary, world.regional, world.elsewhere, world.provider):
        unchanged(lambda person=person: ended(world, plan, by=person), Refused)  # type: ignore[misc]


def test_nothing_of_an_ended_plan_goes_on(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    ended(world, plan)
    given: dict[str, Any] = {"at": timezone.now(), "plan": plan, "number": 1, "form_key": uuid4()}
    unchanged(lambda: written_anew(world, plan, contract="x"), Refused, "has ended")
    unchanged(lambda: note_milestone(by=world.member, noted=Noted(Progress.UNDER_WAY), **given), Refused, "has ended")
    own = Noted(Progress.UNDER_WAY, is_providers=True)
    unchanged(lambda: update_milestone(by=world.provider, noted=own, **given), Refused, "has ended")
    shown = page(world.lead, "plan", plan.pk)
    assert "How it ended" in shown
    assert reverse("plan_restate", args=[plan.pk]) not in shown
    assert reverse("plan_begin", args=[world.subject.pk]) in page(world.member, "plans")
    assert "Safer wards" in page(world.member, "plans", query="?state=ended")
    assert "Safer wards" not in page(world.member, "plans", query="?state=approved")


@pytest.mark.requirement("LRN-03")
def test_what_plans_taught_is_found_by_its_words_and_by_good_practice(world: World) -> None:
    first, second = a_plan(world), a_plan(world, a_content(name="Quick answers"))
    for plan in (first, second):
        approved(world, plan)
    ended(world, first, replace(WHOLE, is_good_practice=True))
    ended(world, second, replace(WHOLE, learning="Bells need a second nurse"))
    both = page(world.regional, "plans_learning")
    assert "Safer wards" in both
    assert "Quick answers" in both
    found = page(world.member, "plans_learning", query="?words=nurse+bells")
    assert "Quick answers" in found
    assert "Safer wards" not in found
    found = page(world.member, "plans_learning", query="?good=yes&outcome=partly")
    assert "Safer wards" in found
    assert "Quick answers" not in found
    assert "No ended plan" in page(world.member, "plans_learning", query="?outcome=failed")
    assert "2 plans" in page(world.member, "plans_learning", query="?outcome=nonsense&page=x")


@pytest.mark.requirement("COI-03")
def test_what_a_plan_taught_is_closed_to_whoever_may_not_read_the_plan(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    ended(world, plan)
    tied = a_person(Grant(Role.MEMBER, system=SYSTEM))
    an_interest(tied, world.subject)
    for person in (tied, world.elsewhere, world.regional_elsewhere):
        shown = page(person, "plans_learning")
        assert "Safer wards" not in shown
        assert "0 plans" in shown
    page(world.provider, "plans_learning", status=403)
    assert "halved" not in page(world.provider, "own_plan", plan.pk)


def test_the_page_keeps_what_was_typed_and_ends_the_plan(world: World) -> None:
    plan = a_plan(world)
    page(world.lead, "plan_end", plan.pk)
    approved(world, plan)
    address, client = reverse("plan_end", args=[plan.pk]), signed_in(world.lead)
    answer = client.post(address, {"outcome": "worked", "impact": "Falls halved"})
    assert answer.status_code == 400
    assert "Falls halved" in answer.content.decode()
    given = {"outcome": "partly", "impact": "Falls halved", "learning": "x", "embedded": "x", "because": "x"}
    assert client.post(address, given).status_code == 302
    assert "Falls halved" in page(world.regional, "plan", plan.pk)
    assert "This plan ended on" in page(world.lead, "plan_end", plan.pk)


def test_more_endings_ask_no_more_questions(world: World) -> None:
    client, address = signed_in(world.member), reverse("plans_learning")

    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    def another() -> None:
        plan = a_plan(world)
        approved(world, plan)
        ended(world, plan)

    another()
    one = asked()
    another()
    another()
    assert asked() == one
