"""Reads for calendars: who belongs to a meeting, which meetings are to come, and whose a secret address is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

from sightline.accounts.models import Person
from sightline.core.access import Permission, may
from sightline.groups.queries import members_on
from sightline.meetings.models import CalendarAddress, ItemGuest, Meeting, MeetingTime
from sightline.meetings.queries.meetings import MeetingView, views_of

_BACK, _AHEAD = timedelta(days=180), timedelta(days=31)


def belonging(meeting: Meeting, on: date) -> list[Person]:
    """This function will give whoever sits in the group on a day, may stand in, or is invited to an item of the meeting."""
    seats = members_on(meeting.group, on)
    keys = {one.person for one in seats if one.person} | {other.person for one in seats for other in one.deputies}
    keys |= set(ItemGuest.objects.filter(item__meeting=meeting).values_list("person", flat=True))
    return list(Person.objects.filter(pk__in=keys, is_active=True).order_by("pk"))


def coming_meetings(at: datetime) -> list[MeetingView]:
    """This function will give every meeting of the weeks to come, whosever it is: for the server's clock."""
    soon = MeetingTime.objects.filter(starts_at__gt=at, starts_at__lt=at + _AHEAD).values("meeting")
    views = views_of(list(Meeting.objects.filter(pk__in=soon).select_related("group__subject")))
    return [one for one in views if not one.step and one.time.starts_at > at]


def calendar_for(person: Person, on: date) -> list[MeetingView]:
    """This function will give the meetings for somebody's calendar: those of half a year back, and all to come."""
    found = Meeting.objects.visible_to(person, on).select_related("group")
    views = [one for one in views_of(list(found)) if one.held_on >= on - _BACK]
    return sorted(views, key=lambda one: (one.time.starts_at, str(one.meeting.pk)))


def address_of(person: Person) -> CalendarAddress | None:
    """This function will give the secret address that somebody's calendar has now, if it has one."""
    newest = CalendarAddress.objects.filter(person=person).order_by("-number").first()
    return newest if newest is not None and newest.digest else None


def whose_calendar(secret: str, on: date) -> Person | None:
    """This function will find whose calendar a secret address opens; nothing for one that was replaced or ended."""
    known = CalendarAddress.objects.filter(digest=digest_of(secret)).select_related("person").first()
    if known is None or address_of(known.person) != known:
        return None
    person = Person.objects.get(pk=known.person_id)
    return person if person.is_active and may(person, Permission.SEE_MEETINGS, on) else None


def digest_of(secret: str) -> str:
    """This function will give what is kept of a secret address: enough to know it again, and not to find it."""
    return sha256(secret.encode()).hexdigest()
