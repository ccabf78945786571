"""Pages about sub-groups: which there are, what is asked of one and what it reported, and the two forms behind that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.directory.choosing import words_for
from sightline.groups import operations
from sightline.groups.forms import subgroups as forms
from sightline.groups.keeping import keeps_system
from sightline.groups.models import SubGroup
from sightline.groups.presenters import subgroups as presenters
from sightline.groups.queries import subgroups as queries
from sightline.groups.queries.safeguarding import seats_of
from sightline.groups.queries.subgroups import SubGroupView
from sightline.groups.views.asking import ask
from sightline.groups.views.standing import kept_group
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]
A_PAGE = 10


@require_safe
@needs(Permission.SEE_MEETINGS)
def sub_groups(request: HttpRequest) -> HttpResponse:
    """This function will list the sub-groups that the reader knows of, those whose report is overdue first (GRP-11)."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.all_sub_groups(actor, today)
    context = {
        "lines": presenters.lines(found),
        "count": presenters.counted(found),
        "mine": {one.row.group_id for one in found if queries.leads_it(actor, one)},
        "crumbs": _crumbs(request),
    }
    return render(request, "groups/sub_groups.html", context)


@require_safe
@needs(Permission.SEE_MEETINGS)
def sub_group(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show what is asked of a sub-group, when it reports, and what it reported (GRP-11, GRP-12)."""
    today, actor, view = timezone.localdate(), reader(request), _read(request, group)
    keeps = keeps_system(actor, view.row.system, today)
    page = Paginator(queries.reports_of(view, actor, today), A_PAGE).get_page(request.GET.get("page"))
    names = names_of({view.row.recorded_by}) if keeps else None
    context = {
        "group": view.row.group,
        "page": presenters.page(view, queries.earlier(view, actor, today), names),
        "reports": presenters.report_lines(page.object_list),
        "paged": page,
        "monitoring": (presenters.MONITORING, presenters.MONITORING_CITES),
        "may_report": _may_report(request, view),
        "keeps": keeps,
        "sees_groups": bool(may(actor, Permission.SEE_LEVELS, today)),
        "crumbs": [*_crumbs(request), {"text": "Sub-groups", "href": reverse("sub_groups")}],
    }
    return render(request, "groups/sub_group.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def sub_group_ask(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask to which group one reports, who leads it, and what is asked of it (GRP-11, GRP-12)."""
    today, actor, found = timezone.localdate(), reader(request), kept_group(request, group)
    last = queries.newest_asked(found)
    if last is not None and not queries.knows_of(last, actor, today):
        raise Http404
    form = forms.AskForm(
        sent(request),
        parents=queries.may_become_parents(actor, today, found),
        seats=presenters.seat_choices(seats_of(found, today)),
        initial=_as_asked(last),
        actor=actor,
        on=today,
    )

    def act(**given: Any) -> object:
        words = {name: given[name] for name in ("by", "at", "asked", "because", "seen")}
        return operations.ask_of_sub_group(group=found, knowingly=form.knowingly, **words)

    context = {
        "title": f"To whom does {found.name} report?",
        "intro": "A sub-group works for another group and reports back to it. What was asked before stays on record.",
        "button": "Record it",
        "back": (found.name, reverse("group", args=[found.pk])),
    }
    return ask(request, form, act, "It is recorded what is asked of the group.", context["back"][1], context)


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def sub_group_report(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask whoever leads a sub-group what it reports back (GRP-11)."""
    today, view = timezone.localdate(), _read(request, group)
    if not _may_report(request, view):
        raise Http404
    about = view.row.provider or view.row.group.subject
    form = forms.ReportForm(
        sent(request), parent=view.parent.name, asks_whom=about is None, actor=reader(request), on=today
    )

    def act(**given: Any) -> object:
        words = {name: given[name] for name in ("by", "at", "text", "asks", "form_key")}
        return operations.report_back(
            group=view.row.group, subject=given.get("subject"), knowingly=form.knowingly, **words
        )

    context = {
        "title": f"Report back to {view.parent.name}",
        "intro": f"What was asked: {view.row.task}",
        "button": "Send the report",
        "back": (view.row.group.name, reverse("sub_group", args=[view.row.group_id])),
    }
    return ask(request, form, act, f"{view.parent.name} has the report.", context["back"][1], context)


def _read(request: HttpRequest, group: UUID) -> SubGroupView:
    """A sub-group that the reader knows of; to anybody else it is as if it were not there."""
    found = queries.sub_group(group, reader(request), timezone.localdate())
    if found is None:
        raise Http404
    return found


def _may_report(request: HttpRequest, view: SubGroupView) -> bool:
    actor, today = reader(request), timezone.localdate()
    if not may(actor, Permission.SHARE_INTELLIGENCE, today):
        return False
    return queries.leads_it(actor, view) or keeps_system(actor, view.parent.system, today)


def _as_asked(last: SubGroup | None) -> dict[str, Any]:
    """What a form shows at first: what is asked now."""
    if last is None or last.parent_id is None:
        return {"seen": last.number if last else 0}
    return {
        "seen": last.number,
        "parent": str(last.parent_id),
        "lead": str(last.lead_id),
        "task": last.task,
        "first_on": last.first_on,
        "every_months": last.every_months,
        "done_by": last.done_by,
        "provider": words_for(last.provider) if last.provider else "",
    }


def _crumbs(request: HttpRequest) -> list[dict[str, str]]:
    """The way back, for those who may go it: a provider's member in the group does not read the list of groups."""
    if not may(reader(request), Permission.SEE_LEVELS, timezone.localdate()):
        return []
    return [{"text": "Groups", "href": reverse("groups")}]
