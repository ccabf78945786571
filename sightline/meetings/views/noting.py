"""Pages of the note of a meeting: the document, other words for a section, and that the group agreed it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.forms import noting as forms
from sightline.meetings.giving import Overtaken
from sightline.meetings.keeping import rules_of
from sightline.meetings.presenters import noting as presenters
from sightline.meetings.presenters import telling as telling_presenters
from sightline.meetings.presenters.planning import when_words
from sightline.meetings.queries.annexing import fed_back_of, reads_annex
from sightline.meetings.queries.commenting import comments_of
from sightline.meetings.queries.note_pages import NoteView, meetings_after, note_view
from sightline.meetings.queries.telling import own_telling
from sightline.meetings.views.asking import ask
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(Permission.SEE_MEETINGS)
def note_page(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will show the note of a meeting as one document: the sections that the reader reads (REC-01)."""
    note, today = note_or_404(request, meeting), timezone.localdate()
    comments = comments_of(reader(request), today, note.meeting)
    wrote = {each.recorded_by for one in note.sections for each in one.versions}
    names = names_of(wrote | {each.recorded_by for some in comments.values() for each in some})
    back = fed_back_of(note.meeting)
    own, owed = own_telling(reader(request), today, note.meeting)
    told = names_of({one.recorded_by for one in back})
    is_open = note.sharing is not None and not note.is_agreed
    context = {
        **around(note),
        "sections": presenters.section_lines(note, names),
        "comments": {key: [presenters.comment_line(one, names) for one in some] for key, some in comments.items()},
        "may_comment": note.sharing is not None and bool(may(reader(request), Permission.SHARE_INTELLIGENCE, today)),
        "tag": presenters.state_tag(note),
        "says": presenters.state_words(note),
        "may_agree": note.presides and is_open,
        "has_annex": reads_annex(reader(request), timezone.localdate(), note.meeting),
        "fed_back": presenters.fed_back_words(back, told),
        "may_feed_back": note.keeps and note.sharing is not None,
        "told": telling_presenters.own_words(own),
        "to_tell": telling_presenters.owed_lines(owed),
    }
    return render(request, "meetings/note.html", context)


@require_POST
@needs(Permission.KEEP_MEETINGS)
def note_draft(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will have the draft of a note written from what happened."""
    note = kept_note_or_404(request, meeting)
    try:
        operations.draft_note(by=reader(request), at=timezone.now(), meeting=note.meeting)
        messages.success(request, "The draft is written. Read it through before you share it.")
    except Already as same:
        messages.info(request, str(same))
    except Refused as problem:
        messages.error(request, " ".join(one.says for one in problem.verdict.reasons))
    return redirect("note", meeting)


@require_POST
@needs(Permission.KEEP_MEETINGS)
def note_share(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will share the draft with the members."""
    note = kept_note_or_404(request, meeting)
    try:
        operations.share_note(by=reader(request), at=timezone.now(), meeting=note.meeting)
        messages.success(request, "The members read the draft now, each the items that are open to them.")
    except Already as same:
        messages.info(request, str(same))
    except Refused as problem:
        messages.error(request, " ".join(one.says for one in problem.verdict.reasons))
    return redirect("note", meeting)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def note_write(request: HttpRequest, meeting: UUID, item: UUID | None = None) -> HttpResponse:
    """This function will ask for other words; where another wrote meanwhile both are shown, and nothing is lost (REC-16)."""
    note = kept_note_or_404(request, meeting)
    section = note.section(item)
    if section is None:
        raise Http404
    newest, theirs = section.newest, ""
    asks: dict[str, Any] = {
        "before": "\n".join(one.text for one in section.versions),
        "needs_reason": note.sharing is not None,
    }
    form = forms.PassageForm(sent(request), initial={"seen": newest.number, "text": newest.text}, **asks)
    if request.method == "POST" and form.is_valid() and is_clear(form):
        given = form.cleaned_data
        try:
            operations.write_passage(
                by=reader(request), at=timezone.now(), meeting=note.meeting, item=item, seen=given["seen"],
                text=given["text"], because=given.get("because", ""), knowingly=form.knowingly,
            )  # fmt: skip
        except Already:
            pass
        except Overtaken as late:
            theirs = newest.text
            form = _upon(form, newest.number, asks)
            form.add_error("text", list(late.problems))
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        except Refused as problem:
            form.add_error(None, [one.cited for one in problem.verdict.reasons])
        if not form.errors:
            messages.success(request, "The section is kept in your words. The earlier ones stay on record.")
            return redirect(f"{reverse('note', args=[meeting])}#{item or 'whole'}")
    rules = rules_of(note.meeting.group, note.view.held_on)
    context = {
        **around(note),
        "form": form,
        "title": newest.title,
        "theirs": presenters.blocks_of(theirs),
        "prompts": () if item else rules.prompts,
        "writing": rules.writing,
    }
    return render(request, "meetings/note_write.html", context, status=409 if theirs else 400 if form.errors else 200)


@require_http_methods(METHODS)
@needs(Permission.PRESIDE)
def note_agree(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask whoever presides at which meeting, and when, the group agreed the note (REC-04)."""
    note = note_or_404(request, meeting)
    if not note.presides:
        raise Http404
    later = {str(one.meeting.pk): one for one in meetings_after(reader(request), timezone.localdate(), note)}
    form = forms.AgreeForm(sent(request), meetings=[(key, when_words(one)) for key, one in later.items()])

    def act(**given: Any) -> object:
        chosen = later[str(form.met())]
        moment = form.moment(chosen.held_on)
        return operations.agree_note(meeting=note.meeting, at_meeting=chosen.meeting, agreed_at=moment, **given)

    nothing = "" if later else "The group has not met since. A note is agreed at a later meeting."
    context = {
        **around(note),
        "title": "The group agreed the note",
        "nothing": nothing,
        "button": "Record that it was agreed",
        "intro": "The sections that you read are kept as they stand now, each with its hash.",
        "source": "QSG 2017 ¶132",
    }
    said = "The note is agreed. What is corrected from now on says so."
    return ask(request, form, act, said, reverse("note", args=[meeting]), "meetings/note_ask.html", context)


# --- shared with the pages beside it


def note_or_404(request: HttpRequest, meeting: UUID) -> NoteView:
    """This function will give a note that the reader reads."""
    found = note_view(reader(request), timezone.localdate(), meeting)
    if found is None:
        raise Http404
    return found


def kept_note_or_404(request: HttpRequest, meeting: UUID) -> NoteView:
    """This function will give a note that the reader keeps."""
    found = note_or_404(request, meeting)
    if not found.keeps:
        raise Http404
    return found


def around(note: NoteView) -> dict[str, Any]:
    """This function will give what every page of a note shows around it."""
    return {"note": note, "group": note.meeting.group, "when": when_words(note.view)}


def _upon(form: forms.PassageForm, number: int, asks: dict[str, Any]) -> forms.PassageForm:
    """The same words, to be written upon the version that is the newest now."""
    again = forms.PassageForm({**dict(form.data.items()), "seen": str(number)}, **asks)
    again.is_valid()
    return again
