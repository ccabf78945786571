"""How a page about groups asks: it shows the form, does what was answered, says so, and goes on."""

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
    then: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """This function will ask, do what was answered, and go on; what is on record already is not said anew."""
    did = done(request, form, lambda **by: act(**by, **form.cleaned_data))
    if did is None:
        return asked_again(request, "groups/keep.html", form, context)
    if not did.again:
        messages.success(request, said)
    return redirect(then)
