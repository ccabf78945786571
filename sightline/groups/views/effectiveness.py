"""Pages about how well a group works: what came of reviews, the questionnaire, what was agreed, a chair's own view."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.accounts.looking import is_clear
from sightline.core.access import Permission, may
from sightline.core.rulebook.effectiveness import AnsweredBy
from sightline.core.verdict import Already, Invalid
from sightline.groups import operations
from sightline.groups.forms import effectiveness as forms
from sightline.groups.membership import reads_members
from sightline.groups.models import Group
from sightline.groups.presenters import effectiveness as presenters
from sightline.groups.queries import any_group
from sightline.groups.queries import effectiveness as queries
from sightline.groups.queries.terms import presides
from sightline.groups.views.asking import ask
from sightline.web.asking import sent
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]
_TITLE = "How the group works"


@require_safe
@needs(Permission.SEE_MEETINGS)
def effectiveness(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show how a group sees its own work, to those who sit there and keep it (LRN-02, MTG-26)."""
    today, actor, found = timezone.localdate(), reader(request), _read(request, group)
    view = queries.effectiveness_of(actor, found, today)
    waiting = frozenset(one.pk for one in queries.waiting_reviews(actor, today))
    says, is_late = presenters.due_line(view, today)
    writes = bool(may(actor, Permission.SHARE_INTELLIGENCE, today))
    context = {
        "group": found,
        "crumbs": _crumbs(request, found),
        "leads": writes and queries.may_lead(actor, found, today),
        "chairs": writes and presides(actor, found, today),
        "due": says,
        "is_late": is_late,
        "cites": view.cites,
        "open": presenters.open_lines(view, waiting, queries.answered_by(actor, view.open_now)),
        "results": presenters.results(view),
        "reflections": presenters.reflection_lines(view.reflections),
        "shared": presenters.own_views(view.shared, named=True),
    }
    return render(request, "groups/effectiveness.html", context)


@require_safe
@needs(Permission.SEE_MEETINGS)
def effectiveness_csv(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will give what may be shown of a group's reviews as a file, to whoever reads its page."""
    found = _read(request, group)
    view = queries.effectiveness_of(reader(request), found, timezone.localdate())
    return csv_file("how-the-group-works.csv", presenters.export_rows(view))


@require_safe
@needs(Permission.SHARE_INTELLIGENCE)
def questionnaires(request: HttpRequest) -> HttpResponse:
    """This function will list the questionnaires that wait for the reader, in whatever group."""
    waiting = queries.waiting_reviews(reader(request), timezone.localdate())
    return render(request, "groups/questionnaires.html", {"waiting": waiting})


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def effectiveness_open(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask which questionnaire the members of a group are to answer, and until when."""
    today, found = timezone.localdate(), _lead(request, group)
    context = {
        "title": "Ask the members how the group works",
        "intro": "Everybody who sits here as a member now, and whoever stands in for them, gets a message with a link. "
        "Answers are mixed, and results are shown after the last day. It cannot be closed earlier or kept open longer.",
        "button": "Ask the members",
        "back": _back(found),
    }
    offered = presenters.offered(queries.instruments(found, AnsweredBy.MEMBERS, today))
    act = partial(operations.open_effectiveness_review, group=found)
    form = forms.OpenReviewForm(sent(request), offered=offered)
    return ask(request, form, act, "The members were asked.", _back(found)[1], context)


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def effectiveness_answer(request: HttpRequest, review: UUID) -> HttpResponse:
    """This function will ask somebody how their group works, and mix what they answer among the answers of others."""
    found = queries.waiting_reviews(reader(request), timezone.localdate()).filter(pk=review).first()
    if found is None:
        raise Http404
    form = forms.AnswersForm(sent(request), statements=found.statements)
    context = {
        "title": found.title,
        "group": found.group,
        "until": found.last_day,
        "promises": [one.format(fewest=found.fewest) for one in presenters.ANONYMOUS],
        "button": "Send your answers",
        "back": _back(found.group),
    }
    act = partial(operations.answer_effectiveness_review, review=found)
    said = "Thank you. Your answers are mixed with those of the others."
    return _ask_for_answers(request, form, act, said, _back(found.group)[1], context)


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def effectiveness_reflect(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask what a group agreed about its own work, and at which meeting (MTG-26; QSG 2017 ¶99)."""
    found = _lead(request, group)
    context = {
        "title": "What the group agreed about its own work",
        "intro": "From time to time a group looks at how useful its discussions are, and what it could do differently "
        "(QSG 2017 ¶99). Whoever sits in the group reads it.",
        "button": "Record it",
        "back": _back(found),
    }
    act = partial(operations.record_reflection, group=found)
    return ask(request, forms.ReflectionForm(sent(request)), act, "It is recorded.", _back(found)[1], context)


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def chairing_review(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask whoever chairs a group how they see their own chairing, for themself alone (LRN-05)."""
    today, actor, found = timezone.localdate(), reader(request), _read(request, group)
    if not presides(actor, found, today):
        raise Http404
    instrument = queries.instruments(found, AnsweredBy.CHAIR, today)[0]
    statements = [{"id": one.id, "name": one.name, "says": one.says} for one in instrument.questionnaire.statements]
    form = forms.AnswersForm(
        sent(request),
        statements=statements,
        help_words="For yourself, if you like. The group reads it if you share it.",
    )
    there = reverse("chairing_review", args=[found.pk])
    context = {
        "title": "How you chair",
        "group": found,
        "promises": ["You alone read what you answer here, until you yourself share it with the group."],
        "cites": instrument.questionnaire.cites,
        "own": presenters.own_views(queries.own_self_reviews(actor, found)),
        "button": "Keep your answers",
        "back": _back(found),
    }
    act = partial(operations.review_own_chairing, group=found, instrument=instrument.key)
    return _ask_for_answers(request, form, act, "Your answers are kept. You alone read them.", there, context)


@require_POST
@needs(Permission.SHARE_INTELLIGENCE)
def chairing_review_share(request: HttpRequest, own: UUID) -> HttpResponse:
    """This function will show the group what the reader thinks of their own chairing (LRN-05)."""
    found = queries.own_self_review(reader(request), own)
    if found is None or not reads_members(reader(request), found.group, timezone.localdate()):
        raise Http404
    try:
        operations.share_own_chairing(by=reader(request), at=timezone.now(), review=found)
    except Already:
        pass
    else:
        messages.success(request, "The group can read it now.")
    return redirect("effectiveness", found.group_id)


# --- shared by the above


def _ask_for_answers(
    request: HttpRequest, form: forms.AnswersForm, act: Any, said: str, then: str, context: dict[str, Any]
) -> HttpResponse:
    """Ask, hand on the answers in the one shape that shows nothing of itself, say so, and go on."""
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            act(by=reader(request), at=timezone.now(), answers=form.answers())
        except Already:
            return redirect(then)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, said)
            return redirect(then)
    page = {"form": form, **context}
    return render(request, "groups/questionnaire.html", page, status=400 if form.errors else 200)


def _read(request: HttpRequest, group_id: UUID) -> Group:
    """A group whose work the reader may know of; to anybody else it is as if it were not there."""
    found = any_group(group_id)
    if found is None or not reads_members(reader(request), found, timezone.localdate()):
        raise Http404
    return found


def _lead(request: HttpRequest, group_id: UUID) -> Group:
    found = _read(request, group_id)
    if not queries.may_lead(reader(request), found, timezone.localdate()):
        raise Http404
    return found


def _back(group: Group) -> tuple[str, str]:
    return f"How {group.name} works", reverse("effectiveness", args=[group.pk])


def _crumbs(request: HttpRequest, group: Group) -> list[dict[str, str]]:
    """The way back, for those who may go it: a provider's member in a group about it reads these pages alone."""
    if not may(reader(request), Permission.SEE_LEVELS, timezone.localdate()):
        return []
    return [
        {"text": "Groups", "href": reverse("groups")},
        {"text": group.name, "href": reverse("group", args=[group.pk])},
    ]
