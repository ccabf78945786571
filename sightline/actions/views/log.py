"""Pages of the action log: the list, the files made of it, one action, and what actions changed."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.accounts.queries import names_of
from sightline.actions import queries, reviewed
from sightline.actions.forms import log as forms
from sightline.actions.origins import Origin, origins_of
from sightline.actions.presenters import action as telling
from sightline.actions.presenters import log as presenters
from sightline.actions.presenters import reviewed as waiting
from sightline.actions.queries import choices, impact, log
from sightline.actions.words import KIND, LEGEND
from sightline.core.access import Permission, may
from sightline.core.actions.facts import ActionKind
from sightline.core.actions.wording import hints
from sightline.web import asking
from sightline.web.exporting import CSV, csv_text, file_to_keep
from sightline.web.gate import needs, reader
from sightline.web.workbook import XLSX, workbook


@require_safe
@needs(Permission.SEE_MEETINGS)
def actions_page(request: HttpRequest) -> HttpResponse:
    """This function will list the actions of the groups in which the reader sits, and their own (ACT-01, ACT-05)."""
    today, actor, page, asked = timezone.localdate(), reader(request), asking.number(request), forms.read(request)
    found = queries.log_page(actor, today, asked, page)
    context = {
        "asked": asked,
        "address": forms.address_of(asked),
        "rows": presenters.rows(found.lines, *_beside(request, found)),
        "counted": presenters.counted(found, asked),
        "unreviewed": waiting.lines(reviewed.unreviewed(actor, today, asked.group)),
        "total": found.total,
        "is_narrowed": asked.is_filtered or asked.state is not queries.State.OPEN,
        "closed": found.closed,
        "states": [(one.value, words) for one, words in presenters.STATES.items()],
        "sorts": [(one.value, words) for one, words in presenters.SORTS.items()],
        "groups": [(str(key), name) for key, name in choices.groups_with_actions(actor, today)],
        "bodies": [(str(key), name) for key, name in choices.bodies_with_actions(actor, today)],
        "legend": LEGEND,
        "may_raise": bool(may(actor, Permission.KEEP_ACTIONS, today)),
        "page": page,
        "pages_in_all": presenters.pages_in_all(found.fitting, log.A_PAGE),
    }
    return render(request, "actions/log.html", context)


@require_safe
@needs(Permission.SEE_MEETINGS)
def actions_csv(request: HttpRequest) -> HttpResponse:
    """This function will give what is listed as a table in the columns of Annex D."""
    _, found = _whole(request)
    text = csv_text(presenters.table(found.lines, *_beside(request, found)))
    return _file(text, CSV, "csv")


@require_safe
@needs(Permission.SEE_MEETINGS)
def actions_xlsx(request: HttpRequest) -> HttpResponse:
    """This function will give what is listed as a workbook in the columns of Annex D."""
    asked, found = _whole(request)
    told = presenters.table(found.lines, *_beside(request, found))
    made = workbook("Action log", told, above=presenters.title(found, asked, timezone.localdate()))
    return _file(made, XLSX, "xlsx")


@require_safe
@needs(Permission.SEE_MEETINGS)
def action_page(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """This function will show one action: what it says, how it stands, and everything that happened to it (ACT-08)."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.one_action(actor, today, action)
    if found is None:
        raise Http404
    view = queries.action_view(found, actor, today)
    names, line = names_of(view.people), view.line
    says = line.statement
    context = {
        "view": view,
        "row": presenters.row(line, names, origins_of([found.pk], actor, today)),
        "heading": telling.short(says.issue),
        "kind": KIND[ActionKind(says.kind)],
        "deeds": telling.deeds(view),
        "history": telling.history(view, names),
        "hints": hints(says.resolution, says.done_when, found.raised_on, line.due_on)
        if view.keeps and not view.is_closed
        else (),
    }
    return render(request, "actions/action.html", context)


@require_safe
@needs(Permission.SEE_MEETINGS)
def changed_page(request: HttpRequest) -> HttpResponse:
    """This function will show what changed because of actions, to be searched and learned from (ACT-04, LRN-03)."""
    today, actor, page, asked = (
        timezone.localdate(),
        reader(request),
        asking.number(request),
        forms.read_impacts(request),
    )
    found, fitting, total = queries.page_of_impacts(actor, today, asked, page)
    context = {
        "asked": asked,
        "address": forms.address_of_impacts(asked),
        "rows": presenters.impact_rows(found),
        "fitting": fitting,
        "total": total,
        "groups": [(str(key), name) for key, name in choices.groups_with_actions(actor, today)],
        "kinds": presenters.KINDS,
        "outcomes": presenters.OUTCOMES,
        "page": page,
        "pages_in_all": presenters.pages_in_all(fitting, impact.A_PAGE),
    }
    return render(request, "actions/changed.html", context)


def _whole(request: HttpRequest) -> tuple[queries.Asked, queries.LogPage]:
    asked = forms.read(request)
    return asked, queries.log_lines(reader(request), timezone.localdate(), asked)


def _beside(request: HttpRequest, found: queries.LogPage) -> tuple[dict[str, str], dict[uuid.UUID, Origin]]:
    """The names of whoever commented on some lines, and where each was agreed, as far as the reader may read that."""
    keys = [one.action.pk for one in found.lines]
    return names_of(presenters.people_of(found.lines)), origins_of(keys, reader(request), timezone.localdate())


def _file(content: str | bytes, kind: str, ending: str) -> HttpResponse:
    name = f"action-log-{timezone.localdate().isoformat()}.{ending}"
    return file_to_keep(name, content, kind)
