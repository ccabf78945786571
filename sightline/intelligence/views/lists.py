"""The list of what a reader may see, and the copy of it that they may take away."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.rulebook import SourceEntry
from sightline.directory.presenters import area_groups
from sightline.directory.queries import areas_for_choice
from sightline.intelligence.operations import take_copy
from sightline.intelligence.presenters import lists as presenters
from sightline.intelligence.queries import lists as queries
from sightline.intelligence.queries import source_list
from sightline.rulebook.queries import part
from sightline.web import asking
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader

PLAIN = ("area", "kind", "bearing", "quadrant", "dimension", "theme", "words", "told")


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def items(request: HttpRequest) -> HttpResponse:
    """This function will list what the reader may see, the newest first, with filters that stay in the address."""
    today, actor, asked = timezone.localdate(), reader(request), _asked(request)
    page = asking.number(request)
    rows, total = queries.page_of_items(actor, today, asked, page)
    if not total and not request.GET:  # opened from the menu, and no partner has told anything yet
        asked = replace(asked, told="")
        rows, total = queries.page_of_items(actor, today, asked, page)
    themes = [(one.id, one.name) for one in part("themes", today).themes]
    context = {
        "asked": asked,
        "address": _address(asked),
        "tabs": presenters.tabs(asked.told, lambda told: _address(replace(asked, told=told))),
        "lines": presenters.lines(rows, _sources()),
        "total": presenters.how_many(total),
        "page": page,
        "pages_in_all": max(1, -(-min(total, queries.COUNTED) // queries.A_PAGE)),
        "areas": area_groups(areas_for_choice(today)),
        "subject": queries.subject_asked_for(actor, today, asked.subject),
        "has_more": any((asked.kind, asked.quadrant, asked.dimension, asked.theme, asked.since, asked.waiting)),
        "is_filtered": asked != queries.Asked(),
        "at_most": queries.AT_MOST,
        "may_keep": bool(may(actor, Permission.REVIEW_INTELLIGENCE, today)),
        "may_share": bool(may(actor, Permission.SHARE_INTELLIGENCE, today)),
        **presenters.filters(themes),
    }
    return render(request, "intelligence/items.html", context)


@require_POST
@needs(Permission.SEE_INTELLIGENCE)
def items_csv(request: HttpRequest) -> HttpResponse:
    """This function will give what is listed as a file, and record that a copy was taken."""
    today, actor, asked = timezone.localdate(), reader(request), _asked(request)
    now = timezone.now()
    keys = queries.keys_of_items(actor, today, asked)
    take_copy(by=actor, at=now, items=keys)
    rows = presenters.copy_rows(
        queries.rows_of(actor, today, keys),
        _sources(),
        {one.id: one.name for one in part("themes", today).themes},
        taken_by=names_of({actor.actor_id}).get(actor.actor_id, ""),
        at=now,
        group=queries.name_of_group(settings.HOME_SYSTEM),
        is_whole=len(keys) < queries.AT_MOST,
    )
    return csv_file("intelligence.csv", rows)


def _asked(request: HttpRequest) -> queries.Asked:
    told = {name: asking.word(request, name) for name in PLAIN}
    return queries.Asked(
        **{
            **told,
            "area": asking.word(request, "area", settings.HOME_SYSTEM),
            "told": told["told"] if request.GET else queries.Told.PARTNERS.value,
        },
        subject=_id(asking.word(request, "subject")),
        since=asking.day(request, "since"),
        waiting=asking.word(request, "waiting") == "yes",
    )


def _address(asked: queries.Asked) -> str:
    """The filters as an address has them; words that were looked for stay in it, as on every page of a list."""
    told = {name: getattr(asked, name) for name in PLAIN}
    more = {
        "subject": asked.subject or "",
        "since": asked.since.isoformat() if asked.since else "",
        "waiting": "yes" if asked.waiting else "",
    }
    return f"?{urlencode({**told, **more})}&"


def _sources() -> dict[str, SourceEntry]:
    return {one.id: one for one in source_list(timezone.localdate()).sources}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
