"""What the forms of exchanges share: a form that was sent, the check for people in it, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.accounts.looking import is_clear
from sightline.core.access import Permission, may
from sightline.core.verdict import Already, Invalid, Refused
from sightline.escalation.models import Exchange
from sightline.web.checking import Checked
from sightline.web.gate import reader


def demand_levels(request: HttpRequest) -> None:
    """This function will turn away whoever sends elsewhere and reads no exchanges, a provider for instance (PER-10)."""
    verdict = may(reader(request), Permission.SEE_LEVELS, timezone.localdate())
    if not verdict:
        raise Refused(verdict)


def ask_and_send(
    request: HttpRequest,
    form: Checked,
    act: Callable[..., Exchange],
    *,
    said: str,
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """This function will ask, send what was written, and go to its page; a form sent twice sends once.

    What the rules refuse is said beside what was typed, so that nothing written is lost.
    """
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            made = act(by=reader(request), at=timezone.now())
        except Already:
            return redirect("exchanges")
        except Refused as problem:
            for reason in problem.verdict.reasons:
                form.add_error(None, reason.cited)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, said)
            return redirect("exchange", made.pk)
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)
