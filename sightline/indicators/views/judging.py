"""Pages on which a named person judges: new limits from a date, taking them back, and the rules of an indicator."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.core.access import Permission
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET
from sightline.core.verdict import Invalid
from sightline.indicators.catalogue import ChartKind
from sightline.indicators.forms import MethodForm, RebaseForm
from sightline.indicators.models import Series
from sightline.indicators.operations import choose_method, rebase, withdraw_rebase
from sightline.indicators.presenters import single
from sightline.indicators.queries import catalogue, pages
from sightline.web import asking
from sightline.web.gate import needs, reader
from sightline.web.wording import month


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REBASE)
def rebase_page(request: HttpRequest, indicator: str, subject: uuid.UUID) -> HttpResponse:
    """This function will ask from when new limits are to start, and why."""
    series = _series_or_404(request, indicator, subject)
    form = RebaseForm(
        request.POST if request.method == "POST" else None, initial={"asked_for": asking.day(request, "from")}
    )
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


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REBASE)
def method_page(request: HttpRequest, indicator: str) -> HttpResponse:
    """This function will ask by which rules an indicator's charts are to be read, and why; and show what was chosen."""
    definition = catalogue().get(indicator)
    if definition is None or definition.chart is not ChartKind.XMR:
        raise Http404
    methods = pages.methods_of(indicator)
    name, screens = (
        (methods[0].rule_set, methods[0].screen) if methods else (DEFAULT_RULE_SET.name, DEFAULT_RULE_SET.screens)
    )
    sent = request.POST if request.method == "POST" else None
    form = MethodForm(sent, initial={"rule_set_name": name, "screen": "yes" if screens else "no"})
    if request.method == "POST" and form.is_valid():
        try:
            choose_method(by=reader(request), at=timezone.now(), indicator=indicator, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, "Every chart of this indicator is now read by the rules you chose.")
            return redirect("method", indicator=indicator)
    context = {
        "form": form,
        "indicator": definition,
        "now": single.method_in_words(name, screens),
        "methods": single.method_rows(methods),
    }
    return render(request, "indicators/method.html", context, status=400 if form.errors else 200)


def _series_or_404(request: HttpRequest, indicator: str, subject: uuid.UUID) -> Series:
    series = pages.one_series(reader(request), timezone.localdate(), indicator, subject)
    if series is None:
        raise Http404
    return series
