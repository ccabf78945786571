"""Pages of the Word templates of reports: which there are, the one to begin from, one to bring, one to take out of use."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.reports import operations
from sightline.reports.forms import EndWordTemplateForm, WordTemplateForm
from sightline.reports.layouts import FIELDS
from sightline.reports.models import WordTemplate
from sightline.reports.presenters.word import DOCX, starter
from sightline.reports.queries.layouts import one_layout, places_of
from sightline.reports.views.asking import METHODS, Asks, ask
from sightline.reports.views.giving_away import download
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

_BACK = "Word templates"


@require_safe
@needs(Permission.KEEP_MEETINGS)
def report_templates(request: HttpRequest) -> HttpResponse:
    """This function will show in which layout the reports of the reader's systems leave as Word, and the fields."""
    places = places_of(reader(request), timezone.localdate())
    several = len({one.system for one in places}) > 1
    context = {
        "places": [one for one in places if one.versions],
        "may_bring": bool(places),
        "several": several,
        "fields": FIELDS,
    }
    return render(request, "reports/templates.html", context)


@require_safe
@needs(Permission.KEEP_MEETINGS)
def report_template_start(request: HttpRequest) -> HttpResponse:
    """This function will give the template to begin from."""
    return download(starter(), "report-template.docx", DOCX)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def report_template_bring(request: HttpRequest) -> HttpResponse:
    """This function will ask for a template, and say everything that is wrong with it."""
    places = places_of(reader(request), timezone.localdate())
    files = (request.FILES,) if request.method == "POST" else ()
    form = WordTemplateForm(sent(request), *files, places=places)

    def act(**given: Any) -> object:
        return operations.bring_word_template(given=form.given(), form_key=form.cleaned_data["form_key"], **given)

    asks = Asks(
        "Bring a Word template",
        "It is looked at first: its fields, and that it holds no macros and fetches nothing. What is wrong is named.",
        "Use it",
        "The template is kept. Reports leave in it from now on.",
    )
    return ask(request, form, act, asks, (_BACK, reverse("report_templates")), {"takes_file": True})


@require_safe
@needs(Permission.KEEP_MEETINGS)
def report_template_file(request: HttpRequest, template: UUID) -> HttpResponse:
    """This function will give the file of one version of a template, to be worked on in Word."""
    found = _layout_or_404(request, template)
    return download(bytes(found.data), found.name, DOCX)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def report_template_end(request: HttpRequest, template: UUID) -> HttpResponse:
    """This function will ask whether a template is no longer used."""
    found = _layout_or_404(request, template)
    form = EndWordTemplateForm(sent(request))

    def act(**given: Any) -> object:
        return operations.end_word_template(template=found, form_key=form.cleaned_data["form_key"], **given)

    asks = Asks(
        "Stop using the template",
        f"“{found.name}” stays on the record. Reports leave in the template for every report, or in plain layout.",
        "Stop using it",
        "The template is no longer used.",
    )
    return ask(request, form, act, asks, (_BACK, reverse("report_templates")))


def _layout_or_404(request: HttpRequest, template: UUID) -> WordTemplate:
    found = one_layout(reader(request), timezone.localdate(), template)
    if found is None:
        raise Http404
    return found
