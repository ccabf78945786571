"""Pages that hold series and bodies against each other: what is worth a look, and a funnel as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from sightline.core.access import Permission
from sightline.directory.presenters import area_groups
from sightline.directory.queries import areas_for_choice, subjects_within
from sightline.indicators.presenters import funnels, worth
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.evidence import Evidence, WorthALook, worth_a_look
from sightline.indicators.queries.pages import series_by_id
from sightline.indicators.queries.peers import peers_of
from sightline.web import asking
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader

A_PAGE = 50
A_FILE = 5_000  # rows: the list is meant to be read, and a longer one is not


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address of the list asks for."""

    area: str
    indicator: str

    @property
    def address(self) -> str:
        return f"?{urlencode({'area': self.area, 'indicator': self.indicator})}"


@require_safe
@needs(Permission.SEE_PICTURE)
def worth_a_look_page(request: HttpRequest) -> HttpResponse:
    """This function will list the series whose evidence for being worse is strongest."""
    asked, found, shown = _list(request)
    today = timezone.localdate()
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "found": found,
        "sure": worth.sure_words(found),
        "untested": worth.untested_words(found),
        "method": worth.method_words(),
        "rows": _rows(request, found, list(page)),
        "page": page,
        "indicators": worth.indicator_choices(found, catalogue()),
        "areas": area_groups(areas_for_choice(today)),
    }
    return render(request, "indicators/worth.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def worth_a_look_csv(request: HttpRequest) -> HttpResponse:
    """This function will give the list, as it is filtered, as a file."""
    _, found, shown = _list(request)
    return csv_file("worth-a-look.csv", worth.export_rows(_rows(request, found, shown[:A_FILE])))


@require_safe
@needs(Permission.SEE_PICTURE)
def funnel_csv(request: HttpRequest, indicator: str) -> HttpResponse:
    """This function will give the bodies of an indicator's funnel with their limits as a file."""
    definition = catalogue().get(indicator)
    if definition is None:
        raise Http404
    peers = peers_of(reader(request), timezone.localdate(), definition)
    return csv_file(f"{indicator}-funnel.csv", funnels.export_rows(definition, peers))


def _list(request: HttpRequest) -> tuple[_Asked, WorthALook, list[Evidence]]:
    """What is asked for, the whole list that the reader may see, and what the filter leaves of it."""
    asked = _Asked(asking.word(request, "area", settings.HOME_SYSTEM), asking.word(request, "indicator"))
    today = timezone.localdate()
    found = worth_a_look(reader(request), today)
    shown = [one for one in found.listed if not asked.indicator or one.indicator == asked.indicator]
    if asked.area:
        inside = frozenset(subjects_within(asked.area, today).values_list("pk", flat=True))
        shown = [one for one in shown if one.subject in inside]
    return asked, found, shown


def _rows(request: HttpRequest, found: WorthALook, shown: Sequence[Evidence]) -> list[worth.WorthRow]:
    series = series_by_id(reader(request), timezone.localdate(), [one.series for one in shown])
    return worth.worth_rows(shown, series, catalogue(), worth.counted_by_subject(found))
