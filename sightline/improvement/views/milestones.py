"""Pages of milestones: how one stands for the group, and what the provider concerned reads and says of its own."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.groups.viewers import viewer_of
from sightline.improvement import operations
from sightline.improvement.forms import milestones as forms
from sightline.improvement.presenters import milestones as present
from sightline.improvement.queries import milestones as queries
from sightline.improvement.queries.doubts import doubts_waiting
from sightline.improvement.queries.plans import newest_version, writes_for
from sightline.improvement.views.plans import METHODS, done, plan_or_404
from sightline.web import asking
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_LEVELS)
def milestone(request: HttpRequest, plan: uuid.UUID, number: int) -> HttpResponse:
    """This function will show one milestone: what was agreed, how it stands, and all that was noted of it (PLN-07)."""
    today, actor = timezone.localdate(), reader(request)
    found = plan_or_404(request, plan)
    version = newest_version(found)
    view = queries.last_said(found, number, today)
    if view is None:
        raise Http404
    is_dropped = view.said.version_id != version.pk
    names = names_of({one.recorded_by for one in view.entries})
    context = {
        "plan": found,
        "subject": found.subject,
        "newest": version,
        "line": present.milestone_line(view),
        "entries": present.entry_lines(view.entries, names, viewer_of(actor, today).keeps_record_of(found.system)),
        "is_dropped": is_dropped,
        "may_write": not is_dropped and not hasattr(found, "ending") and writes_for(actor, today, found.system),
    }
    return render(request, "improvement/milestone.html", context)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def milestone_note(request: HttpRequest, plan: uuid.UUID, number: int) -> HttpResponse:
    """This function will ask how a milestone stands: evidence, who assured it and how, and whether it lasts (PLN-07)."""
    today, actor = timezone.localdate(), reader(request)
    found = plan_or_404(request, plan)
    version = newest_version(found)
    view = queries.one_milestone(version, number, today)
    if view is None or not writes_for(actor, today, found.system):
        raise Http404
    form = forms.NoteForm(asking.sent(request))
    if request.method == "POST" and form.is_valid() and is_clear(form):

        def act() -> object:
            return operations.note_milestone(
                by=actor, at=timezone.now(), plan=found, number=number, noted=form.noted(),
                form_key=form.cleaned_data["form_key"], knowingly=form.knowingly,
            )  # fmt: skip

        if done(form, act):
            messages.success(request, "It is on record. What was noted before stays.")
            return redirect("milestone", found.pk, number)
    context = {
        "plan": found, "subject": found.subject, "newest": version, "form": form, "line": present.milestone_line(view)
    }  # fmt: skip
    return render(request, "improvement/milestone_note.html", context, status=400 if form.errors else 200)


@require_safe
@needs(Permission.SEE_LEVELS)
def plans_doubted(request: HttpRequest) -> HttpResponse:
    """This function will list what providers doubt or told, of the plans that the reader keeps (QIG-05)."""
    found = doubts_waiting(reader(request), timezone.localdate())
    context = {
        "milestones": [present.doubt_line(*one) for one in found.milestones],
        "concerns": [present.untaken_line(*one) for one in found.concerns],
    }
    return render(request, "improvement/plans_doubted.html", context)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def plan_concern(request: HttpRequest, plan: uuid.UUID, concern: int) -> HttpResponse:
    """This function will show a new concern that the provider told, and ask what the group does about it (QIG-05)."""
    today, actor = timezone.localdate(), reader(request)
    found = plan_or_404(request, plan)
    told = next((one for one in queries.concerns_told(found) if one.pk == concern), None)
    if told is None or not writes_for(actor, today, found.system):
        raise Http404
    form = forms.TakenUpForm(asking.sent(request))
    if request.method == "POST" and form.is_valid() and is_clear(form):

        def act() -> object:
            return operations.answer_concern(
                by=actor, at=timezone.now(), plan=found, concern=told, says=form.cleaned_data["says"],
                knowingly=form.knowingly,
            )  # fmt: skip

        if done(form, act):
            messages.success(request, "It is taken up. The provider reads that, and not what you wrote.")
            return redirect("plan", found.pk)
    keeps = viewer_of(actor, today).keeps_record_of(found.system)
    [line] = present.concern_lines([told], names_of({told.recorded_by}), keeps, for_group=True)
    context = {
        "plan": found, "subject": found.subject, "newest": newest_version(found), "form": form, "line": line
    }  # fmt: skip
    return render(request, "improvement/plan_concern.html", context, status=400 if form.errors else 200)


# --- what the provider concerned reads and says


@require_safe
@needs(Permission.ESCALATE)
def own_plans(request: HttpRequest) -> HttpResponse:
    """This function will list the approved plans about the reader's own organisation; empty for all but its people."""
    return render(
        request, "improvement/own_plans.html", {"plans": queries.own_plans(reader(request), timezone.localdate())}
    )


@require_safe
@needs(Permission.ESCALATE)
def own_plan(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """This function will show a provider the milestones of its approved plan, and what it said of each (PER-10)."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.own_plan(actor, today, plan)
    if found is None:
        raise Http404
    views, concerns = queries.own_milestones(found, today), queries.concerns_told(found)
    people = {entry.recorded_by for one in views for entry in one.entries} | {one.recorded_by for one in concerns}
    names = names_of(people)
    context = {
        "plan": found,
        "subject": found.subject,
        "rows": [(present.own_line(one, today), present.entry_lines(one.entries, names, keeps=False)) for one in views],
        "concerns": present.concern_lines(concerns, names, keeps=False),
    }
    return render(request, "improvement/own_plan.html", context)


@require_http_methods(METHODS)
@needs(Permission.ESCALATE)
def own_milestone(request: HttpRequest, plan: uuid.UUID, number: int) -> HttpResponse:
    """This function will ask a provider how far it is with a milestone of its own plan (QIG-05)."""
    today = timezone.localdate()
    found = queries.own_plan(reader(request), today, plan)
    views = [one for one in queries.own_milestones(found, today) if one.number == number] if found else []
    if found is None or not views:
        raise Http404
    form = forms.UpdateForm(asking.sent(request))

    def act(**given: Any) -> object:
        return operations.update_milestone(plan=found, number=number, noted=form.noted(), **given)

    context = {"plan": found, "subject": found.subject, "line": present.own_line(views[0], today), "form": form}
    return _own(request, form, act, "Thank you. The group can read it now.", "improvement/own_milestone.html", context)


@require_http_methods(METHODS)
@needs(Permission.ESCALATE)
def own_concern(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """This function will ask a provider for a new concern, and what it has done about it already (QIG-05)."""
    found = queries.own_plan(reader(request), timezone.localdate(), plan)
    if found is None:
        raise Http404
    form = forms.ConcernForm(asking.sent(request))

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.tell_concern(plan=found, says=told["says"], steps=told["steps"], **given)

    context = {"plan": found, "subject": found.subject, "form": form}
    return _own(request, form, act, "Thank you. The group can read it now.", "improvement/own_concern.html", context)


def _own(request: HttpRequest, form: Any, act: Any, said: str, template: str, context: dict[str, Any]) -> HttpResponse:
    """Keep what a provider wrote; where that is refused the form says why, and nothing is lost of what was typed."""
    if request.method == "POST" and form.is_valid() and is_clear(form):
        given = {
            "by": reader(request), "at": timezone.now(), "form_key": form.cleaned_data["form_key"],
            "knowingly": form.knowingly,
        }  # fmt: skip
        if done(form, lambda: act(**given)):
            messages.success(request, said)
            return redirect("own_plan", context["plan"].pk)
    return render(request, template, context, status=400 if form.errors else 200)
