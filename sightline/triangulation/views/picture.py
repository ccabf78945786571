"""The picture of a subject, and the answer to what the rules propose about it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.rulebook import ProposalKind
from sightline.core.verdict import Invalid
from sightline.directory.models import Subject
from sightline.directory.queries.pages import one_subject
from sightline.indicators.queries import catalogue
from sightline.triangulation import forms, operations, queries
from sightline.triangulation.models import ProposalDecision
from sightline.triangulation.presenters import deliberating, matrix, pieces
from sightline.triangulation.queries import Behind, Triangulated
from sightline.web.gate import needs, reader

LEADS_TO_A_QUESTION = frozenset({ProposalKind.ASK_FOR_INFORMATION, ProposalKind.LOOK_FOR_INFORMATION})


@require_safe
@needs(Permission.SEE_PICTURE)
def picture(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will show what independent sources say of a subject, side by side, and what is not known."""
    found = one_subject(reader(request), timezone.localdate(), subject)
    if found is None:
        raise Http404
    return _page(request, found)


@require_POST
@needs(Permission.DECIDE_PROPOSAL)
def answer(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will take a named person's answer to a proposal, and lead on to what follows from it."""
    found = queries.subject_of_talk(reader(request), timezone.localdate(), subject)
    if found is None:
        raise Http404
    form = forms.ProposalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        decision = operations.answer_proposal(by=reader(request), at=timezone.now(), subject=found, **form.cleaned_data)
    except Invalid as problem:
        messages.error(request, " ".join(problem.problems))
        return redirect("picture", subject=found.pk)
    return _lead_on(request, decision)


def _lead_on(request: HttpRequest, decision: ProposalDecision) -> HttpResponse:
    today = timezone.localdate()
    kinds = {rule.id: rule.kind for rule in queries.rules_of_triangulation(today).proposals}
    kind = kinds.get(decision.rule)
    asks = decision.accepted and kind in LEADS_TO_A_QUESTION
    if asks and may(reader(request), Permission.REVIEW_INTELLIGENCE, today):
        messages.success(request, "The proposal is accepted. Now say whom you ask for what.")
        return redirect(f"{reverse('ask', args=[decision.subject_id])}?decision={decision.pk}")
    said = "accepted" if decision.accepted else "declined. It comes back only when new evidence joins"
    after = " Whoever reviews intelligence can now ask." if asks else ""
    messages.success(request, f"The proposal is {said}.{after}")
    return redirect(f"{reverse('picture', args=[decision.subject_id])}#answered")


def _page(request: HttpRequest, subject: Subject, sent: forms.ProposalForm | None = None) -> HttpResponse:
    today, actor = timezone.localdate(), reader(request)
    found = queries.picture_of(actor, today, subject)
    records, known = queries.behind(actor, today, found), catalogue()
    context: dict[str, Any] = {
        "subject": subject,
        "table": matrix.matrix_words(found.matrix),
        "whole": matrix.together(found.matrix.whole),
        "too_little": matrix.known_words(found.known, found.matrix),
        "on": today,
        "places": pieces.places(found, records, known),
        "takes_part": found.takes_part,
    }
    if found.takes_part:
        context |= _talk(request, found, records, sent)
    if sent is not None:
        context["form"] = sent
    return render(request, "triangulation/picture.html", context, status=400 if sent is not None else 200)


def _talk(
    request: HttpRequest, found: Triangulated, records: Behind, sent: forms.ProposalForm | None
) -> dict[str, Any]:
    """What only those read who take part in talk about the subject."""
    today, actor = timezone.localdate(), reader(request)
    rules = queries.rules_of_triangulation(today)
    names = names_of(deliberating.people_in(found.answered, found.requests))
    decides = bool(may(actor, Permission.DECIDE_PROPOSAL, today))
    proposals = []
    for number, one in enumerate(found.proposals, start=1):
        form = _form(one.fingerprint, number, sent) if decides else None
        shown = pieces.pieces_of(one.keys, found.evidence, records, catalogue())
        proposals.append(deliberating.proposal_words(number, one, shown, form))
    contributions = rules.contributions.contributions if rules.contributions else ()
    return {
        "proposals": proposals,
        "answered": deliberating.answer_words(found.answered, rules.proposals, names),
        "spots": deliberating.spot_words(found.spots),
        "asks": deliberating.ask_words(found.questions.asks, found.subject, contributions),
        "nobody": deliberating.spot_words(found.questions.nobody),
        "requests": deliberating.request_words(found.requests, today, names),
        "may_ask": bool(may(actor, Permission.REVIEW_INTELLIGENCE, today)),
    }


def _form(fingerprint: str, number: int, sent: forms.ProposalForm | None) -> forms.ProposalForm:
    """The form under one proposal; the one that was sent comes back with what was typed in it."""
    if sent is not None and sent.data.get("fingerprint") == fingerprint:
        sent.auto_id = f"proposal-{number}-%s"
        return sent
    return forms.ProposalForm(initial={"fingerprint": fingerprint}, auto_id=f"proposal-{number}-%s")
