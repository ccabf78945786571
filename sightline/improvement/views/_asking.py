"""Asks on a page, does what was answered, and goes on: what the pages of reviews and of improvement groups share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sightline.accounts.asking import asked_again, done


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[..., object],
    then: Callable[[object], str],
    said: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """This function will do what a form answers and go on; ``then`` is given None where it was on record already."""
    did = done(request, form, act, tells_why=True)
    if did is None:
        return asked_again(request, template, form, context)
    if not did.again:
        messages.success(request, said)
    return redirect(then(did.made))
