"""Pages of what is given out: cleared by a second person, read, taken away as a PDF, and withdrawn."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.records import operations
from sightline.records.forms.holding import BecauseForm
from sightline.records.forms.requests import ClearForm
from sightline.records.models import DisclosurePack
from sightline.records.presenters import requests as presenters
from sightline.records.queries import requests as queries
from sightline.records.views.asking import METHODS, Asks, ask
from sightline.web.asking import sent
from sightline.web.gate import needs, reader
from sightline.web.typesetting import NotSet, pdf_of

_LOG = logging.getLogger(__name__)


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def information_clear(request: HttpRequest, information: UUID) -> HttpResponse:
    """This function will ask a second person whether what stands on the page is given out as it stands (IGV-04)."""
    actor = reader(request)
    case = queries.one_case(actor, timezone.localdate(), information)
    if case is None or not case.works or not case.passages:
        raise Http404
    reasons = case.may_clear(actor).reasons
    form = ClearForm(sent(request), initial={"seen": case.stamp})

    def act(**given: Any) -> object:
        return operations.clear_pack(request=case.request, seen=form.cleaned_data["seen"], **given)

    asks = Asks(
        "Clear what is given out",
        "Below is the whole of it. Whoever asked reads this and nothing else. It is frozen with your name on record.",
        "Clear it",
        "It is cleared. It can be given out now.",
    )
    context = {
        "reasons": reasons,
        "preview": None if reasons else presenters.shown(case.content),
        "remarks": () if reasons else case.remarks,
    }
    return ask(request, form, act, asks, _back(information), context)


@require_safe
@needs(Permission.SEE_RECORDS)
def information_pack(request: HttpRequest, information: UUID, number: int) -> HttpResponse:
    """This function will show what is given out, as whoever asked reads it."""
    pack = _pack_or_404(request, information, number)
    case = queries.one_case(reader(request), timezone.localdate(), information)
    stands = case is not None and case.standing is not None and case.standing.pk == pack.pk
    context = {
        "pack": pack,
        "page": presenters.shown(pack.content, pack.sha256),
        "stands": stands,
        "may_withdraw": stands and case is not None and case.works,
    }
    return render(request, "records/pack.html", context)


@require_safe
@needs(Permission.SEE_RECORDS)
def information_pack_pdf(request: HttpRequest, information: UUID, number: int) -> HttpResponse:
    """This function will give what is given out as an accessible PDF; its name and its properties tell nothing of it."""
    pack = _pack_or_404(request, information, number)
    try:
        made = pdf_of(presenters.TEMPLATE, presenters.to_print(presenters.shown(pack.content)))
    except NotSet as problem:
        _LOG.error("What is given out could not be set: %s", type(problem).__name__)  # its words are of the record
        messages.error(request, "The PDF could not be made. This page holds the same, and can be printed.")
        return redirect("information_pack", information, number)
    response = HttpResponse(made, content_type=presenters.PDF)
    name = f"answer-version-{number}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def information_pack_withdraw(request: HttpRequest, information: UUID, number: int) -> HttpResponse:
    """This function will ask why something is not given out any more."""
    pack = _pack_or_404(request, information, number)
    case = queries.one_case(reader(request), timezone.localdate(), information)
    if case is None or not case.works or case.standing is None or case.standing.pk != pack.pk:
        raise Http404
    form = BecauseForm(sent(request), asks="Why is it not given out any more?")

    def act(**given: Any) -> object:
        return operations.withdraw_pack(pack=pack, because=form.cleaned_data["because"], **given)

    intro = (
        "It stays on record as it was. A new version may be cleared in its place. What left this house is not recalled."
    )
    asks = Asks("Withdraw what is given out", intro, "Withdraw it", "It is withdrawn.")
    return ask(request, form, act, asks, _back(information))


def _back(information: UUID) -> tuple[str, str]:
    return "The request", reverse("information_request", args=[information])


def _pack_or_404(request: HttpRequest, information: UUID, number: int) -> DisclosurePack:
    found = queries.one_pack(reader(request), timezone.localdate(), information, number)
    if found is None:
        raise Http404
    return found
