"""Who is let in to an action, and how its forms are asked: hidden and absent look the same, and nothing typed is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.accounts.looking import is_clear
from sightline.actions.presenters.action import short
from sightline.actions.queries import ActionView, action_view, one_action
from sightline.core.actions.rules import closed
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.web.gate import reader

NOT_KEPT = refused("Those who keep the action log of this group change it.", "ACT-05")


def view_or_404(request: HttpRequest, action: uuid.UUID) -> ActionView:
    """This function will give an action that the reader may read."""
    today, actor = timezone.localdate(), reader(request)
    found = one_action(actor, today, action)
    if found is None:
        raise Http404
    return action_view(found, actor, today)


def kept_or_404(request: HttpRequest, action: uuid.UUID, *, may_be_closed: bool = False) -> ActionView:
    """This function will give an action whose log the reader keeps; raises Refused for any other that they may read.

    Of one that is closed no form is shown. What was typed before somebody closed it is answered by the operation, so
    that no words are lost.
    """
    view = view_or_404(request, action)
    if not view.keeps:
        raise Refused(NOT_KEPT)
    if view.is_closed and not may_be_closed and request.method != "POST":
        raise Refused(closed())
    return view


def done(request: HttpRequest, form: forms.Form, act: Callable[..., object], said: str) -> bool:
    """This function will do what a form asks for; what stands in the way is said in the form, and nothing typed is lost."""
    try:
        act(by=reader(request), at=timezone.now())
    except Already as same:
        messages.info(request, same.problems[0])
    except Invalid as problem:
        form.add_error(None, list(problem.problems))
        return False
    except Refused as problem:
        form.add_error(None, [one.cited for one in problem.verdict.reasons])
        return False
    else:
        messages.success(request, said)
    return True


def ask(
    request: HttpRequest,
    view: ActionView,
    form: forms.Form,
    act: Callable[..., object],
    *,
    heading: str,
    button: str,
    said: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """This function will ask for one thing about an action, do it, and go back to the action."""
    if request.method == "POST" and form.is_valid() and is_clear(form) and done(request, form, act, said):
        return redirect("action", view.action.pk)
    says = view.line.statement
    page = {
        "view": view, "says": says, "form": form, "heading": heading, "button": button, "name": short(says.issue),
        **(context or {}),
    }  # fmt: skip
    return render(request, "actions/ask.html", page, status=400 if form.errors else 200)
