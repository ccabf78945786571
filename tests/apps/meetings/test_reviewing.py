"""Action logs that no meeting looked at, through real rows: said on the log and to whoever keeps it, as the clock has it."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.actions.giving import Owner
from sightline.actions.models import Action
from sightline.actions.operations import raise_action, review_action
from sightline.actions.reviewed import unreviewed
from sightline.core.access import Grant, Role
from sightline.core.meetings.agenda_kinds import Kind
from sightline.groups.models import GroupGuidance
from sightline.meetings import operations
from sightline.meetings.happening import Concluded
from sightline.meetings.models import Meeting
from sightline.meetings.queries.reviewing import unreviewed_logs
from sightline.overview.presenters.waiting import waiting_lines
from sightline.overview.queries import waits_for
from tests.factories.accounts import a_person, signed_in
from tests.factories.actions import DUE, a_stated
from tests.factories.groups import a_group, an_interest
from tests.factories.house import clock, folder, house
from tests.factories.indicators import TODAY
from tests.factories.meetings_live import MADE, Live, a_live_meeting, a_meeting, an_item, opened, ten_of_twenty
from tests.factories.meetings_noting import closed
from tests.factories.rulebook import a_change, a_local_version
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]

EACH_MEETING = "value: 1\n  unit: meetings\n  is_on: true\n  says: The log of actions"


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a group with a meeting, before which an action was raised that is open."""
    made = a_live_meeting()
    raised(made)
    return made


def raised(live: Live, **more: object) -> Action:
    """This function will have the secretary raise an action, a hundred days ago unless it is said otherwise."""
    given = {"raised_on": TODAY - timedelta(days=100), "due_on": DUE, "group": live.group, **more}
    owner = Owner(organisation=live.world.board, person=live.people["icb"])
    at = timezone.now()
    return raise_action(by=live.secretary, at=at, stated=a_stated(), owner=owner, form_key=uuid4(), **given)  # type: ignore[arg-type]


def held(live: Live, days_ago: int) -> Meeting:
    """This function will hold a meeting of the group to its end, so many days ago."""
    begun = timezone.now() - timedelta(days=days_ago)
    met = replace(live, meeting=a_meeting(live.group, begun))
    opened(met, begun)
    closed(met, timedelta(days=days_ago))
    return met.meeting


def count(person: Person) -> int:
    """This function will say how many logs wait for somebody at home."""
    return waits_for(person, TODAY).action_logs


def page(person: Person, query: str = "") -> str:
    """This function will read the action log as somebody."""
    return html.unescape(signed_in(person).get(reverse("actions") + query).content.decode())


@pytest.mark.requirement("ACT-04")
def test_given_a_meeting_that_did_not_look_at_the_log_then_the_log_and_home_say_so_until_one_does(live: Live) -> None:
    assert count(live.secretary) == 0, "no meeting was held yet"
    held(live, 30)
    says = "The action log of Lantern quality group waits to be reviewed."
    for person in (live.secretary, live.people["icb"]):
        assert f"{says} Nothing on record says that it was looked at in the meeting of 16 December 2025." in page(
            person
        )
    assert (count(live.secretary), count(live.people["icb"])) == (1, 0), "it waits for whoever keeps the log"
    lines = [one.says for one in waiting_lines(waits_for(live.secretary, TODAY))]
    assert "1 action log waits to be reviewed" in lines
    other = a_group(live.world.board, name="Another group")
    assert says in page(live.secretary, f"?group={live.group.pk}") and says not in page(
        live.secretary, f"?group={other.pk}"
    )
    action = Action.objects.get()
    review_action(
        by=live.secretary, at=timezone.now(), action=action, reviewed_on=TODAY - timedelta(days=30), form_key=uuid4()
    )
    assert count(live.secretary) == 0 and says not in page(live.secretary)
    held(live, 3)
    assert count(live.secretary) == 1 and "The last time was 16 December 2025." in page(live.secretary)


@pytest.mark.requirement("ACT-04", "MTG-21")
@pytest.mark.parametrize(("is_carried_over", "waits"), [(False, 0), (True, 1)])
def test_given_the_item_of_the_log_came_to_something_then_it_was_looked_at(
    live: Live, is_carried_over: bool, waits: int
) -> None:
    item = an_item(live.meeting, "Action log", kind=Kind.ACTIONS.value)
    opened(live, timezone.now() - timedelta(hours=1))
    ten_of_twenty(live)
    given = {"by": live.secretary, "at": timezone.now(), "item": item, "form_key": uuid4()}
    if is_carried_over:
        operations.carry_over(because="No time was left", **given)  # type: ignore[arg-type]
    else:
        operations.record_outcome(concluded=Concluded("All were gone through."), **given)  # type: ignore[arg-type]
    assert count(live.secretary) == 0, "the meeting goes on"
    closed(live, timedelta())
    assert count(live.secretary) == waits


@pytest.mark.requirement("ACT-04", "FRW-08")
def test_given_a_local_clock_that_is_longer_or_off_then_the_log_waits_as_it_says(live: Live) -> None:
    held(live, 30)
    assert count(live.secretary) == 1
    a_local_version("clocks", a_change("clocks", EACH_MEETING, EACH_MEETING.replace("value: 1", "value: 2")))
    assert count(live.secretary) == 0
    held(live, 20)
    assert count(live.secretary) == 1 and "in the last 2 meetings, up to 26 December 2025" in page(live.secretary)
    a_local_version(
        "clocks",
        a_change("clocks", EACH_MEETING.replace("value: 1", "value: 2"), EACH_MEETING.replace("true", "false")),
    )
    assert count(live.secretary) == 0 and "waits to be reviewed" not in page(live.secretary)


@pytest.mark.requirement("FRW-02")
def test_given_a_group_under_guidance_without_that_clock_then_its_log_never_waits(live: Live) -> None:
    held(live, 30)
    GroupGuidance.objects.create(
        group=live.group, pack="qsg-2017", from_on=TODAY - timedelta(days=60), because="As before", **MADE
    )
    assert count(live.secretary) == 0


@pytest.mark.requirement("COI-03")
def test_given_a_reader_without_the_log_or_with_an_interest_then_nothing_of_it_is_told(live: Live) -> None:
    held(live, 30)
    stranger = a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Una Unseated")
    assert unreviewed(stranger, TODAY) == [] and "waits to be reviewed" not in page(stranger)
    assert [one.keeps for one in unreviewed(live.people["icb"], TODAY)] == [False]
    Action.objects.update(subject=live.world.subject)
    an_interest(live.people["icb"], live.world.subject)
    assert unreviewed(live.people["icb"], TODAY) == []


def test_given_more_groups_then_no_more_queries_are_asked(live: Live) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert unreviewed_logs(live.secretary, TODAY)
        return len(found)

    held(live, 30)
    asked()  # what is read once in a process is read
    before = asked()
    for number in range(6):
        group = a_group(live.world.board, name=f"Group {number}", system=SYSTEM)
        raised(live, group=group)
        held(replace(live, group=group), 20)
    assert asked() == before and count(live.secretary) == 7
    assert "So do 2 other logs." in page(live.secretary)
