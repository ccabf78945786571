"""Pages on which a member comments on a section of a draft note, and whoever keeps it answers."""

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
from sightline.meetings.forms import commenting as forms
from sightline.meetings.presenters.noting import blocks_of
from sightline.meetings.queries.commenting import one_comment
from sightline.meetings.views.asking import ask
from sightline.meetings.views.noting import METHODS, around, kept_note_or_404, note_or_404
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

TEMPLATE = "meetings/note_comment.html"


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def note_comment(request: HttpRequest, meeting: UUID, item: UUID | None = None) -> HttpResponse:
    """This function will ask what should be changed in a section of a draft that is shared (REC-04)."""
    note = note_or_404(request, meeting)
    section = note.section(item)
    if section is None or note.sharing is None:
        raise Http404
    form = forms.CommentForm(sent(request))

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.comment_on_note(
            meeting=note.meeting, item=item, text=told["text"], form_key=told["form_key"], **given
        )

    context = {
        **around(note),
        "heading": "Comment on the draft",
        "title": section.newest.title,
        "blocks": blocks_of(section.newest.text),
        "button": "Send the comment",
    }
    said = "Your comment is with whoever keeps the record. What became of it stands beneath the section."
    return ask(request, form, act, said, _back(meeting, item), TEMPLATE, context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def note_answer(request: HttpRequest, meeting: UUID, comment: UUID) -> HttpResponse:
    """This function will ask whether a comment was taken in, and what is said to whoever made it."""
    note = kept_note_or_404(request, meeting)
    found = one_comment(reader(request), timezone.localdate(), note.meeting, comment)
    if found is None:
        raise Http404
    form = forms.AnswerForm(sent(request))

    def act(**given: Any) -> object:
        says = form.cleaned_data["says"]
        return operations.answer_comment(comment=found, is_taken_in=form.is_taken_in(), says=says, **given)

    who = names_of([found.recorded_by]).get(found.recorded_by, "")
    context = {
        **around(note),
        "heading": "Answer a comment",
        "title": found.passage.title,
        "blocks": blocks_of(found.text),
        "by": who,
        "button": "Record the answer",
    }
    return ask(request, form, act, "The answer is on record.", _back(meeting, found.passage.item_id), TEMPLATE, context)


def _back(meeting: UUID, item: UUID | None) -> str:
    return f"{reverse('note', args=[meeting])}#{item or 'whole'}"
