"""Pages of exchanges: the two lists, one exchange as a thread with its steps, and what recurs across systems."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.core.escalation.answering import ExchangeHow, ExchangeKind, Side, age_of, may_step, status_of, steps_open
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.queries.pages import one_subject
from sightline.escalation.forms.exchanges import StepForm
from sightline.escalation.models import Exchange
from sightline.escalation.operations import exchange_steps as operations
from sightline.escalation.presenters import across as recurring
from sightline.escalation.presenters import exchanges as present
from sightline.escalation.queries import exchanges as queries
from sightline.escalation.queries.across import across
from sightline.escalation.queries.exchange_ends import receiving, sides_of, takes_part
from sightline.escalation.queries.exchange_ways import names_by, triggers_for
from sightline.escalation.queries.memoranda import memorandum_of
from sightline.surveillance.queries import Guidance, guidance_for
from sightline.web.asking import sent, word
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader

STEPS = {
    "acknowledge": ExchangeHow.ACKNOWLEDGED,
    "answer": ExchangeHow.ANSWERED,
    "decline": ExchangeHow.DECLINED,
    "feed-back": ExchangeHow.FED_BACK,
    "close": ExchangeHow.CLOSED,
}
_ADDRESS = {how: name for name, how in STEPS.items()}
_SAID = {
    ExchangeHow.ACKNOWLEDGED: "It is acknowledged. Both ends see that.",
    ExchangeHow.ANSWERED: "The answer is recorded, and the other end is told that there is one.",
    ExchangeHow.DECLINED: "It is declined, with your reason.",
    ExchangeHow.FED_BACK: "It is recorded that those from whom it came were told.",
    ExchangeHow.CLOSED: "It is closed.",
}


@require_safe
@needs(Permission.SEE_LEVELS)
def exchanges(request: HttpRequest) -> HttpResponse:
    """This function will list what came to the reader's body or group, and what went from it, with its age (RPT-13)."""
    today, actor = timezone.localdate(), reader(request)
    asked = _asked(request, today)
    found = queries.exchanges_for(actor, today, asked)
    names = names_by(guidance_for("", today))
    chosen = {"kind": asked.kind, "show": word(request, "show"), "sort": word(request, "sort")}
    if asked.subject:
        chosen["subject"] = str(asked.subject.pk)
    context = {
        "to_us": [present.row(one, names) for one in found.to_us],
        "from_us": [present.row(one, names) for one in found.from_us],
        "has_more": found.has_more,
        "at_most": queries.AT_MOST,
        "asked": asked,
        "kinds": [(one.value, text) for one, text in present.KINDS.items()],
        "is_filtered": bool(asked.kind or asked.subject),
        "address": "?" + urlencode({name: value for name, value in chosen.items() if value}),
        "takes_part": takes_part(actor, today),
    }
    return render(request, "escalation/exchanges.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def exchanges_csv(request: HttpRequest) -> HttpResponse:
    """This function will give both lists, as they are shown, as a table to take away."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.exchanges_for(actor, today, _asked(request, today))
    names = names_by(guidance_for("", today))
    rows = [present.csv_row(one, names, "To us") for one in found.to_us]
    rows += [present.csv_row(one, names, "From us") for one in found.from_us]
    return csv_file(f"exchanges-{today.isoformat()}.csv", [present.HEADER, *rows])


def _asked(request: HttpRequest, on: date) -> queries.Asked:
    kind = word(request, "kind")
    shown = queries.Shown.ALL if word(request, "show") == "all" else queries.Shown.OPEN
    subject = None
    with suppress(ValueError):  # where no subject is asked for
        subject = one_subject(reader(request), on, uuid.UUID(word(request, "subject")))
    return queries.Asked(kind if kind in set(ExchangeKind) else "", shown, word(request, "sort") == "longest", subject)


@require_safe
@needs(Permission.SEE_LEVELS)
def exchange(request: HttpRequest, exchange: uuid.UUID) -> HttpResponse:
    """This function will show an exchange as a thread: what was sent, and what became of it, by whom and when."""
    today, actor = timezone.localdate(), reader(request)
    one = _one_or_404(request, exchange)
    course = queries.reached_course(one, today)
    guidance = _guidance_of(one)
    sides = sides_of(actor, today, one)
    before, after = queries.related_to(actor, today, one)
    copy = queries.copy_for(actor, today, one)
    names = names_by(guidance)
    recipient = Slot(one.recipient)
    route = next((way for way in guidance.notices.routes if way.id == one.route), None) if guidance.notices else None
    context = {
        "one": one,
        "top": present.top(one, course, status_of(course), age_of(course, today)),
        "ends": present.ends(one, names),
        "route": route,
        "triggers": present.trigger_words(one, triggers_for(guidance, recipient)),
        "memorandum": memorandum_of(one.from_body, recipient, today),
        "entries": _entries(one),
        "steps": [(_ADDRESS[how], present.DOES[how]) for how in steps_open(course, sides)],
        "receiving": present.receiving_words(
            receiving(recipient, one.to_body, today), names[recipient], one.to_body.name
        ),
        "may_pass_on": Side.RECIPIENT in sides,
        "together": queries.sent_together(actor, today, one),
        "before": before,
        "after": after,
        "kinds": {kind.value: words for kind, words in present.KINDS.items()},
        "copy": copy,
        "log_header": present.LOG_HEADER,
        "log_rows": present.log_rows(copy) if copy else [],
    }
    return render(request, "escalation/exchange.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def exchange_text(request: HttpRequest, exchange: uuid.UUID) -> HttpResponse:
    """This function will give an exchange as plain text to take away; no section of it is blank (RPT-25, RPT-28)."""
    today, actor = timezone.localdate(), reader(request)
    one = _one_or_404(request, exchange)
    text = present.plain_text(one, names_by(_guidance_of(one)), _entries(one), queries.copy_for(actor, today, one))
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="exchange-{one.pk}.txt"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ESCALATE)
def exchange_step(request: HttpRequest, exchange: uuid.UUID, step: str) -> HttpResponse:
    """This function will ask for a step of an exchange, and record it: acknowledge, answer, decline, feed back, close."""
    today, actor = timezone.localdate(), reader(request)
    one = _one_or_404(request, exchange)
    how = STEPS.get(step)
    if how is None:
        raise Http404
    sides = sides_of(actor, today, one)
    if request.method != "POST" and not (verdict := may_step(queries.reached_course(one, today), how, sides)):
        raise Refused(verdict)
    form = StepForm(sent(request), how=how, is_for_them=Side.RECIPIENT not in sides)
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            _do(how, form, exchange=one, by=actor, at=timezone.now())
        except Already:
            return redirect("exchange", one.pk)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, _SAID[how])
            return redirect("exchange", one.pk)
    context = {"one": one, "form": form, "does": present.DOES[how], "says": present.STEP_SAYS[how]}
    return render(request, "escalation/exchange_step.html", context, status=400 if form.errors else 200)


def _do(how: ExchangeHow, form: StepForm, **given: Any) -> object:
    words = form.cleaned_data.get("says", "")
    dated: dict[str, Any] = {"happened_on": form.cleaned_data.get("happened_on"), "knowingly": form.knowingly}
    match how:
        case ExchangeHow.ACKNOWLEDGED:
            return operations.acknowledge_exchange(**given)
        case ExchangeHow.ANSWERED:
            return operations.answer_exchange(says=words, **dated, **given)
        case ExchangeHow.DECLINED:
            return operations.decline_exchange(because=words, **dated, **given)
        case ExchangeHow.FED_BACK:
            return operations.feed_back(says=words, knowingly=form.knowingly, **given)
        case ExchangeHow.CLOSED:
            return operations.close_exchange(says=words, knowingly=form.knowingly, **given)


@require_safe
@needs(Permission.SEE_LEVELS)
def exchanges_across(request: HttpRequest) -> HttpResponse:
    """This function will show what recurs across systems, in what reached the reader, with every reason (NET-03)."""
    found = across(reader(request), timezone.localdate())
    return render(request, "escalation/exchanges_across.html", {"parts": recurring.parts(found)})


def _one_or_404(request: HttpRequest, exchange: uuid.UUID) -> Exchange:
    found = queries.one_exchange(reader(request), timezone.localdate(), exchange)
    if found is None:
        raise Http404
    return found


def _guidance_of(one: Exchange) -> Guidance:
    return guidance_for(one.system, one.sent_on)


def _entries(one: Exchange) -> list[present.Entry]:
    people = names_of({one.recorded_by, *(step.recorded_by for step in one.steps.all())})
    return present.thread(one, people)
