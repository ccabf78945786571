"""The page on which an item is marked more sensitive."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.core.access import Handling, Permission
from sightline.intelligence.forms.amending import MarkForm
from sightline.intelligence.operations import mark_sensitive
from sightline.intelligence.presenters.marking import marking_lines
from sightline.intelligence.queries.marking import markable
from sightline.intelligence.views.asking import ASK_AND_ANSWER, ask
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.RELEASE_INTELLIGENCE)
def item_mark(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will ask for whom a more sensitive item is from now on, and why (IGV-09)."""
    found = markable(reader(request), timezone.localdate(), item)
    if found is None:
        raise Http404
    begins = {"handling": Handling.RESTRICTED.value, "readers": found.keepers, "version": found.item.version}
    form = MarkForm(sent(request), ones=found.stricter, people=found.people, initial=begins)
    context = {"item": item, "markings": marking_lines(found.markings), "is_shorter": found.only is not None}
    return ask(
        request, form, partial(mark_sensitive, item=found.item), lambda _: redirect("item", item=item), context,
        says="It is marked. From now on only those readers see it.", page="intelligence/mark.html",
    )  # fmt: skip
