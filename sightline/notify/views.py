"""Pages of a person's own messages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.core.access import Permission
from sightline.notify import forms, operations, presenters, queries
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SHARE_INTELLIGENCE)
def messages(request: HttpRequest) -> HttpResponse:
    """This function will show the reader what they were told, and may still open."""
    person: Any = request.user
    found = queries.mine(person, timezone.localdate())
    context = {
        "lines": presenters.mine_lines(found),
        "new": sum(one.is_new for one in found),
        "at_most": queries.AT_MOST,
        "at_once": queries.wants_at_once(person),
    }
    return render(request, "notify/messages.html", context)


@require_POST
@needs(Permission.SHARE_INTELLIGENCE)
def messages_seen(request: HttpRequest) -> HttpResponse:
    """This function will have later messages show as new, and these no more."""
    operations.look_through(by=reader(request), at=timezone.now())
    return redirect("messages")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SHARE_INTELLIGENCE)
def messages_when(request: HttpRequest) -> HttpResponse:
    """This function will ask when the reader wants to be told by e-mail."""
    person: Any = request.user
    now = forms.AT_ONCE if queries.wants_at_once(person) else forms.TOGETHER
    form = forms.WhenForm(sent(request), initial={"when": now})
    if request.method == "POST" and form.is_valid():
        operations.choose_when_told(by=reader(request), at=timezone.now(), at_once=form.at_once)
        notes.success(request, "Your choice is kept.")
        return redirect("messages")
    return render(request, "notify/when.html", {"form": form}, status=400 if form.errors else 200)
