"""Pages of a meeting under way: the one on the wall, and one for each of its items."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.meetings.presenters import live as presenters
from sightline.meetings.presenters import live_item as telling
from sightline.meetings.presenters.writing import question_tag
from sightline.meetings.queries.conversing import open_subject
from sightline.meetings.queries.declaring import yet_to_declare
from sightline.meetings.queries.live import title_of
from sightline.meetings.queries.live_pages import ItemView, LiveView, facts_of, item_view, live_view, stamp_of
from sightline.meetings.queries.note_pages import has_note
from sightline.meetings.queries.ratifying import ratified_by
from sightline.meetings.queries.writing import may_be_put, one_question, questions_of_item
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_MEETINGS)
def live_page(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """This function will show a meeting on the wall: who is here, whether it may decide now and why, this item and the next."""
    if still_stands(request):
        return HttpResponse(status=304)
    view = live_or_404(request, meeting)
    room, moment = view.room, view.moment
    now = None if room.ended_at else room.now_at(moment)
    after = None if room.ended_at else presenters.next_item(view)
    is_seen = now is not None and any(one.pk == now.pk for one in view.seen)
    shown = now if is_seen else None
    blocks, remarks = presenters.open_ends(facts_of(view)) if view.ends else ((), ())
    context = {
        "view": view,
        "group": room.meeting.group,
        "at": presenters.at_words(moment),
        "quorum": presenters.quorum_line(room, shown, view.number(shown) if shown else 0, moment),
        "now": shown,
        "is_elsewhere": now is not None and not is_seen,
        "now_number": view.number(shown) if shown else 0,
        "now_title": title_of(shown) if shown else "",
        "after": after,
        "after_number": view.number(after) if after else 0,
        "after_title": title_of(after) if after else "",
        "items": presenters.item_lines(view),
        "here": presenters.here_lines(room, moment),
        "left": presenters.left_lines(room, moment),
        "away": presenters.away_lines(room, moment),
        "stays": presenters.stays_words(room, moment),
        "declaring": presenters.declaring_of(view, yet_to_declare(room, timezone.localdate())),
        "has_note": room.ended_at is not None and has_note(reader(request), timezone.localdate(), room.meeting),
        "blocks": blocks,
        "remarks": remarks,
    }
    return stamped(render(request, "meetings/live.html", context), view)


@require_safe
@needs(Permission.SEE_MEETINGS)
def live_item_page(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will show one item in the meeting: quorum, interests, notes, what came of it, who tells the provider."""
    if still_stands(request):
        return HttpResponse(status=304)
    view = live_or_404(request, meeting)
    found = item_or_404(request, view, item)
    question = ratified_by(found.item.key)
    ratifies = one_question(reader(request), timezone.localdate(), question) if question else None
    subject = found.item.subject_id
    about = open_subject(reader(request), timezone.localdate(), subject) if subject else None
    context = {**item_context(found), "ratifies": ratifies, "about": about}
    return stamped(render(request, "meetings/live_item.html", context), view)


def item_context(found: ItemView) -> dict[str, Any]:
    """This function will give what every page of an item shows."""
    view = found.live
    number = view.number(found.item)
    return {
        "view": view,
        "item": found.item,
        "number": number,
        "title": title_of(found.item),
        "group": view.room.meeting.group,
        "quorum": presenters.quorum_line(view.room, found.item, number, view.moment),
        "rules": found.rules,
        "tied": telling.tied_lines(found),
        "outcomes": telling.outcome_lines(found),
        "notes": telling.note_words(found.notes, names_of({one.recorded_by for one in found.notes})),
        "provider": found.provider,
        "suspicions": found.suspicions,
        "actions": telling.action_lines(found),
        "lived": telling.lived_line(found.involvement),
        "boards": telling.board_lines(found.boards),
        "teller": telling.teller_words(found.teller),
        "tag_of": presenters.came_tag(found.item),
        "written": [(one, question_tag(one, timezone.now())) for one in questions_of_item(found.item)],
        "may_put": view.keeps and may_be_put(found.item, timezone.localdate()),
    }


def still_stands(request: HttpRequest) -> bool:
    """This function will say whether the page that its reader has is the one that they would get anew."""
    told = request.headers.get("If-None-Match")
    return told is not None and told == stamp_of(reader(request), timezone.now())


def stamped(response: HttpResponse, view: LiveView) -> HttpResponse:
    """This function will put the stamp on a page by which it asks later whether it still stands."""
    response["ETag"] = view.stamp
    return response


def live_or_404(request: HttpRequest, meeting: UUID) -> LiveView:
    """This function will give a meeting that the reader may see."""
    found = live_view(reader(request), timezone.localdate(), meeting, timezone.now())
    if found is None:
        raise Http404
    return found


def item_or_404(request: HttpRequest, view: LiveView, item: UUID) -> ItemView:
    """This function will give an item that the reader may read: what is closed to them looks as though it were not."""
    found = item_view(view, item, reader(request), timezone.localdate())
    if found is None:
        raise Http404
    return found
