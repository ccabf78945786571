"""Meetings in people's own calendars: one to take along, all of them at a secret address, and the page that explains both."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.accounts.models import Person
from sightline.core.access import Permission
from sightline.core.verdict import Already
from sightline.meetings import operations
from sightline.meetings.calendar import calendar_of
from sightline.meetings.queries.calendar import address_of, calendar_for, whose_calendar
from sightline.meetings.views.planning import meeting_or_404
from sightline.web.gate import needs, open_to_all, reader
from sightline.web.wording import moment


@require_safe
@needs(Permission.SEE_MEETINGS)
def meeting_calendar(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will give one meeting as a file that calendars open."""
    return _as_calendar(calendar_of([meeting_or_404(request, meeting)]), "meeting.ics")


@require_safe
@open_to_all(
    "a calendar cannot sign in; the secret in the address says whose it is, and nothing in it is about anybody"
)
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """This function will give the meetings of whoever the secret address belongs to, as far as they may see them today."""
    today = timezone.localdate()
    person = whose_calendar(secret, today)
    if person is None:
        raise Http404
    return _as_calendar(calendar_of(calendar_for(person, today)), "meetings.ics")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_MEETINGS)
def calendar_page(request: HttpRequest) -> HttpResponse:
    """This function will say how meetings come into a calendar; asked to, it makes a secret address and shows it once."""
    actor = reader(request)
    address = ""
    if request.method == "POST":
        secret = operations.make_calendar_address(by=actor, at=timezone.now())
        address = settings.BASE_ADDRESS + reverse("calendar_feed", args=[secret])
    known = address_of(actor) if isinstance(actor, Person) else None
    context = {"address": address, "since": moment(known.recorded_at) if known else ""}
    return render(request, "meetings/calendar.html", context)


@require_POST
@needs(Permission.SEE_MEETINGS)
def calendar_end(request: HttpRequest) -> HttpResponse:
    """This function will end the secret address of the reader's calendar."""
    try:
        operations.end_calendar_address(by=reader(request), at=timezone.now())
    except Already as problem:
        messages.info(request, str(problem))
    else:
        messages.success(request, "The address is ended. Calendars that read it find nothing there any more.")
    return redirect("calendar")


def _as_calendar(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
