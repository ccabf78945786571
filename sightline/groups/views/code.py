"""The page of a group's code of conduct: what it says, and the button by which whoever sits there agrees to it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sightline.core.access import Permission, may
from sightline.core.verdict import Already, Invalid, Refused
from sightline.groups.keeping import keeps_system
from sightline.groups.operations.code import accept_code
from sightline.groups.presenters import code as presenters
from sightline.groups.queries import code as queries
from sightline.groups.queries.terms import sits_in
from sightline.groups.views.terms import crumbs, read_group
from sightline.web.gate import needs, reader

_NUMBER = "version"


@require_safe
@needs(Permission.SEE_MEETINGS)
def code(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show the code of conduct of a group and, to those who sit there, the button to agree to it."""
    today, actor, found = timezone.localdate(), reader(request), read_group(request, group)
    view = queries.code_in_force(found, today)
    if view is None:
        raise Http404
    own = queries.acceptance_of(actor, view)
    agreed = queries.agreed_to(view, today) if keeps_system(actor, found.system, today) else None
    may_agree = bool(may(actor, Permission.SHARE_INTELLIGENCE, today)) and sits_in(actor, found, today)
    context = {
        "group": found,
        "page": presenters.code_page(view, own, agreed),
        "asks": may_agree and own is None,
        "crumbs": [*crumbs(request, found), {"text": "Terms of reference", "href": reverse("terms", args=[found.pk])}],
    }
    return render(request, "groups/code.html", context)


@require_POST
@needs(Permission.SHARE_INTELLIGENCE)
def code_accept(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will record that the reader agrees to the code of a group in which they sit (COI-06)."""
    found = read_group(request, group)
    given = request.POST.get(_NUMBER, "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0
    there = reverse("terms", args=[found.pk])
    try:
        accept_code(by=reader(request), at=timezone.now(), group=found, number=number)
    except Already:
        pass
    except Refused as problem:
        messages.error(request, problem.verdict.words)
        return redirect(there)
    except Invalid as problem:
        messages.error(request, " ".join(problem.problems))
    else:
        messages.success(request, "It is recorded that you agree to the code of conduct.")
    return redirect("code", found.pk) if queries.code_in_force(found, timezone.localdate()) else redirect(there)
