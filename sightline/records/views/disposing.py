"""Pages of disposal: proposed by one, answered by another, and the certificate that stays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Actor, Permission
from sightline.core.records.retaining import may_second
from sightline.core.rulebook.keeping import RecordKind
from sightline.records import operations
from sightline.records.forms.disposing import ProposeForm, SecondForm
from sightline.records.giving import What
from sightline.records.models import Disposal
from sightline.records.presenters import disposing as presenters
from sightline.records.presenters.retaining import href_of, name_of
from sightline.records.queries import retaining as queries
from sightline.records.queries.going import GOING
from sightline.records.views.asking import METHODS, Asks, ask
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_RECORDS)
def disposals(request: HttpRequest) -> HttpResponse:
    """This function will list what waits for a second person, and the certificates of what was disposed of (REC-10)."""
    waiting, answered = queries.disposals_for(reader(request), timezone.localdate())
    context = {
        "waiting": presenters.disposal_rows(waiting),
        "answered": presenters.disposal_rows(answered),
        "what_goes": presenters.what_goes(),
    }
    return render(request, "records/disposals.html", context)


@require_safe
@needs(Permission.SEE_RECORDS)
def disposal(request: HttpRequest, disposal: UUID) -> HttpResponse:
    """This function will show a proposal, or the certificate of what was disposed of."""
    actor = reader(request)
    found = _found_or_404(request, disposal)
    waits = not hasattr(found, "answer")
    what = What(RecordKind(found.kind), found.record, found.number)
    kept = queries.one_kept(actor, timezone.localdate(), what) if waits else None
    context = {
        "disposal": found,
        "name": presenters.name_of(found),
        "tag": presenters.tag_of(found),
        "facts": presenters.facts(found),
        "waits": waits,
        "record": href_of(kept.kind, kept.record) if kept else "",
        "may_answer": _keeps(actor, found) and bool(may_second(found.recorded_by, actor.actor_id)),
    }
    return render(request, "records/disposal.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def disposal_propose(request: HttpRequest, kind: str, record: UUID, number: int) -> HttpResponse:
    """This function will ask whether a record whose period has ended is disposed of (REC-10)."""
    actor, today = reader(request), timezone.localdate()
    if kind not in {one.value for one in GOING}:
        raise Http404
    what = What(RecordKind(kind), record, number)
    kept = queries.one_kept(actor, today, what)
    if kept is None or not queries.keeps_records(actor, today, queries.system_of(what.kind, kept.record)):
        raise Http404
    form = ProposeForm(sent(request))

    def act(**given: Any) -> object:
        return operations.propose_disposal(
            kind=what.kind, record=record, number=number, form_key=form.cleaned_data["form_key"], **given
        )

    asks = Asks(
        "Propose to dispose of it",
        f"{name_of(kept.kind, kept.record)}. Read it first. If another person agrees, it is gone with"
        f" {presenters.GOES_TOO[what.kind]}, and a certificate stays that says nothing of what stood in it.",
        "Propose it",
        "It is proposed. Another person answers.",
    )
    back = ("The record", href_of(kept.kind, kept.record))
    return ask(request, form, act, asks, back, {"reasons": kept.verdict.reasons}, lambda: reverse("disposals"))


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def disposal_answer(request: HttpRequest, disposal: UUID) -> HttpResponse:
    """This function will ask a second person whether a record is disposed of, or why it is kept (PER-14)."""
    actor = reader(request)
    found = _found_or_404(request, disposal)
    if hasattr(found, "answer") or not _keeps(actor, found):
        raise Http404
    form = SecondForm(sent(request))

    def act(**given: Any) -> object:
        return operations.answer_disposal(
            disposal=found, agreed=form.agreed, because=form.cleaned_data["because"], **given
        )

    asks = Asks(
        "Answer as the second person",
        f"{presenters.name_of(found)}. Its period ended; {found.proposed_by} proposes to dispose of it with"
        f" {presenters.GOES_TOO[RecordKind(found.kind)]}. Read it before you agree: afterwards nobody can.",
        "Answer",
        "Your answer is on record.",
    )
    back = (presenters.name_of(found), reverse("disposal", args=[disposal]))
    reasons = may_second(found.recorded_by, actor.actor_id).reasons
    return ask(request, form, act, asks, back, {"reasons": reasons})


def _found_or_404(request: HttpRequest, disposal: UUID) -> Disposal:
    found = queries.one_disposal(reader(request), timezone.localdate(), disposal)
    if found is None:
        raise Http404
    return found


def _keeps(actor: Actor, found: Disposal) -> bool:
    return queries.keeps_records(actor, timezone.localdate(), found.system)
