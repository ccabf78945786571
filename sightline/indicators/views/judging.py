"""Pages on which a named person judges: new limits from a date, taking them back, the rules and chart of an indicator."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET
from sightline.core.verdict import Invalid
from sightline.indicators.catalogue import ChartKind, Indicator
from sightline.indicators.forms import ChartForm, MethodForm, RebaseForm
from sightline.indicators.models import Series
from sightline.indicators.operations import choose_chart, choose_method, rebase, withdraw_chart, withdraw_rebase
from sightline.indicators.presenters import choosing, single
from sightline.indicators.queries import catalogue, pages, standing_choice
from sightline.web import asking
from sightline.web.gate import needs, reader
from sightline.web.wording import month

A_LOOK = 100  # series whose figures are asked for advice on one page


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
    definition = _judged_or_404(indicator)
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
        **_charts(request, definition),
    }
    return render(request, "indicators/method.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REBASE)
def chart_page(request: HttpRequest, indicator: str) -> HttpResponse:
    """This function will ask on which chart an indicator's figures are to be drawn, and why; and show what was chosen."""
    definition = _judged_or_404(indicator)
    form = ChartForm(request.POST if request.method == "POST" else None, kinds=choosing.kinds_for(definition))
    if request.method == "POST" and form.is_valid():
        try:
            choose_chart(by=reader(request), at=timezone.now(), indicator=indicator, **form.cleaned_data)
        except Invalid as problem:
            form.add_error("kind", list(problem.problems))
        else:
            messages.success(request, "The figures of this indicator are now drawn on the chart you chose.")
            return redirect("chart", indicator=indicator)
    choices, standing = pages.choices_of(indicator), standing_choice(indicator)
    context = {
        "form": form,
        "indicator": definition,
        **_charts(request, definition),
        "unfit": choosing.out_of_reach(definition),
        "choices": choosing.choice_rows(choices, standing),
        "deciders": names_of([one.recorded_by for one in choices]),
    }
    return render(request, "indicators/chart.html", context, status=400 if form.errors else 200)


@require_POST
@needs(Permission.REBASE)
def withdraw_chart_page(request: HttpRequest, indicator: str, choice_id: int) -> HttpResponse:
    """This function will take a choice of chart back, with a reason."""
    _judged_or_404(indicator)
    found = pages.one_choice(indicator, choice_id)
    if found is None:
        raise Http404
    withdraw_chart(by=reader(request), at=timezone.now(), chosen=found, because=request.POST.get("because", ""))
    messages.success(request, "The figures of this indicator are drawn on an XmR chart again.")
    return redirect("chart", indicator=indicator)


def _charts(request: HttpRequest, definition: Indicator) -> dict[str, Any]:
    """Which chart stands, and what the figures advise that the reader may see: the worst first, so many at most."""
    choice = standing_choice(definition.id)
    found = pages.series_of_indicator(reader(request), timezone.localdate(), definition.id)
    looked = list(found[:A_LOOK])
    return {
        "which": choosing.choice_words(choice, names_of([choice.recorded_by] if choice else [])),
        "advised": choosing.advice_rows(looked, definition),
        "looked": len(looked),
        "fallen": choosing.fallen_back(looked) if choice else 0,
        "in_all": found.count() if len(looked) == A_LOOK else len(looked),
    }


def _judged_or_404(indicator: str) -> Indicator:
    definition = catalogue().get(indicator)
    if definition is None or definition.chart is not ChartKind.XMR:
        raise Http404
    return definition


def _series_or_404(request: HttpRequest, indicator: str, subject: uuid.UUID) -> Series:
    series = pages.one_series(reader(request), timezone.localdate(), indicator, subject)
    if series is None:
        raise Http404
    return series
