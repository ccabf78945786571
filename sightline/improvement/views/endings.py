"""Pages of how plans end and what they taught."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.core.improvement.finishing import Outcome
from sightline.improvement import operations
from sightline.improvement.forms.endings import EndPlanForm
from sightline.improvement.presenters import endings as present
from sightline.improvement.presenters.milestones import activity_words
from sightline.improvement.queries import endings as queries
from sightline.improvement.queries.plans import approves_for, newest_version
from sightline.improvement.views.plans import METHODS, done, plan_or_404
from sightline.web import asking
from sightline.web.gate import needs, reader


@require_http_methods(METHODS)
@needs(Permission.AUTHORISE_LEVEL)
def plan_end(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """This function will ask what a plan changed and what was learned, and end it (PLN-08, PLN-09)."""
    today, actor = timezone.localdate(), reader(request)
    found = plan_or_404(request, plan)
    if not approves_for(actor, today, found.system):
        raise Http404
    form = EndPlanForm(asking.sent(request))
    if request.method == "POST" and form.is_valid() and is_clear(form):

        def act() -> object:
            return operations.end_plan(
                by=actor, at=timezone.now(), plan=found, finish=form.finish(), knowingly=form.knowingly
            )

        if done(form, act):
            messages.success(request, "The plan has ended. What it taught can be found under “What plans taught”.")
            return redirect("plan", found.pk)
    record = queries.record_of(actor, today, found)
    context = {
        "plan": found, "subject": found.subject, "newest": newest_version(found), "form": form, "record": record,
        "activity": activity_words(record.done), "ending": queries.ending_of(found),
    }  # fmt: skip
    return render(request, "improvement/plan_end.html", context, status=400 if form.errors else 200)


@require_safe
@needs(Permission.SEE_LEVELS)
def plans_learning(request: HttpRequest) -> HttpResponse:
    """This function will list what ended plans changed and taught, with a search in their words (LRN-03)."""
    page = asking.number(request)
    asked = _asked(request)
    found, total = queries.learning_from(reader(request), timezone.localdate(), asked, page)
    outcome = asked.outcome.value if asked.outcome else ""
    told = {"words": asked.words, "outcome": outcome, "good": "yes" if asked.good_practice else ""}
    context = {
        "lines": present.ending_lines(found, names_of({one.ended_by for one in found})),
        "total": total,
        "asked": told,
        "outcomes": present.OUTCOMES,
        "page": page,
        "pages_in_all": max(1, -(-total // queries.A_PAGE)),
        "address": f"?{urlencode(told)}&",
    }
    return render(request, "improvement/plans_learning.html", context)


def _asked(request: HttpRequest) -> queries.AskedLearning:
    outcome = asking.word(request, "outcome")
    known = Outcome(outcome) if outcome in set(Outcome) else None
    return queries.AskedLearning(asking.word(request, "words"), known, asking.word(request, "good") == "yes")
