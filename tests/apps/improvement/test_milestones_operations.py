"""Each operation on milestones three ways, what each version keeps of them, and whom the provider's side lets in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.improvement.facts import PlannedMilestone
from sightline.core.improvement.milestones import Lasts, Noted, Progress
from sightline.core.verdict import Already, Invalid, Refused
from sightline.improvement.models import Milestone, MilestoneEntry, Plan, PlanMilestone, ProviderConcern
from sightline.improvement.operations import note_milestone, tell_concern, update_milestone
from sightline.improvement.queries.milestones import milestones_of, own_milestones, own_milestones_due, own_plans
from sightline.improvement.queries.plans import content_of, newest_version
from tests.factories.accounts import a_person
from tests.factories.groups import an_interest
from tests.factories.improvement import a_content, a_plan, approved, written_anew
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM, a_decision
from tests.factories.surveillance_levels import World, a_world

MODELS = (Milestone, PlanMilestone, MilestoneEntry, ProviderConcern, Event)
REACHED = Noted(Progress.REACHED, "", "The log", "Two members", "At night", Lasts.YES)
DOUBT = Noted(Progress.IN_DOUBT, "Too few nurses; we hire", is_providers=True)
PHONE = "ring 07700 900123 about it"  # of the range kept for stories


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust that stands at Enhanced, with everybody around it."""
    made = a_world()
    a_decision(made.subject, by_office=made.icb_office)
    return made


def counts() -> list[int]:
    return [model.objects.count() for model in MODELS]


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    before = counts()
    with pytest.raises(problem, match=says or None):
        act()
    assert counts() == before


def note(by: Person, plan: Plan, noted: Noted = REACHED, **more: Any) -> MilestoneEntry:
    return note_milestone(
        by=by, at=timezone.now(), plan=plan, noted=noted, **{"number": 1, "form_key": uuid4(), **more}
    )


def update(by: Person, plan: Plan, noted: Noted = DOUBT, **more: Any) -> MilestoneEntry:
    return update_milestone(
        by=by, at=timezone.now(), plan=plan, noted=noted, **{"number": 1, "form_key": uuid4(), **more}
    )


def concern(by: Person, plan: Plan, **more: Any) -> ProviderConcern:
    given = {"says": "Falls at night", "steps": "A nurse more", "form_key": uuid4(), **more}
    return tell_concern(by=by, at=timezone.now(), plan=plan, **given)


# --- what a version says


@pytest.mark.requirement("PLN-07")
def test_a_milestone_keeps_its_number_and_its_entries_through_the_versions(world: World) -> None:
    plan = a_plan(world)
    note(world.member, plan)
    [first] = content_of(newest_version(plan)).milestones
    assert first.number == 1
    other = PlannedMilestone("No fall for a month", TODAY, "The reports", "The board looks", "Lantern Hospitals")
    written_anew(world, plan, milestones=(other, replace(first, what="Every ward, each hour")))
    shown = milestones_of(newest_version(plan), TODAY)
    assert [(one.number, one.said.what, len(one.entries)) for one in shown] == [
        (2, "No fall for a month", 0),
        (1, "Every ward, each hour", 1),
    ]
    written_anew(world, plan, milestones=(replace(other, number=2), replace(other, what="A third")))
    assert [one.number for one in milestones_of(newest_version(plan), TODAY)] == [2, 3]
    unchanged(lambda: note(world.member, plan), Invalid, "no such milestone now")


@pytest.mark.parametrize("numbers", [(7,), (1, 1)])
def test_a_number_that_is_not_of_the_plan_is_not_taken(world: World, numbers: tuple[int, ...]) -> None:
    plan = a_plan(world)
    strange = tuple(PlannedMilestone("Something", number=number) for number in numbers)
    unchanged(lambda: written_anew(world, plan, milestones=strange), Invalid, "not of this plan")


def test_what_is_typed_into_a_milestone_is_looked_through_for_people(world: World) -> None:
    unchanged(lambda: a_plan(world, a_content(milestones=(PlannedMilestone(PHONE),))), Invalid)


# --- the group notes


@pytest.mark.requirement("PLN-07")
def test_a_member_notes_how_a_milestone_stands_and_one_event_records_it_without_words(world: World) -> None:
    plan, before = a_plan(world), Event.objects.count()
    note(world.member, plan)
    [event] = Event.objects.order_by("pk")[before + 0 :]
    assert (event.verb, event.on_id) == ("improvement.note_milestone", str(plan.pk))
    assert "The log" not in event.facts
    [view] = milestones_of(newest_version(plan), TODAY)
    assert view.standing.is_done


def test_an_entry_is_refused_with_nothing_kept(world: World) -> None:
    plan = a_plan(world)
    unchanged(lambda: note(world.member, plan, Noted(Progress.REACHED)), Refused, "evidence")
    unchanged(lambda: note(world.member, plan, number=9), Invalid)
    unchanged(lambda: note(world.member, plan, replace(REACHED, says=PHONE)), Invalid)
    key = uuid4()
    note(world.member, plan, form_key=key)
    unchanged(lambda: note(world.member, plan, form_key=key), Already)


@pytest.mark.requirement("COI-03")
def test_only_members_without_an_interest_note(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    tied = a_person(Grant(Role.MEMBER, system=SYSTEM))
    an_interest(tied, world.subject)
    both = a_person(Grant(Role.PROVIDER, organisation="ZR1"), Grant(Role.MEMBER, system=SYSTEM))
    for person in (tied, both, world.elsewhere, world.regional, world.provider):
        unchanged(lambda person=person: note(person, plan), Refused)  # type: ignore[misc]


# --- the provider tells


@pytest.mark.requirement("QIG-05")
def test_the_provider_says_that_its_milestone_may_not_be_reached_and_the_group_reads_it(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    update(world.provider, plan)
    [view] = milestones_of(newest_version(plan), TODAY)
    assert (view.standing.progress, view.standing.provider) == (None, Progress.IN_DOUBT)
    unchanged(lambda: update(world.provider, plan, replace(DOUBT, says="")), Refused, "what is done about it")
    unchanged(lambda: update(world.provider, plan, replace(REACHED, is_providers=True)), Refused, "The group assures")


@pytest.mark.requirement("QIG-05")
def test_the_provider_tells_a_new_concern_with_what_it_does_already(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    before = Event.objects.count()
    concern(world.provider, plan)
    [event] = Event.objects.order_by("pk")[before:]
    assert event.verb == "improvement.tell_concern"
    assert "Falls" not in event.facts
    unchanged(lambda: concern(world.provider, plan, steps=" "), Invalid, "what you have done already")


@pytest.mark.requirement("PER-10")
def test_nobody_else_speaks_as_the_provider_and_not_before_the_plan_is_approved(world: World) -> None:
    plan = a_plan(world)
    unchanged(lambda: update(world.provider, plan), Refused)
    approved(world, plan)
    other = a_person(Grant(Role.PROVIDER, organisation="ZR9", system=SYSTEM))
    for person in (other, world.member, world.lead, world.regional):
        unchanged(lambda person=person: update(person, plan), Refused)  # type: ignore[misc]
        unchanged(lambda person=person: concern(person, plan), Refused)  # type: ignore[misc]
        assert own_plans(person, TODAY) == []
    assert own_plans(world.provider, TODAY) == [plan]


@pytest.mark.requirement("PER-10")
def test_the_provider_reads_the_approved_version_and_only_its_own_entries(world: World) -> None:
    plan = a_plan(world)
    approved(world, plan)
    [said] = content_of(newest_version(plan)).milestones
    written_anew(world, plan, milestones=(replace(said, what="Not for the provider yet"),))
    note(world.member, plan)
    [view] = own_milestones(plan, TODAY)
    assert (view.said.what, view.entries) == ("Every ward rounds each hour", ())
    update(world.provider, plan)
    [view] = own_milestones(plan, TODAY)
    assert [one.is_providers for one in view.entries] == [True]


def test_a_milestone_that_is_due_waits_for_its_provider_until_somebody_reports_it(world: World) -> None:
    soon = replace(a_content().milestones[0], due_on=TODAY)
    plan = a_plan(world, a_content(milestones=(soon, replace(soon, due_on=None))))
    assert own_milestones_due(world.provider, TODAY) == 0
    approved(world, plan)
    assert own_milestones_due(world.provider, TODAY) == 1
    assert own_milestones_due(world.member, TODAY) == 0
    update(world.provider, plan, Noted(Progress.REACHED, evidence="The log", is_providers=True))
    assert own_milestones_due(world.provider, TODAY) == 0


def test_the_database_keeps_what_lasts_to_what_was_assured(world: World) -> None:
    plan = a_plan(world)
    entry = note(world.member, plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        MilestoneEntry.objects.filter(pk=entry.pk).update(assured_by="")
