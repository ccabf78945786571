"""Pages on which others speak to a proposal, or end it: the region's answer, a dissent, taking back, declining; a review."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.core.access import Permission
from sightline.core.verdict import Already
from sightline.groups.queries import offices_of
from sightline.surveillance import operations
from sightline.surveillance.forms import levels as forms
from sightline.surveillance.models import LevelProposal
from sightline.surveillance.presenters import levels as present
from sightline.surveillance.queries import levels as queries
from sightline.surveillance.queries.level_clocks import clocks_of
from sightline.surveillance.queries.moving import could_authorise, verdict_on
from sightline.surveillance.queries.standing import guidance_for
from sightline.surveillance.views.asking import ask
from sightline.surveillance.views.level_entering import decision_or_404, proposal_or_404, told_on_the_form
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

TEMPLATE = "surveillance/level_answer.html"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RAISE_CONCERN)
def region_answer_page(request: HttpRequest, proposal: uuid.UUID) -> HttpResponse:
    """This function will ask whether a region agrees to a proposed level (LVL-09)."""
    found = proposal_or_404(request, proposal)
    today, actor = timezone.localdate(), reader(request)
    own = queries.regions_sat_for(actor, today)
    keeps = queries.keeps(actor, today, found.system)
    regions = [one for one in queries.regions_to_answer(found) if keeps or one.code in own]
    if not regions:
        raise Http404
    form = forms.RegionAnswerForm(
        sent(request), regions=_choices(regions), is_own=any(one.code in own for one in regions), today=today
    )

    def act(**given: Any) -> object:
        said = form.cleaned_data
        return operations.record_region_answer(
            proposal=found,
            organisation=next(one for one in regions if str(one.pk) == said["organisation"]),
            is_agreed=said["is_agreed"] == "yes",
            **{name: said[name] for name in ("says", "said_by", "said_on")},
            knowingly=form.knowingly,
            **given,
        )

    told = "Whoever decides sees the answer. It can be given anew until the level is decided; the newest counts."
    return _ask(request, form, act, found, "The region’s answer", told, "Record the answer", "The answer is on record.")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RAISE_CONCERN)
def dissent_page(request: HttpRequest, proposal: uuid.UUID) -> HttpResponse:
    """This function will ask why an organisation disagrees, and what it will do itself (QSG 2017 ¶132)."""
    found = proposal_or_404(request, proposal)
    bodies = queries.bodies_to_dissent(reader(request), timezone.localdate(), found)
    if not bodies:
        raise Http404
    form = forms.DissentForm(sent(request), bodies=_choices(bodies))

    def act(**given: Any) -> object:
        said = form.cleaned_data
        return operations.dissent(
            proposal=found,
            organisation=next(one for one in bodies if str(one.pk) == said["organisation"]),
            **{name: said[name] for name in ("reasons", "commits_to", "is_statutory_holder")},
            knowingly=form.knowingly,
            **given,
        )

    told = (
        "A dissent stands with the proposal and with whatever is decided. It is not outvoted where the organisation has "
        "statutory responsibility (QSG 2017 ¶119, ¶132)."
    )
    return _ask(request, form, act, found, "Disagree", told, "Record the dissent", "The dissent is on record.")


@require_POST
@needs(Permission.RAISE_CONCERN)
def dissent_withdraw(request: HttpRequest, dissent: int) -> HttpResponse:
    """This function will take a dissent back."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.one_dissent(actor, today, dissent)
    if found is None or not queries.own_dissents(actor, today, [found]):
        raise Http404
    try:
        operations.withdraw_dissent(by=actor, at=timezone.now(), dissent=found)
    except Already as same:
        messages.info(request, same.problems[0])
    else:
        messages.success(request, "The dissent is taken back. That it was made stays on record.")
    return redirect("level_proposal", found.proposal_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RAISE_CONCERN)
def withdraw_page(request: HttpRequest, proposal: uuid.UUID) -> HttpResponse:
    """This function will ask why a proposal is taken back."""
    found = proposal_or_404(request, proposal)
    today, actor = timezone.localdate(), reader(request)
    if found.recorded_by != actor.actor_id and not queries.keeps(actor, today, found.system):
        raise Http404
    form = forms.WithdrawForm(sent(request))

    def act(**given: Any) -> object:
        because = form.cleaned_data["because"]
        return operations.withdraw_proposal(proposal=found, because=because, knowingly=form.knowingly, **given)

    told = "The proposal stays on record, and nobody can decide it any more. The level stays as it is."
    return _ask(
        request, form, act, found, "Take the proposal back", told, "Take it back", "The proposal is taken back."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.AUTHORISE_LEVEL)
def decline_page(request: HttpRequest, proposal: uuid.UUID) -> HttpResponse:
    """This function will ask whoever could authorise a level why it is not set, and what is needed (SUR-12)."""
    found = proposal_or_404(request, proposal)
    today, actor = timezone.localdate(), reader(request)
    judged = verdict_on(found, None, today)
    offices = [one for one in offices_of(actor, today) if could_authorise(judged, one)]
    if not offices:
        raise Http404
    names = judged.guidance.levels.authority
    form = forms.DeclineForm(
        sent(request), offices=[(str(one.pk), present.office_words(one, names)) for one in offices]
    )

    def act(**given: Any) -> object:
        said = form.cleaned_data
        office = next(one for one in offices if str(one.pk) == said["office"])
        return operations.decline_proposal(
            proposal=found, office=office, because=said["because"], knowingly=form.knowingly, **given
        )

    told = "The level stays as it is. Whoever proposed it sees your words, and may propose it anew."
    return _ask(request, form, act, found, "Decline the proposal", told, "Decline", "The proposal is declined.")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RAISE_CONCERN)
def review_page(request: HttpRequest, decision: uuid.UUID) -> HttpResponse:
    """This function will ask why a subject stays at its level, and when that is looked at again (SUR-07, SUR-10)."""
    found = decision_or_404(request, decision)
    today, actor = timezone.localdate(), reader(request)
    if not queries.keeps(actor, today, found.system) or not queries.is_newest(found):
        raise Http404
    form = forms.LevelReviewForm(sent(request))

    def act(**given: Any) -> object:
        said = form.cleaned_data
        return operations.review_level(
            decision=found,
            because=said["because"],
            next_review_on=said["next_review_on"],
            knowingly=form.knowingly,
            **given,
        )

    guidance = guidance_for(found.system, today)
    clocks = clocks_of(found.subject, guidance, today)
    context = {
        "decision": found,
        "subject": found.subject,
        "tag": present.tag_now(guidance, clocks.standing.level.id),
        "stands": present.standing_words(clocks.standing),
        "clocks": present.clock_lines(clocks, guidance, today),
        "is_long": clocks.is_long,
    }
    return ask(
        request,
        form,
        told_on_the_form(act),
        then=lambda _: reverse("level_decision", args=[found.pk]),
        said="The review is recorded. The level stays as it is.",
        template="surveillance/level_review.html",
        context=context,
    )


def _choices(bodies: Any) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in bodies]


def _ask(
    request: HttpRequest,
    form: Any,
    act: Any,
    proposal: LevelProposal,
    heading: str,
    told: str,
    button: str,
    said: str,
) -> HttpResponse:
    on = timezone.localdate(proposal.recorded_at)
    then = queries.levels_on(proposal.pack, on)
    context = {
        "proposal": proposal,
        "subject": proposal.subject,
        "heading": heading,
        "told": told,
        "button": button,
        "before": present.tag_then(proposal.pack, proposal.level_from, on, then),
        "after": present.tag_then(proposal.pack, proposal.level_to, on, then),
    }
    return ask(
        request,
        form,
        told_on_the_form(act),
        then=lambda _: reverse("level_proposal", args=[proposal.pk]),
        said=said,
        template=TEMPLATE,
        context=context,
    )
