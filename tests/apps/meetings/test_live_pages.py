"""The pages of a meeting under way: what each reader sees, and that each form does what it says."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.meetings.happening import who_sits
from sightline.meetings.models import (
    Departure,
    ItemBegun,
    ItemNote,
    ItemOutcome,
    ItemRuling,
    ItemTeller,
    ItemTie,
    MeetingStep,
    Presence,
)
from sightline.meetings.queries.live import room_of
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import a_guidance, an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_departure, a_live_meeting, a_presence, an_item, opened, ten_of_twenty
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a quorate meeting that was opened an hour ago."""
    made = a_live_meeting()
    opened(made, timezone.now() - timedelta(hours=1))
    ten_of_twenty(made)
    return made


def get(person: Person, name: str, *args: object) -> tuple[int, str]:
    """This function will open a page as somebody."""
    answer = signed_in(person).get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def post(person: Person, name: str, *args: object, **sent: object) -> tuple[int, str]:
    """This function will send a form as somebody."""
    answer = signed_in(person).post(reverse(name, args=args), {key: str(value) for key, value in sent.items()})
    return answer.status_code, answer.content.decode()


def test_the_page_says_in_words_how_the_meeting_stands(live: Live) -> None:
    status, page = get(live.people["icb"], "meeting_live", live.meeting.pk)
    assert status == 200 and "Quorate: 10 of 20 members are here; 10 are needed." in page
    assert "Person of chair" in page and "Matter 4" in page
    assert "Is here" not in page  # a member writes nothing down


@pytest.mark.requirement("QUO-12")
def test_the_page_of_a_group_without_quorum_never_says_inquorate(live: Live) -> None:
    a_guidance(live.group, "qsg-2017", live.group.begun_on)
    _, page = get(live.secretary, "meeting_live", live.meeting.pk)
    assert "uorate" not in page


@pytest.mark.requirement("QUO-07")
def test_the_page_says_what_cannot_be_decided(live: Live) -> None:
    an_interest(live.people["provider-collaboratives"], live.world.subject)
    _, page = get(live.secretary, "meeting_live", live.meeting.pk)
    assert "What cannot be decided as things stand" in page and "Not quorate for item 4" in page
    assert "Not quorate for item 3" not in page


@pytest.mark.requirement("REC-03")
def test_the_page_says_for_how_long_each_was_there(live: Live) -> None:
    begun = timezone.now() - timedelta(minutes=75)
    a_departure(a_presence(live, "member-9", begun), begun + timedelta(minutes=65))
    _, page = get(live.people["icb"], "meeting_live", live.meeting.pk)
    assert "Person of member-9</span>: 1 hour 5 minutes" in page


@pytest.mark.requirement("COI-04")
def test_an_item_that_is_closed_to_somebody_is_not_there_for_them(live: Live) -> None:
    person = live.people["provider-collaboratives"]
    an_interest(person, live.world.subject)
    status, page = get(person, "meeting_live", live.meeting.pk)
    assert status == 200 and "Matter 4" not in page and "Matter 5" in page
    assert get(person, "meeting_live_item", live.meeting.pk, live.items[3].pk)[0] == 404


@pytest.mark.requirement("COI-01", "COI-04")
def test_interests_are_shown_to_keeper_and_chair_and_to_nobody_else(live: Live) -> None:
    an_interest(live.people["provider-collaboratives"], live.world.subject)
    pages = {
        name: get(person, "meeting_live_item", live.meeting.pk, live.items[3].pk)[1]
        for name, person in (("keeper", live.secretary), ("chair", live.chair), ("member", live.people["icb"]))
    }
    assert [("Not ruled upon yet" in page) for page in pages.values()] == [True, True, False]
    assert ["Rule on it" in page for page in pages.values()] == [False, True, False]


def test_whoever_does_not_sit_there_finds_no_meeting(live: Live) -> None:
    stranger = a_person(Grant(Role.MEMBER, system=SYSTEM))
    assert get(stranger, "meeting_live", live.meeting.pk)[0] == 404
    assert get(live.secretary, "meeting_live", uuid4())[0] == 404


def test_a_page_takes_as_many_queries_whatever_the_size(live: Live) -> None:
    client = signed_in(live.secretary)
    address = reverse("meeting_live", args=[live.meeting.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(10):
        an_item(live.meeting, f"More {number}")
    for number in range(6, 12):
        a_presence(live, f"member-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_the_forms_write_down_who_comes_and_goes(live: Live) -> None:
    meeting, keeper = live.meeting.pk, live.secretary
    seat = next(one for one in room_of(live.meeting).seats if one.seat == live.seats["member-9"].pk)
    sent = {"who": who_sits(seat), "how": "in_room", "form_key": uuid4()}
    assert post(keeper, "meeting_arrive", meeting, **sent)[0] == 302
    made = Presence.objects.get(person=live.people["member-9"])
    assert post(keeper, "meeting_leave", meeting, made.pk, when="12:00")[0] == 400  # as they came
    assert post(keeper, "meeting_strike", meeting, made.pk, because="It was another")[0] == 302
    guest = {"who": "guest", "visitor": "Gus Guest", "how": "online", "form_key": uuid4(), "when": "11.30am"}
    assert post(keeper, "meeting_arrive", meeting, **guest)[0] == 302
    left = Presence.objects.get(visitor="Gus Guest")
    assert post(keeper, "meeting_leave", meeting, left.pk)[0] == 302
    assert Departure.objects.get().left_at - left.arrived_at == timedelta(minutes=30)
    assert post(live.people["icb"], "meeting_arrive", meeting, **guest)[0] == 403
    assert post(keeper, "meeting_arrive", meeting, who="guest", how="online", form_key=uuid4())[0] == 400


def test_the_forms_of_an_item_write_down_what_comes_of_it(live: Live) -> None:
    args, keeper = (live.meeting.pk, live.items[3].pk), live.secretary
    a_presence(live, "member-5")  # quorate also without whoever is tied
    an_interest(live.people["member-1"], live.world.subject)
    assert post(keeper, "item_begin", *args)[0] == 302 and ItemBegun.objects.exists()
    sent = {"text": "Visit the wards.", "sort": "agreement", "form_key": uuid4()}
    status, page = post(keeper, "item_outcome", *args, **sent)
    assert status == 400 and "Person of member-1" in page and "Visit the wards." in page
    person = live.people["member-1"].pk
    assert post(live.chair, "item_rule", *args, person, measure="silent", because="They have shares")[0] == 302
    assert ItemRuling.objects.exists()
    status, page = post(keeper, "item_outcome", *args, **sent)
    assert status == 302, page
    assert ItemOutcome.objects.get().positions.count() == 0
    assert post(keeper, "item_note", *args, text="All spoke", seen=0)[0] == 302
    status, page = post(keeper, "item_note", *args, text="All spoke twice", seen=0)
    assert status == 409 and "All spoke" in page and "All spoke twice" in page and 'name="seen" value="1"' in page
    assert post(keeper, "item_note", *args, text="All spoke twice", seen=1)[0] == 302
    assert ItemNote.objects.count() == 2
    body = live.bodies["icb"].pk
    assert post(keeper, "item_tell", *args, told_by=body, seen=0)[0] == 302 and ItemTeller.objects.exists()
    assert post(live.people["icb"], "item_interest", *args, detail="A post", form_key=uuid4())[0] == 302
    assert ItemTie.objects.get().person == live.people["icb"]
    other = (live.meeting.pk, live.items[0].pk)
    assert post(keeper, "item_carry", *other, because="No time", form_key=uuid4())[0] == 302
    status, page = get(keeper, "meeting_live_item", *args)
    assert "stayed" not in page and "They have shares" in page and "SHA-256" in page


def test_a_meeting_is_opened_and_closed_by_its_forms(house: None) -> None:
    live = a_live_meeting(items=0)
    status, page = get(live.secretary, "meeting_live", live.meeting.pk)
    assert status == 200 and "has not begun" in page and "Open the meeting now" in page
    assert post(live.people["icb"], "meeting_open", live.meeting.pk)[0] == 404
    assert post(live.secretary, "meeting_open", live.meeting.pk)[0] == 302
    assert post(live.secretary, "meeting_close", live.meeting.pk)[0] == 403
    assert post(live.chair, "meeting_close", live.meeting.pk)[0] == 302
    assert MeetingStep.objects.count() == 2
    assert "The meeting is over" in get(live.chair, "meeting_live", live.meeting.pk)[1]


@pytest.mark.parametrize(
    "name", ["item_begin", "item_outcome", "item_note", "item_carry", "item_tell", "item_interest", "meeting_live_item"]
)
def test_each_page_of_an_item_opens(live: Live, name: str) -> None:
    assert get(live.secretary, name, live.meeting.pk, live.items[3].pk)[0] == 200


@pytest.mark.parametrize("name", ["meeting_arrive", "meeting_open", "meeting_live"])
def test_each_page_of_a_meeting_opens(live: Live, name: str) -> None:
    assert get(live.secretary, name, live.meeting.pk)[0] == 200
