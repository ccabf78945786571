"""Pages about declared interests and about agreements to share. Each fetches, calls, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import colleagues, names_of
from sightline.core.access import Permission, may
from sightline.core.verdict import Invalid
from sightline.groups import operations, queries
from sightline.groups.forms import interests as forms
from sightline.groups.models import DeclaredInterest
from sightline.groups.presenters import interests as presenters
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, needs_sign_in, reader

A_PAGE = 50


@require_safe
@needs_sign_in
def interests(request: HttpRequest) -> HttpResponse:
    """This function will show the reader their own interests and, to whoever keeps it, the register."""
    today, actor = timezone.localdate(), reader(request)
    own = queries.own_interests(actor, today)
    closed = queries.closed_by([one for one in own if one.holds_on(today)], today)
    own_names = names_of(presenters.actors_of(own))
    context: dict[str, Any] = {
        "own": presenters.interest_lines(own, today, own_names, closed),
        "may_declare": bool(may(actor, Permission.DECLARE_INTEREST, today)),
        "may_keep": bool(may(actor, Permission.KEEP_INTERESTS, today)),
    }
    if context["may_keep"]:
        asked = _asked(request)
        people = colleagues(Permission.KEEP_INTERESTS, by=actor, on=today)
        page = Paginator(queries.register(actor, today, **asked), A_PAGE).get_page(request.GET.get("page"))
        names = names_of(presenters.actors_of(page))
        context |= {**asked, "page": page, "lines": presenters.interest_lines(page, today, names)}
        context |= {"kinds": presenters.kind_choices(), "people": presenters.people_choices(people)}
    return render(request, "groups/interests.html", context)


@require_safe
@needs(Permission.KEEP_INTERESTS)
def interests_csv(request: HttpRequest) -> HttpResponse:
    """This function will give the register, as it is filtered, as a file."""
    today = timezone.localdate()
    found = list(queries.register(reader(request), today, **_asked(request)))
    rows = presenters.export_rows(found, today, names_of(presenters.actors_of(found)))
    return csv_file("interests.csv", rows)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECLARE_INTEREST)
def interest_declare(request: HttpRequest) -> HttpResponse:
    """This function will ask the reader for an interest of their own."""
    words = {"subject": asking.word(request, "subject")}
    form = forms.InterestForm(sent(request), actor=reader(request), on=timezone.localdate(), initial=words)

    def said(made: DeclaredInterest) -> str:
        return f"Your interest is declared. {presenters.consequence(made.subject.name)}"

    return _ask(request, form, operations.declare_interest, said, presenters.DECLARE)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_INTERESTS)
def interest_record(request: HttpRequest) -> HttpResponse:
    """This function will ask whoever keeps the register for an interest of somebody in their system."""
    today, actor = timezone.localdate(), reader(request)
    people = colleagues(Permission.KEEP_INTERESTS, by=actor, on=today)
    form = forms.RecordForm(sent(request), people=people, actor=actor, on=today)

    def said(made: DeclaredInterest) -> str:
        return f"The interest in {made.subject.name} is recorded. It takes effect at once."

    return _ask(request, form, operations.record_interest, said, presenters.RECORD)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECLARE_INTEREST)
def interest_end(request: HttpRequest, interest: UUID) -> HttpResponse:
    """This function will ask why an interest ends."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.one_interest(actor, today, interest)
    if found is None:
        raise Http404

    def act(**given: Any) -> object:
        return operations.end_interest(interest=found, **given)

    line = presenters.interest_line(found, today, names_of(presenters.actors_of([found])))
    context = {"line": line, "is_own": found.person.actor_id == actor.actor_id}
    return _ask(
        request, forms.EndForm(sent(request)), act, lambda _: f"The interest in {line.subject} is ended.", context,
        "groups/end.html",
    )  # fmt: skip


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def agreements(request: HttpRequest) -> HttpResponse:
    """This function will show which organisations in the group have agreed how information is shared (IGV-06)."""
    today, actor = timezone.localdate(), reader(request)
    systems = queries.groups_of(actor, Permission.SEE_INTELLIGENCE, today)
    kept = queries.groups_of(actor, Permission.KEEP_INTERESTS, today) if _keeps(request) else ()
    titles = queries.names_of_groups(systems)
    found = {code: queries.standings(code, today) for code in systems}
    names = names_of({one.agreement.recorded_by for some in found.values() for one in some if one.agreement})
    groups = [
        presenters.agreement_group(code, titles[code], some, today, code in kept, names) for code, some in found.items()
    ]
    return render(request, "groups/agreements.html", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_INTERESTS)
def agreement_record(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """This function will ask how it stands with one organisation's agreement."""
    found = queries.standings_to_keep(reader(request), timezone.localdate(), organisation)
    if not found:
        raise Http404
    body = found[0].organisation
    titles = queries.names_of_groups([one.system for one in found])
    rows = queries.agreements_with(found)
    history = presenters.agreement_history(rows, names_of({row.recorded_by for row in rows}), titles)

    def act(**given: Any) -> object:
        return operations.record_agreement(organisation=body, **given)

    return _ask(
        request, forms.AgreementForm(sent(request), systems=titles), act, lambda _: f"It is recorded for {body.name}.",
        {"name": body.name, "history": history}, "groups/agreement.html", then="agreements",
    )  # fmt: skip


# --- shared by the above


def _keeps(request: HttpRequest) -> bool:
    return bool(may(reader(request), Permission.KEEP_INTERESTS, timezone.localdate()))


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {
        "person": _id(asking.word(request, "person")),
        "word": asking.word(request, "word"),
        "kind": asking.word(request, "kind"),
        "past": asking.word(request, "past") == "yes",
    }


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _ask(
    request: HttpRequest,
    form: django_forms.Form,
    act: Callable[..., Any],
    said: Callable[[Any], str],
    context: Mapping[str, Any],
    page: str = "groups/ask.html",
    then: str = "interests",
) -> HttpResponse:
    """Ask, do what was answered, say so, and go back to where it is listed."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(by=reader(request), at=timezone.now(), **form.cleaned_data)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, said(made))
            return redirect(then)
    return render(request, page, {"form": form, **context}, status=400 if form.errors else 200)
