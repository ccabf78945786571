"""Pages of improvement plans: the list, one plan with what is missing, begin, write anew, approve."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.improvement.approving import may_approve_plan
from sightline.core.improvement.completeness import missing, parts_of, remarks
from sightline.core.improvement.facts import Around, PlanContent
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.improvement import operations
from sightline.improvement.forms import plans as forms
from sightline.improvement.forms.rows import Rows
from sightline.improvement.models import Plan, PlanVersion
from sightline.improvement.presenters import milestones as progress
from sightline.improvement.presenters import plans as present
from sightline.improvement.presenters.effects import effect_words, kpi_lines
from sightline.improvement.presenters.endings import ending_line
from sightline.improvement.queries import around as rules
from sightline.improvement.queries import plans as queries
from sightline.improvement.queries.effects import measured
from sightline.improvement.queries.milestones import activity_of, concerns_told, milestones_of
from sightline.surveillance.queries.concerns import record_for
from sightline.web import asking
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(Permission.SEE_LEVELS)
def plans_page(request: HttpRequest) -> HttpResponse:
    """This function will list plans, and the subjects above the lowest level that have none."""
    today, actor = timezone.localdate(), reader(request)
    asked = _asked(request)
    page = asking.number(request)
    rows, total = queries.page_of_plans(actor, today, asked, page)
    wanting, more = ([], False) if asked.subject or page > 1 else queries.subjects_wanting(actor, today)
    context = {
        "lines": present.plan_lines(rows),
        "total": total,
        "asked": asked,
        "states": present.STATES,
        "subject": rows[0].plan.subject if asked.subject and rows else None,
        "wanting": wanting,
        "more": more,
        "may_write": bool(may(actor, Permission.RAISE_CONCERN, today)) and viewer_of(actor, today).hears,
        "page": page,
        "pages_in_all": max(1, -(-total // queries.A_PAGE)),
        "address": f"?{urlencode({'state': asked.state, 'subject': str(asked.subject or '')})}&",
    }
    return render(request, "improvement/plans.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def plan_page(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """This function will show one plan: a version of it, what is missing before it is approved, and what was before."""
    today, actor = timezone.localdate(), reader(request)
    found = plan_or_404(request, plan)
    versions = queries.versions_of(found)
    newest, shown = versions[-1], _version_asked(request, versions)
    around, content = rules.around_plan(found, today), queries.content_of(newest)
    approved = [one for one in versions if hasattr(one, "approval")]
    kpis = kpi_lines(measured(actor, today, shown), found.subject_id)
    milestones, concerns = milestones_of(shown, today), concerns_told(found)
    ending = getattr(found, "ending", None)
    people = {one.recorded_by for one in concerns} | ({ending.ended_by} if ending else set())
    names = names_of(present.people_of(versions) | people)
    keeps = viewer_of(actor, today).keeps_record_of(found.system)
    is_newest = shown.pk == newest.pk
    context = {
        "plan": found,
        "subject": found.subject,
        "shown": present.version_view(
            shown,
            names=names,
            kpis=kpis,
            keeps=keeps,
            on=today,
        ),
        "versions": present.version_lines(versions),
        "newest": newest,
        "is_newest": is_newest,
        "approved": approved[-1] if approved else None,
        "is_approved": newest in approved,
        "parts": present.part_lines(parts_of(content, around)),
        "missing": missing(content, around),
        "ending": ending_line(ending, newest.name, names, keeps) if ending else None,
        "may_write": not ending and queries.writes_for(actor, today, found.system),
        "may_approve": not ending and queries.approves_for(actor, today, found.system),
        "milestones": [progress.milestone_line(one) for one in milestones],
        "activity": progress.activity_words(activity_of(milestones)),
        "effect": effect_words(kpis),
        "concerns": progress.concern_lines(concerns, names, keeps, for_group=True),
        "decision": getattr(found.proposal, "decision", None),
    }
    return render(request, "improvement/plan.html", context)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def plan_begin(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask for a plan about a subject that stands above the lowest level, or is proposed to."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.subject_to_plan(actor, today, subject)
    system = record_for(actor, today, found) if found else None
    if found is None or system is None:
        raise Http404
    where = rules.stands(found, system, today)
    proposal = rules.asking_proposal(actor, today, found, where, system)
    around = rules.around_subject(found, where, today, proposal)
    initial = {"director": rules.known_director(found, today)}
    form = _form(request, forms.PlanForm, found, around, PlanContent(""), initial)

    def act(content: PlanContent, **given: Any) -> object:
        key = form.cleaned_data["form_key"]
        return operations.begin_plan(subject=found, system=system, form_key=key, content=content, **given)

    def then(made: object) -> str:
        own = made if isinstance(made, Plan) else queries.plan_of_form(actor, today, form.cleaned_data["form_key"])
        return reverse("plan", args=[own.pk]) if own else reverse("plans")

    context = {"subject": found, "level": where.level, "may_begin": where.may_begin}
    return _write(request, form, act, then, "The plan is on record.", "improvement/plan_begin.html", context)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def plan_restate(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """This function will ask for a plan anew, filled in with its newest version; what was written stays on record."""
    today, actor = timezone.localdate(), reader(request)
    found = plan_or_404(request, plan)
    if not queries.writes_for(actor, today, found.system):
        raise Http404
    newest = queries.versions_of(found)[-1]
    around, content = rules.around_plan(found, today), queries.content_of(newest)
    form = _form(request, forms.RestatePlanForm, found.subject, around, content, {"seen": newest.number})

    def act(content: PlanContent, **given: Any) -> object:
        told = form.cleaned_data
        return operations.restate_plan(plan=found, seen=told["seen"], content=content, because=told["because"], **given)

    context = {"plan": found, "subject": found.subject, "newest": newest, "is_approved": hasattr(newest, "approval")}
    said, template = "The plan is written anew. Earlier versions stay on record.", "improvement/plan_restate.html"
    return _write(request, form, act, lambda _: reverse("plan", args=[found.pk]), said, template, context)


@require_http_methods(METHODS)
@needs(Permission.AUTHORISE_LEVEL)
def plan_approve(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """This function will say whether the newest version may be approved, and ask why where it may (PLN-01, PLN-04)."""
    today, actor = timezone.localdate(), reader(request)
    found = plan_or_404(request, plan)
    if not queries.approves_for(actor, today, found.system):
        raise Http404
    newest = queries.versions_of(found)[-1]
    around, content = rules.around_plan(found, today), queries.content_of(newest)
    form = forms.ApprovePlanForm(asking.sent(request), initial={"seen": newest.number})
    if request.method == "POST" and form.is_valid() and is_clear(form):
        told = form.cleaned_data

        def act() -> object:
            return operations.approve_plan(
                by=actor, at=timezone.now(), plan=found, seen=told["seen"], because=told["because"],
                knowingly=form.knowingly,
            )  # fmt: skip

        if done(form, act):
            messages.success(request, "The plan is approved.")
            return redirect("plan", found.pk)
    verdict = may_approve_plan(
        content, around, is_own=newest.recorded_by == actor.actor_id, is_approved=hasattr(newest, "approval")
    )
    context = {
        "plan": found, "subject": found.subject, "newest": newest, "form": form, "verdict": verdict,
        "remarks": remarks(content, around), "may_write": queries.writes_for(actor, today, found.system),
    }  # fmt: skip
    status = 400 if form.errors else 200
    return render(request, "improvement/plan_approve.html", context, status=status)


# --- steps of the above


def plan_or_404(request: HttpRequest, plan: uuid.UUID) -> Plan:
    """This function will give a plan that the reader may read; to anybody else there is none."""
    found = queries.one_plan(reader(request), timezone.localdate(), plan)
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest,
    kind: type[forms.PlanForm],
    subject: Subject,
    around: Around,
    content: PlanContent,
    initial: dict[str, Any],
) -> forms.PlanForm:
    """The form as it was sent or, where another line was asked for, with that line and nothing judged."""
    today, actor = timezone.localdate(), reader(request)
    known = frozenset(one.code for one in around.commissioners)
    data, rows = asking.sent(request), Rows.for_content(content, known)
    adds = data is not None and "add" in data
    if data is not None:
        rows = Rows.sent(data.dict())
        data = data.copy()
        for name, count in asdict(rows).items():
            data[f"rows_{name}"] = str(count)
    return kind(
        data,
        initial={**forms.first_filled(content, known), **initial},
        rows=rows,
        around=around,
        indicators=queries.indicators_about(actor, today, subject),
        only_drawn=adds,
    )


def _write(
    request: HttpRequest,
    form: forms.PlanForm,
    act: Callable[..., object],
    then: Callable[[object], str],
    said: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Keep what was written; where that is refused the form says why, and nothing is lost of what was typed."""
    today, actor = timezone.localdate(), reader(request)
    if request.method == "POST" and not form.only_drawn and form.is_valid() and is_clear(form):
        content = form.content(queries.bodies_named(form.bodies()))
        made: list[object] = []

        def write() -> None:
            made.append(act(content, by=actor, at=timezone.now(), knowingly=form.knowingly))

        if done(form, write):
            messages.success(request, said)
            return redirect(then(made[0] if made else None))
    near = queries.bodies_near(context["subject"], _system(context, actor, today), today)
    whole = {**context, "form": form, "bodies": near, "asks_add": form.only_drawn}
    return render(request, template, whole, status=400 if form.errors else 200)


def done(form: django_forms.Form, act: Callable[[], object]) -> bool:
    """This function will do it; a refusal is told on the form, and what was done before counts as done."""
    try:
        act()
    except Already:
        return True
    except Refused as no:
        form.add_error(None, [one.cited for one in no.verdict.reasons])
    except Invalid as problem:
        form.add_error(None, list(problem.problems))
    else:
        return True
    return False


def _system(context: dict[str, Any], actor: Any, on: date) -> str:
    plan = context.get("plan")
    return plan.system if plan else record_for(actor, on, context["subject"]) or ""


def _version_asked(request: HttpRequest, versions: list[PlanVersion]) -> PlanVersion:
    """The version that the address names; the newest where it names none."""
    asked = asking.word(request, "version")
    return next((one for one in versions if str(one.number) == asked), versions[-1])


def _asked(request: HttpRequest) -> queries.AskedPlans:
    state = asking.word(request, "state")
    try:
        subject = uuid.UUID(asking.word(request, "subject"))
    except ValueError:
        subject = None
    return queries.AskedPlans(state if state in {queries.APPROVED, queries.OPEN, queries.ENDED} else "", subject)
