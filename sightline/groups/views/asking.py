"""How a page about groups asks: it shows the form, does what was answered, says so, and goes on."""

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
    then: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """This function will ask, look through the words for people, do what was answered, say so, and go on.

    What the rules refuse is said above the form, which keeps what was typed. What is on record already is not said anew.
    """
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            act(by=reader(request), at=timezone.now(), **form.cleaned_data)
        except Already:
            return redirect(then)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        except Refused as problem:
            form.add_error(None, [one.cited for one in problem.verdict.reasons])
        else:
            messages.success(request, said)
            return redirect(then)
    return render(request, "groups/keep.html", {"form": form, **context}, status=400 if form.errors else 200)
