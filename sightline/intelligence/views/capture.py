"""Pages on which intelligence is shared: the form, its check, what was sent, and what one gave before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.core.access import Handling, Permission
from sightline.core.verdict import Invalid
from sightline.directory.choosing import words_for
from sightline.intelligence.forms.capture import ShareForm, key_in, typed, typed_again
from sightline.intelligence.forms.checking import Asked, CheckForm, asked_about
from sightline.intelligence.giving import Given
from sightline.intelligence.looking import Seen, look_for_people
from sightline.intelligence.models import Draft, Item
from sightline.intelligence.operations import discard_draft, save_draft, share
from sightline.intelligence.presenters import sharing
from sightline.intelligence.presenters.item import gift_line, owed_lines
from sightline.intelligence.queries import capture, drafts, mine
from sightline.intelligence.queries.telling import told_to
from sightline.web.gate import needs, reader


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SHARE_INTELLIGENCE)
def share_page(request: HttpRequest) -> HttpResponse:
    """This function will ask what somebody heard; it shares it, or asks for a check first, or keeps it for later."""
    if request.method == "POST":
        return _posted(request)
    draft = _asked_draft(request)
    if draft is not None:
        return _page(request, _form(request, typed_again(draft.content), quiet=True), draft)
    subject = capture.subject_to_begin_with(request.GET.get("subject", ""))
    begins = {"subject": words_for(subject)} if subject else {}
    return _page(request, _form(request, None, initial={**begins, "form_key": key_in(request.POST)}), None)


@require_POST
@needs(Permission.SHARE_INTELLIGENCE)
def autosave(request: HttpRequest) -> HttpResponse:
    """This function will keep what was typed so far; nothing is written where nothing changed."""
    key, content = _typed(request)
    kept = drafts.own_draft(reader(request), key)
    is_typed = any(one.strip() for name in ("words", "subject", "narrow") for one in content.get(name, []))
    if is_typed and (kept is None or kept.content != content):
        try:
            save_draft(by=reader(request), at=timezone.now(), key=key, content=content)
        except Invalid:
            return HttpResponse(status=409)
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SHARE_INTELLIGENCE)
def check_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """This function will show what is about to be shared, what looks like personal data in it, and ask where else to go."""
    sent = capture.item_of_form(reader(request), key)
    if sent is not None:
        return redirect("sent", item=sent.pk)
    draft = drafts.own_draft(reader(request), key)
    if draft is None:
        raise Http404
    told = _form(request, typed_again(draft.content), has_files=bool(draft.files.all()))
    if not told.is_valid():
        return _page(request, told, draft, status=400)
    given, asked, seen = _looked_through(told, draft)
    form = CheckForm(request.POST if request.method == "POST" else None, asked=asked)
    if request.method == "POST" and form.is_valid():
        if form.goes_back:
            return redirect(_address_of(key))
        answer = _share(request, form.completed(given, seen), form)
        if answer is not None:
            return answer
    page = sharing.check_page(given, seen, told.remarks)
    shown = {"form": form, "page": page, "back": _address_of(key), "key": key}
    return render(request, "intelligence/share_check.html", shown, status=400 if form.errors else 200)


@require_safe
@needs(Permission.SHARE_INTELLIGENCE)
def sent_page(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will say what happens next, and who can see what was shared."""
    told = told_to(reader(request), timezone.localdate(), item)
    if told is None or not told.gave:
        raise Http404
    shown = {
        "item": told.item,
        "about": ", ".join(one.name for one in told.subjects),
        "who": sharing.sent_to(Handling(told.item.handling), len(told.readers)),
        "owed": [line for line in owed_lines(told.owed) if line.is_open],
    }
    return render(request, "intelligence/sent.html", shown)


@require_safe
@needs(Permission.SHARE_INTELLIGENCE)
def my_page(request: HttpRequest) -> HttpResponse:
    """This function will list what the reader gave, how it stands, what came of it, and what is not yet sent."""
    shown = {
        "gifts": [gift_line(one) for one in mine.own_gifts(reader(request))],
        "drafts": [sharing.draft_line(one) for one in drafts.own_drafts(reader(request))],
    }
    return render(request, "intelligence/mine.html", shown)


# --- steps of the above


def _posted(request: HttpRequest) -> HttpResponse:
    key = key_in(request.POST)
    match request.POST.get("action"):
        case "discard":
            discard_draft(by=reader(request), at=timezone.now(), key=key)
            messages.success(request, "What you began to write is discarded.")
            return redirect("share")
        case "later":
            return _later(request, key)
    sent = capture.item_of_form(reader(request), key)
    return redirect("sent", item=sent.pk) if sent else _told(request, key)


def _told(request: HttpRequest, key: UUID) -> HttpResponse:
    """Share it, where nothing needs to be asked; in any other case keep it as a draft and go on from there."""
    draft = drafts.own_draft(reader(request), key)
    form = _form(
        request, typed_again(typed(request.POST, key)), has_files=_keeps_files(request, draft), files=request.FILES
    )
    if form.is_valid():
        given, asked, _ = _looked_through(form, draft, request.POST.getlist("dropped"))
        if not asked.anything:
            answer = _share(request, given, form)
            return answer if answer is not None else _page(request, form, draft, status=400)
    kept = _keep(request, key, form)
    if form.is_valid():
        return redirect("share_check", key=key)
    return _page(request, form, kept or draft, status=400)


def _later(request: HttpRequest, key: UUID) -> HttpResponse:
    form = _form(request, typed_again(typed(request.POST, key)), has_files=True, files=request.FILES)
    form.is_valid()  # looks at the files; what else is wrong can wait
    kept = _keep(request, key, form)
    if kept is None or form.looked.problems:
        return _page(request, form, kept, status=400)
    messages.success(request, "It is kept for you, and nobody else can see it. You find it under “My contributions”.")
    return redirect("my_intelligence")


def _keep(request: HttpRequest, key: UUID, form: ShareForm) -> Draft | None:
    """What cannot be kept stays on the page at least."""
    dropped = [UUID(one) for one in request.POST.getlist("dropped") if _is_uuid(one)]
    try:
        save_draft(
            by=reader(request),
            at=timezone.now(),
            key=key,
            content=typed(request.POST, key),
            files=form.looked.kept,
            dropped=dropped,
        )
    except Invalid as problem:
        form.add_error(None, list(problem.problems))
        return None
    return drafts.own_draft(reader(request), key)


def _share(request: HttpRequest, given: Given, form: ShareForm | CheckForm) -> HttpResponse | None:
    try:
        item: Item = share(by=reader(request), at=timezone.now(), given=given)
    except Invalid as problem:
        form.add_error(None, list(problem.problems))
        return None
    return redirect("sent", item=item.pk)


def _looked_through(
    form: ShareForm, draft: Draft | None, dropped: list[str] | None = None
) -> tuple[Given, Asked, Seen]:
    bare = form.given()
    waiting = drafts.files_of(draft, bare.handling, dropped or ()) if draft else ()
    given = form.given([*waiting, *form.looked.kept])
    seen = look_for_people(given)
    return given, asked_about(given, seen, form.offered.prompts, form.remarks), seen


def _form(request: HttpRequest, data: Any, *, files: Any = None, **more: Any) -> ShareForm:
    today = timezone.localdate()
    actor = reader(request)
    return ShareForm(data, files, actor=actor, on=today, offered=capture.offered_to(actor, today), **more)


def _page(request: HttpRequest, form: ShareForm, draft: Draft | None, status: int = 200) -> HttpResponse:
    others = [
        sharing.draft_line(one) for one in drafts.own_drafts(reader(request)) if draft is None or one.pk != draft.pk
    ]
    shown = {
        "form": form,
        "first": sharing.FIRST,
        "readers": sharing.READERS,
        "after": sharing.AFTER,
        "more": sharing.MORE,
        "is_draft": draft is not None,
        "files": [sharing.file_of_draft(one) for one in draft.files.all()] if draft else [],
        "drafts": others if request.method != "POST" else [],
        "names_readers": form["handling"].value() == Handling.RESTRICTED or bool(form["narrow"].value()),
        "open": any(name in form.errors for _, names in sharing.MORE for name in names),
    }
    return render(request, "intelligence/share.html", shown, status=status)


def _typed(request: HttpRequest) -> tuple[UUID, dict[str, list[str]]]:
    key = key_in(request.POST)
    return key, typed(request.POST, key)


def _asked_draft(request: HttpRequest) -> Draft | None:
    key = request.GET.get("draft", "")
    if not key:
        return None
    found = drafts.own_draft(reader(request), UUID(key)) if _is_uuid(key) else None
    if found is None:
        raise Http404
    return found


def _keeps_files(request: HttpRequest, draft: Draft | None) -> bool:
    dropped = set(request.POST.getlist("dropped"))
    return draft is not None and any(str(file.pk) not in dropped for file in draft.files.all())


def _address_of(key: UUID) -> str:
    return f"{reverse('share')}?{urlencode({'draft': str(key)})}"


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
