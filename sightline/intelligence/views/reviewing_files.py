"""The page on which the comments of one file are accepted or set aside together."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.intelligence.forms.handling import ReviewFileForm
from sightline.intelligence.operations import review_file
from sightline.intelligence.presenters.reviewing import file_page
from sightline.intelligence.queries import reviewing_files as queries
from sightline.intelligence.views.asking import ASK_AND_ANSWER, ask
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def file_review(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """This function will show what waits of a file, ten comments of it, and take one decision for all (INT-15)."""
    actor, today = reader(request), timezone.localdate()
    found = queries.delivery_to_review(actor, today, delivery)
    if found is None:
        raise Http404
    page = file_page(queries.file_to_review(actor, today, found), today)
    form = ReviewFileForm(sent(request), initial={"items": page.items, "listed": page.listed})
    return ask(
        request,
        form,
        partial(review_file, delivery=found),
        lambda _: redirect("review"),
        {"page": page},
        says=f"{page.items:,} comments are decided, in your name.",
        page="intelligence/review_file.html",
    )
