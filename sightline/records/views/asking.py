"""What the pages share that ask before something is done with the formal record: the form, what is refused, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.accounts.looking import is_clear
from sightline.core.verdict import Already, Invalid, Refused
from sightline.web.gate import reader

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Asks:
    """The words of a page that asks: above the form, on its button, and once it is done."""

    title: str
    intro: str
    button: str
    done: str


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[..., object],
    asks: Asks,
    back: tuple[str, str],
    context: Mapping[str, Any] | None = None,
    go: Callable[[], str] | None = None,
) -> HttpResponse:
    """This function will ask, act on a good answer, and go ``back``, a name and its address, or where ``go`` says.

    What the rules refuse is said above the form, which keeps what was typed.
    """
    if request.method == "POST" and form.is_valid() and is_clear(form):
        given: dict[str, Any] = {"by": reader(request), "at": timezone.now()}
        if hasattr(form, "knowingly"):
            given["knowingly"] = form.knowingly
        try:
            act(**given)
        except Already:
            pass
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        except Refused as problem:
            form.add_error(None, [one.cited for one in problem.verdict.reasons])
        if not form.errors:
            messages.success(request, asks.done)
            return redirect(go() if go else back[1])
    shown = {"form": form, "asks": asks, "back": back, **(context or {})}
    return render(request, "records/ask.html", shown, status=400 if form.errors else 200)
