"""Pages for bringing files in: drop them, watch, see exactly what was refused, say what columns mean."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.indicators import working
from sightline.indicators.forms import DropForm, MappingForm
from sightline.indicators.models import Delivery
from sightline.indicators.operations import Arrived, confirm_mapping, receive_files
from sightline.indicators.presenters import dropping
from sightline.indicators.queries import pages, unassessed
from sightline.web.exporting import CSV, file_to_keep
from sightline.web.gate import needs, reader


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_DATA)
def import_page(request: HttpRequest) -> HttpResponse:
    """This function will take files in and show what was brought in lately."""
    form = DropForm(request.POST, request.FILES) if request.method == "POST" else DropForm()
    if request.method == "POST" and form.is_valid():
        arrived = [Arrived(file.name, file.read()) for file in form.cleaned_data["files"]]
        deliveries = receive_files(by=reader(request), at=timezone.now(), files=arrived)
        working.start(deliveries[0].batch, reader(request))
        return redirect("import_drop", batch=deliveries[0].batch)
    context = {"form": form, "drops": pages.recent_drops(), "freshness": dropping.freshness(pages.newest_by_source())}
    return render(request, "indicators/import.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_DATA)
def import_drop(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """This function will show one drop: how far it is, and what became of each file. Posting takes it up again."""
    running = working.is_running(batch)  # asked first: what ends meanwhile is settled, and was not stopped
    deliveries = pages.deliveries_of(batch)
    if not deliveries:
        raise Http404
    if request.method == "POST":
        working.start(batch, reader(request))
        return redirect("import_drop", batch=batch)
    context = dropping.drop_context(batch, deliveries, running, not running and bool(unassessed()))
    return render(request, "indicators/drop.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_DATA)
def import_mapping(request: HttpRequest, delivery: uuid.UUID) -> HttpResponse:
    """This function will ask what the columns of a tidy file are, with a guess filled in."""
    found = pages.one_delivery(delivery)
    if found is None or found.state != Delivery.State.MAPPING:
        raise Http404
    table = working.table_of(found)
    form = MappingForm(request.POST if request.method == "POST" else None, table=table)
    if request.method == "POST" and form.is_valid():
        confirm_mapping(
            by=reader(request), at=timezone.now(), delivery=found, mapping=form.mapping(), indicators=form.indicators()
        )
        messages.success(request, "Its columns are confirmed. The file is being taken in.")
        working.start(found.batch, reader(request))
        return redirect("import_drop", batch=found.batch)
    context = {"form": form, "delivery": found, "sample": dropping.sample(table)}
    return render(request, "indicators/mapping.html", context, status=400 if form.errors else 200)


@require_safe
@needs(Permission.IMPORT_DATA)
def import_faults_csv(request: HttpRequest, delivery: uuid.UUID) -> HttpResponse:
    """This function will give everything wrong with one file as a file, to mend it by."""
    found = pages.one_delivery(delivery)
    if found is None:
        raise Http404
    return file_to_keep("what-to-mend.csv", dropping.faults_csv(found), CSV)
