"""Pages on which one thing is done about a risk: say it anew, score it, act on it, place it, accept, review, close, link."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.accounts.looking import is_clear
from sightline.core.access import Permission
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import Already, Invalid, Refused
from sightline.indicators.queries import catalogue
from sightline.risks import operations
from sightline.risks.forms import doing as forms
from sightline.risks.forms.risks import RestateForm
from sightline.risks.giving import Overtaken
from sightline.risks.models import Place, RiskStatement
from sightline.risks.presenters import risks as words
from sightline.risks.queries import choices
from sightline.risks.queries.keeping import keeping_of
from sightline.risks.queries.risks import Sheet
from sightline.risks.views.entering import CLOSED, NOT_KEPT, ask, kept_sheet_or_404, sheet_or_404
from sightline.risks.views.risks import register_choices
from sightline.risks.words import MeasureKind
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

POSTS = ["GET", "HEAD", "POST"]
PARTS = (
    ("What it is", ("title", "cause", "event", "effect")),
    ("What kind of risk it is", ("category", "severity", "grave", "holds")),
    ("Who sees to it", ("accountable", "owner", "owner_name", "owner_until", "shared_owners", "review_on")),
    ("Whom else it affects", ("partners", "pathways", "why_raised", "rests_on_judgement")),
    ("Why it is said anew", ("because",)),
)


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_restate(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will ask what a risk is, said anew; where another was quicker, both can be seen."""
    sheet = kept_sheet_or_404(request, risk)
    form = _restate_form(request, sheet)
    newest: RiskStatement | None = None
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            operations.restate_risk(
                by=reader(request),
                at=timezone.now(),
                risk=sheet.risk,
                stated=form.stated(),
                seen=form.cleaned_data["seen"],
                because=form.cleaned_data["because"],
                knowingly=form.knowingly,
            )
        except Already:
            return redirect("risk", risk)
        except Overtaken as late:
            newest = late.newest
            form = _seen(form, newest)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        except Refused as problem:
            form.add_error(None, words.reasons(problem.verdict.reasons))
        else:
            return redirect("risk", risk)
    status = 409 if newest else 400 if form.errors else 200
    context = {"sheet": sheet, "form": form, "parts": PARTS, "newest": newest}
    return render(request, "risks/risk_restate.html", context, status=status)


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_score(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will ask for one cell of the matrix, and why (RSK-03)."""
    sheet = kept_sheet_or_404(request, risk)
    form = forms.ScoreForm(sent(request), rules=sheet.rules)

    def act(**given: Any) -> object:
        return operations.score_risk(risk=sheet.risk, **form.scored(), **given)

    context = {"grid": words.grid(sheet.rules.matrix, sheet.facts)}
    return ask(
        request,
        sheet,
        form,
        act,
        heading="Score it",
        button="Score it",
        said="The score is on record.",
        context=context,
    )


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_measure(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will ask for a control, a gap or an action."""
    sheet = kept_sheet_or_404(request, risk)
    gaps = [one for one in words.measure_lines(sheet, MeasureKind.GAP) if not one.is_over]
    by_key = {str(one.measure.pk): one.measure for one in gaps}
    form = forms.MeasureForm(sent(request), gaps=[(key, one.says) for key, one in by_key.items()])

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.add_measure(
            risk=sheet.risk,
            kind=MeasureKind(given["kind"]),
            says=given["says"],
            holder=given["holder"],
            due_on=given["due_on"],
            against=by_key.get(given.get("against", "")),
            **more,
        )

    heading = "Add a control, a gap or an action"
    return ask(request, sheet, form, act, heading=heading, button="Add it", said="It is on record.")


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_step(request: HttpRequest, risk: uuid.UUID, measure: uuid.UUID) -> HttpResponse:
    """This function will ask what became of a control, a gap or an action."""
    sheet = kept_sheet_or_404(request, risk)
    found = next((one for one in sheet.measures if one.pk == measure), None)
    if found is None:
        raise Http404
    hows = [(how.value, words.HOW[how], "") for how in operations.STEPS[MeasureKind(found.kind)]]
    form = forms.StepForm(sent(request), hows=hows)

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.step_measure(
            measure=found, how=form.how, because=given["because"], happened_on=given["happened_on"], **more
        )

    return ask(
        request, sheet, form, act, heading="What became of it?", button="Record it", said="It is on record.",
        context={"about": found.says},
    )  # fmt: skip


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_place(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will ask for a register; where the risk may not stand there, it says why, with the paragraph (RPT-03)."""
    sheet = _placed_sheet_or_404(request, risk)
    keeping = keeping_of(reader(request), sheet.on)
    near = choices.registers_near(sheet.risk.system, sheet.subjects, sheet.on)
    mine = [one for one in near if keeping.places_on(sheet.risk, one.tier, one.body)]
    form = forms.PlaceForm(sent(request), registers=register_choices(mine, sheet.on))

    def act(**more: Any) -> object:
        one, given = form.placing, form.cleaned_data
        return operations.place_risk(
            risk=sheet.risk,
            tier=one.tier,
            body=one.body,
            reference=one.reference,
            since=given["since"],
            because=given["because"],
            **more,
        )

    context = {"tiers": words.tier_lines(sheet.rules, sheet.tiers)}
    heading, said = "Put it on a register", "It stands on the register."
    return ask(request, sheet, form, act, heading=heading, button="Put it there", said=said, context=context)


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_remove(request: HttpRequest, risk: uuid.UUID, place: int) -> HttpResponse:
    """This function will ask why a risk leaves a register."""
    sheet = _placed_sheet_or_404(request, risk)
    found = next((one for one in sheet.places if one.pk == place and not hasattr(one, "ending")), None)
    if found is None:
        raise Http404
    if not keeping_of(reader(request), sheet.on).places_on(sheet.risk, Tier(found.tier), found.body):
        raise Refused(NOT_KEPT)
    form = forms.ReasonForm(sent(request))

    def act(**more: Any) -> object:
        return operations.remove_from_register(place=found, because=form.cleaned_data["because"], **more)

    name = sheet.rules.registers.tier(Tier(found.tier)).name
    return ask(
        request, sheet, form, act, heading=f"Take it off: {name.lower()}", button="Take it off",
        said="It left the register.", context={"about": _where(found, name)},
    )  # fmt: skip


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_accept(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will ask who bears a risk as it is (RSK-04)."""
    sheet = kept_sheet_or_404(request, risk)
    form = forms.AcceptForm(sent(request))

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.accept_risk(risk=sheet.risk, **{name: given[name] for name in ACCEPTED}, **more)

    scored = next((one for one in words.ways(sheet) if one.name == "Now"), None)
    context = {"fit": words.fit_words(sheet.rules, sheet.facts.category, scored.score if scored else None)}
    said = "It is on record that the risk is accepted as it is."
    return ask(request, sheet, form, act, heading="Accept it as it is", button="Accept it", said=said, context=context)


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_review(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will ask what a review of a risk found."""
    sheet = kept_sheet_or_404(request, risk)
    form = forms.ReviewForm(sent(request))

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.review_risk(risk=sheet.risk, **{name: given[name] for name in REVIEWED}, **more)

    context = {"findings": words.finding_lines(sheet.findings)}
    said = "The review is on record."
    return ask(request, sheet, form, act, heading="Review it", button="Record the review", said=said, context=context)


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_close(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will ask why a risk is closed, and say beforehand what the self-checks would find then."""
    sheet = kept_sheet_or_404(request, risk)
    form = forms.CloseForm(sent(request))

    def act(**more: Any) -> object:
        given = form.cleaned_data
        return operations.close_risk(risk=sheet.risk, **{name: given[name] for name in CLOSING}, **more)

    context = {"findings": words.finding_lines(sheet.if_closed())}
    said = "The risk is closed. It stays on record."
    return ask(request, sheet, form, act, heading="Close it", button="Close it", said=said, context=context)


@require_http_methods(POSTS)
@needs(Permission.KEEP_RISKS)
def risk_link(request: HttpRequest, risk: uuid.UUID) -> HttpResponse:
    """This function will ask what a risk rests on, or what it led to."""
    sheet = kept_sheet_or_404(request, risk)
    taken = frozenset(choices.linked_already(sheet.links))
    some = choices.linkable(reader(request), sheet.on, [one.pk for one in sheet.subjects], taken)
    form = forms.LinkForm(sent(request), choices=words.linkable_lines(some, sheet, catalogue()))

    def act(**more: Any) -> object:
        return operations.link_risk(risk=sheet.risk, record=form.records[form.cleaned_data["record"]], **more)

    context = {"nothing": "" if some else NOTHING_TO_LINK}
    return ask(request, sheet, form, act, heading="Link it", button="Link it", said="It is linked.", context=context)


NOTHING_TO_LINK = "There is nothing about it yet that it could be linked to. Raise a concern, or share what you heard."
ACCEPTED = ("because", "accepted_by", "until")
REVIEWED = ("says", "reviewed_on", "next_review_on")
CLOSING = ("because", "ended_on", "learned")


def _placed_sheet_or_404(request: HttpRequest, risk: uuid.UUID) -> Sheet:
    """A risk is put on registers by those who keep its record, and by a region on its own."""
    sheet = sheet_or_404(request, risk)
    if not (sheet.keeps or sheet.places_on_region):
        raise Refused(NOT_KEPT)
    if sheet.facts.is_closed:
        raise Refused(CLOSED)
    return sheet


def _seen(form: RestateForm, newest: RiskStatement) -> RestateForm:
    """The same form, with what was typed, for whoever has the newest statement before them now."""
    typed: Any = form.data
    typed = typed.copy()
    typed["seen"] = str(newest.number)
    form.data = typed
    return form


def _where(place: Place, name: str) -> str:
    number = f", number {place.reference}" if place.reference else ""
    return f"{name} of {place.body.name}{number}"


def _restate_form(request: HttpRequest, sheet: Sheet) -> RestateForm:
    said, actor = sheet.said, reader(request)
    marks = {"complex": said.is_complex, "recurrent": said.is_recurrent}
    holds = ("is_healthcare", "is_authority_assured", "is_nhs_england_commissioned", "is_nationally_commissioned")
    plain = (
        "title", "cause", "event", "effect", "category", "severity", "owner_name", "owner_until", "shared_owners",
        "partners", "pathways", "why_raised", "rests_on_judgement",
    )  # fmt: skip
    body = said.accountable
    return RestateForm(
        sent(request),
        actor=actor,
        on=sheet.on,
        rules=sheet.rules,
        owners=choices.owners_for(actor, sheet.on, said.owner),
        initial={
            **{name: getattr(said, name) for name in plain},
            "seen": said.number,
            "grave": [name for name, is_so in marks.items() if is_so],
            "holds": [name for name in holds if getattr(said, name)],
            "owner": str(said.owner_id or ""),
            "accountable": choices.words_of_body(body) if body else "",
            "review_on": sheet.facts.review_on,
        },
    )
