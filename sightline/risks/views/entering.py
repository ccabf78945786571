"""Who is let in to a risk, and how its forms are asked: hidden and absent look the same, and nothing typed is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.accounts.looking import is_clear
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.risks.presenters.risks import reasons
from sightline.risks.queries.risks import Sheet, one_sheet
from sightline.web.gate import reader

NOT_KEPT = refused("This risk is on another record. Those who keep that record change it.", "RSK-01")
CLOSED = refused("This risk is closed. If it is back, open a new one that follows it.", "RSK-07")


def sheet_or_404(request: HttpRequest, risk: uuid.UUID) -> Sheet:
    """This function will give a risk that the reader may read."""
    found = one_sheet(reader(request), timezone.localdate(), risk)
    if found is None:
        raise Http404
    return found


def kept_sheet_or_404(request: HttpRequest, risk: uuid.UUID) -> Sheet:
    """This function will give an open risk whose record the reader keeps; raises Refused for any other they may read."""
    found = sheet_or_404(request, risk)
    if not found.keeps:
        raise Refused(NOT_KEPT)
    if found.facts.is_closed:
        raise Refused(CLOSED)
    return found


def done(request: HttpRequest, form: django_forms.Form, act: Callable[..., object], said: str) -> bool:
    """This function will do what a form asks for; what stands in the way is said in the form, and nothing typed is lost."""
    try:
        act(by=reader(request), at=timezone.now())
    except Already as same:
        messages.info(request, same.problems[0])
    except Invalid as problem:
        form.add_error(None, list(problem.problems))
        return False
    except Refused as problem:
        form.add_error(None, reasons(problem.verdict.reasons))
        return False
    else:
        messages.success(request, said)
    return True


def ask(
    request: HttpRequest,
    sheet: Sheet,
    form: django_forms.Form,
    act: Callable[..., object],
    *,
    heading: str,
    button: str,
    said: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """This function will ask for one thing about a risk, do it, and go back to the risk."""
    if request.method == "POST" and form.is_valid() and is_clear(form) and done(request, form, act, said):
        return redirect("risk", sheet.risk.pk)
    page = {"sheet": sheet, "form": form, "heading": heading, "button": button, **(context or {})}
    return render(request, "risks/risk_ask.html", page, status=400 if form.errors else 200)
