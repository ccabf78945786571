"""A frozen report: as a page, as PDF, as Word, as a table; sent to a body, and acknowledged there."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.core.access import Permission
from sightline.core.verdict import Already
from sightline.intake.word_template import NotFilled
from sightline.reports import operations
from sightline.reports.forms import AcknowledgeForm, SendForm
from sightline.reports.models import ReportVersion
from sightline.reports.presenters import page as presenters
from sightline.reports.presenters.given import earlier_words, given_lines
from sightline.reports.presenters.word import DOCX, word_of
from sightline.reports.presenters.working import sent as sent_words
from sightline.reports.queries import reports as queries
from sightline.reports.queries.given import given_of
from sightline.reports.queries.layouts import layout_of
from sightline.reports.queries.sending import bodies_to_send, may_acknowledge
from sightline.reports.views.asking import METHODS, Asks, ask
from sightline.reports.views.giving_away import download
from sightline.reports.words import Form
from sightline.web.asking import sent
from sightline.web.exporting import csv_text
from sightline.web.gate import needs, reader
from sightline.web.typesetting import NotSet, pdf_of
from sightline.web.workbook import XLSX, workbook

_LOG = logging.getLogger(__name__)
FILES = [("report_pdf", "PDF"), ("report_word", "Word"), ("report_xlsx", "Excel"), ("report_csv", "CSV")]
_FILE = {
    Form.PDF: ("pdf", presenters.PDF),
    Form.WORD: ("docx", DOCX),
    Form.EXCEL: ("xlsx", XLSX),
    Form.CSV: ("csv", "text/csv; charset=utf-8"),
}
PLAIN = "The Word template could not be filled, so the document has a plain layout. Its words are the same."
NOT_MADE = "The PDF could not be made. This page holds the same, and the Word document can be downloaded."


@require_safe
@needs(Permission.SEE_MEETINGS)
def report_version(request: HttpRequest, report: UUID, number: int) -> HttpResponse:
    """This function will show a frozen report, and write down who read it.

    Whoever is of the group finds the record behind each line.
    """
    version, actor, today = _version_or_404(request, report, number), reader(request), timezone.localdate()
    if request.method == "GET":
        _give(request, version, Form.READ)
    given = given_of(actor, today, version)
    within = queries.is_within(actor, today, version.report)
    waiting = [one for one in queries.sendings_there(actor, today, version) if may_acknowledge(actor, today, one)]
    context = {
        "version": version,
        "page": presenters.shown(version, presenters.hrefs_of(queries.lines_of(version)) if within else {}),
        "is_newest": queries.is_newest(version),
        "within": within,
        "waiting": waiting,
        "sent": sent_words(queries.sendings_of(version), today) if within else [],
        "may_send": within and queries.may_send(actor, today, version),
        "files": FILES,
        "given": given_lines(given) if given else [],
        "given_before": earlier_words(given) if given else "",
    }
    return render(request, "reports/version.html", context)


@require_POST
@needs(Permission.SEE_MEETINGS)
def report_pdf(request: HttpRequest, report: UUID, number: int) -> HttpResponse:
    """This function will give a frozen report as an accessible PDF."""
    version = _version_or_404(request, report, number)
    try:
        made = pdf_of(presenters.TEMPLATE, presenters.to_print(presenters.shown(version)))
    except NotSet as problem:
        _LOG.error("A report could not be set: %s", type(problem).__name__)  # its words may be of the report
        messages.error(request, NOT_MADE)
        return redirect("report_version", report, number)
    return _taken(request, version, Form.PDF, made)


@require_POST
@needs(Permission.SEE_MEETINGS)
def report_word(request: HttpRequest, report: UUID, number: int) -> HttpResponse:
    """This function will give a frozen report as a Word document, in the organisation's own layout where it has one."""
    version = _version_or_404(request, report, number)
    own, page = layout_of(version.report), presenters.shown(version)
    try:
        made = word_of(page, bytes(own.data) if own else b"")
    except NotFilled as problem:  # a report is not held up by its layout
        _LOG.error("A Word template could not be filled: %s", problem)
        messages.warning(request, PLAIN)
        made = word_of(page)
    return _taken(request, version, Form.WORD, made)


@require_POST
@needs(Permission.SEE_MEETINGS)
def report_csv(request: HttpRequest, report: UUID, number: int) -> HttpResponse:
    """This function will give a frozen report as CSV, line by line; no cell of it runs as a formula."""
    version = _version_or_404(request, report, number)
    text = csv_text(presenters.rows(presenters.shown(version)))
    return _taken(request, version, Form.CSV, text.encode("utf-8-sig"))


@require_POST
@needs(Permission.SEE_MEETINGS)
def report_xlsx(request: HttpRequest, report: UUID, number: int) -> HttpResponse:
    """This function will give a frozen report as a workbook, line by line; every cell is text."""
    version = _version_or_404(request, report, number)
    page = presenters.shown(version)
    return _taken(request, version, Form.EXCEL, workbook("Report", presenters.rows(page), (page.title, page.mark)))


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def report_send(request: HttpRequest, report: UUID) -> HttpResponse:
    """This function will ask to which body the newest version goes, and how (RPT-09, RPT-11, RPT-13)."""
    actor, today = reader(request), timezone.localdate()
    draft = queries.one_draft(actor, today, report)
    if draft is None or not draft.keeps or draft.newest is None:
        raise Http404
    form = SendForm(sent(request), bodies=bodies_to_send(draft.report, today), initial={"seen": draft.newest.number})

    def act(**given: Any) -> object:
        return operations.send_report(report=draft.report, seen=form.cleaned_data["seen"], given=form.given(), **given)

    asks = Asks(
        "Send the report",
        f"Version {draft.newest.number} goes as it was frozen. Its letter holds a link and nothing of the report. "
        f"It is meant for: {draft.laid.template.recipient if draft.laid else 'whom you choose'}.",
        "Send it",
        "The report is sent. You see here when it is acknowledged.",
    )
    return ask(request, form, act, asks, (draft.report.title, reverse("report", args=[report])))


@require_http_methods(METHODS)
@needs(Permission.ESCALATE)
def report_acknowledge(request: HttpRequest, sending: UUID) -> HttpResponse:
    """This function will ask whoever answers for the recipient to say that the report came (RPT-13)."""
    actor, today = reader(request), timezone.localdate()
    found = queries.one_sending(actor, today, sending)
    if found is None or not may_acknowledge(actor, today, found):
        raise Http404
    form = AcknowledgeForm(sent(request))

    def act(**given: Any) -> object:
        return operations.acknowledge_report(sending=found, says=form.cleaned_data["says"], **given)

    version = found.version
    asks = Asks(
        "Acknowledge the report",
        f"You say for {found.to_body.name} that it came. Whoever sent it sees that, with your name.",
        "Acknowledge it",
        "The report is acknowledged.",
    )
    back = version.report.title, reverse("report_version", args=[version.report_id, version.number])
    return ask(request, form, act, asks, back)


# --- what the pages share


def _version_or_404(request: HttpRequest, report: UUID, number: int) -> ReportVersion:
    found = queries.one_version(reader(request), timezone.localdate(), report, number)
    if found is None:
        raise Http404
    return found


def _give(request: HttpRequest, version: ReportVersion, form: Form) -> None:
    """Write down what the reader is given; what they had in the same form today stands there."""
    with suppress(Already):
        operations.note_report_given(by=reader(request), at=timezone.now(), version=version, form=form)


def _taken(request: HttpRequest, version: ReportVersion, form: Form, data: bytes) -> HttpResponse:
    """A file to keep, which is written down (IGV-08); its name tells nothing of what is in it."""
    _give(request, version, form)
    ending, media_type = _FILE[form]
    name = f"report-{version.report.ends_on.isoformat()}-version-{version.number}.{ending}"
    return download(data, name, media_type)
