"""Pages of look-backs: what was known of a subject on a day, the look-backs on record, and what they found."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.directory.models import Subject
from sightline.indicators.queries import catalogue
from sightline.risks.forms.lookback import FindingForm, FinishForm, OpenForm
from sightline.risks.models import LookBack
from sightline.risks.operations import lookback as operations
from sightline.risks.presenters import lookback as words
from sightline.risks.queries import lookback as queries
from sightline.risks.queries.known import known_by
from sightline.risks.queries.rules import risk_rules
from sightline.risks.views.entering import done
from sightline.risks.words import FindingKind
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def look_backs(request: HttpRequest) -> HttpResponse:
    """This function will list the look-backs, open ones first (LRN-01)."""
    number = asking.number(request)
    found, total = queries.page_of_look_backs(reader(request), timezone.localdate(), number)
    context = {
        "lines": words.lines(found),
        "total": total,
        "page": number,
        "last": max(1, -(-total // queries.A_PAGE)),
    }
    return render(request, "risks/look_backs.html", context)


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def look_back(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will show what was known of a subject on a day, and to whom (LRN-01; QSG 2017 ¶37)."""
    today, actor, found = timezone.localdate(), reader(request), _subject(request, subject)
    on = min(asking.day(request, "on") or today, today)
    known = known_by(actor, today, found, on)
    context = {
        "subject": found,
        "on": on,
        "today": today,
        "level": known.level,
        "sections": words.sections(known, catalogue(), risk_rules(today)),
        "not_known": words.not_known(known),
        "who_sat": words.who_sat(known),
        "records": words.lines(queries.look_backs_on(actor, today, found)),
        "may_open": bool(may(actor, Permission.RAISE_CONCERN, today)) and queries.may_look_back(actor, today, found),
    }
    return render(request, "risks/look_back.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RAISE_CONCERN)
def look_back_open(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask why one looks back and as of which day; from a risk, it is kept beside that risk."""
    today, actor, found = timezone.localdate(), reader(request), _subject(request, subject)
    if not queries.may_look_back(actor, today, found):
        raise Http404
    risk = queries.risk_behind(actor, today, found, _id(asking.word(request, "risk")))
    begun = min(asking.day(request, "on") or (risk.opened_on if risk else today), today)
    form = OpenForm(sent(request), initial={"as_of": begun})

    made: list[LookBack] = []

    def act(**given: Any) -> object:
        made.append(operations.open_look_back(subject=found, risk=risk, **form.cleaned_data, **given))
        return made

    def then() -> str:
        return reverse("look_back_record", args=[made[0].pk]) if made else reverse("look_back", args=[found.pk])

    context = {
        "subject": found,
        "title": "Look back",
        "intro": "Ask what was known and discussed before something came, whether anything was missed, and what can be "
        "learned (QSG 2017 ¶37). It is about what the group could know, and not about blame.",
        "button": "Open the look-back",
    }
    said = "The look-back is open. Write down what you find."
    return _ask(request, form, act, then, said, context)


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def look_back_record(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """This function will show one look-back with what was found (LRN-01)."""
    today, actor, found = timezone.localdate(), reader(request), _record(request, record)
    some, ending = list(found.findings.all()), getattr(found, "ending", None)
    names = names_of({found.recorded_by, *(one.recorded_by for one in some), *([ending.recorded_by] if ending else [])})
    may_write = ending is None and bool(may(actor, Permission.RAISE_CONCERN, today))
    context = {
        "one": found,
        "subject": found.subject,
        "names": names,
        "somebody": words.SOMEBODY,
        "ending": ending,
        "findings": words.findings(some, names),
        "has_findings": bool(some),
        "may_write": may_write and queries.may_look_back(actor, today, found.subject),
        "may_finish": may_write and queries.may_finish(actor, today, found),
    }
    return render(request, "risks/look_back_record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RAISE_CONCERN)
def look_back_finding(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """This function will ask for one thing that was found."""
    found = _open_record(request, record)
    form = FindingForm(sent(request))

    def act(**given: Any) -> object:
        said = form.cleaned_data
        return operations.record_finding(
            look_back=found, kind=FindingKind(said["kind"]), says=said["says"], knowingly=form.knowingly, **given
        )

    context = {
        "subject": found.subject,
        "title": "Write down a finding",
        "intro": "One thing at a time. What is written down stays, so that others can learn from it.",
        "button": "Write it down",
    }
    return _of_record(request, form, act, found, "The finding is written down.", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RISKS)
def look_back_finish(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """This function will ask what a look-back comes to, and finish it."""
    found = _open_record(request, record)
    if not queries.may_finish(reader(request), timezone.localdate(), found):
        raise Http404
    form = FinishForm(sent(request))

    def act(**given: Any) -> object:
        return operations.finish_look_back(look_back=found, because=form.cleaned_data["because"], **given)

    context = {
        "subject": found.subject,
        "title": "Finish the look-back",
        "intro": "Nothing can be added afterwards. Where more turns up, open another one.",
        "button": "Finish it",
    }
    return _of_record(request, form, act, found, "The look-back is finished.", context)


def _of_record(
    request: HttpRequest, form: Form, act: Callable[..., object], found: LookBack, said: str, context: dict[str, Any]
) -> HttpResponse:
    def then() -> str:
        return reverse("look_back_record", args=[found.pk])

    return _ask(request, form, act, then, said, {**context, "one": found})


def _ask(
    request: HttpRequest,
    form: Form,
    act: Callable[..., object],
    then: Callable[[], str],
    said: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Ask, do what was answered, and go on; a form that was sent twice goes on as though once."""
    if request.method == "POST" and form.is_valid() and is_clear(form) and done(request, form, act, said):
        return redirect(then())
    return render(request, "risks/look_back_ask.html", {"form": form, **context}, status=400 if form.errors else 200)


def _subject(request: HttpRequest, subject: uuid.UUID) -> Subject:
    found = queries.subject_to_look_at(reader(request), timezone.localdate(), subject)
    if found is None:
        raise Http404
    return found


def _record(request: HttpRequest, record: uuid.UUID) -> LookBack:
    found = queries.one_look_back(reader(request), timezone.localdate(), record)
    if found is None:
        raise Http404
    return found


def _open_record(request: HttpRequest, record: uuid.UUID) -> LookBack:
    found = _record(request, record)
    if not queries.may_look_back(reader(request), timezone.localdate(), found.subject):
        raise Http404
    return found


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
