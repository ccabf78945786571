"""Pages that everybody can read without signing in: the groups, the key points of their meetings, and the feeds.

They are drawn without the request, so that they are the same for every reader, set no cookie and run no script.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar, cast
from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from sightline.publication.feed import atom
from sightline.publication.forms import SearchForm
from sightline.publication.presenters import public as presenters
from sightline.publication.queries import public as queries
from sightline.web.gate import open_to_the_public

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
BECAUSE = "key points of meetings are public (SQG 2022 §3.10)"
ATOM = "application/atom+xml; charset=utf-8"
NEWEST = 5  # how many meetings the front page names


def without_scripts(view: View) -> View:
    """This function will let no script run on a page, not even one of ours."""
    narrower: Any = csp_replace({"script-src": [NONE]})
    return cast(View, narrower(view))


@open_to_the_public(BECAUSE)
@require_safe
@without_scripts
def public_front(request: HttpRequest) -> HttpResponseBase:
    """This function will say which groups there are, what each is for, when it meets, and what was newly decided (REC-08)."""
    groups = queries.public_groups(timezone.localdate())
    context = {
        "systems": presenters.systems(groups),
        "meets": {one.group.pk: presenters.meets(one) for one in groups},
        "newest": queries.public_pages(first=NEWEST),
    }
    return _answer(request, "publication/public_front.html", context)


@open_to_the_public(BECAUSE)
@require_safe
@without_scripts
def public_group(request: HttpRequest, group: UUID) -> HttpResponseBase:
    """This function will show one group: what it is for, when it meets, and the way to all its key points (REC-08)."""
    shown = group_or_404(group)
    context = {
        "shown": shown,
        "meets": presenters.meets(shown),
        "newest": presenters.newest_year(shown),
        "years": presenters.years(shown),
    }
    return _answer(request, "publication/public_group.html", context)


@open_to_the_public(BECAUSE)
@require_safe
@without_scripts
def public_year(request: HttpRequest, group: UUID, year: int) -> HttpResponseBase:
    """This function will show what one group decided in one year, in full, to be read or printed at a go (REC-08)."""
    shown = queries.public_year(group, year, timezone.localdate())
    if shown is None:
        raise Http404
    return _answer(request, "publication/public_year.html", {"shown": shown})


@open_to_the_public(BECAUSE)
@require_safe
@without_scripts
def public_list(request: HttpRequest) -> HttpResponseBase:
    """This function will list all key points that are public, and find those with given words (REC-08; PER-12)."""
    form = SearchForm(request.GET)
    sought = form.sought()
    found = queries.sought_pages(sought, form.number())
    context = {
        "found": found,
        "sought": sought,
        "groups": [(one, one) for one in found.groups],
        "years": [(one, one) for one in found.years],
        "counted": presenters.counted(found, sought),
        "asked": presenters.asked(sought),
    }
    return _answer(request, "publication/public_list.html", context)


@open_to_the_public(BECAUSE)
@require_safe
@without_scripts
def public_page(request: HttpRequest, page: UUID) -> HttpResponseBase:
    """This function will show one meeting's key points; of withdrawn ones it tells the day and nothing else (REC-08)."""
    shown = queries.public_page(page)
    if shown is None:
        if not queries.was_public(page):
            raise Http404
        return _answer(request, "publication/public_gone.html", {"withdrawn_at": None}, status=410)
    if shown.withdrawn_at:
        context = {"withdrawn_at": shown.withdrawn_at}
        return _answer(request, "publication/public_gone.html", context, shown.changed_at, status=410)
    return _answer(request, "publication/public_page.html", {"shown": shown}, shown.changed_at)


@open_to_the_public(BECAUSE)
@require_safe
def public_feed(request: HttpRequest) -> HttpResponseBase:
    """This function will give the newest key points as an Atom feed (REC-08)."""
    changed = queries.last_change()
    made = HttpResponse(atom(queries.public_pages(), changed), content_type=ATOM)
    return _if_changed(request, made, changed)


@open_to_the_public(BECAUSE)
@require_safe
def public_group_feed(request: HttpRequest, group: UUID) -> HttpResponseBase:
    """This function will give the newest key points of one group as an Atom feed (REC-08)."""
    shown = group_or_404(group)
    changed = queries.last_change()
    return _if_changed(request, HttpResponse(atom(shown.pages, changed, shown.group), content_type=ATOM), changed)


def group_or_404(group: UUID) -> queries.ShownGroup:
    """This function will give a group that the public is shown."""
    found = queries.public_group(group, timezone.localdate())
    if found is None:
        raise Http404
    return found


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], changed: datetime | None = None, status: int = 200
) -> HttpResponseBase:
    return _if_changed(request, HttpResponse(render_to_string(template, context), status=status), changed)


def _if_changed(request: HttpRequest, made: HttpResponse, changed: datetime | None) -> HttpResponseBase:
    """The answer, or only that nothing has changed since its reader asked last."""
    etag = f'"{sha256(made.content).hexdigest()[:32]}"'
    made["ETag"] = etag
    if changed is None:
        return get_conditional_response(request, etag, None, made) or made
    made["Last-Modified"] = http_date(changed.timestamp())
    return get_conditional_response(request, etag, int(changed.timestamp()), made) or made
