"""Pages of a subject: its profiles and aids, the heat map, the trigger tool, another process."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.core.rulebook.tools import HeatMap, TriggerTool
from sightline.core.triangulation.profiling import Side
from sightline.indicators.queries import catalogue
from sightline.profiles import forms, operations, queries
from sightline.profiles.presenters import aids as present
from sightline.profiles.presenters import sheet as sheets
from sightline.profiles.presenters.words import signal_words
from sightline.profiles.views.entering import ask, heard_subject_or_404, subject_or_404, worked_subject_or_404
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

HEAT_MAP = ("form_key", "issues", "issues_because", "risk", "confidence", "because")
PROCESS = ("form_key", "name", "held_on", "reference", "because")


@require_safe
@needs(Permission.SEE_PICTURE)
def profiles_page(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will list a subject's risk profiles and what was recorded with the aids."""
    found = subject_or_404(request, subject)
    today = timezone.localdate()
    kept = queries.aids_of(reader(request), today, found)
    names = names_of({one.recorded_by for group in (kept.readings, kept.assessments, kept.processes) for one in group})
    may_work = queries.works_for_commissioner(reader(request), today, found)
    tool = queries.current_tool("risk_profile", today)
    rows = [sheets.profile_row(one, today) for one in queries.sheets_of(reader(request), today, found)]
    context = {
        "subject": found,
        "rows": rows,
        "reading": next(iter(present.reading_rows(kept.readings[:1], names)), None),
        "assessment": next(iter(present.assessment_rows(kept.assessments[:1], names)), None),
        "processes": present.process_rows(kept.processes, names, may_work),
        "is_provider": queries.side_of(reader(request), today, found) is Side.PROVIDER,
        "may_work": may_work,
        "tool": tool,
        "provenance": present.provenance(tool),
        "trigger_from": present.provenance(queries.current_tool("trigger_tool", today)),
        "heat_from": present.provenance(queries.current_tool("heat_map", today)),
    }
    return render(request, "profiles/subject.html", context)


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def heat_map_page(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will show what was read from the heat map about a subject, and the matrix itself."""
    found = heard_subject_or_404(request, subject)
    today = timezone.localdate()
    readings = queries.aids_of(reader(request), today, found).readings
    tool = queries.current_tool("heat_map", today)
    may_work = queries.works_for_commissioner(reader(request), today, found)
    context = {
        "subject": found,
        "rows": present.reading_rows(readings, names_of({one.recorded_by for one in readings}), may_work),
        "tool": tool,
        "provenance": present.provenance(tool),
        "grids": present.grids(tool.part) if tool and isinstance(tool.part, HeatMap) else [],
        "may_work": may_work,
    }
    return render(request, "profiles/heat_map.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WORK_ON_PROFILE)
def heat_map_new(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask for the three inputs of the heat map, the first filled in from the signals."""
    found = worked_subject_or_404(request, subject)
    today = timezone.localdate()
    tool = queries.current_tool("heat_map", today)
    if tool is None or not isinstance(tool.part, HeatMap):
        return _no_tool(request, found)
    concerns = queries.concerns_that_count(queries.standing_signals(reader(request), today, found), today)
    form = forms.HeatMapForm(sent(request), heat_map=tool.part, counted=len(concerns))

    def act(**given: Any) -> object:
        said = {name: form.cleaned_data[name] for name in HEAT_MAP}
        return operations.read_heat_map(subject=found, knowingly=form.knowingly, **said, **given)

    context = {
        "subject": found,
        "tool": tool,
        "provenance": present.provenance(tool),
        "signals": signal_words(concerns, catalogue()),
        "sources": len({one.source for one in concerns}),
    }
    said = "The reading is recorded. It suggests, and decides nothing."
    template = "profiles/heat_map_new.html"
    return ask(request, form, act, then=("heat_map", found.pk), said=said, template=template, context=context)


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def trigger_tool_page(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will show the newest assessment by the trigger tool, and the earlier ones."""
    found = heard_subject_or_404(request, subject)
    today = timezone.localdate()
    assessments = queries.aids_of(reader(request), today, found).assessments
    may_work = queries.works_for_commissioner(reader(request), today, found)
    tool = queries.current_tool("trigger_tool", today)
    rows = present.assessment_rows(assessments, names_of({one.recorded_by for one in assessments}), may_work)
    context = {
        "subject": found,
        "newest": rows[0] if rows else None,
        "earlier": rows[1:],
        "tool": tool,
        "provenance": present.provenance(tool),
        "may_work": may_work,
    }
    return render(request, "profiles/trigger_tool.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WORK_ON_PROFILE)
def trigger_tool_new(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask the questions of the trigger tool, each beside what the signals suggest."""
    found = worked_subject_or_404(request, subject)
    today = timezone.localdate()
    tool = queries.current_tool("trigger_tool", today)
    if tool is None or not isinstance(tool.part, TriggerTool):
        return _no_tool(request, found)
    signals = queries.standing_signals(reader(request), today, found)
    behind = queries.suggested_by_signals(tool.part, signals, today)
    form = forms.TriggerForm(sent(request), tool=tool.part, suggested=present.suggestion_words(behind))

    def act(**given: Any) -> object:
        said = {name: form.cleaned_data[name] for name in ("form_key", "because")}
        return operations.assess_triggers(
            subject=found, answers=form.answers(), knowingly=form.knowingly, **said, **given
        )

    context = {
        "subject": found,
        "tool": tool,
        "provenance": present.provenance(tool),
        "signals": signal_words(signals, catalogue()),
    }
    said = "The answers are recorded. The tool recommends; people decide."
    template = "profiles/trigger_new.html"
    return ask(request, form, act, then=("trigger_tool", found.pk), said=said, template=template, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WORK_ON_PROFILE)
def other_process_record(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask for another process by which risk was assessed (RSK-09)."""
    found = worked_subject_or_404(request, subject)
    form = forms.OtherProcessForm(sent(request))

    def act(**given: Any) -> object:
        said = {name: form.cleaned_data[name] for name in PROCESS}
        return operations.record_other_process(subject=found, knowingly=form.knowingly, **said, **given)

    context = {
        "subject": found,
        "title": "Record another process",
        "intro": "Where no structured risk profile is used, a process that is as robust is to be in place and on record "
        "(QSG 2017 ¶120, ¶122).",
        "button": "Record it",
    }
    said, template = "The process is on record.", "profiles/ask.html"
    return ask(request, form, act, then=("profiles", found.pk), said=said, template=template, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WORK_ON_PROFILE)
def profile_start(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask why a structured risk profile is to be started (RSK-11)."""
    found = worked_subject_or_404(request, subject)
    if queries.current_tool("risk_profile", timezone.localdate()) is None:
        return _no_tool(request, found)
    form = forms.StartForm(sent(request))

    def act(**given: Any) -> object:
        said = {name: form.cleaned_data[name] for name in ("form_key", "because")}
        return operations.start_profile(subject=found, knowingly=form.knowingly, **said, **given)

    context = {
        "subject": found,
        "title": "Start a structured risk profile",
        "intro": "It is for concerns that last or grow, where routine assurance, enhanced assurance and targeted visits "
        "gave no assurance (QSG 2017 ¶111). You work through it with the provider, who sees what you share. "
        "An earlier profile that both sides agreed holds until this one is agreed; any other gives way to it at once. "
        "What each side wrote in the last one is laid before it to be looked at again; judgements are made anew.",
        "button": "Start the profile",
    }
    said, template = "The profile is started. Only your side sees it so far.", "profiles/ask.html"
    return ask(request, form, act, then=("profiles", found.pk), said=said, template=template, context=context)


def _no_tool(request: HttpRequest, subject: object) -> HttpResponse:
    return render(request, "profiles/no_tool.html", {"subject": subject})
