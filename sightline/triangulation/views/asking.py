"""Requests for information: made, listed, ended."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.signals import ROWS, Dimension, Quadrant
from sightline.core.verdict import Invalid
from sightline.directory.models import Subject
from sightline.triangulation import forms, operations, queries
from sightline.triangulation.models import ProposalDecision
from sightline.triangulation.presenters import deliberating, lists
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader
from sightline.web.quality import QUADRANT_SHORT

A_PAGE = 50
SHOW = (("open", "Open"), ("ended", "Ended"), ("all", "Open and ended"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REVIEW_INTELLIGENCE)
def ask(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask whom to ask for what about a subject; the form comes filled in from where it was opened."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.subject_of_talk(actor, today, subject)
    if found is None:
        raise Http404
    earlier = queries.requests_about(actor, today, found)
    decision = _decision(request, found)
    form = forms.AskForm(
        sent(request),
        initial=_begun(request, found, decision),
        before=[(one.asked_of, one.question) for one in earlier],
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask(by=actor, at=timezone.now(), subject=found, decision=decision, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, "The request is on record. Send it by your usual way; Sightline sends nothing.")
            return redirect(f"{reverse('picture', args=[found.pk])}#requests")
    context = {"form": form, "subject": found, "before": deliberating.asked_before(earlier)}
    return render(request, "triangulation/ask.html", context, status=400 if form.errors else 200)


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def requests(request: HttpRequest) -> HttpResponse:
    """This function will list what was asked of whom, what is overdue first."""
    today, actor = timezone.localdate(), reader(request)
    wanted = _wanted(request)
    page = Paginator(queries.requests_listed(actor, today, wanted), A_PAGE).get_page(request.GET.get("page"))
    names = names_of(deliberating.people_in((), page))
    context = {
        "wanted": wanted,
        "page": page,
        "rows": deliberating.request_words(page, today, names),
        "shows": SHOW,
        "dimensions": lists.row_choices(),
        "quadrants": [(one.value, QUADRANT_SHORT[one]) for one in Quadrant],
        "address": _address(wanted),
        "may_end": bool(may(actor, Permission.REVIEW_INTELLIGENCE, today)),
    }
    return render(request, "triangulation/requests.html", context)


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def requests_csv(request: HttpRequest) -> HttpResponse:
    """This function will give the requests, as they are filtered, as a file."""
    today = timezone.localdate()
    found = list(queries.requests_listed(reader(request), today, _wanted(request)))
    rows = deliberating.request_rows(found, today, names_of(deliberating.people_in((), found)))
    return csv_file("requests.csv", rows)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REVIEW_INTELLIGENCE)
def request_end(request: HttpRequest, asked: uuid.UUID) -> HttpResponse:
    """This function will ask what a request brought."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.one_request(actor, today, asked)
    if found is None:
        raise Http404
    form = forms.EndForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_request(by=actor, at=timezone.now(), asked=found, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, f"The request about {found.subject.name} is ended.")
            return redirect("requests")
    names = names_of(deliberating.people_in((), [found]))
    context = {"form": form, "line": deliberating.request_line(found, today, names)}
    return render(request, "triangulation/request_end.html", context, status=400 if form.errors else 200)


def _wanted(request: HttpRequest) -> queries.Wanted:
    show = asking.word(request, "show")
    return queries.Wanted(
        show=show if show in dict(SHOW) else "open",
        word=asking.word(request, "name"),
        row=asking.word(request, "row"),
        quadrant=asking.word(request, "quadrant"),
    )


def _address(wanted: queries.Wanted) -> str:
    named = {"show": wanted.show, "name": wanted.word, "row": wanted.row, "quadrant": wanted.quadrant}
    return f"?{urlencode(named)}"


def _decision(request: HttpRequest, subject: Subject) -> ProposalDecision | None:
    """The accepted proposal from which the form was opened, where the reader may know of it."""
    try:
        key = uuid.UUID(asking.word(request, "decision"))
    except ValueError:
        return None
    found = queries.one_decision(reader(request), timezone.localdate(), key)
    return found if found is not None and found.subject_id == subject.pk and found.accepted else None


def _begun(request: HttpRequest, subject: Subject, decision: ProposalDecision | None) -> dict[str, Any]:
    """What the form holds at first: one of the guidance's contributions, or the matter of an accepted proposal."""
    rules = queries.rules_of_triangulation(timezone.localdate())
    if decision is not None:
        row = Dimension(decision.row) if decision.row else None
        kinds = {rule.id: rule.kind for rule in rules.proposals}
        question = deliberating.question_about(subject, row, kinds.get(decision.rule))
        return {"question": question, "row": decision.row}
    row_word, quadrant = asking.word(request, "row"), asking.word(request, "quadrant")
    begun: dict[str, Any] = {
        "row": row_word if row_word in set(ROWS) else "",
        "quadrant": quadrant if quadrant in set(Quadrant) else "",
    }
    of = asking.word(request, "of")
    contributions = rules.contributions.contributions if rules.contributions else ()
    chosen = next((one for one in contributions if one.id == of), None)
    return begun | ({"asked_of": chosen.giver, "question": chosen.what} if chosen else {})
