"""Pages about standing groups: the list, one group, and what its keepers change."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.groups import operations, queries
from sightline.groups.forms import standing as forms
from sightline.groups.hearing import groups_seen
from sightline.groups.keeping import keeps_system, systems_to_choose
from sightline.groups.models import Group
from sightline.groups.presenters import members as member_presenters
from sightline.groups.presenters import standing as presenters
from sightline.groups.presenters import subgroups as sub_presenters
from sightline.groups.presenters import terms as terms_presenters
from sightline.groups.queries.apart import may_be_apart
from sightline.groups.queries.code import has_yet_to_agree
from sightline.groups.queries.safeguarding import reads_safeguarding
from sightline.groups.queries.subgroups import around
from sightline.groups.queries.terms import terms_of, terms_standings
from sightline.groups.views.asking import ask
from sightline.rulebook.queries import pack_in_force, packs
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_LEVELS)
def groups_page(request: HttpRequest) -> HttpResponse:
    """This function will list the standing groups, by the area for which each sits."""
    today = timezone.localdate()
    past = asking.word(request, "past") == "yes"
    found = queries.standing_groups(today, groups_seen(reader(request), today), past=past)
    context = {
        "areas": presenters.areas(found, today),
        "terms": terms_presenters.lines_by_group(
            terms_standings([one for one, _ in found if not hasattr(one, "ending")], today)
        ),
        "count": len(found),
        "past": past,
        "may_keep": bool(may(reader(request), Permission.KEEP_GROUPS, today)),
        "sub_groups": bool(may(reader(request), Permission.SEE_MEETINGS, today)),
    }
    return render(request, "groups/groups.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def group_page(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show one group: its type, its guidance, its seats, and what is missing."""
    today, found = timezone.localdate(), _found(request, group)
    keeps = keeps_system(reader(request), found.system, today)
    view = queries.group_view(found, today)
    own, subs = around(found, reader(request), today)
    is_seated = bool(queries.own_seatings(reader(request), found, today))
    names = names_of(presenters.actors_of_group(view)) if keeps else {}
    chairing = queries.chairing_view(found, today, view)
    page = presenters.group_page(view, today, keeps=keeps, names=names, chairing=chairing)
    context = {
        "group": found,
        "page": page,
        "keeps": keeps,
        "is_over": hasattr(found, "ending"),
        "terms": terms_presenters.view_line(written := terms_of(found, today)),
        "asks_code": has_yet_to_agree(reader(request), found, today, written),
        "rules": member_presenters.sitting_rules(view.now.kind),
        "remarks": member_presenters.remark_lines(queries.sitting_remarks(view, today)),
        "reads_members": keeps or is_seated,
        "is_seated": is_seated,
        "reports_to": sub_presenters.line(own) if own else None,
        "sub_groups": sub_presenters.lines(subs),
        "subs_counted": sub_presenters.counted(subs),
        "reads_safeguarding": reads_safeguarding(reader(request), found, today),
    }
    return render(request, "groups/group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def group_new(request: HttpRequest) -> HttpResponse:
    """This function will ask for a new group, of the types that the guidance in force knows."""
    today = timezone.localdate()
    guidance = pack_in_force(today)
    types = presenters.type_choices(queries.group_types(guidance.id, today))
    actor = reader(request)
    systems = systems_to_choose(actor, today)
    form = forms.GroupForm(sent(request), types=types, systems=systems, actor=actor, on=today)
    context = {
        "title": "Set up a group",
        "intro": f"Its guidance is the one in force: {guidance.title}.",
        "button": "Set it up",
        "back": ("Groups", reverse("groups")),
    }
    return ask(request, form, operations.set_up_group, "The group is set up.", reverse("groups"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def group_end(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask from when on a group is no more, and why."""
    found = kept_group(request, group)
    context = {
        "title": f"End the group {found.name}",
        "intro": "What it did stays on record. Nothing is sent to it any more.",
        "button": "End the group",
        "back": (found.name, reverse("group", args=[found.pk])),
    }
    act = partial(operations.end_group, group=found)
    return ask(request, forms.EndGroupForm(sent(request)), act, "The group is ended.", context["back"][1], context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def group_guidance(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask by which guidance a group works from a day on (FRW-02)."""
    found = kept_group(request, group)
    context = {
        "title": f"Another guidance for {found.name}",
        "intro": "What was decided before keeps the words of the guidance by which it was decided.",
        "button": "Lay it down",
        "back": (found.name, reverse("group", args=[found.pk])),
    }
    form = forms.GuidanceForm(sent(request), packs=presenters.pack_choices(packs(), timezone.localdate()))
    act = partial(operations.lay_down_guidance, group=found)
    return ask(request, form, act, "The guidance is laid down.", context["back"][1], context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def group_providers(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask whether a review meets without the providers concerned, and why (MEM-10)."""
    today, found = timezone.localdate(), kept_group(request, group)
    view = queries.group_view(found, today)
    if not may_be_apart(view.now.kind) or not view.stands:
        raise Http404
    context = {
        "title": f"Providers in {found.name}",
        "intro": "What was recorded before stays on record. The reason is for those who keep the group.",
        "button": "Record it",
        "back": (found.name, reverse("group", args=[found.pk])),
    }

    def act(*, who: str, **given: Any) -> None:
        operations.meet_without_providers(group=found, **given)

    return ask(request, forms.ProvidersForm(sent(request)), act, "It is recorded.", context["back"][1], context)


def kept_group(request: HttpRequest, group_id: UUID) -> Group:
    """This function will give a group that the reader keeps; to anybody else it is as if it were not there."""
    found = _found(request, group_id)
    if not keeps_system(reader(request), found.system, timezone.localdate()):
        raise Http404
    return found


def _found(request: HttpRequest, group_id: UUID) -> Group:
    found = queries.one_group(group_id, groups_seen(reader(request), timezone.localdate()))
    if found is None:
        raise Http404
    return found
