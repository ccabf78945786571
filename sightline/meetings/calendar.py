"""Meetings for people's own calendars, as iCalendar (RFC 5545) and as invitations by letter (RFC 5546).

A calendar is synchronised to telephones and read over shoulders, so nothing in it is about anybody: of a standing group
its name, where it meets and beside which assurance meeting, of a group about one subject none of these; and an address
for whoever signs in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vCalAddress, vText

from sightline.meetings.queries import MeetingView
from sightline.meetings.words import Step

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
_MAKER = "-//Sightline//Meetings//EN"
_UNNAMED = "Meeting (sign in to Sightline)"


def method_of(view: MeetingView) -> str:
    """This function will say what a letter asks of a calendar: to hold the meeting, or to take it out."""
    return CANCEL if Step.CANCELLED in view.steps else REQUEST


def invitation(view: MeetingView, email: str) -> str:
    """This function will write one meeting for one person's calendar; a later one takes the place of those before."""
    event = _event(view)
    organiser = vCalAddress(f"MAILTO:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}")
    organiser.params["CN"] = vText("Sightline")
    event.add("organizer", organiser)
    guest = vCalAddress(f"MAILTO:{email}")
    guest.params["RSVP"] = vText("FALSE")  # who comes is written down at the meeting; nobody reads answers by letter
    event.add("attendee", guest)
    return _text(method_of(view), [event])


def calendar_of(views: Iterable[MeetingView]) -> str:
    """This function will write meetings as a calendar to look at."""
    return _text(PUBLISH, [_event(one) for one in views])


def _event(view: MeetingView) -> Event:
    meeting, time, cancelled = view.meeting, view.time, view.steps.get(Step.CANCELLED)
    page = settings.BASE_ADDRESS + reverse("meeting", args=[meeting.pk])
    is_about_one = meeting.group.subject_id is not None
    event = Event()
    event.add("uid", f"{meeting.pk}@{urlsplit(settings.BASE_ADDRESS).hostname}")
    event.add("sequence", time.number - 1 + (cancelled is not None))
    event.add("dtstamp", _utc(cancelled.recorded_at if cancelled else time.recorded_at))
    event.add("dtstart", _local(time.starts_at))
    event.add("dtend", _local(time.ends_at))
    event.add("summary", _UNNAMED if is_about_one else meeting.group.name)
    if time.place and not is_about_one:
        event.add("location", time.place)
    beside = f"On the same day: {time.paired_with}\n" if time.paired_with and not is_about_one else ""
    event.add("description", f"{beside}Agenda, papers and how to join: sign in at {page}")
    event.add("url", page)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def _text(method: str, events: Iterable[Event]) -> str:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo("UTC"))
