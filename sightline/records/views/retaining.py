"""Pages of how long the formal record is kept: the schedule, what falls due, and holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission, may, systems_where
from sightline.records import operations
from sightline.records.forms.holding import BecauseForm, HoldForm
from sightline.records.presenters import retaining as presenters
from sightline.records.presenters.disposing import what_goes
from sightline.records.queries import retaining as queries
from sightline.records.queries.retaining import A_PAGE, Show, Wanted
from sightline.records.views.asking import METHODS, Asks, ask
from sightline.web.asking import number, sent, word
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_RECORDS)
def retention(request: HttpRequest) -> HttpResponse:
    """This function will show the retention schedule, what falls due by it, and what is held (REC-10)."""
    actor, today = reader(request), timezone.localdate()
    wanted = _wanted(request)
    found, (_, part) = queries.what_falls_due(actor, today, wanted), queries.schedule(today)
    in_force, _ = queries.holds_for(actor, today)
    context = {
        "classes": presenters.class_rows(found.classes),
        "part": part,
        "what_goes": what_goes(),
        "may_change": bool(may(actor, Permission.KEEP_RULES, today)),
        "holds": presenters.hold_rows(in_force, frozenset()),
        "rows": presenters.kept_rows(found.rows, today, systems_where(actor, Permission.KEEP_RECORDS, today)),
        "count": found.count,
        "wanted": wanted,
        "first": presenters.SHOW[Show.SOON],
        "shows": [(one.value, presenters.SHOW[one]) for one in Show if one is not Show.SOON],
        "kinds": [(one.of.id, one.of.name) for one in found.classes],
        "pages_in_all": max(1, -(-found.count // A_PAGE)),
        "address": f"?{urlencode({'show': wanted.show.value, 'of': wanted.of})}&",
    }
    return render(request, "records/retention.html", context)


@require_safe
@needs(Permission.SEE_RECORDS)
def holds(request: HttpRequest) -> HttpResponse:
    """This function will list the holds in force, and those that were lifted."""
    actor, today = reader(request), timezone.localdate()
    in_force, lifted = queries.holds_for(actor, today)
    keeps = systems_where(actor, Permission.KEEP_RECORDS, today)
    context = {
        "in_force": presenters.hold_rows(in_force, keeps),
        "lifted": presenters.hold_rows(lifted, keeps),
        "keeps": bool(may(actor, Permission.KEEP_RECORDS, today)),
    }
    return render(request, "records/holds.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def hold_place(request: HttpRequest) -> HttpResponse:
    """This function will ask which records are to be held, and why (PER-14)."""
    actor, today = reader(request), timezone.localdate()
    form = HoldForm(sent(request), actor=actor, on=today, systems=queries.systems_kept(actor, today))

    def act(**given: Any) -> object:
        return operations.place_hold(given=form.to_hold(), **given)

    asks = Asks(
        "Hold records",
        "What is held is kept however long ago its period ended, until the hold is lifted.",
        "Place the hold",
        "The records are held.",
    )
    return ask(request, form, act, asks, ("Holds", reverse("holds")))


@require_http_methods(METHODS)
@needs(Permission.KEEP_RECORDS)
def hold_lift(request: HttpRequest, hold: UUID) -> HttpResponse:
    """This function will ask why a hold is lifted."""
    actor, today = reader(request), timezone.localdate()
    found = queries.one_hold(actor, today, hold)
    if found is None:
        raise Http404
    form = BecauseForm(sent(request), asks="Why is it lifted?")

    def act(**given: Any) -> object:
        return operations.lift_hold(hold=found, because=form.cleaned_data["because"], **given)

    (row,) = presenters.hold_rows([found], frozenset())
    intro = f"{row.covers}: {row.because} The records go on under their own periods; the hold stays on record."
    asks = Asks("Lift the hold", intro, "Lift it", "The hold is lifted.")
    return ask(request, form, act, asks, ("Holds", reverse("holds")))


def _wanted(request: HttpRequest) -> Wanted:
    asked = word(request, "show")
    show = Show(asked) if asked in {one.value for one in Show} else Show.SOON
    return Wanted(show, word(request, "of"), number(request))
