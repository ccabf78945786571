"""Pages that show indicators, series and publications."""

from __future__ import annotations

import uuid
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may, scope_of
from sightline.directory.presenters import area_groups
from sightline.directory.queries import areas_for_choice, subjects_within
from sightline.indicators.catalogue import ChartKind, Indicator
from sightline.indicators.charting import series_as_known
from sightline.indicators.models import Series
from sightline.indicators.presenters import agreeing, choosing, comparing, funnels, single
from sightline.indicators.queries import catalogue, pages, standing_choice
from sightline.indicators.queries.agreeing import sets_by_indicator
from sightline.indicators.queries.peers import peers_of
from sightline.web import asking
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader

A_PAGE = 50


@require_safe
@needs(Permission.SEE_PICTURE)
def indicator_list(request: HttpRequest) -> HttpResponse:
    """This function will show the catalogue with how each indicator stands."""
    coverage = pages.coverage(reader(request), timezone.localdate())
    groups = comparing.by_dimension(catalogue(), coverage)
    context = {
        "groups": groups,
        "memberships": agreeing.memberships(sets_by_indicator()),
        "incomplete": [row for _, rows in groups for row in rows if row.open_fields],
    }
    return render(request, "indicators/list.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def indicator_page(request: HttpRequest, indicator: str) -> HttpResponse:
    """This function will compare every subject on one indicator."""
    definition = catalogue().get(indicator)
    if definition is None:
        raise Http404
    area, word = asking.word(request, "area"), asking.word(request, "name")
    within = subjects_within(area, timezone.localdate()) if area else None
    found = pages.series_of_indicator(reader(request), timezone.localdate(), indicator, within, word)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = comparing.compare(definition, list(page))
    context = {
        "indicator": definition,
        "card": single.data_card(definition, _which_chart(definition)),
        "memberships": agreeing.memberships(sets_by_indicator()).get(indicator, []),
        "compared": shown,
        "page": page,
        "funnel": funnels.funnel_page(definition, peers_of(reader(request), timezone.localdate(), definition)),
        "sees_all": scope_of(reader(request), timezone.localdate()).everything,
        "areas": area_groups(areas_for_choice(timezone.localdate())),
        "area": area,
        "name": word,
        "publications": single.publication_rows(pages.publications_of(indicator)[:12]),
        "may_choose": definition.chart is ChartKind.XMR
        and bool(may(reader(request), Permission.REBASE, timezone.localdate())),
    }
    return render(request, "indicators/indicator.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def series_page(request: HttpRequest, indicator: str, subject: uuid.UUID) -> HttpResponse:
    """This function will show one indicator of one subject in full, as known now or at the end of a day."""
    series = _series_or_404(request, indicator, subject)
    definition = catalogue()[indicator]
    today = timezone.localdate()
    known_on = asking.day(request, "known_on")
    shown = series_as_known(definition, series.subject, known_on) if known_on else series
    if shown is None:
        return render(request, "indicators/unknown.html", {"series": series, "known_on": known_on}, status=404)
    rebases, choice = () if known_on else pages.rebases_of(series), standing_choice(indicator)
    deciders = names_of([one.recorded_by for one in (*rebases, *([choice] if choice else []))])
    context = single.series_context(
        shown,
        definition,
        signals=() if known_on else pages.signals_of_series(series),
        rebases=rebases,
        publications=pages.publications_of(indicator, known_on),
        today=today,
        choice=choice,
        deciders=deciders,
    )
    context["known_on"] = known_on
    context["deciders"] = deciders
    context["may_rebase"] = bool(may(reader(request), Permission.REBASE, today))
    context["may_paper"] = bool(may(reader(request), Permission.KEEP_MEETINGS, today))
    return render(request, "indicators/series.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def series_csv(request: HttpRequest, indicator: str, subject: uuid.UUID) -> HttpResponse:
    """This function will give the table beside a chart as a file."""
    series = _series_or_404(request, indicator, subject)
    rows = single.export_rows(series, catalogue()[indicator])
    return csv_file(f"{indicator}-{series.subject.key}.csv", rows)


@require_safe
@needs(Permission.SEE_PICTURE)
def publication_list(request: HttpRequest) -> HttpResponse:
    """This function will show what was brought in, the newest first."""
    number = asking.number(request)
    found, total = pages.publications((number - 1) * A_PAGE, A_PAGE)
    context = {
        "publications": single.publication_rows(found),
        "total": total,
        "number": number,
        "last": max(1, -(-total // A_PAGE)),
    }
    return render(request, "indicators/publications.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def publication_page(request: HttpRequest, publication: uuid.UUID) -> HttpResponse:
    """This function will show one publication: what it is, where it came from, what it replaced."""
    found = pages.one_publication(publication)
    if found is None:
        raise Http404
    return render(request, "indicators/publication.html", single.publication_context(found, catalogue()))


def _which_chart(indicator: Indicator) -> str:
    if indicator.chart is not ChartKind.XMR:
        return ""
    choice = standing_choice(indicator.id)
    return choosing.choice_words(choice, names_of([choice.recorded_by] if choice else []))


def _series_or_404(request: HttpRequest, indicator: str, subject: uuid.UUID) -> Series:
    today: date = timezone.localdate()
    series = pages.one_series(reader(request), today, indicator, subject)
    if series is None or indicator not in catalogue():
        raise Http404
    return series
