"""Who is let in: by role first, which may be said; then by subject, where hidden and absent look the same."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.accounts.looking import is_clear
from sightline.core.access import Permission, may
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Subject
from sightline.profiles import queries
from sightline.profiles.queries import Sheet
from sightline.web.gate import reader


def subject_or_404(request: HttpRequest, subject: uuid.UUID) -> Subject:
    """This function will give a subject about whose aids or profiles the reader may know anything."""
    _demand_role(request)
    found = queries.one_subject(reader(request), timezone.localdate(), subject)
    if found is None:
        raise Http404
    return found


def heard_subject_or_404(request: HttpRequest, subject: uuid.UUID) -> Subject:
    """This function will give a subject of which the reader reads what the commissioner's side writes."""
    found = subject_or_404(request, subject)
    if not queries.hears_of(reader(request), timezone.localdate(), found):
        raise Http404
    return found


def worked_subject_or_404(request: HttpRequest, subject: uuid.UUID) -> Subject:
    """This function will give a subject about which the reader writes on the commissioner's side."""
    found = heard_subject_or_404(request, subject)
    if not queries.works_for_commissioner(reader(request), timezone.localdate(), found):
        raise Http404
    return found


def sheet_or_404(request: HttpRequest, profile: uuid.UUID) -> Sheet:
    """This function will give a profile as its reader may have it."""
    _demand_role(request)
    found = queries.one_sheet(reader(request), timezone.localdate(), profile)
    if found is None:
        raise Http404
    return found


def _demand_role(request: HttpRequest) -> None:
    """Whoever reads what members read may enter, and whoever works on profiles; two doors, of which one must open."""
    today = timezone.localdate()
    if may(reader(request), Permission.WORK_ON_PROFILE, today):
        return
    verdict = may(reader(request), Permission.SEE_INTELLIGENCE, today)
    if not verdict:
        raise Refused(verdict)


def ask(
    request: HttpRequest,
    form: django_forms.Form,
    act: Callable[..., object],
    *,
    then: tuple[str, uuid.UUID],
    said: str,
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """This function will ask, do what was answered, and go on; a form that was sent twice goes on as though once."""
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            act(by=reader(request), at=timezone.now())
        except Already:
            return redirect(*then)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, said)
            return redirect(*then)
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)
