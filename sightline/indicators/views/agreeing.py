"""Pages of the agreed sets of indicators: read them, agree one, agree the next version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.verdict import Invalid
from sightline.directory.presenters import area_groups
from sightline.indicators.forms import AgreeForm, ChangeForm
from sightline.indicators.forms.agreeing import initial_of
from sightline.indicators.operations import agree_set
from sightline.indicators.presenters import agreeing
from sightline.indicators.queries import agreeing as queries
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.agreeing import AgreedSet
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_PICTURE)
def set_list(request: HttpRequest) -> HttpResponse:
    """This function will list the agreed sets."""
    rows = agreeing.set_rows(queries.agreed_sets(), queries.areas_for_sets(timezone.localdate()))
    return render(request, "indicators/sets.html", {"rows": rows, "may_change": _may_change(request)})


@require_safe
@needs(Permission.SEE_PICTURE)
def set_page(request: HttpRequest, metric_set: str) -> HttpResponse:
    """This function will show what a set holds, where its figures lack, and how it came about."""
    found = _set_or_404(metric_set)
    today = timezone.localdate()
    ids = [one.indicator for one in found.chosen]
    compares = queries.may_compare_areas(reader(request), today)
    areas = queries.geographies(found.record, today) if compares else ()
    agreements = queries.agreements_of(found.record)
    context = {
        "found": found,
        "area": agreeing.area_words(found.record, queries.areas_for_sets(today)),
        "rows": agreeing.metric_rows(
            found,
            catalogue(),
            queries.last_published(ids),
            areas,
            queries.areas_with_figures(ids, areas, today) if areas else {},
        ),
        "areas": areas,
        "compares": compares,
        "history": agreeing.history_rows(agreements, catalogue(), names_of([one.recorded_by for one in agreements])),
        "may_change": _may_change(request),
    }
    return render(request, "indicators/set.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RULES)
def set_new(request: HttpRequest) -> HttpResponse:
    """This function will ask what a group agreed to measure quality by."""
    areas = area_groups(queries.areas_for_sets(timezone.localdate()))
    form = AgreeForm(sent(request), catalogue=agreeing.offered(catalogue()), areas=areas)
    return _ask(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RULES)
def set_change(request: HttpRequest, metric_set: str) -> HttpResponse:
    """This function will ask what the group agreed instead."""
    found = _set_or_404(metric_set)
    initial = initial_of({one.indicator: one.rhythm for one in found.chosen}, found.agreement.number)
    form = ChangeForm(sent(request), catalogue=agreeing.offered(catalogue()), initial=initial)
    return _ask(request, form, found)


def _ask(request: HttpRequest, form: AgreeForm, found: AgreedSet | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.given, "metric_set": found.record if found else None}
        try:
            made = agree_set(by=reader(request), at=timezone.now(), **given)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, "Recorded: this version of the set counts from now on.")
            return redirect("metric_set", made.metric_set.slug)
    context = {"form": form, "found": found}
    return render(request, "indicators/set_change.html", context, status=400 if form.errors else 200)


def _may_change(request: HttpRequest) -> bool:
    return bool(may(reader(request), Permission.KEEP_RULES, timezone.localdate()))


def _set_or_404(slug: str) -> AgreedSet:
    found = queries.agreed_set(slug)
    if found is None:
        raise Http404
    return found
