"""Pages of levels: where a subject stands, one proposal, one decision, and what waits for whoever looks."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.rulebook.levels import Need
from sightline.directory.models import Subject
from sightline.groups.keeping import keeps_system
from sightline.groups.queries import offices_of
from sightline.profiles.presenters.words import stays
from sightline.surveillance.models import LevelDecision, LevelProposal
from sightline.surveillance.presenters import levels as present
from sightline.surveillance.queries import levels as queries
from sightline.surveillance.queries.concerns import record_for, subject_heard
from sightline.surveillance.queries.facts import process_lead_of
from sightline.surveillance.queries.level_clocks import clocks_of
from sightline.surveillance.queries.moving import could_authorise, standing_dissents, still_open, verdict_on
from sightline.surveillance.queries.standing import guidance_for
from sightline.surveillance.queries.waiting import waiting_for
from sightline.surveillance.views.level_entering import decision_or_404, proposal_or_404, subject_or_404
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_LEVELS)
def waiting_page(request: HttpRequest) -> HttpResponse:
    """This function will list what waits for the reader: to authorise, to answer, to review, and what has stayed long."""
    today, actor = timezone.localdate(), reader(request)
    waiting = waiting_for(actor, today)
    rows = {
        name: [_proposal_row(one, today) for one in getattr(waiting, name)]
        for name in ("to_decide", "to_answer", "for_others")
    }
    return render(request, "surveillance/levels_waiting.html", {"waiting": waiting, **rows})


@require_safe
@needs(Permission.SEE_LEVELS)
def subject_page(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will show where a subject stands, since when, its clocks, and every level that was set on it."""
    today, actor = timezone.localdate(), reader(request)
    found = subject_or_404(request, subject)
    decisions = queries.decisions_of(actor, today, found)
    system = queries.record_for(actor, today, found, Permission.SEE_LEVELS)
    guidance = guidance_for(system or (decisions[0].system if decisions else ""), today)
    clocks = clocks_of(found, guidance, today)
    newest = decisions[0] if decisions else None
    level = clocks.standing.level
    context = {
        "subject": found,
        "guidance": guidance,
        "tag": present.tag_now(guidance, level.id),
        "level": level,
        "stands": present.standing_words(clocks.standing),
        "clocks": present.clock_lines(clocks, guidance, today),
        "long_stay_is_off": _long_stay_is_off(guidance, level.id),
        "proposals": [_proposal_row(one, today) for one in queries.proposals_of(actor, today, found)],
        "rows": present.decision_rows(decisions, guidance),
        "menus": present.menus(level),
        "lead": process_lead_of(found, today),
        "newest": newest,
        "may_propose": _may_propose(request, found, today),
        "may_review": newest is not None and queries.keeps(actor, today, newest.system) and level.rank > 1,
        "may_call": _may_call(request, found, today),
    }
    return render(request, "surveillance/levels_of_subject.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def proposal_page(request: HttpRequest, proposal: uuid.UUID) -> HttpResponse:
    """This function will show a proposal with all that was said to it, and the answer of the rules beside the buttons."""
    found = proposal_or_404(request, proposal)
    today = timezone.localdate()
    guidance = guidance_for(found.system, today)
    chain = queries.chain_of(found)
    names = _names(found, chain)
    waits = still_open(found)
    is_open = bool(waits)
    standing = standing_dissents(found)
    keeps = queries.keeps(reader(request), today, found.system)
    mine = queries.own_dissents(reader(request), today, standing)
    context = {
        "proposal": found,
        "subject": found.subject,
        "is_open": is_open,
        "closed": waits.words,
        "by": names.get(found.recorded_by, present.UNKNOWN),
        "facts": present.proposal_facts(found, guidance.levels.triggers),
        "answers": present.answer_lines(found.region_answers.all(), names, keeps),
        "dissents": present.dissent_lines(found, standing, mine, keeps),
        "history": present.history_lines(found, chain, names, keeps),
        "chain": chain,
        "hears_concern": queries.hears_concern(reader(request), today, found.concern_id),
        "why_stays": stays(found.knowingly, keeps),
        **_proposal_row(found, today),
        **(_judged_context(request, found, today) if is_open else {}),
        **_allowed(request, found, today, is_open),
    }
    return render(request, "surveillance/level_proposal.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def decision_page(request: HttpRequest, decision: uuid.UUID) -> HttpResponse:
    """This function will show the record of a decision: what, by which office, on which authority, and what was seen."""
    found = decision_or_404(request, decision)
    today, actor = timezone.localdate(), reader(request)
    then = timezone.localdate(found.decided_at)
    guidance = guidance_for(found.system, then)
    names = _decision_names(found)
    keeps = queries.keeps(actor, today, found.system)
    newest = queries.is_newest(found)
    [row] = present.decision_rows([found], guidance_for(found.system, today))
    level, _ = queries.level_in_words(found.pack, found.level_to, then)
    context = {
        "decision": found,
        "subject": found.subject,
        "row": row,
        "decided": present.decided_words(found, names, guidance),
        "authority": next((one for one in guidance.levels.authority.authorities if one.id == found.authority), None),
        "facts": present.proposal_facts(found.proposal, guidance.levels.triggers),
        "remarks": found.remarks.splitlines(),
        "answers": present.answer_lines(found.proposal.region_answers.all(), names, keeps),
        "dissents": present.dissent_lines(found.proposal, standing_dissents(found.proposal), (), keeps),
        "evidence": present.evidence_rows(found),
        "is_unchanged": present.is_unchanged(found),
        "why_stays": stays(found.knowingly, keeps),
        "reviews": present.review_lines(found.reviews.all(), names, explains=keeps),
        "menus": present.menus(level),
        "level": level,
        "may_review": keeps and newest and level is not None and level.rank > 1,
        "is_newest": newest,
    }
    return render(request, "surveillance/level_decision.html", context)


# --- shared by the above


def _proposal_row(proposal: LevelProposal, today: date) -> dict[str, Any]:
    on = timezone.localdate(proposal.recorded_at)
    then = queries.levels_on(proposal.pack, on)
    return {
        "row": proposal,
        "before": present.tag_then(proposal.pack, proposal.level_from, on, then),
        "after": present.tag_then(proposal.pack, proposal.level_to, on, then),
        "days": (today - on).days,
    }


def _judged_context(request: HttpRequest, proposal: LevelProposal, today: date) -> dict[str, Any]:
    """What the rules say: through the reader's own office where they hold one, else what would stop anybody."""
    general = verdict_on(proposal, None, today)
    offices = _own_offices(request, proposal, today)
    mine = [(one, verdict_on(proposal, one, today)) for one in offices]
    best = next((judged for _, judged in mine if judged.verdict), mine[0][1] if mine else general)
    rules = best.guidance.levels
    bodies = queries.bodies_by_code([one.organisation for one in best.move.dissents])
    level = rules.levels.level(proposal.level_to)
    return {
        "judged": best,
        "through": mine[0][0] if mine else None,
        "authority": present.authority_words(best.authority, rules.authority),
        "remarks": present.remark_lines(best.remarks, bodies),
        "level": level,
        "menus": present.menus(level),
        "regions": [one.name for one in queries.regions_to_answer(proposal)],
        "wants_region": any(one.need is Need.REGIONAL_AGREEMENT for one in best.offer.needs) if best.offer else False,
        "offices": offices,
    }


def _own_offices(request: HttpRequest, proposal: LevelProposal, today: date) -> list[Any]:
    if not may(reader(request), Permission.AUTHORISE_LEVEL, today):
        return []
    general = verdict_on(proposal, None, today)
    return [one for one in offices_of(reader(request), today) if could_authorise(general, one)]


def _allowed(request: HttpRequest, proposal: LevelProposal, today: date, is_open: bool) -> dict[str, bool]:
    """Which buttons are offered; each operation asks again."""
    actor = reader(request)
    raises = bool(may(actor, Permission.RAISE_CONCERN, today))
    keeps = queries.keeps(actor, today, proposal.system)
    is_own = proposal.recorded_by == actor.actor_id
    regions = {one.code for one in queries.regions_to_answer(proposal)}
    is_decided = hasattr(proposal, "decision") or hasattr(proposal, "followed_by")
    return {
        "is_own": is_own,
        "may_withdraw": is_open and raises and (is_own or keeps),
        "may_answer": is_open and raises and (keeps or bool(regions & queries.regions_sat_for(actor, today))),
        "may_dissent": is_open and raises and bool(queries.bodies_to_dissent(actor, today, proposal)),
        "may_decline": is_open and not is_own and bool(_own_offices(request, proposal, today)),
        "may_amend": not is_decided and raises and queries.sits_in(actor, today, proposal.system),
    }


def _may_propose(request: HttpRequest, subject: Subject, today: date) -> bool:
    actor = reader(request)
    if not may(actor, Permission.RAISE_CONCERN, today):
        return False
    return queries.record_for(actor, today, subject, Permission.RAISE_CONCERN) is not None


def _may_call(request: HttpRequest, subject: Subject, today: date) -> bool:
    """Whether the reader hears of the subject and keeps the groups on whose record a review of it would be."""
    actor = reader(request)
    if not may(actor, Permission.KEEP_GROUPS, today) or subject_heard(actor, today, subject.pk) is None:
        return False
    system = record_for(actor, today, subject)
    return system is not None and keeps_system(actor, system, today)


def _long_stay_is_off(guidance: Any, level: str) -> str:
    """Why no long stay is counted, where the clock names the level and does not run (LVL-19)."""
    clock = guidance.clocks.clock("long-stay")
    if clock is None or clock.is_on or level not in clock.levels:
        return ""
    return f"No long stay is counted: {clock.says}"


def _names(proposal: LevelProposal, chain: list[LevelProposal]) -> dict[str, str]:
    people = {proposal.recorded_by} | {one.recorded_by for one in chain}
    people |= {one.recorded_by for one in proposal.region_answers.all()}
    ending, decision = getattr(proposal, "ending", None), getattr(proposal, "decision", None)
    people |= {ending.recorded_by} if ending else set()
    people |= {decision.decided_by} if decision else set()
    return names_of(people)


def _decision_names(decision: LevelDecision) -> dict[str, str]:
    people = {decision.decided_by, decision.proposal.recorded_by}
    people |= {one.recorded_by for one in decision.reviews.all()}
    people |= {one.recorded_by for one in decision.proposal.region_answers.all()}
    return names_of(people)
