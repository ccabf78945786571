"""Pages on which members say that they told their organisation, and those who keep the papers see who has yet to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.meetings import operations, queries
from sightline.meetings.forms import telling as forms
from sightline.meetings.presenters import telling as presenters
from sightline.meetings.queries.telling import members_who_tell, own_telling
from sightline.meetings.views.asking import ask
from sightline.meetings.views.noting import METHODS, around, kept_note_or_404, note_or_404
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.KEEP_MEETINGS)
def note_told(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will show who told their organisation what came of a meeting, and what these say (MEM-17)."""
    note, today = kept_note_or_404(request, meeting), timezone.localdate()
    members = members_who_tell(note.view)
    coming, _ = queries.meetings_for(reader(request), today, note.meeting.group_id)
    context = {
        **around(note),
        "lines": presenters.member_lines(members),
        "count": presenters.counted(members),
        "is_shared": note.sharing is not None,
        "next": next((one.meeting.pk for one in coming), None),
    }
    return render(request, "meetings/note_told.html", context)


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def note_tell(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask a member when they told their organisation what came of a meeting, and what it says (MEM-17)."""
    note, today = note_or_404(request, meeting), timezone.localdate()
    told, owed = own_telling(reader(request), today, note.meeting)
    if not told and not owed:
        raise Http404
    seats = {str(one.seating.seat_id): _name(one.seating.seat.organisation) for one in owed}
    form = forms.TellForm(sent(request), seats=seats, initial={"told_on": today})

    def act(**given: Any) -> object:
        words = form.cleaned_data
        return operations.tell_organisation(
            meeting=note.meeting, seat=form.seat(), told_on=words["told_on"], says=words["says"], **given
        )

    context = {
        **around(note),
        "title": f"Tell {' and '.join(seats.values())} what came of the meeting" if seats else "What you told",
        "button": "Record it",
        "nothing": "" if seats else " ".join(says for says, _ in presenters.own_words(told)),
    }
    then = reverse("note", args=[meeting])
    return ask(request, form, act, "It is on record that you told it.", then, "meetings/note_ask.html", context)


def _name(organisation: Any) -> str:
    return str(organisation.name)
