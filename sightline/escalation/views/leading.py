"""The page on which it is agreed who leads; what is open and theirs passes to them with the same press."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from sightline.accounts.looking import is_clear
from sightline.core.access import Permission
from sightline.core.verdict import Already, Invalid
from sightline.directory.models import Subject
from sightline.escalation import operations
from sightline.escalation.forms.leading import LeadForm
from sightline.groups.viewers import viewer_of
from sightline.surveillance.presenters.concerns import lead_words
from sightline.surveillance.queries import concerns as queries
from sightline.surveillance.queries import process_lead_of
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

SAID = "Who leads is on record. What is open and falls to whoever leads is theirs from now on."


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_GROUPS)
def process_lead(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask who leads where several commissioners or systems are concerned (ORG-11)."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.subject_heard(actor, today, subject)
    system = queries.record_for(actor, today, found) if found else None
    if found is None or system is None:
        raise Http404
    form = LeadForm(sent(request), bodies=queries.leads_to_choose(found, today, system))
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            _agree(request, found, form)
        except Already:
            return redirect(_way_back(found))
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, SAID)
            return redirect(_way_back(found))
    lead = process_lead_of(found, today)
    context = {
        "form": form,
        "subject": found,
        "lead": lead_words(lead, viewer_of(actor, today).keeps_record_of(system)) if lead else "",
        "several": queries.needs_lead(found, today, system),
        "can_choose": bool(form.bodies),
    }
    return render(request, "escalation/lead.html", context, status=400 if form.errors else 200)


def _agree(request: HttpRequest, subject: Subject, form: LeadForm) -> None:
    told = form.cleaned_data
    operations.agree_lead(
        by=reader(request),
        at=timezone.now(),
        subject=subject,
        organisation=form.chosen(),
        form_key=told["form_key"],
        agreed_on=told["agreed_on"],
        agreed_with=told["agreed_with"],
        because=told["because"],
        knowingly=form.knowingly,
    )


def _way_back(subject: Subject) -> str:
    return f"{reverse('concerns')}?{urlencode({'subject': str(subject.pk)})}"
