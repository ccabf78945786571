"""Pages on which something is written down of one item: that it begins, interests, notes, outcomes, who tells whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.accounts.looking import is_clear
from sightline.core.access import Permission
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.forms import live as forms
from sightline.meetings.giving import Overtaken
from sightline.meetings.keeping import NOT_YOURS
from sightline.meetings.queries.live_pages import ItemView, item_view, person_here, voices_of
from sightline.meetings.views.asking import ask
from sightline.meetings.views.live import item_context, item_or_404, live_or_404
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]
ASK = "meetings/live_item_ask.html"


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_begin(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask at what time the meeting came to an item."""
    found = kept_item(request, meeting, item)
    form = forms.AtForm(sent(request))

    def act(**more: Any) -> object:
        return operations.begin_item(item=found.item, begun_at=form.moment(found.live.room.on), **more)

    then = reverse("meeting_live", args=[meeting])
    return asked(request, found, form, act, "Begin this item", "Begin it", "The meeting is at this item.", then)


@require_http_methods(METHODS)
@needs(Permission.DECLARE_INTEREST)
def live_declare(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask what ties somebody to an item; it is closed to them from then on (COI-01, COI-04)."""
    view = live_or_404(request, meeting)
    found = item_or_404(request, view, item)
    names = view.room.names if view.keeps else {view.own: ""} if view.own else {}
    people = {
        key: name for key, name in sorted(names.items(), key=lambda pair: pair[1]) if not key.startswith("visitor")
    }
    if not people:
        raise Http404
    form = forms.TieForm(sent(request), people=people)

    def act(**more: Any) -> object:
        person = person_here(form.person(), view.room)
        if person is None:
            raise Refused(NOT_YOURS)
        given = form.cleaned_data
        return operations.declare_tie(
            item=found.item, person=person, detail=given["detail"], form_key=given["form_key"], **more
        )

    then = reverse("meeting_live", args=[meeting])
    said = "The interest is on record. The item is closed to them until whoever chairs rules on it."
    return asked(request, found, form, act, "Declare an interest in this item", "Declare it", said, then)


@require_http_methods(METHODS)
@needs(Permission.PRESIDE)
def live_rule(request: HttpRequest, meeting: UUID, item: UUID, person: UUID) -> HttpResponse:
    """This function will ask whoever chairs what follows from somebody's interest (COI-02)."""
    view = live_or_404(request, meeting)
    if not view.presides:
        raise Http404
    found = item_or_404(request, view, item)
    about = person_here(person, view.room)
    if about is None:
        raise Http404
    form = forms.RuleForm(sent(request))

    def act(**more: Any) -> object:
        because = form.cleaned_data["because"]
        return operations.rule_on_interest(item=found.item, person=about, measure=form.ruled(), because=because, **more)

    heading = f"What follows from the interest of {about.display_name}?"
    return asked(request, found, form, act, heading, "Rule so", "It is ruled, and holds at once.")


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_note(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask what was said; where another wrote meanwhile both texts are shown, and nothing is lost."""
    found = kept_item(request, meeting, item)
    newest = found.notes[0] if found.notes else None
    initial = {"seen": newest.number, "text": newest.text} if newest else {"seen": 0}
    form, theirs = forms.NoteForm(sent(request), initial=initial), ""
    if request.method == "POST" and form.is_valid() and is_clear(form):
        given = form.cleaned_data
        try:
            operations.write_note(
                by=reader(request), at=timezone.now(), item=found.item, seen=given["seen"], text=given["text"],
                knowingly=form.knowingly,
            )  # fmt: skip
            return redirect("meeting_live_item", meeting, item)
        except Already:
            return redirect("meeting_live_item", meeting, item)
        except Overtaken as late:
            theirs = newest.text if newest else ""
            form = _upon(form, newest.number if newest else 0)
            form.add_error("text", list(late.problems))
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
    context = {
        **item_context(found), "form": form, "heading": "What was said", "button": "Keep the note", "theirs": theirs,
        "writing": found.live.room.rules.writing,
    }  # fmt: skip
    return render(request, ASK, context, status=409 if theirs else 400 if form.errors else 200)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_outcome(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask what came of an item and who stood where (REC-05, REC-13)."""
    found = kept_item(request, meeting, item)
    room = found.live.room
    form = forms.OutcomeForm(sent(request), voices=voices_of(room, found.item, found.live.moment), bodies=room.bodies)

    def act(**more: Any) -> object:
        key, moment = form.cleaned_data["form_key"], form.moment(room.on)
        return operations.record_outcome(
            item=found.item, concluded=form.concluded(), form_key=key, decided_at=moment, **more
        )

    template = "meetings/live_outcome.html"
    return asked(request, found, form, act, "What came of it", "Record it", "The outcome is on record.", "", template)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_carry(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask why an item comes again (CHR-09)."""
    found = kept_item(request, meeting, item)
    form = forms.CarryForm(sent(request))

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.carry_over(item=found.item, because=given["because"], form_key=given["form_key"], **more)

    return asked(request, found, form, act, "Carry this item over", "Carry it over", "The item comes again.")


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def live_tell(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask which organisation tells the provider, or why it is not told yet (CHR-11; PRV-01, PRV-02)."""
    found = kept_item(request, meeting, item)
    if found.provider is None:
        raise Http404
    seen = found.teller.number if found.teller else 0
    bodies = {key: one for key, one in found.live.room.bodies.items() if key != found.provider.organisation_id}
    form = forms.TellForm(sent(request), bodies=bodies, initial={"seen": seen})

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.name_teller(item=found.item, seen=given["seen"], telling=form.telling(), **more)

    heading = f"Who tells {found.provider.name}?"
    return asked(request, found, form, act, heading, "Record it", "It is on record who tells the provider.")


# --- shared by the above


def kept_item(request: HttpRequest, meeting: UUID, item: UUID) -> ItemView:
    """This function will give an item of a meeting that the reader keeps."""
    view = live_or_404(request, meeting)
    if not view.keeps:
        raise Http404
    found = item_view(view, item, reader(request), timezone.localdate())
    if found is None:
        raise Http404
    return found


def asked(
    request: HttpRequest,
    found: ItemView,
    form: django_forms.Form,
    act: Callable[..., Any],
    heading: str,
    button: str,
    said: str,
    then: str = "",
    template: str = ASK,
) -> HttpResponse:
    """This function will ask for one thing about an item, do it, and go back to the item or where it is told."""
    back = then or reverse("meeting_live_item", args=[found.live.room.meeting.pk, found.item.pk])
    context = {**item_context(found), "heading": heading, "button": button}
    return ask(request, form, act, said, back, template, context)


def _upon(form: forms.NoteForm, number: int) -> forms.NoteForm:
    """The same words, to be written upon the version that is the newest now."""
    typed = {**dict(form.data.items()), "seen": str(number)}
    again = forms.NoteForm(typed)
    again.is_valid()
    return again
