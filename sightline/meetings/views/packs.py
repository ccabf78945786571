"""The pack of whoever reads: as a page, as one PDF, and as a ZIP with every file."""

from __future__ import annotations

import io
import logging
import zipfile
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sightline.accounts.models import Person
from sightline.core.access import Permission
from sightline.intake.binding import Follows, bind
from sightline.meetings.filing import read_filed
from sightline.meetings.models import PaperVersion
from sightline.meetings.presenters import pack as presenters
from sightline.meetings.presenters.pack import PackPage, PackPaper
from sightline.meetings.queries.pack import Pack, pack_of
from sightline.meetings.views.papers import download, give
from sightline.meetings.views.planning import meeting_or_404
from sightline.meetings.words import Given
from sightline.web.gate import needs, reader
from sightline.web.typesetting import NotSet, pdf_of

_LOG = logging.getLogger(__name__)
NOT_MADE = "The PDF could not be made. This page holds the same, and each paper can be downloaded by itself."
AGAIN = 3  # how often a pack is set anew without what could not be bound, before none is
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # so that the same pack is the same file


@require_safe
@needs(Permission.SEE_MEETINGS)
def pack_view(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will show the reader their pack of a meeting, and write down which papers they were shown."""
    pack, page = _pack_or_404(request, meeting)
    if request.method == "GET":
        give(request, pack.recorded, Given.READ)
    return render(
        request, "meetings/pack.html", {"view": pack.view, "page": page, "for_what": presenters.FOR_THIS_MEETING}
    )


@require_POST
@needs(Permission.SEE_MEETINGS)
def pack_pdf(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will give the reader their pack as one PDF, with the papers that came as PDFs bound behind it."""
    pack, page = _pack_or_404(request, meeting)
    made = _pdf(request, page)
    if made is None:
        return redirect("pack", meeting)
    give(request, [*pack.recorded, *made.versions], Given.PDF)
    return download(made.data, _name(pack, ".pdf"), presenters.PDF)


@require_POST
@needs(Permission.SEE_MEETINGS)
def pack_zip(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will give the reader their pack as a ZIP: the PDF, and beside it every paper that is a file."""
    pack, page = _pack_or_404(request, meeting)
    made = _pdf(request, page)
    if made is None:
        return redirect("pack", meeting)
    found = {one: read_filed(one.version.sha256) for one in page.papers if one.content is None}
    whole = {one: data for one, data in found.items() if data is not None}
    parts = {"0 Pack.pdf": made.data, **{one.file: data for one, data in whole.items()}}
    give(request, [*pack.recorded, *(one.version for one in whole)], Given.ZIP)
    return download(_zipped(parts), _name(pack, ".zip"), "application/zip")


# --- steps of the above


def _pack_or_404(request: HttpRequest, meeting: UUID) -> tuple[Pack, PackPage]:
    pack = pack_of(reader(request), timezone.localdate(), meeting_or_404(request, meeting))
    return pack, presenters.pack_page(pack)


@dataclass(frozen=True, slots=True)
class _Made:
    """The PDF of a pack, and the versions of papers whose own pages are bound behind it."""

    data: bytes
    versions: tuple[PaperVersion, ...] = ()


def _pdf(request: HttpRequest, page: PackPage) -> _Made | None:
    who = reader(request)
    try:
        return _bound(page, who.display_name if isinstance(who, Person) else "")
    except NotSet as problem:
        _LOG.error("A pack could not be set: %s", type(problem).__name__)  # its words may be of the pack
        messages.error(request, NOT_MADE)
        return None


def _bound(page: PackPage, name: str) -> _Made:
    """Set with the pages that are expected of what follows; where one turns out not to be fit, once more without it."""
    unfit: list[PackPaper] = []
    for _ in range(AGAIN):
        follow = presenters.following(page, unfit)
        files = {one: read_filed(one.version.sha256) for one in follow}
        if gone := [one for one, data in files.items() if data is None]:
            unfit += gone
            continue
        made = pdf_of(presenters.TEMPLATE, presenters.to_print(page, name, timezone.localdate(), follow))
        if not follow:
            return _Made(made)
        behind = [Follows(one.heading, data or b"", one.version.pages or 0) for one, data in files.items()]
        bound = bind(made, behind)
        if bound.data:
            return _Made(bound.data, tuple(one.version for one in follow))
        unfit += [follow[place] for place in bound.unfit]
    return _Made(pdf_of(presenters.TEMPLATE, presenters.to_print(page, name, timezone.localdate())))


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(zipfile.ZipInfo(name, _FIRST_DAY), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _name(pack: Pack, ending: str) -> str:
    return f"pack-{pack.view.held_on.isoformat()}{ending}"
