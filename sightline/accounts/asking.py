"""How a page asks before something is done: the form, what the rules refuse beside what was typed, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.accounts.looking import is_clear
from sightline.core.verdict import Already, Invalid, Refused
from sightline.web.gate import reader

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done on a form's word; ``again`` where that was on record already, as where a form is sent twice."""

    made: Any = None
    again: bool = False


def done(request: HttpRequest, form: Form, act: Callable[..., object], *, tells_why: bool = False) -> Done | None:
    """This function will do what a form that was sent asks for, once its words were looked through for people.

    ``act`` is called with ``by`` and ``at``; where it ``tells_why`` personal data stays and the form asks for that, with
    ``knowingly`` too. None where nothing was sent, or where something stands in the way: the form then says what, and
    keeps what was typed.
    """
    if request.method != "POST" or not form.is_valid() or not is_clear(form):
        return None
    given: dict[str, Any] = {"by": reader(request), "at": timezone.now()}
    if tells_why and hasattr(form, "knowingly"):
        given["knowingly"] = form.knowingly
    try:
        return Done(act(**given))
    except Already:
        return Done(again=True)
    except Invalid as problem:
        form.add_error(None, list(problem.problems))
    except Refused as problem:
        form.add_error(None, [one.cited for one in problem.verdict.reasons])
    return None


def asked_again(request: HttpRequest, template: str, form: Form, context: Mapping[str, Any]) -> HttpResponse:
    """This function will show the page that asks: for the first time, or with what was wrong with the answer."""
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Asks:
    """The words of a page that asks: above the form, on its button, and once it is done."""

    title: str
    intro: str
    button: str
    done: str


@dataclass(frozen=True, slots=True)
class AskingPage:
    """A page that asks before one thing is done, on a template of its app."""

    template: str

    def __call__(
        self,
        request: HttpRequest,
        form: Form,
        act: Callable[..., object],
        asks: Asks,
        back: tuple[str, str],
        context: Mapping[str, Any] | None = None,
        go: Callable[[], str] | None = None,
    ) -> HttpResponse:
        """This function will ask, act on a good answer, and go ``back``, a name and its address, or where ``go`` says."""
        if done(request, form, act, tells_why=True):
            messages.success(request, asks.done)
            return redirect(go() if go else back[1])
        return asked_again(request, self.template, form, {"asks": asks, "back": back, **(context or {})})
