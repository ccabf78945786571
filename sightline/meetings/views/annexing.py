"""Pages beside the note of a meeting: its restricted annex, who reads it, and to whom the meeting was fed back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.meetings import operations
from sightline.meetings.forms import annexing as forms
from sightline.meetings.presenters import noting as presenters
from sightline.meetings.queries.annexing import annex_of, could_read, readers_of, reads_annex, recipients_of
from sightline.meetings.views.asking import ask
from sightline.meetings.views.noting import METHODS, around, kept_note_or_404, note_or_404
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

ASK = "meetings/note_ask.html"


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def note_annex(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will show the restricted annex to its readers, and ask those who keep it for an entry (REC-12)."""
    note, today = note_or_404(request, meeting), timezone.localdate()
    if not reads_annex(reader(request), today, note.meeting) or (request.method == "POST" and not note.keeps):
        raise Http404
    entries = annex_of(reader(request), today, note.meeting)
    lines = presenters.section_lines(note, {})
    items = [(str(one.item), f"{one.number}. {one.title}") for one in lines if one.item]
    form = forms.AnnexForm(sent(request), items=items)

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.add_to_annex(
            meeting=note.meeting, item=form.item(), text=told["text"], form_key=told["form_key"], **given
        )

    people = dict(readers_of(note.meeting).values_list("person", "person__display_name")) if note.keeps else {}
    context = {
        **around(note),
        "entries": presenters.annex_lines(entries, lines, names_of({one.recorded_by for one in entries})),
        "readers": sorted(people.values()),
    }
    said = "It is in the annex."
    return ask(request, form, act, said, reverse("note_annex", args=[meeting]), "meetings/note_annex.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def note_readers(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask who reads the annex beside those who keep it (REC-12)."""
    note = kept_note_or_404(request, meeting)
    rows = readers_of(note.meeting).values_list("person", "person__display_name")
    now = {str(key): name for key, name in rows}
    people = {**now, **could_read(note.meeting, timezone.localdate())}
    form = forms.ReadersForm(sent(request), people=people, initial={"people": list(now)})

    def act(**given: Any) -> object:
        return operations.name_annex_readers(meeting=note.meeting, people=form.people(), **given)

    then = reverse("note_annex", args=[meeting])
    context = {**around(note), "title": "Readers of the annex", "button": "Name them", "nothing": ""}
    return ask(request, form, act, "The readers are named.", then, ASK, context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def note_fed_back(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask to whom a meeting was fed back, among those to whom the group reports (GRP-06)."""
    note = kept_note_or_404(request, meeting)
    waiting = {one.key: one for one in recipients_of(note.meeting, timezone.localdate()) if one.done is None}
    form = forms.FedBackForm(sent(request), recipients=[(key, one.name) for key, one in waiting.items()])

    def act(**given: Any) -> object:
        told = form.cleaned_data
        to = waiting[told["to"]]
        return operations.feed_back(
            meeting=note.meeting, told_on=told["told_on"], group=to.group, organisation=to.organisation, **given
        )

    nothing = "" if waiting else "Nobody is left to be told whom the group’s terms in force name."
    context = {**around(note), "title": "Feed the meeting back", "button": "Record it", "nothing": nothing}
    return ask(request, form, act, "It is on record.", reverse("note", args=[meeting]), ASK, context)
