"""Pages of papers: put one to an item, read it, take its file, bring a new version, withdraw it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.core.access import Permission
from sightline.core.verdict import Already
from sightline.indicators.queries import catalogue
from sightline.meetings import operations, queries
from sightline.meetings.filing import filed, of_ticket, read_filed, ticket
from sightline.meetings.forms import papers as forms
from sightline.meetings.giving import PaperFile
from sightline.meetings.keeping import keeps_meetings
from sightline.meetings.models import PaperVersion
from sightline.meetings.presenters import papers as presenters
from sightline.meetings.presenters.charts import chart_paper
from sightline.meetings.presenters.data_packs import data_pack
from sightline.meetings.presenters.recorded import recorded
from sightline.meetings.queries.papers import PaperView, one_paper
from sightline.meetings.views.asking import ask
from sightline.meetings.views.planning import ASK, METHODS, asked, kept_or_404, meeting_or_404, names, people_to_choose
from sightline.meetings.words import Given, PaperFor
from sightline.web import asking
from sightline.web.gate import needs, reader

ASK_FILE = "meetings/paper_ask.html"


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def paper_add(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will ask for a paper of an item."""
    found = queries.one_item(reader(request), timezone.localdate(), item)
    if found is None:
        raise Http404
    view = kept_or_404(request, found.meeting_id)
    form = forms.PaperForm(*_posted(request), people=names(people_to_choose(request)))
    file = _taken(request, form)

    def act(**given: Any) -> object:
        assert file is not None
        return operations.add_paper(
            item=found, says=form.says(), file=file, form_key=form.cleaned_data["form_key"], **given
        )

    title = queries.newest_wording(found).title
    context = asked(
        view, f"Add a paper: {title}", "Whoever reads the item reads its papers, and nobody else.", "Add it"
    )
    return ask(request, form, act, "The paper is there.", _item_of(found.meeting_id, item), ASK_FILE, context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def paper_record(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will ask to have a paper made from the record about the subject of an item."""
    found = queries.one_item(reader(request), timezone.localdate(), item)
    if found is None:
        raise Http404
    about = found.subject or found.group.subject
    if about is None:
        raise Http404
    view = kept_or_404(request, found.meeting_id)
    initial = {"title": f"What the record holds of {about.name}", "purpose": PaperFor.INFORMATION.value}
    form = forms.SaysForm(asking.sent(request), people=names(people_to_choose(request)), initial=initial)

    def act(**given: Any) -> object:
        return operations.make_record_paper(
            item=found, says=form.says(), form_key=form.cleaned_data["form_key"], **given
        )

    intro = (
        "Its level, what stands out in the figures, open concerns and risks, and the group’s actions, as they are now. "
        "It does not change afterwards. Whoever reads the item reads all of it, invited guests among them."
    )
    context = asked(view, f"A paper from the record: {about.name}", intro, "Make it")
    return ask(request, form, act, "The paper is there.", _item_of(found.meeting_id, item), ASK, context)


@require_safe
@needs(Permission.SEE_MEETINGS)
def paper_page(request: HttpRequest, paper: UUID) -> HttpResponse:
    """This function will show one paper: what it is for, its versions, and its words where it was made from the record."""
    found, keeps = _paper_or_404(request, paper)
    meeting = meeting_or_404(request, found.paper.item.meeting_id)
    newest = found.newest
    record = presenters.record_of(newest)
    if record is not None and request.method == "GET" and found.withdrawal is None:
        give(request, [newest], Given.READ)
    context = {
        "view": meeting,
        "item": found.paper.item,
        "item_title": queries.newest_wording(found.paper.item).title,
        "paper": found.paper,
        "line": presenters.paper_line(newest),
        "newest": newest,
        "content": recorded(record.content, catalogue()) if record is not None else None,
        "chart": chart_paper(record),
        "bundle": data_pack(record),
        "versions": presenters.version_lines(found),
        "withdrawal": found.withdrawal,
        "keeps": keeps and not meeting.is_over and found.withdrawal is None,
        "remarks": presenters.remark_lines(newest) if keeps else [],
        "given": presenters.given_lines(found),
    }
    return render(request, "meetings/paper.html", context)


@require_POST
@needs(Permission.SEE_MEETINGS)
def paper_file(request: HttpRequest, paper: UUID, number: int) -> HttpResponse:
    """This function will give the file of a version to keep, and write down that it was given (IGV-08)."""
    found, keeps = _paper_or_404(request, paper)
    version = next((one for one in found.versions if one.number == number), None)
    if version is None or presenters.record_of(version) is not None or (found.withdrawal is not None and not keeps):
        raise Http404
    data = read_filed(version.sha256)
    if data is None:
        raise Http404
    give(request, [version], Given.FILE)
    return download(data, version.name, version.media_type)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def paper_revise(request: HttpRequest, paper: UUID) -> HttpResponse:
    """This function will ask for a new version of a paper."""
    found = _kept_paper_or_404(request, paper)
    newest = found.newest
    initial = {
        "title": newest.title,
        "purpose": newest.purpose,
        "responsible": str(newest.responsible_id or ""),
        "confidential_because": newest.confidential_because,
        "seen": newest.number,
    }
    people = names(people_to_choose(request))
    if newest.responsible is not None:
        people.setdefault(str(newest.responsible_id), newest.responsible.display_name)
    form = forms.ReviseForm(*_posted(request), people=people, initial=initial)
    file = _taken(request, form)

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.revise_paper(
            paper=found.paper, seen=told["seen"], says=form.says(), file=file, form_key=told["form_key"], **given
        )

    view = meeting_or_404(request, found.paper.item.meeting_id)
    intro = "Earlier versions stay on record. Without a file, the one that is there stays."
    context = asked(view, f"New version: {newest.title}", intro, "Keep it")
    return ask(request, form, act, "The new version is there.", reverse("paper", args=[paper]), ASK_FILE, context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def paper_withdraw(request: HttpRequest, paper: UUID) -> HttpResponse:
    """This function will ask why a paper is withdrawn."""
    found = _kept_paper_or_404(request, paper)
    form = forms.WithdrawPaperForm(asking.sent(request))

    def act(**given: Any) -> object:
        return operations.withdraw_paper(paper=found.paper, because=form.cleaned_data["because"], **given)

    view = meeting_or_404(request, found.paper.item.meeting_id)
    intro = "It is in no pack from now on. That it was there stays on record, with your reason."
    context = asked(view, f"Withdraw: {found.newest.title}", intro, "Withdraw it")
    return ask(request, form, act, "The paper is withdrawn.", reverse("paper", args=[paper]), ASK, context)


# --- shared with packs, and steps of the above


def give(request: HttpRequest, versions: Sequence[PaperVersion], how: Given) -> None:
    """This function will write down what the reader is given; what they were given in the same way today stands there."""
    if versions:
        with suppress(Already):
            operations.note_papers_given(by=reader(request), at=timezone.now(), versions=versions, how=how)


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """This function will give bytes to keep, never to be opened in the house's own pages."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _paper_or_404(request: HttpRequest, paper: UUID) -> tuple[PaperView, bool]:
    actor, today = reader(request), timezone.localdate()
    seen = one_paper(actor, today, paper)
    if seen is None:
        raise Http404
    keeps = keeps_meetings(actor, seen.paper.item.system, today)
    return (one_paper(actor, today, paper, keeps=True) or seen, True) if keeps else (seen, False)


def _kept_paper_or_404(request: HttpRequest, paper: UUID) -> PaperView:
    found, keeps = _paper_or_404(request, paper)
    if not keeps:
        raise Http404
    return found


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _taken(request: HttpRequest, form: forms.PaperForm) -> PaperFile | None:
    """The file that was given now, or before by its ticket: it waits while the form is put right."""
    if request.method != "POST":
        return None
    form.is_valid()
    who = reader(request).actor_id
    file = filed(form.found) if form.found is not None else of_ticket(form.cleaned_data.get("held") or "", who)
    if file is not None:
        form.hold(ticket(file, who), file.name)
    elif form.needs_file:
        form.ask_for_file()
    return file


def _item_of(meeting: UUID, item: UUID) -> str:
    return f"{reverse('meeting', args=[meeting])}#item-{item}"
