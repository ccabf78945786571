"""Pages on which something is written down while a meeting is held: who came and left, and that it begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.meetings import operations
from sightline.meetings.forms import live as forms
from sightline.meetings.happening import Arrival
from sightline.meetings.models import Presence
from sightline.meetings.presenters import live as presenters
from sightline.meetings.queries.declaring import yet_to_declare
from sightline.meetings.queries.live_pages import LiveView, facts_of, one_presence, person_here
from sightline.meetings.views.asking import ask
from sightline.meetings.views.live import live_or_404
from sightline.web.asking import sent
from sightline.web.gate import needs

METHODS = ["GET", "HEAD", "POST"]
ASK = "meetings/live_ask.html"


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def live_open(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask at what time a meeting was opened, and open it (FRW-02)."""
    view = live_or_404(request, meeting)
    if not view.keeps and not view.presides:
        raise Http404
    form = forms.AtForm(sent(request))

    def act(**more: Any) -> object:
        moment = form.moment(view.room.on)
        return operations.open_meeting(meeting=view.room.meeting, opened_at=moment, **more)

    return asked(request, view, form, act, "Open the meeting", "Open it", "The meeting is open.")


@require_http_methods(METHODS)
@needs(Permission.PRESIDE)
def live_close(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask at what time a meeting ended, and close it; what is still open is said first (CHR-11)."""
    view = live_or_404(request, meeting)
    if not view.presides:
        raise Http404
    form = forms.AtForm(sent(request))
    blocks, remarks = presenters.open_ends(facts_of(view))

    def act(**more: Any) -> object:
        moment = form.moment(view.room.on)
        return operations.close_meeting(meeting=view.room.meeting, closed_at=moment, **more)

    heading, said = "Close the meeting", "The meeting is closed. Whoever was still there left with its end."
    return asked(request, view, form, act, heading, "Close it", said, blocks=blocks, remarks=remarks)


@require_http_methods(METHODS)
@needs(Permission.DECLARE_INTEREST)
def live_nothing(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask who has no interest to declare for a meeting: oneself, or whoever said so (MTG-22)."""
    view = live_or_404(request, meeting)
    names = view.room.names if view.keeps else {view.own: ""} if view.own in view.room.names else {}
    waiting = yet_to_declare(view.room, timezone.localdate())
    people = {key: names[key] for key in (waiting or names) if key in names and not key.startswith("visitor")}
    if not people:
        raise Http404
    form = forms.NothingForm(sent(request), people=people)

    def act(**more: Any) -> object:
        person = person_here(form.person(), view.room)
        if person is None:
            raise Http404
        return operations.declare_nothing(meeting=view.room.meeting, person=person, **more)

    heading = "Nothing to declare for this meeting"
    return asked(
        request, view, form, act, heading, "Write that down", "It is on record that they have nothing to declare."
    )


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_arrive(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask who came, as whom and when (REC-03; MEM-12)."""
    view = kept_or_404(request, meeting)
    form = forms.ArriveForm(sent(request), seats=view.room.seats)

    def act(**more: Any) -> object:
        person = form.cleaned_data["person"]
        found = person_here(UUID(person), view.room) if person else None
        arrival = Arrival(person=found, **form.given())
        key, moment = form.cleaned_data["form_key"], form.moment(view.room.on)
        return operations.record_arrival(
            meeting=view.room.meeting, arrival=arrival, form_key=key, arrived_at=moment, **more
        )

    return asked(request, view, form, act, "Somebody came", "Write it down", "They are on record as here.")


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_leave(request: HttpRequest, meeting: UUID, presence: UUID) -> HttpResponse:
    """This function will ask at what time somebody left (REC-03)."""
    view, found = presence_or_404(request, meeting, presence)
    form = forms.AtForm(sent(request))

    def act(**more: Any) -> object:
        return operations.record_departure(presence=found, left_at=form.moment(view.room.on), **more)

    heading = f"{view.room.names[found.who]} left"
    return asked(request, view, form, act, heading, "Write it down", "That they left is on record.")


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_strike(request: HttpRequest, meeting: UUID, presence: UUID) -> HttpResponse:
    """This function will ask what was wrong with an arrival, and strike it out; it stays on record."""
    view, found = presence_or_404(request, meeting, presence)
    form = forms.StrikeForm(sent(request))

    def act(**more: Any) -> object:
        return operations.strike_presence(presence=found, because=form.cleaned_data["because"], **more)

    heading = f"Strike out that {view.room.names[found.who]} came"
    return asked(request, view, form, act, heading, "Strike it out", "It is struck out. Write down what is right.")


# --- shared by the above


def asked(
    request: HttpRequest,
    view: LiveView,
    form: django_forms.Form,
    act: Callable[..., Any],
    heading: str,
    button: str,
    said: str,
    **more: Any,
) -> HttpResponse:
    """This function will ask for one thing in a meeting, do it, and go back to the page on the wall."""
    then = reverse("meeting_live", args=[view.room.meeting.pk])
    context = {"view": view, "group": view.room.meeting.group, "heading": heading, "button": button, **more}
    return ask(request, form, act, said, then, ASK, context)


def kept_or_404(request: HttpRequest, meeting: UUID) -> LiveView:
    """This function will give a meeting that the reader keeps."""
    view = live_or_404(request, meeting)
    if not view.keeps:
        raise Http404
    return view


def presence_or_404(request: HttpRequest, meeting: UUID, presence: UUID) -> tuple[LiveView, Presence]:
    """This function will give an arrival at a meeting that the reader keeps."""
    view = kept_or_404(request, meeting)
    found = one_presence(view.room, presence)
    if found is None:
        raise Http404
    return view, found
