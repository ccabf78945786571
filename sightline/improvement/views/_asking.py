"""Asks on a page, does what was answered, and goes on: what the pages of reviews and of improvement groups share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.accounts.looking import is_clear
from sightline.core.verdict import Already, Invalid, Refused
from sightline.web.gate import reader


def ask(
    request: HttpRequest,
    form: Any,
    act: Callable[..., object],
    then: Callable[[object], str],
    said: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """This function will do what a form answers; a refusal is told on the form, and nothing is lost of what was typed."""
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            made = act(by=reader(request), at=timezone.now(), knowingly=form.knowingly)
        except Already:
            return redirect(then(None))
        except Refused as no:
            form.add_error(None, [one.cited for one in no.verdict.reasons])
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, said)
            return redirect(then(made))
    status = 400 if form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)
