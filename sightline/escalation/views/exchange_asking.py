"""What the forms of exchanges share: a form that was sent, the check for people in it, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sightline.accounts.asking import asked_again, done
from sightline.core.access import Permission, may
from sightline.core.verdict import Refused
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
    did = done(request, form, act)
    if did is None:
        return asked_again(request, template, form, context)
    if did.again:
        return redirect("exchanges")
    messages.success(request, said)
    return redirect("exchange", did.made.pk)
