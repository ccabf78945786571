"""The gate: every page says who may enter, and one that says nothing is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from sightline.core.access import Actor, Permission, may
from sightline.core.verdict import Invalid, Refused, Verdict, refused

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

SAME_FOR_ALL = frozenset({200, 304, 410})  # what a public page answers whoever asks
ENROL = "/account/2fa/"  # where a second factor is set up; reachable before one is


def needs(permission: Permission) -> Callable[[View], View]:
    """This function will let in only people whose role carries the permission."""
    return _marked("gate_permission", permission)


def needs_sign_in(view: View) -> View:
    """This function will let in anybody who has signed in: pages about the reader alone."""
    return _marked("gate_signed_in", True)(view)


def open_to_all(because: str) -> Callable[[View], View]:
    """This function will leave a page open, for a reason that can be read."""
    return _marked("gate_open", because)


def open_to_the_public(because: str) -> Callable[[View], View]:
    """This function will open a page to everybody alike, and let caches keep it as long as they ask whether it holds.

    Such a page is the same for every reader: it knows nobody, and sets no cookie.
    """
    return lambda view: _marked("gate_public", True)(open_to_all(because)(view))


def _marked(name: str, value: object) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, name, value)
        return view

    return mark


def reader(request: HttpRequest) -> Actor:
    """This function will give whoever is signed in, as rules and operations know them: the gate has let them in."""
    person: Any = request.user
    return cast(Actor, person)


class Gate:
    """Middleware: denies by default, answers Refused and Invalid in one place, and forbids shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_public", False) and response.status_code in SAME_FOR_ALL and not response.cookies:
            response["Cache-Control"] = "public, no-cache"  # a copy may be kept, and is never shown without asking
        elif not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """This function will turn away whoever may not enter."""
        if getattr(view, "gate_open", None):
            request.is_public = getattr(view, "gate_public", False)  # type: ignore[attr-defined]  # read above
            return None
        person: Any = request.user
        if not person.is_authenticated:
            return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
        if settings.REQUIRE_SECOND_FACTOR and not person.has_second_factor and not request.path.startswith(ENROL):
            return redirect(ENROL)
        if getattr(view, "gate_signed_in", False):
            return None
        permission = getattr(view, "gate_permission", None)
        if permission is None:
            return answer_refused(request, refused("This page has no rule that opens it."))
        verdict = may(person, permission, timezone.localdate())
        return None if verdict else answer_refused(request, verdict)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """This function will answer what operations refuse, and what they cannot use, with reasons."""
        if isinstance(problem, Refused):
            return answer_refused(request, problem.verdict)
        if isinstance(problem, Invalid):
            return render(request, "web/invalid.html", {"problems": problem.problems}, status=400)
        return None


def answer_refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """This function will say that it is not allowed, and why."""
    return render(request, "web/refused.html", {"reasons": verdict.reasons}, status=403)
