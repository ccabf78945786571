"""Pages of decisions in writing between meetings: put, held to be urgent, answered, concluded, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.meetings import operations, queries
from sightline.meetings.forms import writing as forms
from sightline.meetings.keeping import keeps_meetings
from sightline.meetings.presenters import writing as presenters
from sightline.meetings.queries.live import title_of
from sightline.meetings.queries.ratifying import ratification_of
from sightline.meetings.queries.writing import Written, one_question, question_of_form
from sightline.meetings.views.asking import ask
from sightline.meetings.words import Result
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]
ASK = "meetings/written_ask.html"


@require_safe
@needs(Permission.SEE_MEETINGS)
def written_page(request: HttpRequest, question: UUID) -> HttpResponse:
    """This function will show a question in writing: what is asked, who answered, how it stands, and one's own answer."""
    view = question_or_404(request, question)
    actor, now = reader(request), timezone.now()
    own = actor.pk if isinstance(actor, Person) else None
    may_answer = own is not None and view.is_waiting_for(own, now)
    is_open = view.result is None
    ratified = ratification_of(view)
    context = {
        "view": view,
        "tag": presenters.question_tag(view, now),
        "ratified": presenters.ratified_tag(ratified),
        "ratified_words": presenters.ratified_words(ratified),
        "standing": presenters.standing_words(view),
        "seats": presenters.seat_lines(view),
        "form": forms.AnswerForm() if may_answer else None,
        "own": presenters.own_words(view, own) if own is not None else "",
        "keeps": is_open and keeps_meetings(actor, view.item.system, timezone.localdate()),
        "presides": is_open and _presides(actor, view),
    }
    return render(request, "meetings/written.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def written_put(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will ask what the members are to agree to in writing, where the rules of the group allow it (QUO-08)."""
    actor, today = reader(request), timezone.localdate()
    found = queries.one_item(actor, today, item)
    if found is None or not keeps_meetings(actor, found.system, today):
        raise Http404
    form = forms.PutForm(sent(request))

    def act(**more: Any) -> object:
        given = form.cleaned_data
        key = given["form_key"]
        return operations.put_in_writing(
            item=found, text=given["text"], closes_at=given["moment"], form_key=key, **more
        )

    def then(made: Any) -> str:
        own = made or question_of_form(form.cleaned_data["form_key"])
        return reverse("written", args=[own.pk]) if own else reverse("meetings")

    context = {
        "title": "Ask the members in writing",
        "caption": title_of(found),
        "intro": "The meeting was not quorate for this item. Whoever chairs has to say that it is urgent; then it goes "
        "to the members. Silence is not agreement.",
        "source": "SQG 2022 Annex A, Quoracy",
        "button": "Give it to the chair",
        "back": ("the item", reverse("meeting_live_item", args=[found.meeting_id, found.pk])),
    }
    return ask(request, form, act, "It waits for the chair, who has been told.", then, ASK, context)


@require_http_methods(METHODS)
@needs(Permission.PRESIDE)
def written_urgent(request: HttpRequest, question: UUID) -> HttpResponse:
    """This function will ask whoever chairs why a question is urgent, and send it to the members (CHR-10)."""
    view = _chaired_or_404(request, question)
    form = forms.UrgentForm(sent(request))

    def act(**more: Any) -> object:
        because = form.cleaned_data["because"]
        return operations.deem_urgent(question=view.question, because=because, **more)

    return _asked(request, view, form, act, "It is urgent", "Send it to the members", "It went to the members.")


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def written_answer(request: HttpRequest, question: UUID) -> HttpResponse:
    """This function will take a member's answer; the page of the question holds the same form."""
    view = question_or_404(request, question)
    actor = reader(request)
    if not isinstance(actor, Person) or not view.is_waiting_for(actor.pk, timezone.now()):
        raise Http404
    form = forms.AnswerForm(sent(request))

    def act(**more: Any) -> object:
        key = form.cleaned_data["form_key"]
        return operations.answer_in_writing(question=view.question, said=form.said(), form_key=key, **more)

    said = "Your answer is on record. You may change it until time is up."
    return _asked(request, view, form, act, "Your answer", "Answer", said)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def written_heard(request: HttpRequest, question: UUID) -> HttpResponse:
    """This function will ask for an answer that came by email or telephone, and for its source (QUO-08)."""
    view = _kept_or_404(request, question)
    people = _people(view)
    form = forms.HeardForm(sent(request), people=people)

    def act(**more: Any) -> object:
        person = Person.objects.get(pk=form.person())
        return operations.record_answer(
            question=view.question,
            person=person,
            said=form.said(),
            source=form.source(),
            form_key=form.cleaned_data["form_key"],
            **more,
        )

    title = "An answer that came another way"
    return _asked(request, view, form, act, title, "Record the answer", "The answer is on record.")


@require_http_methods(METHODS)
@needs(Permission.PRESIDE)
def written_conclude(request: HttpRequest, question: UUID) -> HttpResponse:
    """This function will ask whoever chairs what came of a question; the rule says whether that can be (QUO-09)."""
    view = _chaired_or_404(request, question)
    form = forms.ResultForm(sent(request))

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.conclude_in_writing(
            question=view.question, result=Result(given["result"]), says=given["says"], **more
        )

    return _asked(
        request, view, form, act, "What came of it", "Record it", "It is on record, and the members are told."
    )


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def written_withdraw(request: HttpRequest, question: UUID) -> HttpResponse:
    """This function will ask why a question is taken back."""
    view = _kept_or_404(request, question)
    form = forms.TakeBackForm(sent(request))

    def act(**more: Any) -> object:
        return operations.withdraw_question(question=view.question, because=form.cleaned_data["because"], **more)

    return _asked(request, view, form, act, "Take the question back", "Take it back", "The question is taken back.")


# --- steps of the above


def question_or_404(request: HttpRequest, question: UUID) -> Written:
    """This function will find a question that the reader may read: what is closed to them looks as though it were not."""
    found = one_question(reader(request), timezone.localdate(), question)
    if found is None:
        raise Http404
    return found


def _kept_or_404(request: HttpRequest, question: UUID) -> Written:
    view = question_or_404(request, question)
    if view.result is not None or not keeps_meetings(reader(request), view.item.system, timezone.localdate()):
        raise Http404
    return view


def _chaired_or_404(request: HttpRequest, question: UUID) -> Written:
    view = question_or_404(request, question)
    if view.result is not None or not _presides(reader(request), view):
        raise Http404
    return view


def _presides(actor: Actor, view: Written) -> bool:
    is_chair = isinstance(actor, Person) and str(actor.pk) in view.presiding
    return is_chair and bool(may(actor, Permission.PRESIDE, timezone.localdate()))


def _people(view: Written) -> dict[str, str]:
    """Whoever may answer for a seat."""
    found = {str(one.person): f"{one.name} – {one.title}" for one in view.asked if one.person}
    for seat in view.asked:
        for one in seat.deputies:
            found.setdefault(str(one.person), f"{one.name} – for {seat.title}")
    return {key: name for key, name in found.items() if key not in view.apart}


def _asked(
    request: HttpRequest,
    view: Written,
    form: django_forms.Form,
    act: Callable[..., Any],
    title: str,
    button: str,
    said: str,
) -> HttpResponse:
    there = reverse("written", args=[view.question.pk])
    context = {
        "title": title,
        "caption": view.title,
        "question": view.question.text,
        "standing": presenters.standing_words(view),
        "button": button,
        "back": ("the question", there),
    }
    return ask(request, form, act, said, there, ASK, context)
