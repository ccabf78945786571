"""Pages of one risk: read it, print it, and open a new one."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.core.risks import accountable_for, may_aim_for
from sightline.directory.choosing import words_for
from sightline.directory.models import Subject
from sightline.directory.queries import find_organisation
from sightline.indicators.queries import catalogue
from sightline.risks import operations
from sightline.risks.forms import risks as forms
from sightline.risks.giving import Linked, Opening, Placing
from sightline.risks.models import RiskNow
from sightline.risks.presenters import path
from sightline.risks.presenters import risks as words
from sightline.risks.queries import choices
from sightline.risks.queries.keeping import one_risk, record_for
from sightline.risks.queries.risks import Sheet, tier_answers
from sightline.risks.queries.rules import risk_rules
from sightline.risks.views.entering import done, sheet_or_404
from sightline.risks.words import LinkKind, MeasureKind, ScoreKind
from sightline.web.asking import sent
from sightline.web.gate import needs, reader
from sightline.web.wording import day

PARTS = (
    ("What it is about", (*forms.ABOUT_FIRST, "title")),
    ("Cause, event and effect", ("cause", "event", "effect")),
    ("What kind of risk it is", ("category", "severity", "grave", "holds")),
    ("How likely and how grave", ("likelihood", "consequence", "rationale")),
    ("Who sees to it", ("accountable", "owner", "owner_name", "review_on")),
    ("Registers", ("registers", "reference", "follows")),
)
MORE = (
    ("Scores at the start, and where it is to come to rest", forms.OTHER_SCORES),
    ("Whom else it affects", ("partners", "pathways", "shared_owners", "why_raised")),
    ("Other details", ("owner_until", "rests_on_judgement", "opened_on")),
)


@require_safe
@needs(Permission.SEE_LEVELS)
def risk_page(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will show one risk: what it is, where it stands and where it has to, and what is done about it."""
    return render(request, "risks/risk.html", _shown(sheet_or_404(request, risk)))


@require_safe
@needs(Permission.SEE_LEVELS)
def risk_print(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will show one risk for paper: everything at once."""
    return render(request, "risks/risk_print.html", _shown(sheet_or_404(request, risk)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RISKS)
def risk_new(request: HttpRequest) -> HttpResponse:
    """This function will ask for a new risk, say where it has to stand and where it may not, and then open it."""
    today, actor = timezone.localdate(), reader(request)
    form = _open_form(request, today)
    context: dict[str, Any] = {"parts": PARTS, "about_more": forms.ABOUT_MORE, "more": MORE, "rules": form.rules}
    if request.method == "POST" and form.is_valid():
        earlier = choices.may_have_come_back(actor, today, form.subjects(), form.cleaned_data["category"])
        if earlier:
            form = _open_form(request, today, [(str(one.risk_id), _came_back(one)) for one in earlier])
            form.is_valid()
        if form.is_valid() and is_clear(form):
            given, system = _given(request, form, today), record_for(actor, today, form.subjects())
            context |= _answer(request, given, system, today)
            if "sure" in request.POST and _opens(request, form, given, system):
                made = choices.risk_of_form(actor, today, form.cleaned_data["form_key"])
                return redirect("risk", made.pk) if made else redirect("registers")
    status = 400 if form.errors else 200
    return render(request, "risks/risk_new.html", {"form": form, **context}, status=status)


def _opens(request: HttpRequest, form: forms.OpenForm, given: Opening, system: str) -> bool:
    def act(**more: Any) -> object:
        key = form.cleaned_data["form_key"]
        return operations.open_risk(system=system, given=given, form_key=key, knowingly=form.knowingly, **more)

    return done(request, form, act, "The risk is on record.")


def _open_form(request: HttpRequest, on: date, earlier: list[tuple[str, str]] | None = None) -> forms.OpenForm:
    actor = reader(request)
    subjects, links, initial = _begun_from(request, on)
    system = record_for(actor, on, subjects)
    body = find_organisation(system) if system else None

    def registers(named: Sequence[Subject]) -> list[tuple[str, str, Placing]]:
        return register_choices(choices.registers_near(system, [*subjects, *named], on), on)

    return forms.OpenForm(
        sent(request),
        actor=actor,
        on=on,
        rules=risk_rules(on),
        owners=choices.owners_for(actor, on),
        registers=registers,
        earlier=earlier or (),
        initial={"links": links, "accountable": choices.words_of_body(body) if body else "", **initial},
    )


def _begun_from(request: HttpRequest, on: date) -> tuple[list[Subject], str, dict[str, Any]]:
    """What the address names: a subject, a closed risk that is back, a concern, a signal, an item or a decision."""
    actor = reader(request)
    kept = [f"{kind}:{key}" for kind in LinkKind if (key := request.GET.get(kind.value, ""))]
    subjects = [one for one in (choices.one_subject(actor, on, key) for key in _keys(request, "subject")) if one]
    for follows in _keys(request, "follows"):
        earlier = one_risk(actor, on, follows)
        subjects += choices.subjects_of(earlier) if earlier else []
    for record in _records(request, on, " ".join(kept)):
        subjects += choices.subjects_behind(actor, on, record)
    named = list(dict.fromkeys(subjects))[: len(forms.ABOUT)]
    initial = {name: words_for(one) for name, one in zip(forms.ABOUT, named, strict=False)}
    return named, " ".join(kept), initial


def _keys(request: HttpRequest, name: str) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(request.GET[name])] if name in request.GET else []
    except ValueError:
        return []


def _records(request: HttpRequest, on: date, said: str) -> list[Linked]:
    found = []
    for one in said.split()[:10]:
        kind, _, key = one.partition(":")
        try:
            found.append(choices.one_linkable(reader(request), on, kind, uuid.UUID(key)))
        except ValueError:
            continue
    return [one for one in found if one is not None]


def _given(request: HttpRequest, form: forms.OpenForm, on: date) -> Opening:
    given = form.opening()
    follows = one_risk(reader(request), on, uuid.UUID(form.follows)) if form.follows else None
    return replace(given, follows=follows, links=tuple(_records(request, on, form.cleaned_data["links"])))


def _answer(request: HttpRequest, given: Opening, system: str, on: date) -> dict[str, Any]:
    """What the rules say of it, before it is opened."""
    rules, facts = risk_rules(on), choices.facts_of_opening(given, on)
    levels = choices.levels_seen(reader(request), on, system, given.subjects)
    now = words.rated(rules.matrix, words.KIND[ScoreKind.CURRENT], facts.current)
    aim = may_aim_for(rules.appetite, rules.matrix, facts.category, facts.target) if facts.target else None
    return {
        "now": now,
        "grid": words.grid(rules.matrix, facts),
        "fit": words.fit_words(rules, facts.category, now.score if now else None),
        "remarks": words.reasons(aim.reasons) if aim is not None else [],
        "tiers": words.asked_lines(rules, tier_answers(rules, facts, levels), facts.tiers),
        "answers_for": accountable_for(rules.registers, facts),
        "may_open": True,
    }


def _came_back(one: RiskNow) -> str:
    return f"{one.statement.title}, closed on {day(one.risk.ending.ended_on)}"


def register_choices(some: Sequence[Placing], on: date) -> list[tuple[str, str, Placing]]:
    """This function will name registers as they are chosen in a form."""
    registers = risk_rules(on).registers
    return [
        (f"{one.tier.value}:{one.body.pk}", f"{registers.tier(one.tier).name}: {one.body.name}", one) for one in some
    ]


def _shown(sheet: Sheet) -> dict[str, Any]:
    facts, rules = sheet.facts, sheet.rules
    category = rules.appetite.category(facts.category)
    scored = words.rated(rules.matrix, words.KIND[ScoreKind.CURRENT], facts.current)
    known = catalogue()
    writers = {one.recorded_by for one in sheet.statements} | {one.recorded_by for one in sheet.scores}
    writers |= {one.recorded_by for one in sheet.reviews}
    return {
        "sheet": sheet,
        "said": sheet.said,
        "facts": facts,
        "status": words.STATUS[facts.status],
        "ways": words.ways(sheet),
        "grid": words.grid(rules.matrix, facts),
        "fit": words.fit_words(rules, facts.category, scored.score if scored else None),
        "path": path.path_of(
            rules.matrix,
            facts.scores,
            facts.target,
            category.tolerance if category else None,
            facts.closed_on or sheet.on,
        ),
        "severity": words.severity_words(sheet),
        "category": words.category_words(rules, facts.category),
        "owner": words.owner_words(sheet.said),
        "accountable": words.accountable_words(sheet.said),
        "tiers": words.tier_lines(rules, sheet.tiers),
        "numbers": words.reasons(sheet.numbers.reasons),
        "findings": words.finding_lines(sheet.findings),
        "measures": [(name, kind, words.measure_lines(sheet, kind)) for name, kind in MEASURES],
        "links": words.link_lines(sheet, known),
        "returns": words.return_lines(sheet),
        "levels": words.level_lines(sheet),
        "histories": words.score_rows(sheet),
        "names": names_of(writers),
        "deeds": DEEDS,
        "may_work": sheet.keeps and not facts.is_closed,
        "may_place": sheet.places_on_region and not facts.is_closed,
    }


DEEDS = (
    ("risk_score", "Score it"),
    ("risk_review", "Review it"),
    ("risk_measure", "Add a control, a gap or an action"),
    ("risk_restate", "Say it anew"),
    ("risk_place", "Put it on a register"),
    ("risk_link", "Link it"),
    ("risk_accept", "Accept it as it is"),
    ("risk_close", "Close it"),
)
MEASURES = (
    ("Controls", MeasureKind.CONTROL),
    ("Gaps", MeasureKind.GAP),
    ("Actions", MeasureKind.ACTION),
)
