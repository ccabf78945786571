"""Pages on which is decided what the public is told of a group: how it stands, to list it, and to take it off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.publication import forms, operations
from sightline.publication.presenters import listing as presenters
from sightline.publication.queries import listing as queries
from sightline.publication.queries.listing import GroupWork
from sightline.publication.views.asking import METHODS, Asks, ask
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_MEETINGS)
def group_listing(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show what the public is told of a group, and who decided it when (REC-08)."""
    work = _work_or_404(request, group)
    context = {"work": work, "tag": presenters.state(work), "history": presenters.history(work)}
    return render(request, "publication/group_listing.html", context)


@require_http_methods(METHODS)
@needs(Permission.PRESIDE)
def group_list(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask what the public is to be told of a group (REC-08)."""
    work = _work_or_404(request, group)
    if not work.presides:
        raise Http404
    stands = work.newest.entry if work.newest else None
    purpose = stands.purpose if stands else queries.purpose_of(work.group, timezone.localdate())
    tells = stands.tells_days if stands else True
    form = forms.ListGroupForm(
        sent(request), initial={"seen": len(work.listings), "purpose": purpose, "tells_days": tells}
    )

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.list_group(
            group=work.group,
            seen=told["seen"],
            purpose=told["purpose"],
            tells_days=told["tells_days"],
            form_key=told["form_key"],
            **given,
        )

    intro = "Everybody can then read that the group exists, what it is for, and its key points in one place."
    asks = Asks("Show the group to the public", intro, "Show it", "The public can read of this group.")
    return ask(request, form, act, asks, _back(work))


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def group_unlist(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask why a group is no longer shown to the public."""
    work = _work_or_404(request, group)
    if work.newest is None or not work.may_take_off:
        raise Http404
    form = forms.UnlistForm(sent(request))

    def act(**given: Any) -> object:
        return operations.unlist_group(group=work.group, because=form.cleaned_data["because"], **given)

    intro = "The public then reads nothing of the group. Key points that were released stay, for they are of a meeting."
    asks = Asks("Take the group off what the public reads", intro, "Take it off", "The public no longer reads of it.")
    return ask(request, form, act, asks, _back(work))


def _work_or_404(request: HttpRequest, group: UUID) -> GroupWork:
    found = queries.group_to_list(reader(request), timezone.localdate(), group)
    if found is None:
        raise Http404
    return found


def _back(work: GroupWork) -> tuple[str, str]:
    return work.group.name, reverse("group_listing", args=[work.group.pk])
