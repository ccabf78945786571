"""How a page about meetings asks: it shows the form, does what was answered, says so, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.accounts.looking import is_clear
from sightline.core.verdict import Already, Invalid, Refused
from sightline.web.gate import reader


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[..., Any],
    said: str,
    then: Callable[[Any], str] | str,
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """This function will ask; what the rules refuse is said above the form, which keeps what was typed.

    ``act`` is called with ``by`` and ``at``, and with why personal data stays where the form looks for it. A form that
    was sent twice did its work the first time.
    """
    if request.method == "POST" and form.is_valid() and is_clear(form):
        given: dict[str, Any] = {"by": reader(request), "at": timezone.now()}
        if hasattr(form, "knowingly"):
            given["knowingly"] = form.knowingly
        made = None
        try:
            made = act(**given)
        except Already:
            pass
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        except Refused as problem:
            form.add_error(None, [one.cited for one in problem.verdict.reasons])
        if not form.errors:
            messages.success(request, said)
            return redirect(then(made) if callable(then) else then)
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)
