"""How a record is disposed of: whether it may be, and what goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.rulebook.keeping import RecordKind
from sightline.core.verdict import Already, Refused, demand
from sightline.records.models import (
    Consultation,
    DisclosurePack,
    Disposal,
    InformationRequest,
    PackWithdrawal,
    PassageRuling,
    RequestClosing,
    RequestPassage,
)
from sightline.records.operations._acting import NOT_YOURS
from sightline.records.queries.retaining import Kept, keeps_records, one_kept


def to_dispose(by: Actor, at: datetime, record: UUID) -> Kept:
    """This function will give a request that may be disposed of, held against whoever works on it at the same time.

    Raises Refused where it may not be, with every reason.
    """
    today = timezone.localdate(at)
    held = InformationRequest.objects.select_for_update(of=("self",)).filter(pk=record).first()
    kept = one_kept(by, today, RecordKind.REQUEST, record) if held else None
    if kept is None or not keeps_records(by, today, kept.record.system):
        raise Refused(NOT_YOURS)
    demand(kept.verdict)
    return kept


def to_answer(by: Actor, at: datetime, disposal: Disposal) -> Disposal:
    """This function will give a proposal that waits for a second person, held against another answer."""
    today = timezone.localdate(at)
    found = Disposal.objects.select_for_update(of=("self",)).filter(pk=disposal.pk).first()
    seen = Disposal.objects.visible_to(by, today).filter(pk=disposal.pk)
    if found is None or not seen.exists() or not keeps_records(by, today, found.system):
        raise Refused(NOT_YOURS)
    if not Disposal.objects.waiting().filter(pk=found.pk).exists():
        raise Already("This proposal was answered already.")
    return found


def disposed_of(request: InformationRequest) -> Mapping[str, Any]:
    """This function will dispose of a request with all that was taken into it, and count what went."""
    packs = [[one.number, one.sha256] for one in request.packs.all()]
    rows = {
        "withdrawals": PackWithdrawal.objects.filter(pack__request=request),
        "packs": DisclosurePack.objects.filter(request=request),
        "rulings": PassageRuling.objects.filter(passage__request=request),
        "passages": RequestPassage.objects.filter(request=request),
        "consultations": Consultation.objects.filter(request=request),
        "closings": RequestClosing.objects.filter(request=request),
        "requests": InformationRequest.objects.filter(pk=request.pk),
    }  # what hangs on another goes before it
    counted = {name: some.count() for name, some in rows.items()}
    for some in rows.values():
        some.delete()
    return {"rows": counted, "given_out": packs}
