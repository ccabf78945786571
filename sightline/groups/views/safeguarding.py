"""Pages about safeguarding in a group: one to read, and a small form for each act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.verdict import Already, Invalid
from sightline.groups.forms import safeguarding as forms
from sightline.groups.keeping import keeps_system
from sightline.groups.models import Group
from sightline.groups.operations import safeguarding as operations
from sightline.groups.presenters import safeguarding as presenters
from sightline.groups.queries import one_group
from sightline.groups.queries import safeguarding as queries
from sightline.groups.safeguarding_words import COUNCIL_BODY, COUNCIL_BODY_CITES, CouncilBodyKind
from sightline.web.asking import sent
from sightline.web.checking import Checked
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(Permission.SEE_PICTURE)
def safeguarding(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show who answers for safeguarding in a group, what is confirmed, and what is missing."""
    today, actor, found = timezone.localdate(), reader(request), _read(request, group)
    keeps = keeps_system(actor, found.system, today)
    view = queries.safeguarding(found, today)
    names = names_of(presenters.actors_of(view)) if keeps else {}
    page = presenters.safeguarding_page(view, today, reader=actor.actor_id, keeps=keeps, names=names)
    context = {"group": found, "page": page, "keeps": keeps and view.stands, "crumbs": _crumbs(request, found)}
    return render(request, "groups/safeguarding.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def safeguarding_lead(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask which seat answers for safeguarding (SAF-03)."""
    found = _kept(request, group)
    seats = presenters.seat_choices(queries.seats_of(found, timezone.localdate()))
    form = forms.LeadForm(sent(request), seats=seats)
    act = partial(operations.name_safeguarding_lead, group=found)
    title, intro = (
        "Who answers for safeguarding?",
        "At each meeting they ask what the safeguarding boards need to be told, and see to it. Whoever sits on the seat "
        "answers for it (QSG 2017 ¶79).",
    )
    return _ask(request, form, act, found, title, intro, "It is recorded who answers for safeguarding.")


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def safeguarding_period(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask after how many months each organisation is asked again (SAF-10)."""
    found = _kept(request, group)
    form = forms.PeriodForm(sent(request))
    act = partial(operations.ask_again_after, group=found)
    title, intro = (
        "When is each organisation asked again?",
        "The guidance names no time. What was confirmed stays on record; it is only asked for again.",
    )
    return _ask(request, form, act, found, title, intro, "It is recorded after what time they are asked again.")


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def safeguarding_confirm(request: HttpRequest, group: UUID, organisation: UUID) -> HttpResponse:
    """This function will ask what an organisation confirms: its accountability, the processes, how two brief each other."""
    today, actor, found = timezone.localdate(), reader(request), _read(request, group)
    body = queries.member_organisation(found, organisation, today)
    sitters = queries.representatives(found, body, today) if body else ()
    keeps = keeps_system(actor, found.system, today)
    if body is None or not sitters or not (keeps or queries.speaks_for(actor, found, body, today)):
        raise Http404
    form = forms.ConfirmForm(sent(request), people=presenters.people_choices(sitters) if keeps else None)
    act = partial(operations.confirm_safeguarding, group=found, organisation=body)
    intro = (
        "Each member knows what it answers for in safeguarding, and how the local processes work (QSG 2017 ¶77). "
        "Whoever sits here and whoever sits on a safeguarding board keep each other informed (QSG 2017 ¶80)."
    )
    return _ask(request, form, act, found, f"What {body.name} confirms", intro, f"It is recorded for {body.name}.")


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def safeguarding_body(request: HttpRequest, group: UUID, organisation: UUID, kind: str) -> HttpResponse:
    """This function will ask for a board or committee of a council, and through whom the group keeps in touch (SAF-06)."""
    today, found = timezone.localdate(), _kept(request, group)
    council = queries.council_of(found, organisation, today)
    if council is None or kind not in list(CouncilBodyKind):
        raise Http404
    which = CouncilBodyKind(kind)
    seats = presenters.seat_choices(queries.seats_of(found, today))
    newest = queries.newest_body(found, council, which)
    initial = presenters.as_recorded(newest) if newest else {}
    form = forms.CouncilBodyForm(sent(request), kind=which, seats=seats, initial=initial)
    act = partial(operations.record_council_body, group=found, council=council, kind=which)
    title = f"{COUNCIL_BODY[which]}: {council.name}"
    intro = (
        "The council’s representatives are the link between the group and the council’s boards "
        f"({COUNCIL_BODY_CITES[which]}). What was recorded before stays on record."
    )
    return _ask(request, form, act, found, title, intro, f"It is recorded for {council.name}.")


# --- shared by the above


def _read(request: HttpRequest, group_id: UUID) -> Group:
    """A group whose page about safeguarding the reader may see; to anybody else it is as if it were not there."""
    found = one_group(group_id)
    if found is None or not queries.reads_safeguarding(reader(request), found, timezone.localdate()):
        raise Http404
    return found


def _kept(request: HttpRequest, group_id: UUID) -> Group:
    found = _read(request, group_id)
    if not keeps_system(reader(request), found.system, timezone.localdate()):
        raise Http404
    return found


def _crumbs(request: HttpRequest, group: Group) -> list[dict[str, str]]:
    """The way back, for those who may go it: a provider's member in the group reads this page alone."""
    if not may(reader(request), Permission.SEE_LEVELS, timezone.localdate()):
        return []
    return [
        {"text": "Groups", "href": reverse("groups")},
        {"text": group.name, "href": reverse("group", args=[group.pk])},
    ]


def _ask(
    request: HttpRequest,
    form: Checked,
    act: Callable[..., Any],
    group: Group,
    title: str,
    intro: str,
    said: str,
) -> HttpResponse:
    """Ask, look through the words for people, do what was answered, and go back to the page about safeguarding."""
    back = reverse("safeguarding", args=[group.pk])
    if request.method == "POST" and form.is_valid() and is_clear(form):
        why = {"knowingly": form.knowingly} if form.knowingly else {}
        try:
            act(by=reader(request), at=timezone.now(), **form.cleaned_data, **why)
        except Already:
            return redirect(back)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, said)
            return redirect(back)
    crumbs = [*_crumbs(request, group), {"text": "Safeguarding", "href": back}]
    context = {"form": form, "title": title, "intro": intro, "crumbs": crumbs, "back": back}
    return render(request, "groups/safeguarding_ask.html", context, status=400 if form.errors else 200)
