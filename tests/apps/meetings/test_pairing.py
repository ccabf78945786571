"""The assurance meeting of the same day, and who makes a meeting possible: named, shown, suggested, and moved with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.meetings.calendar import calendar_of
from sightline.meetings.models import Meeting, MeetingTime
from sightline.meetings.queries import one_meeting
from tests.factories.accounts import signed_in
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, a_meeting
from tests.factories.surveillance import SYSTEM
from tests.security.filling import day

__all__ = ["clock", "folder", "house"]
BESIDE = "Quality committee of the board, 2pm"
SUGGESTED = "Consider holding one on it"


@pytest.fixture
def live(house: None) -> Live:
    return a_live_meeting(items=0)


def sends(live: Live, name: str, *args: Any, days: int, **more: Any) -> int:
    """Have the secretary send when and where a meeting is, so many days ahead."""
    on = timezone.localdate() + timedelta(days=days)
    sent = {
        "group": live.group.pk, **day("day", on), "starts": "10am", "ends": "noon", "mode": "virtual",
        "form_key": uuid4(), **more,
    }  # fmt: skip
    answer = signed_in(live.secretary).post(reverse(name, args=args), {key: str(value) for key, value in sent.items()})
    return int(answer.status_code)


def page(person: Person, meeting: Meeting) -> str:
    return signed_in(person).get(reverse("meeting", args=[meeting.pk])).content.decode()


def made(live: Live) -> Meeting:
    return Meeting.objects.filter(group=live.group).exclude(pk=live.meeting.pk).get()


@pytest.mark.requirement("GRP-05")
def test_given_an_assurance_meeting_when_it_is_named_then_page_list_and_calendar_have_it_and_it_moves_along(
    live: Live,
) -> None:
    member = live.people["member-1"]
    assert sends(live, "meeting_plan", days=7, paired_with=BESIDE) == 302
    planned = made(live)
    assert BESIDE in page(member, planned)
    assert BESIDE in signed_in(member).get(reverse("meetings")).content.decode()
    view = one_meeting(member, timezone.localdate(), planned.pk)
    assert view is not None
    assert BESIDE in calendar_of([view]).replace("\r\n ", "").replace("\\", "")
    assert Event.objects.filter(verb="meetings.plan_meeting").count() == 1
    form = signed_in(live.secretary).get(reverse("meeting_move", args=[planned.pk])).content.decode()
    assert f'value="{BESIDE}"' in form
    assert sends(live, "meeting_move", planned.pk, days=14, seen=1, because="Leave", paired_with="") == 302
    assert BESIDE not in page(member, planned)
    assert [one.paired_with for one in MeetingTime.objects.filter(meeting=planned).order_by("number")] == [BESIDE, ""]


@pytest.mark.requirement("GRP-05")
def test_given_no_assurance_meeting_on_the_day_then_it_is_suggested_to_whoever_keeps_the_meeting_alone(
    live: Live,
) -> None:
    later = a_meeting(live.group, timezone.now() + timedelta(days=7))
    assert SUGGESTED in page(live.secretary, later)
    assert SUGGESTED not in page(live.people["member-1"], later)
    committee = a_group(live.world.board, "assurance-committee", "Quality committee", system=SYSTEM)
    near = a_meeting(committee, timezone.now() + timedelta(days=9))
    text = page(live.secretary, later)
    assert "Quality committee meets on" in text
    assert reverse("meeting", args=[near.pk]) in text
    MeetingTime.objects.filter(meeting=near).update(
        starts_at=timezone.now() + timedelta(days=7), ends_at=timezone.now() + timedelta(days=7, hours=1)
    )
    text = page(live.secretary, later)
    assert SUGGESTED not in text
    assert "On the same day" in text
    assert "Quality committee" not in page(
        live.people["member-1"], later
    )  # who does not sit there sees no meeting of it
    a_seating(a_seat(committee, "Another"), live.people["member-1"])
    assert "Quality committee" in page(live.people["member-1"], later)


@pytest.mark.requirement("GRP-05")
def test_given_a_group_that_is_no_system_quality_group_then_nothing_is_suggested(live: Live) -> None:
    other = a_group(live.world.board, "place-group", "A place group", system=SYSTEM)
    later = a_meeting(other, timezone.now() + timedelta(days=7))
    assert SUGGESTED not in page(live.secretary, later)


@pytest.mark.requirement("MTG-31")
def test_given_who_makes_a_meeting_possible_then_members_read_it_and_the_next_form_has_it_already(live: Live) -> None:
    words = {"facilitator": "NHS England, with a screen", "communications": "The communications lead of the board"}
    assert sends(live, "meeting_plan", days=7, **words, link="https://meet.example/a") == 302
    text = page(live.people["member-1"], made(live))
    assert all(one in text for one in (*words.values(), "https://meet.example/a"))
    assert not any(one in calendar_of([_seen(live)]) for one in words.values())
    again = signed_in(live.secretary).get(f"{reverse('meeting_plan')}?group={live.group.pk}").content.decode()
    assert all(f'value="{one}"' in again for one in words.values())


def _seen(live: Live) -> Any:
    return one_meeting(live.secretary, timezone.localdate(), made(live).pk)


@pytest.mark.requirement("GRP-05", "MTG-31")
@pytest.mark.parametrize("name", ["paired_with", "facilitator", "communications"])
def test_given_words_that_look_like_a_person_then_it_is_asked_first(live: Live, name: str) -> None:
    assert sends(live, "meeting_plan", days=7, **{name: "Ring 07700 900123"}) == 400
    assert Meeting.objects.filter(group=live.group).count() == 1
