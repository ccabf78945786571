"""Pages about councils that cannot come to each meeting of a group: what was agreed with each, and the form behind that."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission, may
from sightline.groups import operations, queries
from sightline.groups.forms import councils as forms
from sightline.groups.membership import keeps_members, reads_members
from sightline.groups.presenters import councils as presenters
from sightline.groups.queries.councils import arrangements, councils_with
from sightline.groups.queries.safeguarding import council_of
from sightline.groups.views.asking import ask
from sightline.groups.views.standing import kept_group
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_MEETINGS)
def councils(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show how a group works with each council: relationship, way in, and when it is needed (MEM-21)."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.any_group(group)
    if found is None or found.subject_id is not None or not reads_members(actor, found, today):
        raise Http404
    crumbs = []
    if may(actor, Permission.SEE_LEVELS, today):
        crumbs = [
            {"text": "Groups", "href": reverse("groups")},
            {"text": found.name, "href": reverse("group", args=[found.pk])},
        ]
    context = {
        "group": found,
        "lines": presenters.council_lines(councils_with(found, today)),
        "keeps": keeps_members(actor, found, today),
        "crumbs": crumbs,
    }
    return render(request, "groups/councils.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def council_arrange(request: HttpRequest, group: UUID, organisation: UUID) -> HttpResponse:
    """This function will ask what was agreed with a council that cannot come to each meeting (MEM-21)."""
    today, found = timezone.localdate(), kept_group(request, group)
    council = council_of(found, organisation, today)
    if council is None or found.subject_id is not None:
        raise Http404
    row = arrangements(found).get(council.pk)
    initial: dict[str, Any] = (
        {name: getattr(row, name) for name in ("relationship", "route", "in_area", "words", "sectors")} if row else {}
    )
    form = forms.ArrangementForm(sent(request), sectors=presenters.sector_names(), initial=initial)

    def act(**given: Any) -> object:
        record = partial(operations.arrange_with_council, group=found, council=council)
        return record(knowingly=form.knowingly, **given)

    context = {
        "title": f"What was agreed with {council.name}",
        "intro": "Where a council cannot come to each meeting, the group agrees with it how it is involved "
        "(QSG 2017 ¶69-71). What was recorded before stays on record.",
        "button": "Record it",
        "back": ("Councils", reverse("councils", args=[found.pk])),
    }
    return ask(request, form, act, f"It is recorded for {council.name}.", context["back"][1], context)
