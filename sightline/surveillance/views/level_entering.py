"""Who is let in to pages of levels: by role first, which may be said; then hidden and absent look the same."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.directory.queries.pages import one_subject
from sightline.surveillance.models import LevelDecision, LevelProposal
from sightline.surveillance.queries import levels as queries
from sightline.web.gate import reader


def subject_or_404(request: HttpRequest, subject: uuid.UUID) -> Subject:
    """This function will give a subject of which the reader may be told at which level it stands."""
    today, actor = timezone.localdate(), reader(request)
    found = one_subject(actor, today, subject)
    if found is None or not queries.may_know_of(actor, today, found):
        raise Http404
    return found


def proposal_or_404(request: HttpRequest, proposal: uuid.UUID) -> LevelProposal:
    """This function will give a proposal that the reader may read."""
    found = queries.one_proposal(reader(request), timezone.localdate(), proposal)
    if found is None:
        raise Http404
    return found


def decision_or_404(request: HttpRequest, decision: uuid.UUID) -> LevelDecision:
    """This function will give a decision that the reader may read."""
    found = queries.one_decision(reader(request), timezone.localdate(), decision)
    if found is None:
        raise Http404
    return found


def told_on_the_form(act: Callable[..., object]) -> Callable[..., object]:
    """This function will have a refusal told on the form, so that nothing of what was typed is lost."""

    def run(**given: Any) -> object:
        try:
            return act(**given)
        except Refused as no:
            raise Invalid(*(one.cited for one in no.verdict.reasons)) from no

    return run
