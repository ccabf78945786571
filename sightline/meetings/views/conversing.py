"""Pages of what was said between meetings about a subject."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.directory.models import Subject
from sightline.meetings import operations
from sightline.meetings.forms.conversing import SpokenForm
from sightline.meetings.queries.conversing import conversations_about, groups_writing, open_subject
from sightline.meetings.views.asking import ask
from sightline.meetings.words import WAY, Way
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(Permission.SEE_MEETINGS)
def conversations_page(request: HttpRequest, subject: UUID) -> HttpResponse:
    """This function will list what was said about a subject between meetings, the newest first (MTG-08)."""
    found, today = _subject_or_404(request, subject), timezone.localdate()
    rows = conversations_about(reader(request), today, found)
    names = names_of({one.recorded_by for one in rows})
    context = {
        "subject": found,
        "lines": [(one, WAY[Way(one.way)], names.get(one.recorded_by, "")) for one in rows],
        "may_write": bool(groups_writing(reader(request), today, found)),
    }
    return render(request, "meetings/conversations.html", context)


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def conversation_add(request: HttpRequest, subject: UUID) -> HttpResponse:
    """This function will ask what was said about a subject, for one of the groups in which the reader may write it down."""
    found, today = _subject_or_404(request, subject), timezone.localdate()
    groups = {str(one.pk): one for one in groups_writing(reader(request), today, found)}
    if not groups:
        raise Http404
    form = SpokenForm(sent(request), groups={key: one.name for key, one in groups.items()})

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.record_conversation(
            group=groups[given["group"]], subject=found, spoken=form.spoken(), form_key=given["form_key"], **more
        )

    there = reverse("conversations", args=[found.pk])
    context = {
        "title": "Something was said between meetings",
        "caption": found.name,
        "intro": "Whoever sits in the group reads it, unless an interest closes the subject to them. It decides nothing.",
        "source": "QSG 2017 ¶21; SQG 2022 §3.19",
        "button": "Write it down",
        "back": ("what was said", there),
    }
    return ask(request, form, act, "It is on record.", there, "meetings/written_ask.html", context)


def _subject_or_404(request: HttpRequest, subject: UUID) -> Subject:
    found = open_subject(reader(request), timezone.localdate(), subject)
    if found is None:
        raise Http404
    return found
