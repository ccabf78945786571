"""Pages of the directory: what stands, and what people write into it. Each fetches, calls, answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission, may
from sightline.core.verdict import Invalid
from sightline.directory import forms, operations, presenters
from sightline.directory.models import Organisation, OrganisationFact, Subject
from sightline.directory.queries import (
    accountability_of,
    commissioned_services,
    facts_of,
    levers_for,
    oversight_of,
    pages,
    systems_of,
)
from sightline.directory.words import PROVIDERS, FactKind, Kind, SubjectKind
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

A_PAGE = 50


@require_safe
@needs(Permission.SEE_PICTURE)
def body_page(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will show all that the directory holds about one organisation, past facts included."""
    found, body = _body_or_404(request, subject)
    today = timezone.localdate()
    standing = facts_of([body], today)[body.pk]
    in_force = {fact.pk for fact in standing.values()}
    context = {
        "subject": found,
        "body": body,
        "kind": presenters.kind_in_words(body),
        "is_provider": found.kind == SubjectKind.ORGANISATION,
        "facts": presenters.fact_rows(standing, forms.facts_asked_of(body)),
        "asked": {kind.value for kind in forms.facts_asked_of(body)},
        "other_facts": [presenters.fact_row(f) for f in pages.facts_on_record(body) if f.pk not in in_force],
        "services": presenters.service_rows(commissioned_services(body, today)),
        "systems": presenters.names([area for area in systems_of([body], today)[body.pk] if area != body]),
        "levers": presenters.levers_in_words(body, levers_for(body)) if Kind(body.kind) in PROVIDERS else "",
        "relations": presenters.relation_rows(pages.relations_from(body)),
        "codes": presenters.identifier_rows(pages.identifiers_of(body)),
        "may_keep": _may_keep(request),
        **_oversight(found, body, standing, today),
    }
    return render(request, "directory/body.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def unsettled_list(request: HttpRequest) -> HttpResponse:
    """This function will list whoever's area was divided and nobody says where they went."""
    found = pages.unsettled(reader(request), timezone.localdate())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, presenters.unsettled_words(one)) for one in page]
    return render(request, "directory/unsettled.html", {"page": page, "rows": rows, "may_keep": _may_keep(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def fact_record(request: HttpRequest, subject: uuid.UUID, kind: str) -> HttpResponse:
    """This function will ask for a fact of the governance of quality, with its source."""
    found, body = _body_or_404(request, subject)
    asked = next((one for one in forms.facts_asked_of(body) if one == kind), None)
    if asked is None:
        raise Http404
    form = forms.FactForm(sent(request), kind=asked)

    def act(**given: Any) -> object:
        return operations.record_fact(organisation=body, kind=asked, **given)

    context = {"subject": found, **presenters.fact_question(asked, form.asked.hint)}
    return _ask(request, form, act, context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def commissioning_record(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask who commissions a service, and by which route."""
    found, body = _body_or_404(request, subject)
    if found.kind != SubjectKind.ORGANISATION:
        raise Http404

    def act(**given: Any) -> object:
        return operations.record_commissioning(provider=body, **given)

    return _ask(request, forms.CommissioningForm(sent(request)), act, {"subject": found, **presenters.SERVICE})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def relation_record(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask how an organisation stands to another; an address may answer part of it beforehand."""
    found, body = _body_or_404(request, subject)
    initial = {name: asking.word(request, name) for name in ("link", "target")}

    def act(**given: Any) -> object:
        return operations.record_relation(origin=body, **given)

    form = forms.RelationForm(sent(request), initial=initial)
    return _ask(request, form, act, {"subject": found, **presenters.RELATION})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def identifier_record(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask for another code by which files know an organisation."""
    found, body = _body_or_404(request, subject)

    def act(**given: Any) -> object:
        return operations.record_identifier(organisation=body, **given)

    return _ask(request, forms.IdentifierForm(sent(request)), act, {"subject": found, **presenters.CODE})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def provider_add(request: HttpRequest) -> HttpResponse:
    """This function will add a provider that no list has."""
    form = forms.ProviderForm(sent(request))
    return _ask(request, form, operations.add_provider, presenters.PROVIDER)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def subject_add(request: HttpRequest) -> HttpResponse:
    """This function will add something to watch over that is no organisation."""
    form = forms.SubjectForm(sent(request))
    return _ask(request, form, operations.add_subject, presenters.SUBJECT)


def _oversight(
    subject: Subject, body: Organisation, standing: Mapping[FactKind, OrganisationFact], today: date
) -> dict[str, Any]:
    """The part of a body's page that tells who oversees it, and who answers for it."""
    oversight = oversight_of([body], today)[body.pk]
    programmes, lacking = presenters.support_words(oversight)
    is_board = body.kind == Kind.ICB
    return {
        "segments": presenters.segment_rows(oversight),
        "no_comparison": presenters.comparison_words(oversight),
        "programmes": programmes,
        "lacks_director": lacking,
        "is_board": is_board,
        "memorandum": presenters.memorandum_words(oversight),
        "missing": presenters.missing_words(standing) if is_board else [],
        "accountability": presenters.accountability_rows(accountability_of(subject, today)),
    }


# --- shared by the above


def _ask(
    request: HttpRequest, form: django_forms.Form, act: Callable[..., object], context: Mapping[str, Any]
) -> HttpResponse:
    """Ask, do what was answered, and go on to the page of what it is about: a new subject has its own."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(by=reader(request), at=timezone.now(), **form.cleaned_data)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, context["said"])
            return (
                redirect("subject", made.pk) if isinstance(made, Subject) else redirect("body", context["subject"].pk)
            )
    status = 400 if form.errors else 200
    return render(request, "directory/ask.html", {"form": form, **context}, status=status)


def _body_or_404(request: HttpRequest, subject: uuid.UUID) -> tuple[Subject, Organisation]:
    found = pages.one_subject(reader(request), timezone.localdate(), subject)
    if found is None or found.organisation is None:
        raise Http404
    return found, found.organisation


def _may_keep(request: HttpRequest) -> bool:
    return bool(may(reader(request), Permission.KEEP_DIRECTORY, timezone.localdate()))
