"""Pages about oneself and, for administrators, about people and their roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginStage
from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from sightline.accounts import operations, presenters, queries
from sightline.accounts.forms import BecauseForm, GrantForm, InviteForm, NewPassword, SureForm
from sightline.accounts.models import Person
from sightline.accounts.passwords import new_first_password
from sightline.accounts.stages import NewPassword as NewPasswordStage
from sightline.core.verdict import Invalid

# --- about oneself


def account_home(request: HttpRequest) -> HttpResponse:
    """This function will show the reader their own account."""
    reader = _reader(request)
    today = timezone.localdate()
    shown = {
        "person": presenters.person_line(queries.person(reader.pk, by=reader, on=today) or reader, today),
        "factors": presenters.second_factors_of(queries.second_factors(reader)),
        "sessions": queries.open_sessions(reader),
    }
    return render(request, "account/home.html", shown)


@sensitive_post_parameters("password1", "password2")
@login_stage_required(stage=NewPasswordStage.key, redirect_urlname="account_login")
def new_password(request: HttpRequest) -> HttpResponse:
    """This function will have a first password replaced before it lets its bearer in."""
    stage: LoginStage = cast(Any, request)._login_stage
    form = NewPassword(user=stage.login.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return cast(HttpResponse, stage.exit())
    return render(request, "account/new_password.html", {"form": form})


# --- about people


def people(request: HttpRequest) -> HttpResponse:
    """This function will list everybody with their roles."""
    today = timezone.localdate()
    lines = presenters.person_lines(queries.people(by=_reader(request), on=today), today)
    return render(request, "accounts/people.html", {"people": lines})


def invite(request: HttpRequest) -> HttpResponse:
    """This function will invite somebody, and show their first password once."""
    form = InviteForm(request.POST or None)
    password = new_first_password()
    if request.method == "POST" and form.is_valid():
        try:
            person = operations.invite_person(
                by=_reader(request), at=timezone.now(), password=password, **form.cleaned_data
            )
        except Invalid as problem:
            form.add_error("email", list(problem.problems))
        else:
            return _show_password(request, person, password.words)
    return render(request, "accounts/invite.html", {"form": form})


def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """This function will show one person, their roles, and what may be done."""
    return _person_page(request, _person(request, person_id), GrantForm())


def grant(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """This function will grant somebody a role."""
    found = _person(request, person_id)
    form = GrantForm(request.POST)
    if form.is_valid():
        operations.grant_role(by=_reader(request), at=timezone.now(), person=found, **form.cleaned_data)
        return redirect("person", person_id=found.pk)
    return _person_page(request, found, form)


def end_role(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """This function will end a role from today on, for a reason."""
    found = queries.role_grant(grant_id, by=_reader(request), on=timezone.localdate())
    if found is None:
        raise Http404

    def act(given: dict[str, Any]) -> None:
        operations.end_role(by=_reader(request), at=timezone.now(), grant=found, **given)

    name = presenters.role_line(found, timezone.localdate()).name
    return _confirm(request, found.person, f"End the role “{name}”", BecauseForm, act)


def deactivate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """This function will shut a leaver out."""
    return _change(request, person_id, "Deactivate", operations.deactivate_person)


def reactivate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """This function will let somebody back in."""
    return _change(request, person_id, "Let back in", operations.reactivate_person)


def reset_second_factor(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """This function will remove a second factor that was lost."""
    return _change(request, person_id, "Remove the second factor", operations.reset_second_factor)


def new_first_password_for(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """This function will give somebody a new first password, and show it once."""
    found = _person(request, person_id)
    if request.method != "POST":
        page = {"person": _line(found), "title": "Give a new first password", "form": SureForm()}
        return render(request, "accounts/confirm.html", page)
    password = new_first_password()
    operations.set_password(by=_reader(request), at=timezone.now(), person=found, password=password)
    return _show_password(request, found, password.words)


# --- shared by the above


def _reader(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _person(request: HttpRequest, person_id: UUID) -> Person:
    found = queries.person(person_id, by=_reader(request), on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _line(person: Person) -> presenters.PersonLine:
    return presenters.person_line(person, timezone.localdate())


def _person_page(request: HttpRequest, found: Person, form: GrantForm) -> HttpResponse:
    shown = {"person": _line(found), "is_active": found.is_active, "is_reader": found == request.user, "form": form}
    return render(request, "accounts/person.html", shown)


def _show_password(request: HttpRequest, person: Person, words: str) -> HttpResponse:
    return render(request, "accounts/first_password.html", {"person": _line(person), "password": words})


def _change(request: HttpRequest, person_id: UUID, title: str, operation: Callable[..., None]) -> HttpResponse:
    found = _person(request, person_id)

    def act(given: dict[str, Any]) -> None:
        operation(by=_reader(request), at=timezone.now(), person=found, **given)

    return _confirm(request, found, title, BecauseForm, act)


def _confirm(
    request: HttpRequest,
    person: Person,
    title: str,
    form_class: type[django_forms.Form],
    act: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data)
        return redirect("person", person_id=person.pk)
    return render(request, "accounts/confirm.html", {"person": _line(person), "title": title, "form": form})
