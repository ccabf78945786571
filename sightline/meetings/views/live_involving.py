"""Pages on which it is written down who else is heard of an item: lived experience, and a safeguarding board."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.meetings import operations
from sightline.meetings.forms import involving as forms
from sightline.meetings.views.live_items import asked, kept_item
from sightline.web.asking import sent
from sightline.web.gate import needs

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_lived(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask who brought lived experience into an item, or whether nobody did (REC-15)."""
    found = kept_item(request, meeting, item)
    was = found.involvement
    initial = {"seen": was.number, "who": was.who, "nobody": not was.who} if was else {"seen": 0}
    form = forms.InvolvementForm(sent(request), initial=initial)

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.record_involvement(item=found.item, seen=given["seen"], who=given["who"], **more)

    return asked(request, found, form, act, "Lived experience", "Write it down", "It is on record.")


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_board(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask what is raised with which safeguarding board, and who raises it (REC-14)."""
    found = kept_item(request, meeting, item)
    form = forms.BoardForm(sent(request), bodies=found.live.room.bodies)

    def act(**more: Any) -> object:
        return operations.raise_with_board(item=found.item, **form.raised(), **more)

    said = "It is on record who raises it."
    return asked(request, found, form, act, "Raise it with a safeguarding board", "Record it", said)
