"""Duties of a subject for which a lead is agreed later: what is open passes to the lead, as a step that can be seen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sightline.accounts.operator import operator
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.escalation.models import Duty
from sightline.escalation.operations import raise_what_is_missing
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
    a_process_lead(world.subject, found, agreed_on=TODAY, recorded_at=NOW + timedelta(hours=1))
    return found


def test_what_is_open_passes_to_the_lead_and_what_is_done_stays(world: World, other: Organisation) -> None:
    before = set(Duty.objects.values_list("pk", "key", "falls_to", "doer"))
    mine = Wanted(show=Show.ALL, whose=Whose.MINE)
    theirs = set(listed(world.elsewhere, TODAY, mine))
    found = raise_what_is_missing(by=operator(), at=LATER)
    assert before <= set(Duty.objects.values_list("pk", "key", "falls_to", "doer"))  # nothing lost, nothing altered
    handed = {one for one in Duty.objects.all() if one.steps.filter(how=DutyHow.HANDED_OVER.value).exists()}
    assert found.passed == len(handed) > 1
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


def test_a_second_run_hands_nothing_over_and_a_later_lead_takes_it_on(world: World, other: Organisation) -> None:
    first = raise_what_is_missing(by=operator(), at=LATER).passed
    assert raise_what_is_missing(by=operator(), at=LATER).passed == 0
    a_process_lead(world.subject, world.board, agreed_on=TODAY, recorded_at=LATER)
    assert raise_what_is_missing(by=operator(), at=LATER + timedelta(hours=1)).passed >= first
    assert stands_now(the_duty("tell-the-provider")).doer == world.board
    assert the_duty("tell-the-provider").steps.count() == 2


def test_who_led_when_it_arose_needs_no_handing_over(world: World) -> None:
    assert raise_what_is_missing(by=operator(), at=LATER).passed == 0
