"""Pages of planned meetings: the list with each group's clock, one meeting with its agenda, plan, move, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.models import Person
from sightline.accounts.queries import colleagues
from sightline.core.access import Permission
from sightline.groups.models import Group
from sightline.meetings import operations, queries
from sightline.meetings.forms import planning as forms
from sightline.meetings.keeping import keeps_meetings, rules_of
from sightline.meetings.presenters import planning as presenters
from sightline.meetings.presenters.papers import paper_lines
from sightline.meetings.presenters.telling import owed_lines
from sightline.meetings.presenters.writing import question_lines
from sightline.meetings.queries import MeetingView
from sightline.meetings.queries.conversing import subjects_spoken_of
from sightline.meetings.queries.councils import councils_needed
from sightline.meetings.queries.cycle import cycles_of, groups_with_cycles
from sightline.meetings.queries.note_pages import has_note
from sightline.meetings.queries.pairing import pairing_of
from sightline.meetings.queries.papers import papers_of
from sightline.meetings.queries.ratifying import not_yet_ratified
from sightline.meetings.queries.telling import waiting_to_tell
from sightline.meetings.queries.writing import questions_under_way
from sightline.meetings.views.asking import ask
from sightline.meetings.words import Step
from sightline.web import asking
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]
ASK = "meetings/ask.html"


@require_safe
@needs(Permission.SEE_MEETINGS)
def meetings_page(request: HttpRequest) -> HttpResponse:
    """This function will list the meetings to come and those that were, and by when each group meets next (MTG-07)."""
    today, actor = timezone.localdate(), reader(request)
    groups = queries.groups_meeting(actor, today)
    coming, past = queries.meetings_for(actor, today)
    cycles = cycles_of(actor, today, groups_with_cycles(actor, today))
    between = [*questions_under_way(actor, today), *not_yet_ratified(actor, today)]
    own = actor.pk if isinstance(actor, Person) else None
    context = {
        "coming": presenters.meeting_lines(coming),
        "past": presenters.meeting_lines(past),
        "groups": presenters.group_lines(groups, {one.group.pk: one for one in cycles}),
        "may_plan": any(one.keeps for one in groups),
        "spoken": subjects_spoken_of(actor, today),
        "to_tell": owed_lines(waiting_to_tell(actor, today)),
        "written": question_lines(between, own, timezone.now()),
    }
    return render(request, "meetings/meetings.html", context)


@require_safe
@needs(Permission.SEE_MEETINGS)
def meeting_page(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will show one meeting: when and where it is, and its agenda as far as the reader may read it."""
    today, actor = timezone.localdate(), reader(request)
    view = meeting_or_404(request, meeting)
    lines = queries.agenda_of(actor, today, view)
    on_it = [one.item for one in lines]
    keeps = keeps_meetings(actor, view.meeting.system, today) and not view.is_over
    context = {
        "view": view,
        "needed": presenters.needed_lines(councils_needed(today, view, lines)) if keeps else {},
        "line": presenters.meeting_line(view),
        "live": presenters.live_words(view),
        "has_note": has_note(actor, today, view.meeting),
        "items": presenters.item_lines(lines),
        "papers": {item: paper_lines(some) for item, some in papers_of(actor, today, on_it).items()},
        "prompts": rules_of(view.meeting.group, view.held_on).prompts,
        "order": ",".join(str(one.item.pk) for one in lines),
        "order_number": queries.order_number(view.meeting),
        "length": presenters.length_words(lines, view),
        "pairing": presenters.pairing(view, pairing_of(actor, today, view)),
        "keeps": keeps,
        "may_move": Step.OPENED not in view.steps,
    }
    return render(request, "meetings/meeting.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def meeting_plan(request: HttpRequest) -> HttpResponse:
    """This function will ask for a new meeting of one of the groups whose meetings the reader keeps."""
    today, actor = timezone.localdate(), reader(request)
    groups = {str(one.group.pk): one.group for one in queries.groups_meeting(actor, today) if one.keeps}
    chosen = asking.word(request, "group")
    form = forms.PlanForm(
        asking.sent(request),
        groups=[(key, one.name) for key, one in groups.items()],
        initial=_as_last_time(groups[chosen]) if chosen in groups else {},
    )

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.plan_meeting(
            group=groups[told["group"]],
            when=told["when"],
            form_key=told["form_key"],
            is_extraordinary=told["is_extraordinary"],
            because=told["because"],
            **given,
        )

    def then(made: Any) -> str:
        own = made or queries.meeting_of_form(actor, today, form.cleaned_data["form_key"])
        return reverse("meeting", args=[own.pk]) if own else reverse("meetings")

    notice = queries.short_notice(groups[chosen], today) if chosen in groups else ""
    intro = "Its agenda is drafted from the record afterwards. Whoever sits in the group sees the meeting at once."
    context = {
        "title": "Plan a meeting",
        "intro": f"{intro} {notice}".strip(),
        "button": "Plan the meeting",
        "back": ("Meetings", reverse("meetings")),
        "nothing": "" if groups else "There is no group whose meetings you keep. Set one up first.",
    }
    return ask(request, form, act, "The meeting is planned. Now its agenda.", then, ASK, context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def meeting_move(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask for another time or place, filled in with those that hold."""
    view = kept_or_404(request, meeting)
    starts, ends = timezone.localtime(view.time.starts_at), timezone.localtime(view.time.ends_at)
    initial = {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "mode": view.time.mode,
        **{name: getattr(view.time, name) for name in forms.WORDS_OF_WHEN},
        "seen": view.time.number,
    }
    form = forms.MoveForm(asking.sent(request), initial=initial)

    def act(**given: Any) -> object:
        told = form.cleaned_data
        move = partial(operations.move_meeting, meeting=view.meeting, seen=told["seen"], because=told["because"])
        return move(when=told["when"], **given)

    context = asked(view, "Move the meeting", "The earlier time stays on record, with your reason.", "Move it")
    return ask(request, form, act, "The meeting is moved.", context["back"][1], ASK, context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def meeting_cancel(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask why a meeting is cancelled."""
    view = kept_or_404(request, meeting)
    form = forms.CancelForm(asking.sent(request))

    def act(**given: Any) -> object:
        return operations.cancel_meeting(meeting=view.meeting, because=form.cleaned_data["because"], **given)

    context = asked(view, "Cancel the meeting", "It stays on record as cancelled, with your reason.", "Cancel it")
    return ask(request, form, act, "The meeting is cancelled.", context["back"][1], ASK, context)


def _as_last_time(group: Group) -> dict[str, Any]:
    """What a form shows at first for a meeting of a group: who made its last one possible, and where that was."""
    last = queries.last_planned(group)
    known = {name: getattr(last, name) for name in ("mode", "place", "facilitator", "communications")} if last else {}
    return {"group": str(group.pk), **known}


# --- shared with the other pages


def meeting_or_404(request: HttpRequest, meeting: UUID) -> MeetingView:
    """This function will find a meeting that the reader may see."""
    found = queries.one_meeting(reader(request), timezone.localdate(), meeting)
    if found is None:
        raise Http404
    return found


def kept_or_404(request: HttpRequest, meeting: UUID) -> MeetingView:
    """This function will find a meeting that the reader keeps."""
    found = meeting_or_404(request, meeting)
    if not keeps_meetings(reader(request), found.meeting.system, timezone.localdate()):
        raise Http404
    return found


def people_to_choose(request: HttpRequest) -> dict[str, Person]:
    """This function will give, by their keys, whoever may be named for something: who holds a role in the system."""
    found = colleagues(Permission.KEEP_MEETINGS, by=reader(request), on=timezone.localdate())
    return {str(one.pk): one for one in found}


def names(people: Mapping[str, Person]) -> dict[str, str]:
    """This function will give people as a form lists them."""
    return {key: one.display_name for key, one in people.items()}


def asked(view: MeetingView, title: str, intro: str, button: str) -> dict[str, Any]:
    """This function will give what a page that asks about a meeting shows around its form."""
    name = f"{view.meeting.group.name}, {presenters.when_words(view)}"
    back = (name, reverse("meeting", args=[view.meeting.pk]))
    return {"title": title, "caption": name, "intro": intro, "button": button, "back": back}
