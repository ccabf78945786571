"""Pages on which reports are worked on: the list, one to begin, a draft, its sections, and that it is frozen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.core.access import Permission
from sightline.core.verdict import Refused
from sightline.reports import operations
from sightline.reports.forms import BeginForm, FreezeForm, SectionForm
from sightline.reports.presenters import working as presenters
from sightline.reports.presenters.page import sections_of
from sightline.reports.queries import reports as queries
from sightline.reports.queries.drafts import Draft
from sightline.reports.queries.reports import A_PAGE
from sightline.reports.queries.templates import templates_for
from sightline.reports.views.asking import METHODS, Asks, ask
from sightline.web.asking import number, sent, word
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_MEETINGS)
def all_reports(request: HttpRequest) -> HttpResponse:
    """This function will list what is due, the reports of the reader's groups, and those that were sent to them."""
    actor, today, page = reader(request), timezone.localdate(), number(request)
    found, count = queries.reports_of_us(actor, today, page)
    context = {
        "rows": presenters.rows(found, today),
        "due": presenters.due(queries.reports_due(actor, today), today),
        "received": [(one, row) for one, row in _received(queries.reports_to_us(actor, today), today)],
        "keeps": bool(queries.groups_reporting(actor, today)),
        "page": page,
        "pages": max(1, -(-count // A_PAGE)),
    }
    return render(request, "reports/all.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def report_begin(request: HttpRequest) -> HttpResponse:
    """This function will ask which report of which group to begin, and of which period (RPT-23)."""
    actor, today = reader(request), timezone.localdate()
    groups = {str(one.pk): one for one in queries.groups_reporting(actor, today)}
    choices = [
        (group.name, [(f"{key}.{one.template.id}", f"{one.template.name} ({group.name})") for one in laid])
        for key, group in groups.items()
        if (laid := templates_for(group, today))
    ]
    form = BeginForm(sent(request), choices=choices, initial={"report": word(request, "report")})
    made: list[UUID] = []

    def act(**given: Any) -> object:
        key, begun = form.begun()
        made.append(
            operations.begin_report(group=groups[key], given=begun, form_key=form.cleaned_data["form_key"], **given).pk
        )
        return made

    asks = Asks(
        "Begin a report",
        "What the records say for each of its sections is gathered at once. You decide what stays, and write the rest.",
        "Begin it",
        "The report is begun. Nobody but those who keep the group’s papers sees it until it is frozen.",
    )
    back = "Reports", reverse("all_reports")
    return ask(request, form, act, asks, back, go=lambda: reverse("report", args=made) if made else back[1])


@require_safe
@needs(Permission.SEE_MEETINGS)
def report(request: HttpRequest, report: UUID) -> HttpResponse:
    """This function will show a draft with what it lacks to its keepers, and to everybody what was frozen and sent."""
    draft, today = _draft_or_404(request, report), timezone.localdate()
    within = queries.is_within(reader(request), today, draft.report)
    versions = draft.versions if within else _sent_there(request, draft)
    sendings = [one for version in versions for one in version.sendings.all()] if within else []
    context = {
        "draft": draft,
        "head": presenters.head(draft),
        "parts": presenters.parts(draft) if draft.keeps or not versions else [],
        "changes": presenters.changes(queries.changes_since(draft)) if draft.keeps else [],
        "reasons": draft.verdict("—", draft.likely_purpose).reasons if draft.laid and draft.keeps else (),
        "versions": list(reversed(versions)),
        "sent": presenters.sent(sendings, today),
    }
    return render(request, "reports/report.html", context)


@require_POST
@needs(Permission.KEEP_MEETINGS)
def report_gather(request: HttpRequest, report: UUID) -> HttpResponse:
    """This function will gather anew what the records say."""
    draft = _kept_or_404(request, report)
    try:
        operations.gather_again(by=reader(request), at=timezone.now(), report=draft.report)
    except Refused as problem:
        messages.error(request, " ".join(one.cited for one in problem.verdict.reasons))
    else:
        messages.success(request, "Gathered. What has changed stands above the sections.")
    return redirect("report", report)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def report_section(request: HttpRequest, report: UUID, section: str) -> HttpResponse:
    """This function will ask what a section says: which lines of the record, in which words, or nothing (RPT-28)."""
    draft = _kept_or_404(request, report)
    part = next((one for one in draft.parts if one.section.id == section), None)
    if part is None or (part.section.stands is not None and not part.lines):
        raise Http404
    written = part.passage
    standing = {
        "seen": written.number if written else 0,
        "text": written.text if written else "",
        "keep": [one.record for one in part.kept],
        "is_none": bool(written and written.is_none),
    }
    form = SectionForm(sent(request), part=part, initial=standing)

    def act(**given: Any) -> object:
        return operations.write_section(
            report=draft.report, seen=form.cleaned_data["seen"], given=form.written(), **given
        )

    asks = Asks(part.section.heading, part.section.says, "Keep it", "The section is kept.")
    return ask(request, form, act, asks, (draft.report.title, reverse("report", args=[report])))


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def report_freeze(request: HttpRequest, report: UUID) -> HttpResponse:
    """This function will ask whether a report is done; it is fixed as it stands on this page (RPT-28)."""
    draft = _kept_or_404(request, report)
    if draft.laid is None:
        raise Http404
    form = FreezeForm(
        sent(request),
        again=draft.newest is not None,
        needs_why=draft.needs_why,
        says_purpose=draft.says_purpose,
        initial={"seen": draft.stamp, "purpose": draft.likely_purpose.value},
    )

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.freeze_report(
            report=draft.report,
            seen=told["seen"],
            changed=told.get("changed", ""),
            why_no_minutes=told.get("why_no_minutes", ""),
            purpose=form.purpose(),
            **given,
        )

    asks = Asks(
        "Freeze the report",
        "It is fixed as it stands below, with your name and the day. It is never edited: what changes later is a new version.",
        "Freeze it",
        "The report is frozen. It can be sent now.",
    )
    context = {"sections": sections_of(draft.content), "hints": draft.hints}
    return ask(request, form, act, asks, (draft.report.title, reverse("report", args=[report])), context)


# --- what the pages share


def _draft_or_404(request: HttpRequest, report: UUID) -> Draft:
    found = queries.one_draft(reader(request), timezone.localdate(), report)
    if found is None:
        raise Http404
    return found


def _kept_or_404(request: HttpRequest, report: UUID) -> Draft:
    found = _draft_or_404(request, report)
    if not found.keeps:
        raise Http404
    return found


def _received(found: list[Any], today: Any) -> list[tuple[Any, Any]]:
    return list(zip(found, presenters.sent(found, today), strict=True))


def _sent_there(request: HttpRequest, draft: Draft) -> list[Any]:
    """The versions that were sent to a body for which the reader works."""
    actor, today = reader(request), timezone.localdate()
    return [one for one in draft.versions if queries.one_version(actor, today, draft.report.pk, one.number)]
