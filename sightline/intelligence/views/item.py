"""The page of one item, and what may be done on it: more words, other words, handling, tags, its files."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.core.verdict import Invalid
from sightline.intelligence.forms.amending import AddWordsForm, HandlingForm, ReplaceForm, TagsForm, WordsForm
from sightline.intelligence.giving import Words
from sightline.intelligence.keeping import read_file
from sightline.intelligence.models import Item
from sightline.intelligence.operations import add_words, change_handling, replace_words, tag
from sightline.intelligence.presenters.handling import handling_part
from sightline.intelligence.presenters.item import item_page as page_of
from sightline.intelligence.queries import one_attachment
from sightline.intelligence.queries.reviewing import handled
from sightline.intelligence.queries.telling import (
    Told,
    listed_readers,
    one_passage,
    readers_to_choose,
    tags_to_choose,
    told_to,
)
from sightline.intelligence.wording import TAG_KIND
from sightline.intelligence.words import TagKind
from sightline.web.gate import needs, needs_sign_in, reader

ASK_AND_ANSWER = ["GET", "HEAD", "POST"]


@require_safe
@needs_sign_in
def item_page(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will show one item as far as the reader may know it; absent and hidden look the same."""
    told = _told_or_404(request, item)
    found = handled(reader(request), timezone.localdate(), item)
    shown = {"page": page_of(told), "handling": handling_part(found) if found else None}
    return render(request, "intelligence/item.html", shown)


@require_safe
@needs_sign_in
def attachment(request: HttpRequest, attachment: UUID) -> HttpResponse:
    """This function will give a file to keep, never to be opened in the house's own pages."""
    found = one_attachment(reader(request), timezone.localdate(), attachment)
    data = read_file(found) if found else None
    if found is None or data is None:
        raise Http404
    response = HttpResponse(data, content_type=found.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.SHARE_INTELLIGENCE)
def add_words_page(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will add a passage to an item."""
    found = _told_or_404(request, item).item
    form = AddWordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        words = Words(told["words"], told["handling"])
        why = {"knowingly": told["knowingly"], "why_fewer": told["why_fewer"]}
        try:
            add_words(by=reader(request), at=timezone.now(), item=found, words=words, **why)
        except Invalid as problem:
            form.add_error("words", list(problem.problems))
        else:
            messages.success(request, "Your words are added.")
            return redirect("item", item=found.pk)
    return _form_page(request, form, found.pk, "Add a passage", "Add it")


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def replace_page(request: HttpRequest, passage: UUID) -> HttpResponse:
    """This function will put other words in a passage's place."""
    found = one_passage(reader(request), timezone.localdate(), passage)
    if found is None:
        raise Http404
    begins = {"words": found.text, "handling": found.handling}
    form = ReplaceForm(request.POST if request.method == "POST" else None, initial=begins)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        words = Words(told["words"], told["handling"])
        why = {"because": told["because"], "knowingly": told["knowingly"]}
        try:
            replace_words(by=reader(request), at=timezone.now(), passage=found, words=words, **why)
        except Invalid as problem:
            form.add_error("words", list(problem.problems))
        else:
            messages.success(request, "The words are replaced.")
            return redirect("item", item=found.item_id)
    return _form_page(request, form, found.item_id, "Replace a passage", "Replace it")


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def handling_page(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will change who may see an item."""
    found = _kept_or_404(request, item)
    listed = listed_readers(found)
    begins = {"handling": found.handling, "readers": listed, "version": found.version}
    form = HandlingForm(
        request.POST if request.method == "POST" else None,
        readers=readers_to_choose(reader(request), timezone.localdate(), found),
        initial=begins,
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_handling(by=reader(request), at=timezone.now(), item=found, **form.cleaned_data)
        except Invalid as problem:
            form.add_error("handling", list(problem.problems))
        else:
            messages.success(request, "Who may see it is changed, from now on.")
            return redirect("item", item=found.pk)
    says = "A wider circle frees no words: a passage keeps its own readers until it is replaced."
    return _form_page(request, form, found.pk, "Change who may see it", "Change it", says)


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def tags_page(request: HttpRequest, item: UUID, kind: str) -> HttpResponse:
    """This function will change an item's tags of one kind."""
    found = _kept_or_404(request, item)
    if kind not in set(TagKind):
        raise Http404
    of = TagKind(kind)
    choices, standing = tags_to_choose(found, of, timezone.localdate())
    form = TagsForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        label=TAG_KIND[of],
        initial={"values": standing},
    )
    if request.method == "POST" and form.is_valid():
        tag(by=reader(request), at=timezone.now(), item=found, kind=of, values=form.cleaned_data["values"])
        messages.success(request, "The tags are changed.")
        return redirect("item", item=found.pk)
    return _form_page(request, form, found.pk, "Change its tags", "Change them")


def _told_or_404(request: HttpRequest, item: UUID) -> Told:
    told = told_to(reader(request), timezone.localdate(), item)
    if told is None:
        raise Http404
    return told


def _kept_or_404(request: HttpRequest, item: UUID) -> Item:
    told = _told_or_404(request, item)
    if not told.keeps:
        raise Http404
    return told.item


def _form_page(
    request: HttpRequest, form: WordsForm | HandlingForm | TagsForm, item: UUID, title: str, does: str, says: str = ""
) -> HttpResponse:
    shown = {"form": form, "item": item, "title": title, "does": does, "says": says}
    return render(request, "intelligence/amend.html", shown, status=400 if form.errors else 200)
