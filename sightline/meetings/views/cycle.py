"""Pages of a group's cycle of business: how it stands, the coverage report, and what whoever works on the plan is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.core.access import Permission
from sightline.core.meetings.cycle import Covered
from sightline.core.rulebook.clocks import ClockId
from sightline.core.verdict import Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.forms import cycle as forms
from sightline.meetings.presenters import cycle as presenters
from sightline.meetings.presenters.planning import when_words
from sightline.meetings.queries.coverage import coverage_of
from sightline.meetings.queries.cycle import (
    EntryView,
    GroupCycle,
    cycle_of_group,
    dropped_of,
    footprint_of,
    named,
    one_entry,
    one_theme,
    themes_of,
)
from sightline.meetings.queries.cycle_changes import changes_of
from sightline.meetings.queries.cycle_drafting import months_ahead
from sightline.meetings.queries.meetings import clock_of, meetings_for
from sightline.meetings.views.asking import ask
from sightline.meetings.words import REVIEWED, Reviewed, Step
from sightline.web import asking
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader
from sightline.web.wording import plural

METHODS = ["GET", "HEAD", "POST"]
ROWS = 200  # of the coverage report on a page; the table to take away has all


@require_safe
@needs(Permission.SEE_MEETINGS)
def cycle_page(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show a group's cycle: its clocks, whom it reached, the plan, themes, and what changed since."""
    view, actor = _cycle_or_404(request, group), reader(request)
    coming, past = meetings_for(actor, view.on, view.group.pk)
    reached = coverage_of(actor, view.on, view)
    context = {
        "group": view.group,
        "view": view,
        "facts": presenters.facts(view, clock_of(view.group, view.on, [*coming, *past])),
        "reached": presenters.summary(reached),
        "closed": presenters.closed_words(reached),
        "plan": presenters.plan_lines(reached, [*coming, *past], view.on) if view.holds else [],
        "share": presenters.themes_share(reached.entries),
        "themes": presenters.theme_lines(themes_of(actor, view.on, view.group), reached),
        "changes": presenters.change_lines(changes_of(actor, view, reached)),
        "dropped": presenters.dropped_lines(dropped_of(actor, view.on, view.holds)),
        "versions": presenters.version_lines(view.versions),
        "reviews": presenters.review_lines(view.reviews),
    }
    return render(request, "meetings/cycle.html", context)


@require_safe
@needs(Permission.SEE_MEETINGS)
def cycle_coverage(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will say of each provider and sector when it was discussed and is planned, what is lacking first."""
    view, actor = _cycle_or_404(request, group), reader(request)
    reached = coverage_of(actor, view.on, view)
    asked = asking.word(request, "stands")
    rows = [one for one in reached.rows if asked not in set(Covered) or one.stands == asked]
    context = {
        "group": view.group,
        "view": view,
        "reached": presenters.summary(reached),
        "closed": presenters.closed_words(reached),
        "tallies": [(one.value, presenters.COVERED[one][0], reached.counts[one]) for one in Covered],
        "asked": asked if asked in set(Covered) else "",
        "rows": presenters.coverage_lines(rows[:ROWS]),
        "more": len(rows) - ROWS if len(rows) > ROWS else 0,
        "sectors": presenters.sector_lines(reached),
    }
    return render(request, "meetings/coverage.html", context)


@require_safe
@needs(Permission.SEE_MEETINGS)
def cycle_coverage_csv(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will give the coverage report as a table to take away."""
    view = _cycle_or_404(request, group)
    reached = coverage_of(reader(request), view.on, view)
    return csv_file("coverage.csv", presenters.table(reached))


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def cycle_agree(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask what cycle the group agreed, filled in with what holds or what the guidance proposes."""
    view, actor = _led_or_404(request, group), reader(request)
    footprint, holds = footprint_of(actor, view.on, view.group), view.holds
    coming, past = meetings_for(actor, view.on, view.group.pk)
    held = {str(one.meeting.pk): one for one in (*coming, *past) if {Step.OPENED, Step.CLOSED} & set(one.steps)}
    review, cover = view.clock(ClockId.BUSINESS_CYCLE_REVIEW), view.clock(ClockId.COVERAGE)
    form = forms.CycleForm(
        asking.sent(request),
        sectors=presenters.sector_choices(footprint),
        meetings=[(key, when_words(one)) for key, one in held.items()],
        presides=view.presides,
        hints={"months": cover.says if cover else "", "review_months": review.says if review else ""},
        initial={
            "begins_on": holds.begins_on if holds else view.on.replace(day=1),
            "months": holds.months if holds else view.usual_months,
            "review_months": holds.review_months if holds else (review.value if review else view.usual_months),
            "together": [one or forms.NO_SECTOR for one in (holds.together if holds else footprint.many)],
            "because": holds.because if holds else "",
        },
    )

    def act(**given: Any) -> object:
        at = held.get(form.cleaned_data["at_meeting"])
        return operations.agree_cycle(
            group=view.group,
            agreed=form.agreed(),
            form_key=form.cleaned_data["form_key"],
            at_meeting=at.meeting if at else None,
            **given,
        )

    intro = "What was agreed before stays on record. What is planned and not yet discussed is carried over."
    said = "The cycle is on record. Draft its plan next."
    return _ask(request, view, form, act, said, "The cycle that the group agreed", intro, "Record it", "MTG-09")


@require_POST
@needs(Permission.SEE_MEETINGS)
def cycle_draft(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will have everybody planned whom the cycle has to reach and whom the plan lacks."""
    view = _led_or_404(request, group)
    try:
        count = operations.draft_plan(by=reader(request), at=timezone.now(), group=view.group)
    except (Invalid, Refused) as problem:
        says = problem.problems if isinstance(problem, Invalid) else [one.says for one in problem.verdict.reasons]
        messages.error(request, " ".join(says))
    else:
        planned = f"{plural(count, 'provider or sector', 'providers and sectors')} planned. Move what comes too late."
        messages.success(request, planned if count else "Nobody is lacking in the plan.")
    return redirect("cycle", group)


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def cycle_add(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask what else is to be discussed, and when."""
    view, actor = _led_or_404(request, group), reader(request)
    form = forms.AddForm(
        asking.sent(request),
        actor=actor,
        on=view.on,
        months=months_ahead(view),
        sectors=presenters.sector_choices(footprint_of(actor, view.on, view.group)),
    )

    def act(**given: Any) -> object:
        return operations.add_to_plan(group=view.group, to_discuss=form.to_discuss(), **given)

    intro = "It is brought to the agenda of the meeting in that month."
    return _ask(request, view, form, act, "It is in the plan.", "Add to the plan", intro, "Add it", "MTG-10")


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def cycle_move(request: HttpRequest, entry: UUID) -> HttpResponse:
    """This function will ask for another month for what is planned."""
    view, found = _entry_or_404(request, entry)
    months = months_ahead(view)
    now = found.month.month.isoformat() if found.month.month in months else ""
    form = forms.MoveForm(asking.sent(request), months=months, initial={"seen": found.month.number, "month": now})

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.move_in_plan(
            entry=found.entry, seen=told["seen"], month=told["month"], because=told["because"], **given
        )

    title = f"Move: {named(found.entry)}"
    return _ask(
        request, view, form, act, "It is moved.", title, "The reason is shown in the plan.", "Move it", "MTG-10"
    )


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def cycle_drop(request: HttpRequest, entry: UUID) -> HttpResponse:
    """This function will ask why something is taken out of the plan."""
    view, found = _entry_or_404(request, entry)
    form = forms.DropForm(asking.sent(request))

    def act(**given: Any) -> object:
        return operations.drop_from_plan(entry=found.entry, because=form.cleaned_data["because"], **given)

    title = f"Take out of the plan: {named(found.entry)}"
    intro = "It is not drafted again, and the coverage report goes on naming whoever is not planned."
    return _ask(request, view, form, act, "It is out of the plan.", title, intro, "Take it out", "MTG-10")


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def cycle_review(request: HttpRequest, group: UUID, of: str) -> HttpResponse:
    """This function will ask what came of looking again at the cycle, or at how often the group meets."""
    view = _led_or_404(request, group)
    if of not in set(Reviewed) or (of == Reviewed.CYCLE and view.holds is None):
        raise Http404
    form = forms.ReviewForm(asking.sent(request))

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.record_cycle_review(
            group=view.group,
            of=Reviewed(of),
            reviewed_on=told["reviewed_on"],
            says=told["says"],
            form_key=told["form_key"],
            **given,
        )

    title = f"Looked at again: {REVIEWED[Reviewed(of)].lower()}"
    source = "MTG-09" if of == Reviewed.CYCLE else "MTG-01, MTG-02"
    intro = "The clock starts again on that day. Where the cycle itself changes, record it as agreed anew."
    return _ask(request, view, form, act, "The review is on record.", title, intro, "Record it", source)


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def cycle_theme(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask whoever sits in the group for a theme (MTG-11)."""
    view = _cycle_or_404(request, group)
    if not view.sits:
        raise Http404
    form = forms.ThemeForm(asking.sent(request))

    def act(**given: Any) -> object:
        return operations.propose_theme(
            group=view.group, theme=form.theme(), form_key=form.cleaned_data["form_key"], **given
        )

    intro = "The group reads it, and on the page of the cycle you see what became of it."
    said = "Your theme is with those who work on the plan."
    return _ask(request, view, form, act, said, "Propose a theme", intro, "Propose it", "MTG-11; QSG 2017 ¶94-95")


@require_http_methods(METHODS)
@needs(Permission.SEE_MEETINGS)
def cycle_theme_answer(request: HttpRequest, theme: UUID) -> HttpResponse:
    """This function will ask what becomes of a theme: a month of the plan, or the reason why not."""
    found = one_theme(reader(request), timezone.localdate(), theme)
    if found is None:
        raise Http404
    view = _led_or_404(request, found.group_id)
    form = forms.ThemeAnswerForm(asking.sent(request), months=months_ahead(view) if view.holds else ())

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.answer_theme(theme=found, month=told["month"], because=told["because"], **given)

    title, intro = f"Theme: {found.title}", found.why
    return _ask(request, view, form, act, "The theme is answered.", title, intro, "Answer it", "MTG-11")


# --- steps of the above


def _ask(
    request: HttpRequest,
    view: GroupCycle,
    form: Any,
    act: Callable[..., Any],
    said: str,
    title: str,
    intro: str,
    button: str,
    source: str,
) -> HttpResponse:
    there = reverse("cycle", args=[view.group.pk])
    context = {"title": title, "caption": view.group.name, "intro": intro, "button": button, "there": there}
    return ask(request, form, act, said, there, "meetings/cycle_ask.html", {**context, "source": source})


def _cycle_or_404(request: HttpRequest, group: UUID) -> GroupCycle:
    found = cycle_of_group(reader(request), timezone.localdate(), group)
    if found is None:
        raise Http404
    return found


def _led_or_404(request: HttpRequest, group: UUID) -> GroupCycle:
    found = _cycle_or_404(request, group)
    if not found.may_lead:
        raise Http404
    return found


def _entry_or_404(request: HttpRequest, entry: UUID) -> tuple[GroupCycle, EntryView]:
    found = one_entry(reader(request), timezone.localdate(), entry)
    if found is None:
        raise Http404
    return _led_or_404(request, found.entry.group_id), found
