"""Pages across subjects: proposals that wait, blind spots, and ratings that a person reviews."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.signals import ROWS, Dimension
from sightline.core.verdict import Invalid
from sightline.directory.models import Subject
from sightline.directory.presenters import area_groups
from sightline.directory.queries import areas_for_choice
from sightline.directory.words import Sector, SubjectKind
from sightline.indicators.queries import catalogue
from sightline.triangulation import forms, operations, queries
from sightline.triangulation.presenters import deliberating, lists
from sightline.triangulation.queries import Reviewed
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader

A_PAGE = 50
ANSWERS = 20
EVERYTHING = 1_000_000
STATES = (
    (Reviewed.WAITING.value, "Waiting"),
    (Reviewed.COUNTS.value, "Confirmed"),
    (Reviewed.ASIDE.value, "Set aside"),
)


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def proposals(request: HttpRequest) -> HttpResponse:
    """This function will list every proposal that waits, the strongest first, and the latest answers."""
    today, actor = timezone.localdate(), reader(request)
    area = asking.word(request, "area", settings.HOME_SYSTEM)
    found = queries.proposals_waiting(actor, today, area)
    page = Paginator(deliberating.waiting_words(found), A_PAGE).get_page(request.GET.get("page"))
    answers = queries.latest_decisions(actor, today, area, ANSWERS)
    names = names_of(deliberating.people_in(answers, ()))
    context = {
        "area": area,
        "areas": area_groups(areas_for_choice(today)),
        "page": page,
        "total": len(found),
        "answers": deliberating.answer_words(answers, queries.rules_of_triangulation(today).proposals, names),
        "may_decide": bool(may(actor, Permission.DECIDE_PROPOSAL, today)),
    }
    return render(request, "triangulation/proposals.html", context)


@dataclass(frozen=True, slots=True)
class _BlindFilter:
    """What the address of the page of blind spots asks for."""

    kind: str
    sector: str
    area: str
    row: Dimension | None

    @property
    def address(self) -> str:
        named = {"kind": self.kind, "sector": self.sector, "area": self.area, "row": self.row.value if self.row else ""}
        return f"?{urlencode(named)}"


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def blind_spots(request: HttpRequest) -> HttpResponse:
    """This function will list subjects by how little is known of them, the blindest first."""
    today, number = timezone.localdate(), asking.number(request)
    asked = _blind_filter(request)
    chosen = _chosen(request, asked)
    rows, total = queries.blind_page(reader(request), today, chosen, (number - 1) * A_PAGE, A_PAGE, asked.row)
    context = {
        "asked": asked,
        "row": asked.row.value if asked.row else "",
        "rows": lists.blind_words(rows),
        "cells": lists.cells_counted(asked.row is not None),
        "total": total,
        "number": number,
        "last": max(1, -(-total // A_PAGE)),
        "kinds": lists.choices(SubjectKind),
        "sectors": lists.choices(Sector),
        "dimensions": lists.row_choices(),
        "areas": area_groups(areas_for_choice(today)),
    }
    return render(request, "triangulation/blind_spots.html", context)


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def blind_spots_csv(request: HttpRequest) -> HttpResponse:
    """This function will give the blind spots of all subjects, as they are filtered, as a file."""
    asked = _blind_filter(request)
    chosen = _chosen(request, asked)
    rows, _ = queries.blind_page(reader(request), timezone.localdate(), chosen, 0, EVERYTHING, asked.row)
    return csv_file("blind-spots.csv", lists.blind_rows(rows, lists.cells_counted(asked.row is not None)))


def _blind_filter(request: HttpRequest) -> _BlindFilter:
    row = asking.word(request, "row")
    return _BlindFilter(
        kind=asking.word(request, "kind"),
        sector=asking.word(request, "sector"),
        area=asking.word(request, "area", settings.HOME_SYSTEM),
        row=Dimension(row) if row in set(ROWS) else None,
    )


def _chosen(request: HttpRequest, asked: _BlindFilter) -> QuerySet[Subject]:
    return queries.subjects_asked_for(reader(request), timezone.localdate(), asked.kind, asked.sector, asked.area)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REVIEW_INTELLIGENCE)
def ratings(request: HttpRequest) -> HttpResponse:
    """This function will list published ratings by how far their review has come, and take a review of several."""
    today, actor = timezone.localdate(), reader(request)
    shown = asking.word(request, "show")
    state = Reviewed(shown) if shown in set(Reviewed) else Reviewed.WAITING
    area = asking.word(request, "area", settings.HOME_SYSTEM)
    found = queries.ratings_to_review(actor, today, area, state)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    form = forms.RatingsForm(sent(request), choices=queries.keys_of(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        signals = queries.chosen_ratings(found, given["signals"])
        try:
            count = operations.review_ratings(
                by=actor, at=timezone.now(), signals=signals, counts=given["counts"], because=given["because"]
            )
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, lists.reviewed_words(count, given["counts"]))
            return redirect(f"{reverse('ratings_to_review')}?{urlencode({'show': state.value, 'area': area})}")
    signals = list(page)
    reviews = queries.newest_reviews([one.pk for one in signals])
    names = names_of({one.recorded_by for one in reviews.values()})
    context = {
        "form": form,
        "page": page,
        "rows": lists.rating_words(signals, queries.judged_behind(actor, today, signals), reviews, catalogue(), names),
        "ticked": request.POST.getlist("signals"),
        "state": state.value,
        "states": STATES,
        "area": area,
        "areas": area_groups(areas_for_choice(today)),
    }
    return render(request, "triangulation/ratings.html", context, status=400 if form.errors else 200)
