"""The page of what was decided on regulatory action at a level, on which a region or the nation records it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.core.escalation.regulating import remarks_on, source_of
from sightline.core.verdict import Already, Invalid, Refused
from sightline.escalation.forms.regulating import RegulationForm
from sightline.escalation.operations.regulating import NOT_YOURS, record_regulation
from sightline.escalation.presenters import regulating as present
from sightline.escalation.queries import regulating as queries
from sightline.escalation.queries.naming import roles_of
from sightline.surveillance.models import LevelDecision
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_LEVELS)
def level_regulation(request: HttpRequest, decision: uuid.UUID) -> HttpResponse:
    """This function will show what was decided on regulatory action at a level, and ask for more (RPT-07)."""
    actor, today = reader(request), timezone.localdate()
    found = queries.level_decided(actor, today, decision)
    if found is None:
        raise Http404
    level = queries.stood(found)
    writes = queries.may_write(actor, today, found)
    if request.method == "POST" and not writes:
        raise Refused(NOT_YOURS)
    form = _form(request, found, level) if writes and level.deciders else None
    if form is not None and _is_recorded(request, form, found):
        return redirect("level_regulation", found.pk)
    status = 400 if request.method == "POST" else 200
    return render(
        request, "escalation/regulation.html", {**_context(request, found, level), "form": form}, status=status
    )


def _form(request: HttpRequest, found: LevelDecision, level: queries.Stood) -> RegulationForm:
    role = roles_of(timezone.localdate())(found.pack)
    bodies = queries.bodies_in_role(found)
    deciders = [one for one in bodies if one.slot in level.deciders]
    first = {"decider": deciders[0].key if len(deciders) == 1 else "", "decided_on": timezone.localdate()}
    return RegulationForm(
        sent(request),
        deciders=present.choices(deciders, role),
        asked=present.choices(bodies[::-1], role),
        initial=first,
    )


def _is_recorded(request: HttpRequest, form: RegulationForm, found: LevelDecision) -> bool:
    if request.method != "POST" or not form.is_valid() or not is_clear(form):
        return False
    try:
        record_regulation(
            by=reader(request),
            at=timezone.now(),
            decision=found,
            given=form.given(),
            because=form.cleaned_data["because"],
        )
    except Already as same:
        messages.info(request, same.problems[0])
    except Invalid as problem:
        form.add_error(None, list(problem.problems))
        return False
    except Refused as problem:
        form.add_error(None, [one.cited for one in problem.verdict.reasons])
        return False
    else:
        messages.success(request, "What was decided is on record, and everybody who reads the level sees it.")
    return True


def _context(request: HttpRequest, found: LevelDecision, level: queries.Stood) -> dict[str, Any]:
    actor, today = reader(request), timezone.localdate()
    role = roles_of(today)(found.pack)
    rows = queries.regulation_of(actor, today, found)
    names = names_of({one.recorded_by for one in rows})
    return {
        "decision": found,
        "subject": found.subject,
        "level": level.level.name if level.level else found.level_to,
        "until": level.until,
        "deciders": [role(one) for one in level.deciders],
        "is_highest": level.place.is_highest,
        "source": source_of(level.place),
        "remarks": remarks_on(level.place, level.deciders),
        "rows": [present.regulation_row(one, role, names, explains=True) for one in rows],
    }
