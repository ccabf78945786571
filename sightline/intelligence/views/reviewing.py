"""Pages on which those who keep the record review items, answer givers, and write down what was done."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.core.verdict import Invalid
from sightline.intelligence.forms import handling as forms
from sightline.intelligence.operations import (
    answer_giver,
    describe_investigation,
    note_panel,
    note_sharing,
    review,
    review_many,
    tells_again,
    undo_join,
)
from sightline.intelligence.presenters.handling import join_choices, same_story_choices
from sightline.intelligence.presenters.reviewing import pile_line, waiting_groups, waiting_line
from sightline.intelligence.queries import reviewing as queries
from sightline.intelligence.queries import source_list
from sightline.intelligence.queries.joining import joined_for
from sightline.intelligence.queries.reviewing_files import piles
from sightline.intelligence.views.asking import ASK_AND_ANSWER, ask, kept_or_404
from sightline.intelligence.words import PUBLISHED, Outcome
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

A_PAGE = 50


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def review_page(request: HttpRequest) -> HttpResponse:
    """This function will list what was published and waits, and decide about several items alike."""
    today, actor = timezone.localdate(), reader(request)
    chosen = queries.chosen_of(actor, today, _keys(request)) if request.method == "POST" else []
    form = forms.ReviewManyForm(sent(request), keys=[item.pk for item in chosen])
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            number = review_many(
                by=actor, at=timezone.now(), items=chosen, outcome=told["outcome"], because=told["because"]
            )
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, f"{number} reviewed.")
            return redirect("review")
    page = Paginator(queries.waiting(actor, today), A_PAGE).get_page(request.GET.get("page"))
    sources = {one.id: one for one in source_list(today).sources}
    shown = {
        "form": form,
        "page": page,
        "groups": waiting_groups(queries.waiting_ones(actor, today, list(page)), sources, today),
        "piles": [pile_line(one) for one in piles(actor, today)],
        "chosen": set(request.POST.getlist("items")),
    }
    return render(request, "intelligence/review.html", shown, status=400 if form.errors else 200)


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def item_review(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will accept an item or set it aside."""
    found = kept_or_404(request, item)
    today, asked = timezone.localdate(), request.GET.get("decide", "")
    line = waiting_line(queries.waiting_one(reader(request), today, found), today)
    return ask(
        request,
        forms.ReviewForm(sent(request), initial={"outcome": asked} if asked in set(Outcome) else None),
        partial(review, item=found),
        lambda _: redirect("item", item=item),
        {"item": item, "line": line, "is_published": found.kind in PUBLISHED},
        says="It is on the record.",
        page="intelligence/review_item.html",
    )


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def item_same_story(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will join an item with another that tells the same story."""
    found = kept_or_404(request, item)
    some = queries.may_tell_the_same(reader(request), timezone.localdate(), found)
    by_key = {one.pk: one for one, _ in some}
    choices, hints = same_story_choices(some)
    form = forms.SameStoryForm(sent(request), choices=choices, hints=hints)

    def act(*, first: UUID, **given: Any) -> object:
        return tells_again(item=found, first=by_key[first], **given)

    says = "They then count as one witness in the picture. Both stay on the record."
    if not some:
        return render(request, "intelligence/review_no_story.html", {"item": item})
    return _about(request, item, form, act, "Same story as another item", says, "Join them")


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def item_undo_join(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will undo a join of the story that an item tells."""
    found = kept_or_404(request, item)
    some = joined_for(reader(request), timezone.localdate(), found)
    choices, hints = join_choices(some)
    by_key = {one.told.pk: one.told for one in some}
    form = forms.UndoJoinForm(sent(request), choices=choices, hints=hints)

    def act(*, told: int, **given: Any) -> object:
        return undo_join(told=by_key[told], **given)

    says = (
        "They then count as witnesses of their own again. That they were joined stays on the record, with your reason."
    )
    if not choices:
        return render(request, "intelligence/review_no_join.html", {"item": item})
    return _about(request, item, form, act, "They do not tell the same story", says, "Undo it")


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def item_feedback(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will tell the giver what came of what they gave."""
    found = kept_or_404(request, item)
    return ask(
        request,
        forms.FeedbackForm(sent(request)),
        partial(answer_giver, item=found),
        lambda _: redirect("item", item=item),
        {"item": item},
        says="The giver can read it now, under “My contributions” and on the page of the item.",
        page="intelligence/feedback.html",
    )


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def item_shared_with(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will write down with whom outside an item was shared."""
    found = kept_or_404(request, item)
    title, act = "Shared with a partner outside", partial(note_sharing, item=found)
    return _about(request, item, forms.SharedWithForm(sent(request)), act, title)


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def item_panel(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will link a review panel to an emerging concern."""
    found = kept_or_404(request, item)
    title, act = "Regulatory Review Panel", partial(note_panel, item=found)
    return _about(request, item, forms.PanelForm(sent(request)), act, title)


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def item_investigation(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will say in which investigation a provider does not cooperate."""
    found = kept_or_404(request, item)
    title, act = "A provider does not cooperate in an investigation", partial(describe_investigation, item=found)
    says = "It is written down once, and everybody who may see the item reads it."
    return _about(request, item, forms.InvestigationForm(sent(request)), act, title, says)


# --- shared by the above


def _keys(request: HttpRequest) -> list[UUID]:
    found = []
    for one in request.POST.getlist("items"):
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def _about(
    request: HttpRequest, item: UUID, form: Any, act: Any, title: str, says: str = "", does: str = "Save"
) -> HttpResponse:
    shown = {"item": item, "title": title, "does": does, "says": says}
    return ask(request, form, act, lambda _: redirect("item", item=item), shown, says="It is on the record.")
