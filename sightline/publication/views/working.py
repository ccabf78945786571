"""Pages on which key points are worked on: the list of meetings, one meeting's, and each thing that is done with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.publication import forms, operations
from sightline.publication.models import KeyPoints
from sightline.publication.presenters import key_points as presenters
from sightline.publication.presenters.listing import state as listing_state
from sightline.publication.queries import key_points as queries
from sightline.publication.queries.key_points import Work
from sightline.publication.queries.listing import groups_to_list
from sightline.publication.views.asking import METHODS, Asks, ask
from sightline.web.asking import sent
from sightline.web.gate import needs, reader
from sightline.web.wording import day


@require_safe
@needs(Permission.SEE_MEETINGS)
def all_key_points(request: HttpRequest) -> HttpResponse:
    """This function will list the meetings whose key points the reader works on, and where each stands (REC-08)."""
    actor, today = reader(request), timezone.localdate()
    context = {
        "lines": presenters.lines(queries.all_work(actor, today)),
        "groups": [(one.group, listing_state(one)) for one in groups_to_list(actor, today)],
    }
    return render(request, "publication/all.html", context)


@require_safe
@needs(Permission.SEE_MEETINGS)
def key_points(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will show the version that holds, what is remarked upon, and what may be done with it (REC-12)."""
    work = _work_or_404(request, meeting)
    newest = work.newest
    context = {
        "work": work,
        "newest": newest,
        "points": list(newest.points.all()) if newest else [],
        "titles": dict(queries.items_of(work.meeting)),
        "held": day(work.held_on),
        "tag": presenters.state(work),
        "history": presenters.history(work),
        "is_cleared": newest is not None and hasattr(newest, "clearance"),
        "is_released": newest is not None and hasattr(newest, "release"),
    }
    return render(request, "publication/key_points.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def key_points_write(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask for the words that the public is to read (REC-08, REC-12)."""
    work = _work_or_404(request, meeting)
    if not work.keeps:
        raise Http404
    newest, proposed = work.newest, queries.proposed_of(work.meeting)
    form = forms.WriteForm(
        sent(request),
        items=[(str(key), title) for key, title in queries.items_of(work.meeting)],
        points=len(newest.points.all()) if newest else 0,
        again=work.was_public,
        initial=_standing(newest) | {"seen": work.number} if newest else {"seen": 0, "opening": proposed.opening},
    )

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.propose_key_points(
            meeting=work.meeting, seen=told["seen"], written=form.written(), form_key=told["form_key"], **given
        )

    done = "The key points are written. Whoever chairs clears them before they are public."
    asks = Asks("Write the key points", presenters.proposal_words(proposed), "Keep them", done)
    return _ask(request, work, form, act, asks)


@require_http_methods(METHODS)
@needs(Permission.PRESIDE)
def key_points_clear(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask another person than the writer to take responsibility for the words (REC-12)."""
    work = _work_or_404(request, meeting)
    newest = work.newest
    if not work.presides or newest is None:
        raise Http404
    asks_why = any(one.must_be_answered for one in work.remarks)
    form = forms.ClearForm(sent(request), asks=asks_why, initial={"seen": newest.number})

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.clear_key_points(
            meeting=work.meeting, seen=told["seen"], answer=told.get("answer", ""), **given
        )

    intro = "You say with your name that the public may read these words. They are not public until they are released."
    asks = Asks("Clear the key points", intro, "Clear them", "The key points are cleared.")
    return _ask(request, work, form, act, asks, decides=newest)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def key_points_release(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask whether what was cleared is to be public (REC-08; PER-12)."""
    work = _work_or_404(request, meeting)
    newest = work.newest
    if not work.keeps or newest is None:
        raise Http404
    form = forms.ReleaseForm(sent(request), initial={"seen": newest.number})

    def act(**given: Any) -> object:
        return operations.release_key_points(meeting=work.meeting, seen=form.cleaned_data["seen"], **given)

    intro = "Everybody can read them from then on, without signing in."
    asks = Asks("Release the key points", intro, "Release them", "The key points are public.")
    return _ask(request, work, form, act, asks, decides=newest)


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def key_points_withdraw(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will ask why key points are taken back from the public."""
    work = _work_or_404(request, meeting)
    if not (work.keeps or work.presides) or not work.was_public:
        raise Http404
    form = forms.WithdrawForm(sent(request))

    def act(**given: Any) -> object:
        return operations.withdraw_key_points(meeting=work.meeting, because=form.cleaned_data["because"], **given)

    intro = "Their address then says that they were withdrawn, and on which day, and nothing else."
    asks = Asks("Withdraw the key points", intro, "Withdraw them", "The key points are withdrawn.")
    return _ask(request, work, form, act, asks)


# --- what the pages share


def _work_or_404(request: HttpRequest, meeting: UUID) -> Work:
    found = queries.work_on(reader(request), timezone.localdate(), meeting)
    if found is None:
        raise Http404
    return found


def _standing(newest: KeyPoints) -> dict[str, Any]:
    """What stands in the version that holds, as the form takes it; what has changed is said anew each time."""
    given: dict[str, Any] = {"opening": newest.opening}
    for number, one in enumerate(newest.points.all(), 1):
        given |= {f"point_{number}": one.text, f"rests_{number}": str(one.rests_on_id or "")}
    return given


def _ask(
    request: HttpRequest,
    work: Work,
    form: Form,
    act: Callable[..., object],
    asks: Asks,
    decides: KeyPoints | None = None,
) -> HttpResponse:
    """Ask about the key points of a meeting; the words on which something is decided stand above the form."""
    context = {"points": list(decides.points.all()), "newest": decides, "remarks": work.remarks} if decides else None
    back = f"{work.meeting.group.name}, {day(work.held_on)}", reverse("key_points", args=[work.meeting.pk])
    return ask(request, form, act, asks, back, context)
