"""Declarations for a meeting through real rows: who has not made one, who is told so, and what a local clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Already, Refused
from sightline.meetings import operations
from sightline.meetings.models import NothingDeclared
from sightline.meetings.queries.declaring import yet_to_declare
from sightline.meetings.queries.live import room_of
from tests.factories.accounts import a_person, signed_in
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import MEMBERS, Live, a_live_meeting, a_meeting, opened
from tests.factories.meetings_noting import closed
from tests.factories.rulebook import a_change, a_local_version
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]

EACH = "value: 1\n  unit: meetings\n  is_on: true\n  says: Members declare"


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting of this day, of a group of twenty."""
    return a_live_meeting()


def waiting(live: Live) -> int:
    """This function will count who has still to declare."""
    return len(yet_to_declare(room_of(live.meeting), timezone.localdate()))


def declares(live: Live, person: Person, by: Person | None = None) -> NothingDeclared:
    """This function will have somebody say that they have nothing to declare, or another for them."""
    return operations.declare_nothing(by=by or person, at=timezone.now(), meeting=live.meeting, person=person)


def page(person: Person, live: Live) -> str:
    """This function will read the page of the meeting as somebody."""
    return signed_in(person).get(reverse("meeting_live", args=[live.meeting.pk])).content.decode()


@pytest.mark.requirement("MTG-22", "COI-01")
def test_given_a_meeting_of_this_day_then_each_member_is_named_until_they_declare_an_interest_or_none(
    live: Live,
) -> None:
    assert waiting(live) == MEMBERS
    icb, lay = live.people["icb"], live.people["lay"]
    assert "20 members have not declared" in page(live.secretary, live) and "20 members" in page(live.chair, live)
    own = page(icb, live)
    assert "You have not declared for this meeting" in own and "20 members have not declared" not in own
    answer = signed_in(icb).post(reverse("meeting_nothing", args=[live.meeting.pk]))
    assert answer.status_code == 302 and NothingDeclared.objects.get().person_id == icb.pk
    opened(live)
    operations.declare_tie(
        by=lay, at=timezone.now(), item=live.items[0], person=lay, detail="A post there", form_key=uuid4()
    )
    assert waiting(live) == MEMBERS - 2 and "You have not declared" not in page(icb, live)
    assert "18 members have not declared" in page(live.secretary, live)


@pytest.mark.requirement("MTG-22")
def test_given_whoever_does_not_belong_or_declared_already_then_nothing_is_written_down(live: Live) -> None:
    icb = live.people["icb"]
    stranger = a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Una Unseated")
    for person, by in ((stranger, stranger), (stranger, live.secretary), (icb, live.people["lay"])):
        with pytest.raises(Refused):
            declares(live, person, by)
    assert not NothingDeclared.objects.exists()
    declares(live, icb, live.secretary)
    assert Event.objects.filter(verb="meetings.declare_nothing").count() == 1
    with pytest.raises(Already):
        declares(live, icb)
    opened(live)
    closed(live, timedelta())
    with pytest.raises(Refused):
        declares(live, live.people["lay"])
    assert waiting(live) == 0, "it is over"


@pytest.mark.requirement("MTG-22")
@pytest.mark.parametrize(("days", "count"), [(7, MEMBERS), (8, 0)])
def test_given_a_meeting_to_come_then_members_are_named_from_a_week_before(live: Live, days: int, count: int) -> None:
    later = replace(live, meeting=a_meeting(live.group, timezone.now() + timedelta(days=days)))
    assert waiting(later) == count


@pytest.mark.requirement("MTG-22", "FRW-08")
def test_given_a_local_clock_that_is_longer_or_off_then_members_are_named_as_it_says(live: Live) -> None:
    earlier = replace(live, meeting=a_meeting(live.group, timezone.now() - timedelta(days=30)))
    opened(earlier, timezone.now() - timedelta(days=30))
    declares(earlier, live.people["icb"])
    closed(earlier, timedelta(days=30))
    assert waiting(live) == MEMBERS
    longer = EACH.replace("value: 1", "value: 2")
    a_local_version("clocks", a_change("clocks", EACH, longer))
    assert waiting(live) == MEMBERS - 1
    a_local_version("clocks", a_change("clocks", longer, longer.replace("true", "false")))
    assert waiting(live) == 0 and "Interests not declared yet" not in page(live.secretary, live)
