"""Pages on which a named person judges a series: new limits from a date, and taking them back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.core.access import Permission
from sightline.core.verdict import Invalid
from sightline.indicators.forms import RebaseForm
from sightline.indicators.models import Series
from sightline.indicators.operations import rebase, withdraw_rebase
from sightline.indicators.queries import catalogue, pages
from sightline.web.gate import needs, reader
from sightline.web.wording import month


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REBASE)
def rebase_page(request: HttpRequest, indicator: str, subject: uuid.UUID) -> HttpResponse:
    """This function will ask from when new limits are to start, and why."""
    series = _series_or_404(request, indicator, subject)
    form = RebaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = rebase(by=reader(request), at=timezone.now(), series=series, **form.cleaned_data)
        except Invalid as problem:
            form.add_error("asked_for", problem.problems[0])
        else:
            messages.success(request, f"New limits start in {month(made.from_on)}.")
            return redirect("series", indicator=indicator, subject=subject)
    context = {"form": form, "series": series, "indicator": catalogue()[indicator]}
    return render(request, "indicators/rebase.html", context, status=400 if form.errors else 200)


@require_POST
@needs(Permission.REBASE)
def withdraw_page(request: HttpRequest, indicator: str, subject: uuid.UUID, rebase_id: int) -> HttpResponse:
    """This function will take a rebase back, with a reason."""
    series = _series_or_404(request, indicator, subject)
    found = pages.one_rebase(series, rebase_id)
    if found is None:
        raise Http404
    withdraw_rebase(by=reader(request), at=timezone.now(), rebased=found, because=request.POST.get("because", ""))
    messages.success(request, "The limits are as they were before.")
    return redirect("series", indicator=indicator, subject=subject)


def _series_or_404(request: HttpRequest, indicator: str, subject: uuid.UUID) -> Series:
    series = pages.one_series(reader(request), timezone.localdate(), indicator, subject)
    if series is None:
        raise Http404
    return series
