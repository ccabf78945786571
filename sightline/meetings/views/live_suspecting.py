"""Pages on which it is written down that abuse or neglect is suspected, and to whom that was referred."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.meetings import operations
from sightline.meetings.forms import suspecting as forms
from sightline.meetings.views.live_items import asked, kept_item
from sightline.web.asking import sent
from sightline.web.gate import needs

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_suspicion(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask what is suspected; the meeting is not closed before its referral is on record (SAF-01)."""
    found = kept_item(request, meeting, item)
    form = forms.SuspicionForm(sent(request))

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.note_suspicion(item=found.item, detail=given["detail"], form_key=given["form_key"], **more)

    said = "It is on record. Record its referral before the meeting is closed."
    return asked(request, found, form, act, "Abuse or neglect is suspected", "Write it down", said)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_referral(request: HttpRequest, meeting: UUID, item: UUID, suspicion: UUID) -> HttpResponse:
    """This function will ask by whom, to whom and when a suspicion was referred (SAF-01; QSG 2017 ¶72)."""
    found = kept_item(request, meeting, item)
    about = next((one for one in found.suspicions if one.pk == suspicion), None)
    if about is None:
        raise Http404
    form = forms.ReferralForm(sent(request))

    def act(**more: Any) -> object:
        return operations.refer_suspicion(suspicion=about, **form.referral(), **more)

    return asked(request, found, form, act, "To whom was it referred?", "Record the referral", "It is on record.")
