"""One question about an item, asked and carried out: what the pages on which items are handled have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sightline.core.verdict import Invalid
from sightline.intelligence.models import Item
from sightline.intelligence.queries.reviewing import kept_item
from sightline.web.gate import reader

ASK_AND_ANSWER = ["GET", "HEAD", "POST"]


def kept_or_404(request: HttpRequest, item: UUID) -> Item:
    """This function will give an item whose record the reader keeps; hidden, absent and another's look the same."""
    found = kept_item(reader(request), timezone.localdate(), item)
    if found is None:
        raise Http404
    return found


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[..., Any],
    then: Callable[[Any], HttpResponse],
    context: Mapping[str, Any],
    *,
    says: str = "",
    page: str = "intelligence/amend.html",
) -> HttpResponse:
    """This function will ask, do what was answered, say so, and go on; what cannot be used is asked again."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(by=reader(request), at=timezone.now(), **form.cleaned_data)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            if says:
                messages.success(request, says)
            return then(made)
    return render(request, page, {"form": form, **context}, status=400 if form.errors else 200)
