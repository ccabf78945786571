"""How pages of concerns ask: a form is looked through for people, sent once, and keeps what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.looking import is_clear
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.surveillance.models import Concern
from sightline.surveillance.queries import concerns as queries
from sightline.web.gate import reader


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[..., object],
    *,
    then: Callable[[object], str],
    said: str,
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """This function will ask, do what was answered, and go on; a form that was sent twice goes on as though once.

    ``then`` gives the address of the next page from what was done, or from None where it was on record already.
    """
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            done = act(by=reader(request), at=timezone.now())
        except Already:
            return redirect(then(None))
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, said)
            return redirect(then(done))
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)


def worked_or_404(request: HttpRequest, concern: uuid.UUID, *, may_be_closed: bool = False) -> Concern:
    """This function will give a concern on which the reader may work; whoever may not cannot tell that it is there."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.one_concern(actor, today, concern)
    if found is None or not queries.works_on(actor, today, found):
        raise Http404
    if hasattr(found, "ending") and not may_be_closed:
        raise Refused(refused("This concern is closed. Where it comes back, raise it again."))
    return found


def to_concern(concern: Concern, anchor: str = "") -> Callable[[object], str]:
    """This function will give the way back to a concern's page."""
    address = reverse("concern", args=[concern.pk]) + anchor
    return lambda _: address
