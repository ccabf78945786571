"""Pages on which anybody follows a group by e-mail, confirms it, and ends it; nobody is signed in to them.

They take forms without a token against foreign pages, as they set no cookie and act in nobody's name: who has the
secret of a letter may do what it is good for, and a mailbox that ends letters by one click brings nothing else along.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sightline.accounts.limits import may_try
from sightline.audit.operation import Fleeting
from sightline.core.verdict import Invalid
from sightline.publication import operations
from sightline.publication.anybody import Anybody
from sightline.publication.forms import FollowForm
from sightline.publication.links import For, whose
from sightline.publication.queries import following as queries
from sightline.publication.views.asking import METHODS
from sightline.publication.views.public import BECAUSE, group_or_404, without_scripts
from sightline.web.asking import sent
from sightline.web.gate import open_to_all

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def _for_anybody(view: View) -> View:
    taken: Any = require_http_methods(METHODS)(without_scripts(csrf_exempt(view)))
    return cast(View, open_to_all(f"{BECAUSE}, and word of them goes to whoever asks for it")(taken))


@_for_anybody
def public_follow(request: HttpRequest, group: UUID) -> HttpResponseBase:
    """This function will ask for the address that is to be told of a group's key points (REC-08; PER-12).

    The answer is the same for every address, so that nobody learns whether one is known.
    """
    shown, form = group_or_404(group), FollowForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if may_try(request, "follow"):
            address = Fleeting(form.cleaned_data["address"])
            operations.ask_to_follow(by=Anybody(), at=timezone.now(), group=shown.group, address=address)
            return _answer("publication/public_follow_asked.html", {"group": shown.group})
        form.add_error(None, "Many addresses were given from where you are. Wait an hour, then try again.")
        return _answer("publication/public_follow.html", {"group": shown.group, "form": form}, 429)
    return _answer("publication/public_follow.html", {"group": shown.group, "form": form}, 400 if form.errors else 200)


@_for_anybody
def public_follow_confirm(request: HttpRequest, link: str) -> HttpResponseBase:
    """This function will take a yes by the link of the first letter; opening it says nothing yet, as programs open links too."""
    follower = queries.waiting_follower(link, timezone.now())
    if follower is None:
        return _answer("publication/public_follow_over.html", {}, 410)
    if request.method != "POST":
        return _answer("publication/public_follow_confirm.html", {"group": follower.group})
    try:
        operations.confirm_following(by=Anybody(), at=timezone.now(), follower=follower)
    except Invalid:
        return _answer("publication/public_follow_over.html", {}, 410)
    return _answer("publication/public_follow_confirmed.html", {"group": follower.group})


@_for_anybody
def public_follow_stop(request: HttpRequest, link: str) -> HttpResponseBase:
    """This function will end the letters: by the button of a page, or by the one click of a mailbox (RFC 8058)."""
    if whose(link, For.STOP) is None:
        raise Http404
    follower = queries.follower_of(link)
    if follower and request.method != "POST":
        return _answer("publication/public_follow_stop.html", {"group": follower.group})
    if follower:
        operations.stop_following(by=Anybody(), at=timezone.now(), follower=follower)
    return _answer("publication/public_follow_stopped.html", {})


def _answer(template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), status=status)
