"""Pages on which something is sent to another tier, a letter is written down, or the update of a quarter is prepared."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.core.escalation.answering import ExchangeKind
from sightline.core.escalation.defaulting import purpose_by
from sightline.core.escalation.sending import Sending, remarks_on
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.duties import Purpose
from sightline.directory.choosing import words_for
from sightline.directory.models import Subject
from sightline.directory.queries.pages import one_subject
from sightline.escalation.exchanges_given import ExchangeGiven, LetterGiven, UpdateGiven
from sightline.escalation.forms.exchanges import Asks, LetterForm, SendForm
from sightline.escalation.forms.updating import UpdateForm
from sightline.escalation.models import Exchange
from sightline.escalation.operations.exchanges import receive_letter, send_exchange, send_update
from sightline.escalation.presenters import exchanges as present
from sightline.escalation.queries import exchanges as queries
from sightline.escalation.queries.exchange_ends import ends_of, receivers_of_letters, receiving
from sightline.escalation.queries.exchange_ways import (
    Way,
    case_for,
    may_name,
    names_by,
    triggers_for,
    update_way,
    ways_of,
    writers_to,
)
from sightline.escalation.queries.memoranda import memorandum_of, terms_for
from sightline.escalation.queries.reporting import update_template
from sightline.escalation.views.exchange_asking import ask_and_send, demand_levels
from sightline.surveillance.queries import guidance_for
from sightline.surveillance.queries.log import copy_of_log
from sightline.web.asking import sent, word
from sightline.web.gate import needs, reader
from sightline.web.wording import month

ASK = ["GET", "HEAD", "POST"]
_FEW = 3  # bodies of which a preview names the receivers before one is chosen


@require_http_methods(ASK)
@needs(Permission.ESCALATE)
def exchange_send(request: HttpRequest) -> HttpResponse:
    """This function will show the ways on which something may be sent, and then ask for it (RPT-01, RPT-08, RPT-13)."""
    demand_levels(request)
    today, actor = timezone.localdate(), reader(request)
    subject, follows = _subject(request, today), _follows(request, today)
    ways = ways_of(actor, today, subject)
    way = next((one for one in ways if one.key == word(request, "way") and one.verdict), None)
    if way is None:
        return _ways_page(request, ways, subject, follows, today)
    guidance = guidance_for(way.end.system, today)
    names = names_by(guidance)
    triggers = triggers_for(guidance, way.recipient) if way.kind is ExchangeKind.ESCALATION else ()
    case = case_for(actor, today, subject, way.end.system)
    initial = {"subject": words_for(subject) if subject else "", **_by_default(way, case.severity, today)}
    if follows:
        initial["title"] = follows.title
    asks = Asks(way.kind, way.bodies, triggers, way.is_for_sender_to_say)
    form = SendForm(sent(request), asks=asks, actor=actor, on=today, initial=initial)

    def act(**given: Any) -> Exchange:
        return send_exchange(given=_given(form, way, follows), **given)

    context = {
        "way": way,
        "row": present.way_row(way, names),
        "sender": present.end_name(way.end, names),
        "follows": follows,
        "receiving": [
            present.receiving_words(receiving(way.recipient, body, today), names[way.recipient], body.name)
            for body in way.bodies[:_FEW]
            if len(way.bodies) <= _FEW
        ],
        "memorandum": memorandum_of(way.end.body, way.recipient, today),
        "asks_memorandum": way.kind is ExchangeKind.ESCALATION,
        "memorandum_body": way.end.body,
        "remarks": remarks_on(Sending(way.kind, way.end.slot, way.recipient, case, today)),
    }
    said = "It is sent. You will see here when it is acknowledged and answered."
    return ask_and_send(request, form, act, said=said, template="escalation/exchange_send.html", context=context)


def _by_default(way: Way, severity: Severity, on: date) -> dict[str, Any]:
    """What the memorandum of board and region sets for this way, for the sender to change (ORG-13)."""
    terms = terms_for(way.end.body, on) if way.is_usual else None
    codes = [one.code for one in way.bodies]
    chosen = [terms.region] if terms and terms.region in codes else codes[:1] if len(codes) == 1 else []
    first: dict[str, Any] = {"purpose": purpose_by(terms, severity).value}
    if chosen:
        first["to_body"] = chosen if len(codes) > 1 else chosen[0]
    return first


def _ways_page(
    request: HttpRequest, ways: list[Way], subject: Subject | None, follows: Exchange | None, today: date
) -> HttpResponse:
    groups: dict[str, list[present.WayRow]] = {}
    for way in ways:
        names = names_by(guidance_for(way.end.system, today))
        groups.setdefault(present.end_name(way.end, names), []).append(present.way_row(way, names))
    more = (f"&subject={subject.pk}" if subject else "") + (f"&follows={follows.pk}" if follows else "")
    context = {"groups": list(groups.items()), "subject": subject, "follows": follows, "more": more}
    return render(request, "escalation/exchange_ways.html", context, status=400 if request.method == "POST" else 200)


def _given(form: SendForm, way: Way, follows: Exchange | None) -> ExchangeGiven:
    said = form.cleaned_data
    is_question = way.kind is ExchangeKind.CHALLENGE
    return ExchangeGiven(
        kind=way.kind,
        sender=way.end.slot,
        from_body=way.end.body,
        recipient=way.recipient,
        to_body=form.bodies()[0],
        also_to=form.bodies()[1:],
        title=said["title"],
        says=said["says"],
        form_key=said["form_key"],
        route=way.route,
        purpose=Purpose.ACTION if is_question else said.get("purpose") or Purpose.INFORMATION,
        asks=said.get("asks", ""),
        due_on=said.get("due_on"),
        subject=said.get("subject"),
        follows=follows,
        triggers=tuple(said.get("triggers", ())),
        is_wider=bool(said.get("is_wider")),
        knowingly=form.knowingly,
    )


@require_http_methods(ASK)
@needs(Permission.ESCALATE)
def exchange_receive(request: HttpRequest) -> HttpResponse:
    """This function will ask for a letter that came in, so that it is answered like anything else (SAF-04, SAF-05)."""
    demand_levels(request)
    today, actor = timezone.localdate(), reader(request)
    receivers = receivers_of_letters(actor, today)
    writers = tuple(dict.fromkeys(one for body in receivers for one in writers_to(body, today)))
    initial = {"received_on": today, "subject": ""}
    if found := _subject(request, today):
        initial["subject"] = words_for(found)
    form = LetterForm(sent(request), writers=writers, receivers=receivers, actor=actor, on=today, initial=initial)

    def act(**given: Any) -> Exchange:
        return receive_letter(given=LetterGiven(**form.cleaned_data, knowingly=form.knowingly), **given)

    said = "The letter is on record. It waits to be acknowledged and answered."
    context = {"receivers": receivers, "writers": writers}
    return ask_and_send(request, form, act, said=said, template="escalation/exchange_receive.html", context=context)


@require_http_methods(ASK)
@needs(Permission.ESCALATE)
def exchange_update(request: HttpRequest) -> HttpResponse:
    """This function will prepare the update of a quarter: the log as it stands, and what is told beside it (SUR-09)."""
    demand_levels(request)
    today, actor = timezone.localdate(), reader(request)
    found = [way for end in ends_of(actor, today) if end.stands_for and (way := update_way(end, today)) and way.bodies]
    way = next((one for one in found if one.end.key == word(request, "as")), found[0] if found else None)
    laid_down = update_template(way.end, way.recipient, today) if way else None
    if way is None or laid_down is None:
        status = 400 if request.method == "POST" else 200
        return render(request, "escalation/exchange_update.html", {"way": None}, status=status)
    names = names_by(guidance_for(way.end.system, today))
    title = {"title": f"Update of {month(today)}"}
    form = UpdateForm(sent(request), bodies=way.bodies, template=laid_down.template, initial=title)

    def act(**given: Any) -> Exchange:
        said = form.cleaned_data
        update = UpdateGiven(
            way.end.slot, way.end.body, said["to_body"], said["title"], form.told(), said["form_key"],
            said.get("due_on"), form.knowingly,
        )  # fmt: skip
        return send_update(given=update, **given)

    log = copy_of_log(way.end.system, actor, today)
    context = {
        "way": way,
        "row": present.way_row(way, names),
        "template": laid_down.template,
        "guidance": laid_down.guidance,
        "sender": present.end_name(way.end, names),
        "others": [(one.end.key, present.end_name(one.end, names)) for one in found if one is not way],
        "receiving": [
            present.receiving_words(receiving(way.recipient, body, today), names[way.recipient], body.name)
            for body in way.bodies[:_FEW]
        ],
        "last": queries.last_updates([way.end.system]).get(way.end.system),
        "log": log,
        "log_header": present.LOG_HEADER,
        "log_rows": present.log_table(log),
    }
    said = "The update is sent, with a copy of the log as it stood."
    return ask_and_send(request, form, act, said=said, template="escalation/exchange_update.html", context=context)


def _subject(request: HttpRequest, on: date) -> Subject | None:
    try:
        found = one_subject(reader(request), on, uuid.UUID(word(request, "subject")))
    except ValueError:
        return None
    return found if found and may_name(reader(request), on, found) else None


def _follows(request: HttpRequest, on: date) -> Exchange | None:
    try:
        return queries.one_exchange(reader(request), on, uuid.UUID(word(request, "follows")))
    except ValueError:
        return None
