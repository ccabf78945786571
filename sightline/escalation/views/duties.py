"""Pages of duties and of what providers are told: each fetches, calls, answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.escalation.following import NOT_THEIRS, DutyHow
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.escalation import operations
from sightline.escalation.forms import duties as forms
from sightline.escalation.presenters import duties as present
from sightline.escalation.presenters import telling as told
from sightline.escalation.queries import duties as queries
from sightline.escalation.queries.naming import roles_of
from sightline.escalation.queries.registering import registers_of
from sightline.escalation.queries.telling import one_telling, told_to
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader

A_PAGE = 50


@require_safe
@needs(Permission.SEE_LEVELS)
def duties(request: HttpRequest) -> HttpResponse:
    """This function will list what must be done and who must be told, as the reader asked for it."""
    today, wanted = timezone.localdate(), _wanted(request)
    page = Paginator(queries.listed(reader(request), today, wanted), A_PAGE).get_page(request.GET.get("page"))
    role, registers = roles_of(today), registers_of(reader(request), today, page)
    context = {
        "wanted": wanted,
        "page": page,
        "rows": [present.duty_row(one, today, role(one.pack), registers.get(one.pk, ())) for one in page],
        "shows": [(one.value, words) for one, words in present.SHOWS.items()],
        "whose": [(one.value, words) for one, words in present.WHOSE.items()],
        "subject": queries.subject_named(reader(request), today, wanted.subject),
        "address": _address(wanted),
    }
    return render(request, "escalation/duties.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def duties_csv(request: HttpRequest) -> HttpResponse:
    """This function will give the duties, as they are filtered, as a file."""
    today = timezone.localdate()
    role = roles_of(today)
    found = queries.listed(reader(request), today, _wanted(request))
    rows = present.table(present.duty_row(one, today, role(one.pack)) for one in found)
    return csv_file("duties.csv", rows)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_LEVELS)
def duty(request: HttpRequest, duty: uuid.UUID) -> HttpResponse:
    """This function will show one duty with what became of it, and ask whoever has a part in it for the next step."""
    actor, today = reader(request), timezone.localdate()
    found = queries.one_duty(actor, today, duty)
    if found is None:
        raise Http404
    registers = registers_of(actor, today, [found]).get(found.pk, ())
    steps = queries.steps_open(actor, today, found, registers)
    if request.method == "POST" and not steps:
        raise Refused(refused(NOT_THEIRS))
    form = forms.StepForm(sent(request), steps=steps) if steps else None
    names = names_of(told.people_in(found))
    role = roles_of(today)(found.pack)
    context = {
        "duty": found,
        "row": present.duty_row(found, today, role, registers),
        "registers": registers,
        "registers_say": present.REGISTERS_SAY[DutyHow.DONE in steps],
        "may_place": may(actor, Permission.KEEP_RISKS, today),
        "steps": present.step_rows(found, names),
        "telling": told.telling_in_words(found, names),
        "people": queries.people_at(found, today),
        "may_step": bool(steps),
        "is_tellable": queries.is_tellable(found),
        "may_tell": queries.may_tell(actor, today, found),
        "nobody": present.NOBODY,
    }
    if form is None:
        return render(request, "escalation/duty.html", context)

    def act(**given: Any) -> object:
        says, review_on = form.cleaned_data["says"], form.cleaned_data.get("review_on")
        return operations.step_duty(duty=found, how=form.how(), says=says, review_on=review_on, **given)

    then = ("duty", found.pk)
    return _ask(request, form, act, then=then, said="Recorded.", template="escalation/duty.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ESCALATE)
def tell(request: HttpRequest, duty: uuid.UUID) -> HttpResponse:
    """This function will ask how a provider was told, and for the copy that it may keep (PRV-01 to PRV-05)."""
    actor, today = reader(request), timezone.localdate()
    found = queries.one_duty(actor, today, duty)
    if found is None or not queries.is_tellable(found):
        raise Http404
    may_tell = queries.may_tell(actor, today, found)
    if request.method == "POST" and not may_tell and not hasattr(found, "telling"):
        raise Refused(refused(NOT_THEIRS))
    tellers = [(str(one.pk), one.name) for one in queries.tellers_for(found)]
    form = forms.TellForm(sent(request), tellers=tellers, initial=told.first_words(found, actor, today))

    def act(**given: Any) -> object:
        return operations.tell_provider(duty=found, told=form.told(), **given)

    context = {
        "duty": found,
        "row": present.duty_row(found, today, roles_of(today)(found.pack)),
        "may_tell": may_tell,
    }
    said = "The provider can read it now, and answer."
    then = ("duty", found.pk)
    return _ask(request, form, act, then=then, said=said, template="escalation/tell.html", context=context)


@require_safe
@needs(Permission.ESCALATE)
def told_list(request: HttpRequest) -> HttpResponse:
    """This function will list what the reader's own organisation was told; empty for all but a provider's people."""
    rows = [told.telling_row(one) for one in told_to(reader(request), timezone.localdate())]
    return render(request, "escalation/told_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ESCALATE)
def told_one(request: HttpRequest, telling: uuid.UUID) -> HttpResponse:
    """This function will show a provider what it was told, and take its answer."""
    found = one_telling(reader(request), timezone.localdate(), telling)
    if found is None:
        raise Http404
    form = forms.AnswerForm(sent(request))

    def act(**given: Any) -> object:
        return operations.answer_telling(telling=found, text=form.cleaned_data["text"], **given)

    names = names_of({one.recorded_by for one in found.answers.all()})
    context = {"row": told.telling_row(found), "answers": told.answer_rows(found, names)}
    then, said = ("told_one", found.pk), "Thank you. The group can read your answer now."
    return _ask(request, form, act, then=then, said=said, template="escalation/told.html", context=context)


def _wanted(request: HttpRequest) -> queries.Wanted:
    show, whose = asking.word(request, "show"), asking.word(request, "whose")
    try:
        subject = uuid.UUID(asking.word(request, "subject"))
    except ValueError:
        subject = None
    return queries.Wanted(
        queries.Show(show) if show in set(queries.Show) else queries.Show.OPEN,
        queries.Whose(whose) if whose in set(queries.Whose) else queries.Whose.ALL,
        subject,
    )


def _address(wanted: queries.Wanted) -> str:
    named = {"show": wanted.show.value, "whose": wanted.whose.value}
    return f"?{urlencode(named | ({'subject': str(wanted.subject)} if wanted.subject else {}))}"


def _ask(
    request: HttpRequest,
    form: django_forms.Form,
    act: Callable[..., object],
    *,
    then: tuple[str, uuid.UUID],
    said: str,
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Ask, look through what was typed for people, do what was answered, and go on; what was typed stays."""
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            act(by=reader(request), at=timezone.now())
        except Already as same:
            messages.info(request, same.problems[0])
            return redirect(*then)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        except Refused as problem:
            form.add_error(None, [one.says for one in problem.verdict.reasons])
        else:
            messages.success(request, said)
            return redirect(*then)
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)
