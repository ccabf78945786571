"""Pages for bringing files of intelligence in: choose them, see what became of each, take its list of faults along."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.intelligence.bringing import bring
from sightline.intelligence.forms.importing import ImportForm
from sightline.intelligence.models import TextDelivery
from sightline.intelligence.operations import take_in_text
from sightline.intelligence.presenters import importing as presenter
from sightline.intelligence.queries import deliveries as queries
from sightline.intelligence.queries.capture import readers_for
from sightline.intelligence.sources.many_items import template_csv
from sightline.web.exporting import CSV, file_to_keep
from sightline.web.gate import needs, reader

A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_DATA)
def import_page(request: HttpRequest) -> HttpResponse:
    """This function will take files of intelligence in, each by itself, and show what was brought in before."""
    actor, today = reader(request), timezone.localdate()
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*posted, systems=queries.systems_to_choose(actor, today), readers=readers_for(actor, today))
    if posted and form.is_valid():
        keys = [str(one.pk) for one in _brought(request, form)]
        return redirect(f"{reverse('intelligence_import')}?{urlencode({'file': keys}, doseq=True)}")
    chosen = queries.some_deliveries(actor, today, _asked(request))
    page = Paginator(queries.deliveries_of(actor, today), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "results": [presenter.file_result(one, queries.faults_of(one)) for one in chosen],
        "page": page,
        "lines": [presenter.file_line(one) for one in page],
        "known": presenter.known_sources(),
        "columns": presenter.columns(),
    }
    return render(request, "intelligence/import.html", context, status=400 if form.errors else 200)


@require_safe
@needs(Permission.IMPORT_DATA)
def import_result(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """This function will show what became of one file."""
    found = _delivery_or_404(request, delivery)
    result = presenter.file_result(found, queries.faults_of(found))
    return render(request, "intelligence/import_result.html", {"result": result})


@require_safe
@needs(Permission.IMPORT_DATA)
def import_faults(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """This function will give everything wrong with one file as a file, to mend it by."""
    found = _delivery_or_404(request, delivery)
    return file_to_keep("what-to-mend.csv", presenter.faults_csv(queries.faults_of(found)), CSV)


@require_safe
@needs(Permission.IMPORT_DATA)
def import_template(request: HttpRequest) -> HttpResponse:
    """This function will give the table to be filled in."""
    return file_to_keep("many-items.csv", template_csv(), CSV)


def _brought(request: HttpRequest, form: ImportForm) -> list[TextDelivery]:
    """Each file in an operation of its own, so that a bad one stops none of the others."""
    told = form.cleaned_data
    given = {
        "system": told["system"],
        "as_of": told["as_of"],
        "readers": told["readers"],
        "why_fewer": told["why_fewer"],
        "knowingly": told["wanted"],
    }
    return [
        take_in_text(
            by=reader(request),
            at=timezone.now(),
            brought=bring(file.name or "", file.read(), timezone.localdate()),
            **given,
        )
        for file in told["files"]
    ]


def _asked(request: HttpRequest) -> list[UUID]:
    keys = []
    for text in request.GET.getlist("file")[:100]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys


def _delivery_or_404(request: HttpRequest, key: UUID) -> TextDelivery:
    found = queries.one_delivery(reader(request), timezone.localdate(), key)
    if found is None:
        raise Http404
    return found
