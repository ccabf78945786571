"""How a request for information goes: with all that was taken into it, decided and given out."""

from __future__ import annotations

from sightline.core.rulebook.keeping import RecordKind
from sightline.records.models import (
    Consultation,
    DisclosurePack,
    InformationRequest,
    PackWithdrawal,
    PassageRuling,
    RequestClosing,
    RequestPassage,
)
from sightline.records.queries.going.shape import Rows, whole


def _request_rows(request: InformationRequest) -> Rows:
    return {
        "withdrawals": PackWithdrawal.objects.filter(pack__request=request),
        "packs": DisclosurePack.objects.filter(request=request),
        "rulings": PassageRuling.objects.filter(passage__request=request),
        "passages": RequestPassage.objects.filter(request=request),
        "consultations": Consultation.objects.filter(request=request),
        "closings": RequestClosing.objects.filter(request=request),
        "requests": InformationRequest.objects.filter(pk=request.pk),
    }


REQUEST = whole(
    RecordKind.REQUEST,
    InformationRequest,
    day=lambda one: one.received_on,
    rows=_request_rows,
    copies=lambda one: [(pack.number, pack.sha256) for pack in one.packs.all()],
    models=frozenset(
        {
            PackWithdrawal,
            DisclosurePack,
            PassageRuling,
            RequestPassage,
            Consultation,
            RequestClosing,
            InformationRequest,
        }
    ),
)
