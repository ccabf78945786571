"""Duties of a subject for which a lead is agreed later: what is open passes to the lead, as a step that can be seen."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from sightline.accounts.operator import operator
from sightline.audit.models import Event
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Organisation
from sightline.escalation.models import Duty, DutyStep
from sightline.escalation.operations import agree_lead, raise_what_is_missing
from sightline.escalation.presenters.duties import step_rows
from sightline.escalation.queries.duties import (
    Show,
    Wanted,
    Whose,
    following_of,
    listed,
    part_in,
    people_at,
    stands_now,
)
from sightline.notify.models import Message
from sightline.surveillance.models import ProcessLead
from tests.factories.escalation import level_set, stepped, the_duty, three_systems
from tests.factories.indicators import NOW, TODAY
from tests.factories.surveillance import REGION, a_process_lead, an_office
from tests.factories.surveillance_levels import OTHER_SYSTEM, World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ORG-11")]
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def world(house: Path) -> World:
    """A trust of three systems whose own board led when it was moved to Enhanced; another is agreed to lead since."""
    made = a_world()
    three_systems(made)
    a_process_lead(made.subject, made.board)
    level_set(made)
    raise_what_is_missing(by=operator(), at=NOW)
    stepped(made.lead, the_duty("share-with-the-region", REGION))
    return made


@pytest.fixture
def other(world: World) -> Organisation:
    found = Organisation.objects.get(code=OTHER_SYSTEM)
    an_office(world.elsewhere, Slot.ICB_EXECUTIVE_QUALITY_LEAD, found)
    return found


def leads(world: World, body: Organisation, at: datetime = LATER, **more: Any) -> ProcessLead:
    """This function will have it agreed who leads, as the page does."""
    given = {"agreed_on": TODAY, "agreed_with": "The three boards", "because": "It holds the main contract", **more}
    return agree_lead(
        **{"by": world.lead, "form_key": uuid4(), **given}, at=at, subject=world.subject, organisation=body
    )


def handed_over() -> set[Duty]:
    return set(Duty.objects.filter(steps__how=DutyHow.HANDED_OVER.value))


def test_what_is_open_passes_to_the_lead_at_once_and_what_is_done_stays(world: World, other: Organisation) -> None:
    before = set(Duty.objects.values_list("pk", "key", "falls_to", "doer"))
    mine = Wanted(show=Show.ALL, whose=Whose.MINE)
    theirs = set(listed(world.elsewhere, TODAY, mine))
    leads(world, other)
    assert before == set(Duty.objects.values_list("pk", "key", "falls_to", "doer"))  # nothing lost, nothing altered
    handed = handed_over()
    assert len(handed) > 1
    done = the_duty("share-with-the-region", REGION)
    assert done not in handed and stands_now(done).doer == world.board
    assert not handed & set(Duty.objects.filter(notice__in=["put-on-the-registers", "review-the-segment"]))
    for one in handed - {the_duty("develop-the-plan")}:
        assert (stands_now(one).falls_to, stands_now(one).doer) == (Slot.PROCESS_LEAD, other)
        assert following_of(one, TODAY).status.value == "open"
        assert people_at(one, TODAY)[0] == (world.elsewhere,)
        assert part_in(world.elsewhere, TODAY, one).does
    assert stands_now(the_duty("develop-the-plan")).organisation == other
    assert set(listed(world.elsewhere, TODAY, mine)) - theirs == handed - {the_duty("develop-the-plan")}
    assert {one.notice for one in handed} >= {"share-with-the-region", "update-the-region", "tell-the-provider"}
    [row] = step_rows(next(iter(handed)), {})
    assert row.how == "Handed over" and other.name in row.says
    told = Message.objects.filter(
        kind="duty-arisen", person=world.elsewhere, key__contains=str(the_duty("tell-the-provider").pk)
    )
    assert told.count() == 1


def test_the_clocks_hand_nothing_over_again_and_a_later_lead_takes_it_on(world: World, other: Organisation) -> None:
    leads(world, other)
    steps = DutyStep.objects.count()
    raise_what_is_missing(by=operator(), at=LATER)
    assert DutyStep.objects.count() == steps
    first = handed_over()
    leads(world, world.board, LATER + timedelta(hours=1))
    assert handed_over() == first
    assert stands_now(the_duty("tell-the-provider")).doer == world.board
    assert the_duty("tell-the-provider").steps.count() == 2


def test_who_led_when_it_arose_needs_no_handing_over(world: World) -> None:
    leads(world, world.board)
    assert not handed_over()


def test_an_older_agreement_recorded_late_takes_nothing_from_whoever_leads(world: World, other: Organisation) -> None:
    leads(world, other, agreed_on=TODAY - timedelta(days=300))
    assert not handed_over()


def test_it_is_recorded_as_one_event_of_its_own_and_one_of_the_agreement(world: World, other: Organisation) -> None:
    before = Event.objects.count()
    made = leads(world, other)
    told = [one.verb for one in Event.objects.order_by("pk")[before:]]
    assert sorted(told) == ["escalation.agree_lead", "surveillance.agree_process_lead"]
    assert ProcessLead.objects.order_by("recorded_at").last() == made


@pytest.mark.parametrize("who", ["member", "provider"])
def test_whoever_does_not_keep_the_record_hands_nothing_over(world: World, other: Organisation, who: str) -> None:
    with pytest.raises(Refused):
        leads(world, other, by=getattr(world, who))
    assert not handed_over() and ProcessLead.objects.count() == 1


def test_an_agreement_that_cannot_be_used_hands_nothing_over(world: World, other: Organisation) -> None:
    with pytest.raises(Invalid):
        leads(world, other, agreed_with=" ")
    assert not handed_over() and ProcessLead.objects.count() == 1


def test_a_form_sent_twice_hands_over_once(world: World, other: Organisation) -> None:
    key = uuid4()
    leads(world, other, form_key=key)
    steps = DutyStep.objects.count()
    with pytest.raises(Already):
        leads(world, other, LATER + timedelta(hours=1), form_key=key)
    assert DutyStep.objects.count() == steps
