"""The page on which a level is set: the rule's answer, whose decision it is, and what follows, before one presses."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.accounts.looking import is_clear
from sightline.core.access import Permission
from sightline.core.verdict import Invalid, Refused, refused
from sightline.escalation import operations
from sightline.escalation.forms.duties import DecideForm
from sightline.escalation.presenters import deciding as present
from sightline.escalation.presenters.duties import NOBODY, follow_rows
from sightline.escalation.queries.deciding import Deciding, deciding_on
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

NO_OFFICE = "You hold no office that may decide this. The page says whose decision it is."


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_LEVELS)
def level_decide(request: HttpRequest, proposal: uuid.UUID) -> HttpResponse:
    """This function will ask whoever has the authority for their decision, and tell all others whose it is (LVL-05 to LVL-08)."""
    found = deciding_on(reader(request), timezone.localdate(), proposal)
    if found is None:
        raise Http404
    if not found.is_open:
        return render(request, "escalation/decide.html", _context(found), status=409 if request.POST else 200)
    if not found.deciding:
        if request.method == "POST":
            raise Refused(refused(NO_OFFICE, "PER-06 to PER-08"))
        return render(request, "escalation/decide.html", _context(found))
    return _asked(request, found)


def _asked(request: HttpRequest, found: Deciding) -> HttpResponse:
    offices, hints = present.office_choices(found)
    form = DecideForm(sent(request), offices=offices, hints=hints)
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            _set(request, found, form.cleaned_data, form.knowingly)
        except Refused as problem:
            form.add_error(None, [one.cited for one in problem.verdict.reasons])
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, "The level is set. What has to be done, and who has to be told, stands below.")
            return redirect(f"{reverse('duties')}?show=all&subject={found.proposal.subject_id}")
    context = _context(found) | {"form": form}
    return render(request, "escalation/decide.html", context, status=400 if form.errors else 200)


def _set(request: HttpRequest, found: Deciding, given: dict[str, Any], knowingly: str) -> None:
    office = next(one.office for one in found.deciding if str(one.office.pk) == given["office"])
    operations.set_level(
        by=reader(request),
        at=timezone.now(),
        proposal=found.proposal,
        office=office,
        because=given["because"],
        override_reason=given.get("override_reason", ""),
        knowingly=knowingly,
    )


def _context(found: Deciding) -> dict[str, Any]:
    name = found.judged.guidance.levels.authority.name
    return {
        "proposal": found.proposal,
        "move": present.move_in_words(found),
        "verdict": found.judged.verdict,
        "is_open": found.is_open,
        "offices": present.office_rows(found),
        "may_authorise": found.may_authorise,
        "remarks": present.remark_rows(found),
        "whose": present.whose(found),
        "follows": follow_rows(found.follows, name),
        "nobody": NOBODY,
    }
