"""Pages of annexes: an identity kept apart, who may open it, and the moment in which it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.directory.models import Subject
from sightline.intelligence.forms.handling import AnnexForm, AnnexReadersForm, OpenForm
from sightline.intelligence.models import Annex
from sightline.intelligence.operations import add_annex, name_annex_readers, open_annex
from sightline.intelligence.presenters.handling import annex_line
from sightline.intelligence.queries import annexes as queries
from sightline.intelligence.queries import subjects_of
from sightline.intelligence.views.asking import ASK_AND_ANSWER, ask, kept_or_404
from sightline.web.asking import sent
from sightline.web.gate import needs, needs_sign_in, reader


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def annex_add(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will keep an identity apart from an item."""
    found = kept_or_404(request, item)
    form = AnnexForm(sent(request), people=queries.annex_readers_for(reader(request), timezone.localdate(), found))
    return ask(
        request, form, partial(add_annex, item=found), lambda _: redirect("item", item=item), {"item": item},
        says="It is kept. Only those whom you named can open it.", page="intelligence/annex_add.html",
    )  # fmt: skip


@require_safe
@needs(Permission.OPEN_ANNEX)
def annexes(request: HttpRequest) -> HttpResponse:
    """This function will list the annexes that name the reader."""
    found = list(queries.annexes_to_open(reader(request), timezone.localdate()))
    subjects = subjects_of([one.item_id for one in found])
    lines = [(_about(subjects[one.item_id]), annex_line(queries.AnnexFacts(one, True))) for one in found]
    return render(request, "intelligence/annexes.html", {"lines": lines})


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.OPEN_ANNEX)
def annex(request: HttpRequest, annex: UUID) -> HttpResponse:
    """This function will ask why an identity is opened, and then show it once."""
    found = queries.one_to_open(reader(request), timezone.localdate(), annex)
    if found is None:
        raise Http404
    shown = {
        "line": annex_line(queries.AnnexFacts(found, True, openings=queries.openings_of(found))),
        "about": _about(subjects_of([found.item_id])[found.item_id]),
    }

    def once(text: str) -> HttpResponse:
        response = render(request, "intelligence/annex_opened.html", {**shown, "words": text.split("\n")})
        response["Cache-Control"] = "no-store"
        return response

    act = partial(open_annex, annex=found)
    return ask(request, OpenForm(sent(request)), act, once, shown, page="intelligence/annex.html")


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def annex_readers(request: HttpRequest, annex: UUID) -> HttpResponse:
    """This function will change who may open an annex."""
    found = _kept_or_404(request, annex)
    today, actor = timezone.localdate(), reader(request)
    listed = queries.readers_of(found, today)
    people = queries.annex_readers_for(actor, today, found.item, *listed)
    form = AnnexReadersForm(sent(request), people=people, initial={"readers": listed})
    shown = {"item": found.item_id, "line": annex_line(queries.facts_to_keep(found, today))}
    act = partial(name_annex_readers, annex=found)
    return ask(
        request, form, act, lambda _: redirect("item", item=found.item_id), shown,
        says="It is changed, from now on.", page="intelligence/annex_readers.html",
    )  # fmt: skip


@require_safe
@needs_sign_in
def annex_opened(request: HttpRequest, annex: UUID) -> HttpResponse:
    """This function will show who opened an annex, when and why, to whoever may open, keeps or audits it (IGV-02)."""
    found = queries.one_to_watch(reader(request), timezone.localdate(), annex)
    if found is None:
        raise Http404
    shown = {
        "line": annex_line(found),
        "about": _about(subjects_of([found.annex.item_id])[found.annex.item_id]),
        "item": found.annex.item_id if found.may_keep else None,
    }
    return render(request, "intelligence/annex_log.html", shown)


@require_safe
@needs(Permission.READ_AUDIT)
def openings(request: HttpRequest) -> HttpResponse:
    """This function will list for the auditor which annexes there are, so that their openings can be looked at."""
    found = queries.annexes_watched(reader(request), timezone.localdate())
    subjects = subjects_of([one.annex.item_id for one in found])
    lines = [(_about(subjects[one.annex.item_id]), annex_line(one)) for one in found]
    return render(request, "intelligence/annex_openings.html", {"lines": lines})


def _kept_or_404(request: HttpRequest, annex: UUID) -> Annex:
    found = queries.one_to_keep(reader(request), timezone.localdate(), annex)
    if found is None:
        raise Http404
    return found


def _about(subjects: Sequence[Subject]) -> str:
    return ", ".join(one.name for one in subjects)
