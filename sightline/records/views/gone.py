"""What is said where a record was that was disposed of: to whoever may read its certificate, and to nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.defaults import page_not_found

from sightline.accounts.models import Person
from sightline.core.access import Permission, may
from sightline.core.rulebook.keeping import RecordKind
from sightline.records.models import Disposal
from sightline.records.presenters.disposing import gone_words
from sightline.records.queries import retaining as queries
from sightline.web.gate import reader

# Addresses at which a record was read: of which kind, and where its key and its version stand in the address.
_READ_AT: Mapping[str, tuple[RecordKind, str, str]] = {
    "information_request": (RecordKind.REQUEST, "information", ""),
    "risk": (RecordKind.RISK, "risk", ""),
    "plan": (RecordKind.PLAN, "plan", ""),
    "rapid": (RecordKind.REVIEW, "rapid", ""),
    "report": (RecordKind.REPORT, "report", ""),
    "report_version": (RecordKind.REPORT, "report", "number"),
}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This function will answer that a record was disposed of, or that nothing is there (REC-10)."""
    match = request.resolver_match
    if match is not None and match.url_name and match.url_name in _READ_AT:
        kind, key, version = _READ_AT[match.url_name]
        found = _certificates(request, kind, match.kwargs[key], match.kwargs[version] if version else None)
        if found:
            return render(request, "records/gone.html", {"gone": _lines(found)}, status=410)
    return page_not_found(request, exception)


def disposed(request: HttpRequest) -> Mapping[str, Any]:
    """This function will let every page ask what was disposed of a record that stands beside it."""

    def disposed_of(kind: str, record: UUID) -> list[tuple[UUID, str]]:
        return _lines(_certificates(request, RecordKind(kind), record, None))

    return {"disposed_of": disposed_of}


def _certificates(request: HttpRequest, kind: RecordKind, record: UUID, number: int | None) -> list[Disposal]:
    today = timezone.localdate()
    if not isinstance(getattr(request, "user", None), Person) or not may(
        reader(request), Permission.SEE_RECORDS, today
    ):
        return []
    return queries.gone(reader(request), today, kind, record, number)


def _lines(found: list[Disposal]) -> list[tuple[UUID, str]]:
    return [(one.pk, gone_words(one)) for one in found]
