"""Pages on which evidence is linked to a concern and taken off it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.indicators.queries import catalogue
from sightline.surveillance import operations
from sightline.surveillance.forms import concerns as forms
from sightline.surveillance.presenters import concern_evidence as present
from sightline.surveillance.queries import concern_evidence
from sightline.surveillance.views.asking import ask, to_concern, worked_or_404
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def concern_evidence_link(request: HttpRequest, concern: uuid.UUID) -> HttpResponse:
    """This function will offer everything that may be linked to a concern, the newest first."""
    found = worked_or_404(request, concern)
    offered = concern_evidence.linkable(reader(request), timezone.localdate(), found)
    groups = present.choices(offered, catalogue())
    form = forms.EvidenceForm(sent(request), groups=[(one.name, one.label, one.pieces) for one in groups])

    def act(**given: Any) -> object:
        return operations.link_evidence(concern=found, pieces=form.pieces(), **given)

    context = {
        "concern": found,
        "subject": found.subject,
        "groups": groups,
        "more": offered.more,
        "at_most": concern_evidence.AT_MOST,
    }
    said, template = "The evidence is linked.", "surveillance/concern_evidence.html"
    return ask(request, form, act, then=to_concern(found, "#evidence"), said=said, template=template, context=context)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def concern_evidence_remove(request: HttpRequest, concern: uuid.UUID, evidence: int) -> HttpResponse:
    """This function will ask why a piece no longer counts for a concern."""
    found = worked_or_404(request, concern)
    piece = concern_evidence.one_evidence(reader(request), timezone.localdate(), evidence)
    if piece is None or piece.concern_id != found.pk:
        raise Http404
    form = forms.RemoveEvidenceForm(sent(request))

    def act(**given: Any) -> object:
        because = form.cleaned_data["because"]
        return operations.remove_evidence(evidence=piece, because=because, knowingly=form.knowingly, **given)

    context = {
        "concern": found,
        "subject": found.subject,
        "title": "Take a piece of evidence off",
        "intro": present.piece_words(concern_evidence.piece_of(piece), catalogue()),
        "note": "That it was linked stays on record, with your reason. It can be linked again.",
        "button": "Take it off",
    }
    said, template = "The piece no longer counts for this concern.", "surveillance/concern_ask.html"
    return ask(request, form, act, then=to_concern(found, "#evidence"), said=said, template=template, context=context)
