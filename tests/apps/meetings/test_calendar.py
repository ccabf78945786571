"""Meetings in people's own calendars: invitations by letter, one file, and a secret address; none says whom it is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from sightline.accounts.models import Person
from sightline.accounts.operator import operator
from sightline.core.access import Grant, Role
from sightline.groups.models import Seating, SeatingEnding
from sightline.meetings import operations
from sightline.meetings.giving import When
from sightline.meetings.models import CalendarAddress, Meeting
from sightline.meetings.words import Mode
from sightline.notify.models import Message
from sightline.notify.sending import send_waiting
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import a_seat, a_seating
from tests.factories.house import clock, folder, house
from tests.factories.meetings import a_meeting, some_time
from tests.factories.meetings_live import MADE, Live, a_live_meeting
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a group of twenty who meet."""
    return a_live_meeting()


def planned(live: Live, when: When | None = None) -> Meeting:
    """This function will plan a meeting in two weeks."""
    return a_meeting(live.secretary, live.group, at=timezone.now(), when=when or some_time(timezone.now()))


def letters(person: Person) -> list[tuple[str, Event]]:
    """This function will send what waits, and give the invitations that came to somebody: the method and the event."""
    mail.outbox.clear()
    send_waiting(by=operator(), now=timezone.now, digest=False)
    found = []
    for letter in mail.outbox:
        if letter.to == [person.email]:
            parsed = message_from_bytes(letter.message().as_bytes(), policy=default)
            for part in parsed.walk():
                if part.get_content_type() == "text/calendar":
                    read = Calendar.from_ical(part.get_content())
                    assert part["content-type"].params["method"] == read["method"], "RFC 6047 §2.4 wants both to agree"
                    found.append((str(read["method"]), read.events[0]))
    return found


def a_stranger() -> Person:
    """This function will make somebody of the system who does not sit in the group."""
    return a_person(Grant(Role.MEMBER, system=SYSTEM))


def feed(secret: str) -> Calendar:
    """This function will read a calendar at its secret address, as a program does that is not signed in."""
    answer = Client().get(reverse("calendar_feed", args=[secret]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def test_given_a_plan_when_it_is_moved_and_cancelled_then_one_entry_of_the_calendar_follows(live: Live) -> None:
    meeting = planned(live)
    [(method, first)] = letters(live.people["lay"])
    assert (method, first["sequence"], first["status"]) == ("REQUEST", 0, "CONFIRMED")
    assert first["attendee"].lower() == f"mailto:{live.people['lay'].email}".lower()
    later = some_time(timezone.now(), days=15)
    operations.move_meeting(
        by=live.secretary, at=timezone.now(), meeting=meeting, seen=1, when=later, because="The hall is taken"
    )
    [(method, second)] = letters(live.people["lay"])
    assert (method, second["sequence"], second["uid"]) == ("REQUEST", 1, first["uid"])
    assert second.decoded("dtstart") == later.starts_at
    operations.cancel_meeting(by=live.secretary, at=timezone.now(), meeting=meeting, because="There is snow")
    [(method, third)] = letters(live.people["lay"])
    assert (method, third["sequence"], third["uid"], third["status"]) == ("CANCEL", 2, first["uid"], "CANCELLED")


def test_given_a_meeting_across_the_change_of_the_clocks_when_it_is_read_then_each_time_is_that_on_the_wall(
    live: Live,
) -> None:
    starts = datetime(2026, 3, 29, 0, 30, tzinfo=LONDON)
    ends = datetime(2026, 3, 29, 2, 30, tzinfo=LONDON)
    planned(live, When(starts, ends, Mode.VIRTUAL, "", ""))
    [(_, event)] = letters(live.chair)
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (starts, ends)
    assert event.decoded("dtend").astimezone(LONDON).hour == 2


def test_given_a_review_of_one_subject_when_it_is_planned_then_no_calendar_names_it_or_says_where(house: None) -> None:
    live = a_live_meeting("rapid-quality-review")
    live.group.subject = live.world.subject
    live.group.save()
    planned(live)
    [(_, event)] = letters(live.chair)
    text = event.to_ical().decode()
    assert live.group.name not in text and live.world.subject.name not in text
    assert "Room 4" not in text and "location" not in event


def test_given_a_standing_group_when_it_is_planned_then_its_name_and_place_are_told_and_the_link_to_join_is_not(
    live: Live,
) -> None:
    planned(live)
    [(_, event)] = letters(live.chair)
    assert (event["summary"], event["location"]) == (live.group.name, "Room 4, Town Hall")
    assert "meet.example" not in event.to_ical().decode()


def test_given_somebody_who_left_after_the_plan_when_letters_go_then_none_goes_to_them(live: Live) -> None:
    planned(live)
    gone, other = live.people["lay"], live.people["member-1"]
    SeatingEnding.objects.create(seating=Seating.objects.get(person=gone), ends_on=timezone.localdate(), **MADE)
    assert letters(gone) == []
    assert Message.objects.filter(person=other, attempts__fate="sent").exists()


def test_given_a_meeting_in_a_week_when_the_clocks_run_again_and_again_then_each_is_reminded_once_and_the_day_before(
    live: Live, clock: object
) -> None:
    meeting = planned(live, some_time(timezone.now(), days=8))

    def reminders() -> int:
        return Message.objects.filter(kind="meeting-soon", record=str(meeting.pk), person=live.chair).count()

    def run(day: int) -> None:
        operations.remind_of_meetings(by=operator(), at=timezone.now() + timedelta(days=day))

    run(0)
    assert reminders() == 0
    run(1), run(2), run(6)
    assert reminders() == 1
    run(7), run(7)
    assert reminders() == 2
    run(9)
    assert reminders() == 2


def test_given_somebody_who_joins_after_the_plan_when_the_clocks_run_then_they_are_invited_once(live: Live) -> None:
    planned(live)
    letters(live.chair)
    newcomer = a_stranger()
    a_seating(a_seat(live.group, "A new seat"), newcomer)
    for _ in range(2):
        operations.remind_of_meetings(by=operator(), at=timezone.now())
    assert [method for method, _ in letters(newcomer)] == ["REQUEST"]
    assert letters(live.chair) == []


def test_given_a_secret_address_when_a_calendar_reads_it_then_it_finds_what_its_owner_may_see_and_no_more(
    live: Live,
) -> None:
    secret = operations.make_calendar_address(by=live.people["lay"], at=timezone.now())
    stranger = operations.make_calendar_address(by=a_stranger(), at=timezone.now())
    meeting = planned(live)
    gone = planned(live, some_time(timezone.now(), days=21))
    operations.cancel_meeting(by=live.secretary, at=timezone.now(), meeting=gone, because="There is snow")
    read = feed(secret).events
    uids = {str(one["uid"]).partition("@")[0]: str(one["status"]) for one in read}
    assert uids == {
        str(live.meeting.pk): "CONFIRMED",
        str(meeting.pk): "CONFIRMED",
        str(gone.pk): "CANCELLED",
    }
    assert feed(stranger).events == []


def test_given_an_address_that_was_replaced_ended_or_never_made_when_it_is_read_then_there_is_nothing(
    live: Live,
) -> None:
    lay, now = live.people["lay"], timezone.now()
    first = operations.make_calendar_address(by=lay, at=now)
    second = operations.make_calendar_address(by=lay, at=now)
    third = operations.make_calendar_address(by=live.chair, at=now)

    def status(secret: str) -> int:
        return Client().get(reverse("calendar_feed", args=[secret])).status_code

    assert [status(one) for one in (first, second, third, "x", first[:-1])] == [404, 200, 200, 404, 404]
    operations.end_calendar_address(by=lay, at=now)
    lay_ended = status(second)
    live.chair.is_active = False
    live.chair.save()
    assert (lay_ended, status(third)) == (404, 404)


def test_of_a_secret_address_nothing_is_kept_by_which_it_could_be_found(live: Live) -> None:
    secret = operations.make_calendar_address(by=live.chair, at=timezone.now())
    row = CalendarAddress.objects.get()
    assert secret not in str(vars(row)) and len(secret) >= 40


def test_given_the_page_when_an_address_is_made_then_it_is_shown_once_and_ended_by_a_button(live: Live) -> None:
    client = signed_in(live.people["lay"])
    page = reverse("calendar")
    assert "/calendars/" not in client.get(page).content.decode()
    shown = client.post(page).content.decode()
    assert "/calendars/" in shown
    assert "/calendars/" not in client.get(page).content.decode()
    answer = client.post(reverse("calendar_end"), follow=True).content.decode()
    assert "The address is ended" in answer and "since" not in answer


def test_given_a_meeting_when_it_is_taken_along_then_the_file_holds_it(live: Live) -> None:
    meeting = planned(live)
    answer = signed_in(live.people["lay"]).get(reverse("meeting_calendar", args=[meeting.pk]))
    assert answer["Content-Disposition"].endswith('"meeting.ics"')
    [event] = Calendar.from_ical(answer.content).events
    assert str(event["uid"]).startswith(str(meeting.pk))
    assert signed_in(a_stranger()).get(reverse("meeting_calendar", args=[meeting.pk])).status_code == 404
