"""Pages of the surveillance log, and the files made of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.core.access import Permission
from sightline.directory.presenters import area_groups
from sightline.directory.queries import areas_for_choice
from sightline.surveillance.forms import log as forms
from sightline.surveillance.presenters import log as presenters
from sightline.surveillance.queries import log as queries
from sightline.web import asking
from sightline.web.exporting import CSV, csv_text, file_to_keep
from sightline.web.gate import needs, reader
from sightline.web.workbook import XLSX, workbook


@require_safe
@needs(Permission.SEE_LEVELS)
def log(request: HttpRequest) -> HttpResponse:
    """This function will show the surveillance log, today or as it was known on an earlier day."""
    today, actor, page = timezone.localdate(), reader(request), asking.number(request)
    systems = queries.logs_of(actor, today)
    read = _read_or_404(request, systems)
    asked = read.asked
    found = queries.log_page(actor, today, asked, page)
    context = {
        "asked": asked,
        "problems": read.problems,
        "name": systems.get(asked.system, ""),
        "systems": list(systems.items()),
        "address": forms.address_of(read, today),
        "columns": asked.columns if read.has_own_columns else (),
        "column_names": forms.COLUMN_NAMES,
        "headings": presenters.headings(asked),
        "rows": presenters.rows(found, asked),
        "counted": presenters.counted(found, asked),
        "as_of": presenters.as_of(asked, today),
        "legend": presenters.legend(found),
        "long_stays": presenters.long_stays(found.guidance),
        "guidance": found.guidance,
        "levels": presenters.levels(found.guidance),
        "sectors": presenters.sectors(),
        "sorts": [(one.value, words) for one, words in presenters.SORTS.items()],
        "areas": area_groups(areas_for_choice(today)),
        "has_more": presenters.has_more(asked),
        "is_empty": not found.total,
        "today": today,
        "page": page,
        "pages_in_all": presenters.pages_in_all(found, queries.A_PAGE),
    }
    return render(request, "surveillance/log.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def log_csv(request: HttpRequest) -> HttpResponse:
    """This function will give the log that is asked for as a table."""
    _, asked, found = _whole(request)
    text = csv_text(presenters.table(found, asked))
    return file_to_keep(f"surveillance-log-{asked.on.isoformat()}.csv", text, CSV)


@require_safe
@needs(Permission.SEE_LEVELS)
def log_xlsx(request: HttpRequest) -> HttpResponse:
    """This function will give the log that is asked for as a workbook."""
    name, asked, found = _whole(request)
    made = workbook("Surveillance log", presenters.table(found, asked), above=presenters.title(name, asked, found))
    return file_to_keep(f"surveillance-log-{asked.on.isoformat()}.xlsx", made, XLSX)


def _whole(request: HttpRequest) -> tuple[str, queries.Asked, queries.LogPage]:
    today, actor = timezone.localdate(), reader(request)
    systems = queries.logs_of(actor, today)
    asked = _read_or_404(request, systems).asked
    return systems.get(asked.system, ""), asked, queries.log_lines(actor, today, asked)


def _read_or_404(request: HttpRequest, systems: Mapping[str, str]) -> forms.Read:
    found = forms.read(request, timezone.localdate(), systems, settings.HOME_SYSTEM)
    if found is None:
        raise Http404
    return found
