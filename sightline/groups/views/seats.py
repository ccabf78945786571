"""Pages on which the keepers of a group add seats, fill them, and end seats or that somebody sits there."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.accounts.queries import colleagues
from sightline.core.access import Permission
from sightline.core.groups.chairing import PRESIDING
from sightline.groups import operations, queries
from sightline.groups.forms import standing as forms
from sightline.groups.forms.chairing import ChairForm
from sightline.groups.models import Group
from sightline.groups.presenters import chairing as presenters
from sightline.groups.presenters import seats as presenters_of_seats
from sightline.groups.views.asking import ask
from sightline.groups.views.standing import kept_group
from sightline.groups.words import SeatPart
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def seat_new(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask for a seat, those first that the guidance expects and that are not there."""
    today, found = timezone.localdate(), kept_group(request, group)
    view = queries.group_view(found, today)
    offers = presenters_of_seats.seat_offers(view)
    form = forms.SeatForm(sent(request), offers=offers, kind=view.now.kind, actor=reader(request), on=today)
    context = _context(f"Add a seat to {found.name}", "First the seat; who sits there is asked next.", "Add it", found)
    act = partial(operations.add_seat, group=found)
    return ask(request, form, act, "The seat is added. Say who sits there.", context["back"][1], context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def seat_fill(request: HttpRequest, seat: UUID) -> HttpResponse:
    """This function will ask who sits on a seat."""
    today, found = timezone.localdate(), queries.one_seat(seat)
    if found is None:
        raise Http404
    group = kept_group(request, found.group_id)
    people = list(colleagues(Permission.KEEP_GROUPS, by=reader(request), on=today))
    context = _context(
        f"Who sits as {found.title}?",
        "Whoever holds a role in the system can be chosen. Others are invited first.",
        "Seat them",
        group,
    )
    act = partial(operations.seat_person, seat=found)
    form: Form = forms.SeatingForm(sent(request), people=people)
    view = queries.chairing_view(group, today) if SeatPart(found.part) in PRESIDING else None
    if view is not None:
        context["chairing"] = presenters.chairing_lines(view)
        form = ChairForm(
            sent(request), people=people, triggers=presenters.trigger_choices(view), is_met=presenters.asks_no_trigger(view),
            actor=reader(request), on=today, initial={"chairs_for": found.organisation.code if found.organisation else ""},
        )  # fmt: skip
    return ask(request, form, act, "It is recorded who sits there.", context["back"][1], context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def seat_end(request: HttpRequest, seat: UUID) -> HttpResponse:
    """This function will ask from when on a seat is no longer needed, and why."""
    found = queries.one_seat(seat)
    if found is None:
        raise Http404
    group = kept_group(request, found.group_id)
    says = "Whoever sits there leaves it with the seat. That there was such a seat, and who sat there, stays on record."
    context = _context(f"End the seat {found.title}", says, "End the seat", group)
    act = partial(operations.end_seat, seat=found)
    return ask(request, forms.EndSeatForm(sent(request)), act, "The seat is ended.", context["back"][1], context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def seating_end(request: HttpRequest, seating: UUID) -> HttpResponse:
    """This function will ask from when on somebody no longer sits on a seat."""
    found = queries.one_seating(seating)
    if found is None:
        raise Http404
    group = kept_group(request, found.seat.group_id)
    title = f"{found.person.display_name} no longer sits as {found.seat.title}"
    context = _context(title, "That they sat there stays on record.", "End it", group)
    act = partial(operations.end_seating, seating=found)
    return ask(request, forms.EndSeatingForm(sent(request)), act, "It is ended.", context["back"][1], context)


def _context(title: str, intro: str, button: str, group: Group) -> dict[str, Any]:
    return {"title": title, "intro": intro, "button": button, "back": (group.name, reverse("group", args=[group.pk]))}
