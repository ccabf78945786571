"""Pages on which a Rapid Quality Review is listed, called, written down, reported and closed; its own page comes later."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import colleagues
from sightline.core.access import Permission
from sightline.core.improvement.rapid import Route, may_close_review, remarks_on, stands_low
from sightline.directory.models import Subject
from sightline.groups.models import Group
from sightline.groups.presenters import chairing as chairing_words
from sightline.groups.queries import chairing_view
from sightline.improvement import operations
from sightline.improvement.forms import reviews as forms
from sightline.improvement.models import RapidReview
from sightline.improvement.presenters import reviews as present
from sightline.improvement.queries import reviews as queries
from sightline.improvement.review_words import KIND, ROUTE
from sightline.improvement.views._asking import ask
from sightline.surveillance.queries import guidance_for, standing_of
from sightline.surveillance.queries.concerns import concerns_about
from sightline.web import asking
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]
_WORDS_OF_CONCERN = 90


@require_safe
@needs(Permission.SEE_LEVELS)
def rapid_list(request: HttpRequest) -> HttpResponse:
    """This function will list Rapid Quality Reviews: under way, past their day, and closed."""
    today, actor = timezone.localdate(), reader(request)
    asked = _asked(request)
    page = asking.number(request)
    rows, total = queries.page_of_reviews(actor, today, asked, page)
    context = {
        "lines": present.review_lines(rows),
        "total": total,
        "asked": asked,
        "states": present.STATES,
        "page": page,
        "pages_in_all": max(1, -(-total // queries.A_PAGE)),
        "address": f"?{urlencode({'state': asked.state, 'subject': str(asked.subject or '')})}&",
    }
    return render(request, "improvement/rapid_list.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def rapid_call(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask why a review of a subject is called, who chairs it, and when it meets (RQR-01, RQR-02)."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.system_to_call(actor, today, subject)
    if found is None:
        raise Http404
    about, system = found
    group = queries.standing_group(actor, today, about, system)
    if group is not None and (under_way := queries.open_review(group)) is not None:
        messages.info(request, "A review of this subject is under way already. This is its page.")
        return redirect(present.page_of(under_way))
    form, chairing = _call_form(request, about, system, group)

    def act(**given: Any) -> object:
        key = form.cleaned_data["form_key"]
        return operations.call_review(subject=about, system=system, form_key=key, given=form.call(), **given)

    def then(made: object) -> str:
        key = form.cleaned_data["form_key"]
        own = made if isinstance(made, RapidReview) else queries.review_of_form(actor, today, key)
        return present.page_of(own) if own else reverse("rapid_list")

    guidance = guidance_for(system, today)
    level = standing_of(about, guidance, today).level
    context = {
        "subject": about,
        "group": group,
        "level": level,
        "remarks": stands_low(level.name, is_lowest=level == guidance.levels.levels.lowest),
        "chairing": chairing,
    }
    said = "The review is called. Plan its meeting next; no notice has to be given."
    return ask(request, form, act, then, said, "improvement/rapid_call.html", context)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def rapid_findings(request: HttpRequest, rapid: uuid.UUID) -> HttpResponse:
    """This function will ask what a review found, filled in with what was written last (RQR-03)."""
    today, found = timezone.localdate(), _worked_on(request, rapid)
    newest = next(reversed(queries.findings_of(found)), None)
    levels = guidance_for(found.system, today).levels.levels.levels
    form = forms.FindingsForm(
        asking.sent(request),
        initial=forms.filled_by(newest),
        plans=queries.plans_to_choose(reader(request), today, found),
        levels=[(one.id, one.name) for one in levels],
        is_first=newest is None,
    )

    def act(**given: Any) -> object:
        told = form.cleaned_data
        because = told.get("because", "")
        return operations.write_findings(
            review=found, seen=told["seen"], given=form.findings(), because=because, **given
        )

    said = "What the review found is on record. Earlier versions stay."
    title = "Write down what the review found" if newest is None else "Write anew what the review found"
    return _on_review(request, found, form, act, said, title, "Keep it")


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def rapid_report(request: HttpRequest, rapid: uuid.UUID, route: str) -> HttpResponse:
    """This function will ask whether a review reported on one of its routes, or why it owes no report (RQR-05)."""
    found = _worked_on(request, rapid)
    way = next((one for one in Route if one.value == route), None)
    if way is None:
        raise Http404
    form = forms.ReportForm(asking.sent(request), route=way, initial={"on": timezone.localdate()})

    def act(**given: Any) -> object:
        return operations.record_report(review=found, given=form.report(), **given)

    title = f"Report to {ROUTE[way]}"
    return _on_review(request, found, form, act, "It is on record.", title, "Record it")


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def rapid_close(request: HttpRequest, rapid: uuid.UUID) -> HttpResponse:
    """This function will say whether a review may be closed, with everything that is open, and ask why (RQR-05)."""
    found = _worked_on(request, rapid)
    newest = queries.found_by(next(reversed(queries.findings_of(found)), None))
    form = forms.CloseForm(asking.sent(request))

    def act(**given: Any) -> object:
        return operations.close_review(review=found, because=form.cleaned_data["because"], **given)

    context = {
        "rapid": found,
        "subject": found.subject,
        "back": present.page_of(found),
        "verdict": may_close_review(newest, [ROUTE[one] for one in queries.owed_by(found)]),
        "remarks": remarks_on(newest),
    }
    said, template = "The review is closed.", "improvement/rapid_close.html"
    return ask(request, form, act, lambda _: present.page_of(found), said, template, context)


# --- steps of the above


def _call_form(
    request: HttpRequest, subject: Subject, system: str, group: Group | None
) -> tuple[forms.CallForm, chairing_words.ChairingLines | None]:
    """The form; where a group has to be set up, with who may chair it (CHR-04 to CHR-07)."""
    today, actor = timezone.localdate(), reader(request)
    area = queries.area_of(system)
    told: dict[str, Any] = {
        "actor": actor,
        "on": today,
        "concerns": [
            (one.concern, one.statement.says[:_WORDS_OF_CONCERN]) for one in concerns_about(actor, today, subject)
        ],
        "initial": {"called_on": today, "concern": asking.word(request, "concern")},
    }
    data = asking.sent(request)
    if group is not None or area is None:
        return forms.CallForm(data, people=None, triggers={}, is_met=False, **told), None
    view = chairing_view(Group(kind=KIND, area=area, system=system, subject=subject, begun_on=today), today)
    people = colleagues(Permission.KEEP_GROUPS, by=actor, on=today)
    triggers = chairing_words.trigger_choices(view) if view else {}
    form = forms.ChairedCallForm(
        data, people=people, triggers=triggers, is_met=bool(view and chairing_words.asks_no_trigger(view)), **told
    )
    return form, chairing_words.chairing_lines(view) if view else None


def _worked_on(request: HttpRequest, rapid: uuid.UUID) -> RapidReview:
    """A review that is the reader's to write; to anybody else it is as if it were not there."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.one_review(actor, today, rapid)
    if found is None or not queries.works_on(actor, today, found):
        raise Http404
    return found


def _on_review(
    request: HttpRequest,
    review: RapidReview,
    form: Any,
    act: Callable[..., object],
    said: str,
    title: str,
    button: str,
) -> HttpResponse:
    page = present.page_of(review)
    context = {"rapid": review, "subject": review.subject, "back": page, "title": title, "button": button}
    return ask(request, form, act, lambda _: page, said, "improvement/rapid_ask.html", context)


def _asked(request: HttpRequest) -> queries.AskedReviews:
    state = asking.word(request, "state")
    try:
        subject = uuid.UUID(asking.word(request, "subject"))
    except ValueError:
        subject = None
    known = {queries.OPEN, queries.LATE, queries.CLOSED}
    return queries.AskedReviews(state if state in known else "", subject)
