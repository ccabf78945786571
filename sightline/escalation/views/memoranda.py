"""The page of what the memorandum of a board and its region says of escalation (ORG-13)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.core.escalation.defaulting import routes_to_region
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Organisation, OrganisationFact
from sightline.escalation.forms.memoranda import TermsForm
from sightline.escalation.operations.memoranda import NOT_YOURS, record_terms
from sightline.escalation.presenters import memoranda as present
from sightline.escalation.queries import memoranda as queries
from sightline.escalation.queries.exchange_ways import names_by
from sightline.surveillance.queries import guidance_for
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_LEVELS)
def memorandum_terms(request: HttpRequest, organisation: uuid.UUID) -> HttpResponse:
    """This function will show what a memorandum says of escalation, and ask those who keep the record for it (ORG-13)."""
    actor, today = reader(request), timezone.localdate()
    body = queries.board(organisation)
    if body is None:
        raise Http404
    keeps = queries.keeps_terms(actor, today, body)
    if request.method == "POST" and not keeps:
        raise Refused(NOT_YOURS)
    found = queries.memorandum(body, today)
    form = _form(request, body) if keeps and found else None
    if found is not None and form is not None and _is_recorded(request, form, found):
        return redirect("memorandum_terms", body.pk)
    guidance = guidance_for(body.code, today)
    row = queries.term_of(found)
    context = {
        "body": body,
        "memorandum": found,
        "terms": present.terms_in_words(row, guidance, dict(queries.severities(today))) if row else None,
        "form": form,
        "keeps": keeps,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "escalation/memorandum.html", context, status=status)


def _form(request: HttpRequest, body: Organisation) -> TermsForm:
    today = timezone.localdate()
    guidance = guidance_for(body.code, today)
    names = names_by(guidance)
    row = queries.term_of(queries.memorandum(body, today))
    first: dict[str, Any] = {}
    if row is not None:
        first = {"route": row.route, "region": row.region.code, "acts_from": row.acts_from}
    return TermsForm(
        sent(request),
        routes=[(one.id, present.route_name(one, names), one.says) for one in routes_to_region(guidance.notices)],
        regions=queries.regions_to_name(body, today),
        severities=queries.severities(today),
        initial=first,
    )


def _is_recorded(request: HttpRequest, form: TermsForm, found: OrganisationFact) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        record_terms(
            by=reader(request),
            at=timezone.now(),
            memorandum=found,
            route=said["route"],
            region=said["region"],
            acts_from=form.acts_from(),
            form_key=said["form_key"],
        )
    except Already as same:
        messages.info(request, same.problems[0])
    except Invalid as problem:
        form.add_error(None, list(problem.problems))
        return False
    else:
        messages.success(request, "It is on record. Whoever sends something to the region is offered this first.")
    return True
