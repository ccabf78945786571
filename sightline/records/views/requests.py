"""Pages of requests for information: the list, a case, what is taken in, decided, consulted and closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission, may
from sightline.records import operations
from sightline.records.forms.requests import AskedForm, CloseForm, ConsultForm, RulingForm, TakeForm
from sightline.records.presenters import requests as presenters
from sightline.records.queries import requests as queries
from sightline.records.queries.finding import candidates
from sightline.records.queries.requests import Case, Decided
from sightline.records.queries.retaining import systems_kept
from sightline.records.views.asking import METHODS, Asks, ask
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

_NAME = "Requests for information"


@require_safe
@needs(Permission.SEE_RECORDS)
def information_requests(request: HttpRequest) -> HttpResponse:
    """This function will list the requests to answer with the days that are left, and those that are closed (IGV-04)."""
    actor, today = reader(request), timezone.localdate()
    found = queries.requests_for(actor, today)
    context = {
        "to_answer": presenters.rows(found.to_answer, found.rules.content, today),
        "closed": presenters.rows(found.closed, found.rules.content, today),
        "keeps": bool(may(actor, Permission.KEEP_RECORDS, today)),
    }
    return render(request, "records/requests.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def information_request_open(request: HttpRequest) -> HttpResponse:
    """This function will ask what was asked for, by whom and under which law."""
    actor, today = reader(request), timezone.localdate()
    form = AskedForm(
        sent(request), actor=actor, on=today, systems=systems_kept(actor, today), rules=queries.rules_on(today).content
    )
    made: list[UUID] = []

    def act(**given: Any) -> object:
        made.append(operations.open_request(given=form.asked(), **given).pk)
        return made

    asks = Asks(
        "Enter a request",
        "The last day for the answer is worked out from the day on which it came.",
        "Enter it",
        "The request is on record. Look now for what it is about.",
    )
    back = _NAME, reverse("information_requests")
    return ask(
        request, form, act, asks, back, go=lambda: reverse("information_request", args=made) if made else back[1]
    )


@require_safe
@needs(Permission.SEE_RECORDS)
def information_request(request: HttpRequest, information: UUID) -> HttpResponse:
    """This function will show a request with what was taken into it, what is decided, and what is given out."""
    actor = reader(request)
    case = _case_or_404(request, information)
    context = {
        "case": case,
        "head": presenters.head(case),
        "tag": presenters.tag_of(case.request, case.rules.content, case.on),
        "passages": presenters.passages(case),
        "packs": [(one, *presenters.pack_words(case, one)) for one in reversed(case.packs)],
        "reasons": case.may_clear(actor).reasons if case.works and case.passages else (),
    }
    return render(request, "records/request.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def information_find(request: HttpRequest, information: UUID) -> HttpResponse:
    """This function will look in what the reader may read for what a request is about, and ask what goes into the case."""
    case = _worked_or_404(request, information)
    found = candidates(reader(request), case.on, case.request)
    form = TakeForm(sent(request), found=found.some, labels=presenters.labels(found.some))

    def act(**given: Any) -> object:
        return operations.take_passages(request=case.request, sources=form.cleaned_data["sources"], **given)

    more = " There is more: enter a request with fewer days or more words to narrow it." if found.more else ""
    intro = (
        "Looked through were the notes, public key points, reports and decisions on levels that you may read yourself. "
        f"What others alone may read is looked for by them.{more}"
        if found.some
        else "Nothing that you may read fits, or all of it is in the case already. Others may read what you do not."
    )
    asks = Asks(
        "Look for what is asked for", intro, "Take it into the case", "It is in the case. Decide on each passage."
    )
    return ask(request, form, act, asks, _back(case), {"nothing": not found.some})


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def information_passage(request: HttpRequest, information: UUID, passage: UUID) -> HttpResponse:
    """This function will ask whether one passage is given out, and on which ground it is not (QSG 2017 ¶138)."""
    case = _worked_or_404(request, information)
    one = next((row for row in case.passages if row.passage.pk == passage), None)
    if one is None:
        raise Http404
    grounds = [row for row in case.rules.content.exemptions if row.kind is case.regime.kind]
    form = RulingForm(sent(request), exemptions=grounds, initial=_standing(one))

    def act(**given: Any) -> object:
        return operations.rule_on_passage(
            passage=one.passage, seen=form.cleaned_data["seen"], given=form.decision(), **given
        )

    def go() -> str:
        later = [row for row in case.passages if row.ruling is None and row.passage.place > one.passage.place]
        if later:
            return reverse("information_passage", args=[information, later[0].passage.pk])
        return reverse("information_request", args=[information])

    asks = Asks(
        "Decide on a passage",
        "It is weighed by itself, case by case. What is withheld names its ground.",
        "Decide",
        f"Decided: passage {one.passage.place}.",
    )
    context = {"passage": (presenters.name_of(one), one.passage.text)}
    return ask(request, form, act, asks, _back(case), context, go)


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def information_consult(request: HttpRequest, information: UUID) -> HttpResponse:
    """This function will ask which other body that holds the same was asked, and what it says (QSG 2017 ¶137)."""
    case = _worked_or_404(request, information)
    form = ConsultForm(sent(request), bodies=list(queries.bodies_holding(case.on)))

    def act(**given: Any) -> object:
        return operations.record_consultation(request=case.request, given=form.consulted(), **given)

    asks = Asks(
        "Write down what another body says",
        "A group is no public body, but each body that sits in it is, and may be asked for the same.",
        "Write it down",
        "It is on record.",
    )
    return ask(request, form, act, asks, _back(case))


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def information_close(request: HttpRequest, information: UUID) -> HttpResponse:
    """This function will ask how a request ended."""
    case = _worked_or_404(request, information)
    form = CloseForm(sent(request))

    def act(**given: Any) -> object:
        return operations.close_request(
            request=case.request, how=form.ending(), says=form.cleaned_data["says"], **given
        )

    intro = "Nothing of it can be changed after that. It is kept by the retention schedule."
    asks = Asks("Close the request", intro, "Close it", "The request is closed.")
    return ask(request, form, act, asks, _back(case))


# --- what the pages share


def _standing(one: Decided) -> dict[str, Any]:
    if one.ruling is None:
        return {"seen": 0}
    ruling = one.ruling
    return {
        "seen": ruling.number,
        "ruling": ruling.ruling,
        "exemption": ruling.exemption,
        "public_interest": ruling.public_interest,
    }


def _back(case: Case) -> tuple[str, str]:
    return "The request", reverse("information_request", args=[case.request.pk])


def _case_or_404(request: HttpRequest, information: UUID) -> Case:
    found = queries.one_case(reader(request), timezone.localdate(), information)
    if found is None:
        raise Http404
    return found


def _worked_or_404(request: HttpRequest, information: UUID) -> Case:
    found = _case_or_404(request, information)
    if not found.works:
        raise Http404
    return found
