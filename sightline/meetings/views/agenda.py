"""Pages on which an agenda is put together: have it drafted, add, reword, order, take off, invite."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.core.access import Permission
from sightline.core.verdict import Invalid, Refused
from sightline.meetings import operations, queries
from sightline.meetings.forms import planning as forms
from sightline.meetings.keeping import rules_of
from sightline.meetings.models import AgendaItem
from sightline.meetings.queries import MeetingView
from sightline.meetings.views.asking import ask
from sightline.meetings.views.planning import ASK, METHODS, asked, kept_or_404, names, people_to_choose
from sightline.web import asking
from sightline.web.gate import needs, reader
from sightline.web.wording import plural


@require_POST
@needs(Permission.KEEP_MEETINGS)
def agenda_draft(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will have everything brought to the agenda that the rules and the record ask for."""
    view = kept_or_404(request, meeting)
    try:
        brought = operations.draft_agenda(by=reader(request), at=timezone.now(), meeting=view.meeting)
    except Refused as problem:
        messages.error(request, " ".join(one.says for one in problem.verdict.reasons))
    else:
        says = f"{plural(brought, 'item')} brought from the record." if brought else "There is nothing new to bring."
        messages.success(request, says)
    return redirect("meeting", meeting)


@require_POST
@needs(Permission.KEEP_MEETINGS)
def agenda_order(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will put the items into another order, or move one of them up or down."""
    view = kept_or_404(request, meeting)
    form = forms.OrderForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The order was not understood, so nothing was changed.")
        return redirect("meeting", meeting)
    try:
        operations.order_agenda(
            by=reader(request),
            at=timezone.now(),
            meeting=view.meeting,
            items=form.ids(),
            seen=form.cleaned_data["seen"],
        )
    except Invalid as problem:
        messages.error(request, " ".join(problem.problems))
    except Refused as problem:
        messages.error(request, " ".join(one.says for one in problem.verdict.reasons))
    return redirect(f"{reverse('meeting', args=[meeting])}#agenda")


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def item_add(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask for an item of one's own."""
    today, actor = timezone.localdate(), reader(request)
    view = kept_or_404(request, meeting)
    intake = rules_of(view.meeting.group, view.held_on).intake
    form = forms.ItemForm(
        asking.sent(request), people=names(people_to_choose(request)), actor=actor, on=today, intake=intake
    )

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.add_item(
            meeting=view.meeting,
            wording=told["wording"],
            subject=told["subject"],
            intake=form.intake(),
            form_key=told["form_key"],
            **given,
        )

    intro = "Items that the record brings are drafted by themselves. Add here what only people know of."
    context = asked(view, "Add an item", intro, "Add it")
    return ask(request, form, act, "The item is on the agenda.", context["back"][1], ASK, context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def item_reword(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will ask for an item's wording anew, filled in with the one that holds."""
    found, view = _item_or_404(request, item)
    newest = queries.newest_wording(found)
    initial = {
        "title": newest.title,
        "why": newest.why,
        "minutes": newest.minutes,
        "purpose": newest.purpose,
        "responsible": str(newest.responsible_id or ""),
        "inequality": newest.inequality,
        "seen": newest.number,
    }
    people = names(people_to_choose(request))
    if newest.responsible is not None:
        people.setdefault(str(newest.responsible_id), newest.responsible.display_name)
    form = forms.WordingForm(asking.sent(request), people=people, initial=initial)

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.reword_item(item=found, seen=told["seen"], wording=told["wording"], **given)

    context = asked(view, f"Item: {newest.title}", "Earlier wordings stay on record.", "Keep it")
    return ask(request, form, act, "The item is worded anew.", context["back"][1], ASK, context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def item_withdraw(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will ask why an item is taken off."""
    found, view = _item_or_404(request, item)
    form = forms.WithdrawForm(asking.sent(request))

    def act(**given: Any) -> object:
        return operations.withdraw_item(item=found, because=form.cleaned_data["because"], **given)

    title = f"Take off: {queries.newest_wording(found).title}"
    context = asked(view, title, "It is not drafted again for this meeting.", "Take it off")
    return ask(request, form, act, "The item is off the agenda.", context["back"][1], ASK, context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def item_invite(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will ask who is invited to one item."""
    found, view = _item_or_404(request, item)
    people, chosen = people_to_choose(request), asking.word(request, "person")
    form = forms.GuestForm(
        asking.sent(request), people=names(people), initial={"person": chosen} if chosen in people else {}
    )

    def act(**given: Any) -> object:
        return operations.invite_to_item(item=found, person=people[form.cleaned_data["person"]], **given)

    title = f"Invite somebody to: {queries.newest_wording(found).title}"
    context = asked(view, title, "Whoever holds a role in the system can be chosen.", "Invite them")
    return ask(
        request, form, act, "They are invited to this item, and read it alone.", context["back"][1], ASK, context
    )


# --- steps of the above


def _item_or_404(request: HttpRequest, item: UUID) -> tuple[AgendaItem, MeetingView]:
    found = queries.one_item(reader(request), timezone.localdate(), item)
    if found is None:
        raise Http404
    return found, kept_or_404(request, found.meeting_id)
