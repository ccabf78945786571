"""How a page about meetings asks: it shows the form, does what was answered, says so, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sightline.accounts.asking import asked_again, done


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[..., Any],
    said: str,
    then: Callable[[Any], str] | str,
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """This function will ask, do what was answered, and go on; a form that was sent twice did its work the first time."""
    if did := done(request, form, act, tells_why=True):
        messages.success(request, said)
        return redirect(then(did.made) if callable(then) else then)
    return asked_again(request, template, form, context)
