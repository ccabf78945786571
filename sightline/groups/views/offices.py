"""Pages about offices: who may decide for whom, which role nobody holds, and what keepers change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import colleagues, names_of
from sightline.core.access import Permission, may
from sightline.groups import operations, queries
from sightline.groups.forms import standing as forms
from sightline.groups.keeping import keeps_offices_of
from sightline.groups.models import Office
from sightline.groups.presenters import standing as presenters
from sightline.groups.views.asking import ask
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_LEVELS)
def offices_page(request: HttpRequest) -> HttpResponse:
    """This function will show who holds which office for whom, and which nobody holds (PER-06 to PER-08)."""
    today = timezone.localdate()
    held = queries.offices_held(today)
    past = asking.word(request, "past") == "yes"
    others = queries.offices_not_held(today) if past else []
    lines = _lines(request, [*held, *others])
    systems = queries.offices_by_system(held, today)
    placed = {office.pk for one in systems for role in one.roles for office in role.offices}
    context = {
        "sections": [presenters.system_section(one, lines) for one in systems],
        "elsewhere": [lines[one.pk] for one in held if one.pk not in placed],
        "over": [lines[one.pk] for one in others],
        "past": past,
        "may_keep": bool(may(reader(request), Permission.KEEP_GROUPS, today)),
    }
    return render(request, "groups/offices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def office_give(request: HttpRequest) -> HttpResponse:
    """This function will ask who fills which role, for whom, and where that is laid down."""
    today, actor = timezone.localdate(), reader(request)
    oneself: Any = request.user
    people = colleagues(Permission.KEEP_GROUPS, by=actor, on=today).exclude(pk=oneself.pk)
    form = forms.OfficeForm(
        sent(request), roles=queries.roles_to_give(today), people=people, actor=actor, on=today,
        initial={"slot": asking.word(request, "slot"), "organisation": asking.word(request, "for")},
    )  # fmt: skip
    context = {
        "title": "Record an office",
        "intro": "An office says in whose name somebody decides. Whoever holds one also needs a role here that allows it.",
        "button": "Record it",
        "back": ("Offices", reverse("offices")),
    }
    return ask(request, form, operations.give_office, "The office is recorded.", reverse("offices"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def office_end(request: HttpRequest, office: UUID) -> HttpResponse:
    """This function will ask from when on an office is no longer held, and why."""
    found = queries.one_office(office)
    if found is None or not keeps_offices_of(reader(request), found.organisation, timezone.localdate()):
        raise Http404
    context = {
        "title": f"End the office of {found.person.display_name}",
        "intro": f"At {found.organisation.name}. What was decided in it stays as it was decided.",
        "button": "End the office",
        "back": ("Offices", reverse("offices")),
    }
    act = partial(operations.end_office, office=found)
    return ask(request, forms.EndOfficeForm(sent(request)), act, "The office is ended.", reverse("offices"), context)


def _lines(request: HttpRequest, offices: Iterable[Office]) -> dict[UUID, presenters.OfficeLine]:
    today, actor, found = timezone.localdate(), reader(request), list(offices)
    keeper = bool(may(actor, Permission.KEEP_GROUPS, today))
    bodies = {one.organisation_id: one.organisation for one in found}
    kept = {key: keeper and keeps_offices_of(actor, body, today) for key, body in bodies.items()}
    names = names_of(presenters.actors_of_offices(found)) if keeper else {}
    rules = {key: queries.authorities_for(body, today) for key, body in bodies.items()}
    return {
        one.pk: presenters.office_line(
            one,
            today,
            presenters.role_name(one.slot, rules[one.organisation_id]),
            kept=kept[one.organisation_id],
            names=names,
        )
        for one in found
    }
