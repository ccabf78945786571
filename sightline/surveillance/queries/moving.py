"""A proposal as a move for the rules, and what they say to it: the one answer for page, form and operation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta

from sightline.accounts.queries import names_of
from sightline.core.access import Actor
from sightline.core.rulebook.authority import Authority
from sightline.core.rulebook.circumstances import Circumstances, Commissioner, Severity
from sightline.core.rulebook.levels import Force, NeedRule, Slot
from sightline.core.surveillance.authorising import DecidedAs, authority_for
from sightline.core.surveillance.facts import (
    Authoriser,
    Dissent,
    History,
    Move,
    RegionalAgreement,
    Standing,
    SubjectFacts,
)
from sightline.core.surveillance.moving import Offer, Remark, RemarkKind, decision_of, may_move, moves_offered, remarks
from sightline.core.surveillance.needing import unmet
from sightline.core.verdict import ALLOWED, Verdict, refused
from sightline.directory.models import Subject
from sightline.groups.models import Office
from sightline.profiles.models import OtherProcess, Profile
from sightline.surveillance.models import Concern, ConcernStatement, LevelDecision, LevelProposal
from sightline.surveillance.models import Dissent as DissentRow
from sightline.surveillance.moves_given import MoveGiven
from sightline.surveillance.queries.facts import case_of, subject_facts
from sightline.surveillance.queries.standing import Guidance, guidance_for, history_of
from sightline.surveillance.words import Ending
from sightline.web.wording import moment

_REGIONS = frozenset({Slot.NHS_ENGLAND_REGION})
_ANYWHERE = frozenset({Slot.NHS_ENGLAND_NATION})


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say to a move, and everything from which they said it."""

    guidance: Guidance
    facts: SubjectFacts
    history: History
    standing: Standing
    move: Move
    verdict: Verdict
    remarks: tuple[Remark, ...]
    authority: Authority | None
    offer: Offer | None
    decided: DecidedAs | None

    @property
    def not_given(self) -> tuple[NeedRule, ...]:
        """This function will give what the move must or should carry and does not, the strictest first."""
        after = self.guidance.levels.levels.level(self.move.level_to)
        if after is None:
            return ()
        found = unmet(self.guidance.levels, self.facts, self.move, self.standing.level, after)
        return tuple(sorted(found, key=lambda one: list(Force).index(one.force)))


def newest_statement(concern: Concern | None) -> ConcernStatement | None:
    """This function will give what was said last of a concern."""
    return concern.statements.order_by("-number").first() if concern else None


def facts_for(subject: Subject, system: str, concern: Concern | None, on: date) -> SubjectFacts:
    """This function will gather a subject as the rules see it today, with what is said of its concern."""
    return subject_facts(subject, case_of(subject, on, system, newest_statement(concern)), on)


def case_text(case: Circumstances) -> str:
    """This function will write down the circumstances, so that a record keeps what the rules saw."""
    return json.dumps(asdict(case), ensure_ascii=False, sort_keys=True)


def case_from(text: str) -> Circumstances:
    """This function will read circumstances that were written down; what they do not say is as plain as can be."""
    known = {one.name for one in fields(Circumstances)}
    told = {name: value for name, value in json.loads(text or "{}").items() if name in known}
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    if "commissioned_by" in told:
        told["commissioned_by"] = Commissioner(told["commissioned_by"])
    if "severity" in told:
        told["severity"] = Severity(told["severity"])
    return Circumstances(**told)


def authoriser_of(office: Office) -> Authoriser:
    """This function will give the holder of an office as the rules know whoever authorises."""
    ends = office.ends_on
    return Authoriser(
        person=office.person.actor_id,
        slot=Slot(office.slot),
        organisation=office.organisation.code,
        held_from=office.valid_from,
        held_to=ends - timedelta(days=1) if ends else None,
    )


def still_open(proposal: LevelProposal) -> Verdict:
    """This function will say whether a proposal still waits to be decided, and what to look at where it does not."""
    ending, decision = getattr(proposal, "ending", None), getattr(proposal, "decision", None)
    if decision is not None:
        return refused(f"{who_decided(decision)} Look at what was decided.")
    if ending is not None:
        how = {Ending.WITHDRAWN: "withdrawn", Ending.DECLINED: "declined"}[Ending(ending.how)]
        return refused(f"This proposal was {how}. Propose anew where a level is still needed.")
    if hasattr(proposal, "followed_by"):
        return refused("Another proposal took the place of this one. Look at that instead.")
    return ALLOWED


def who_decided(decision: LevelDecision) -> str:
    """This function will say who decided and when, for whoever comes second."""
    who = names_of([decision.decided_by]).get(decision.decided_by, "Somebody else")
    return f"{who} decided at {moment(decision.decided_at)}."


def verdict_on(proposal: LevelProposal, office: Office | None, on: date, override_reason: str = "") -> Judged:
    """This function will say whether a proposal may be decided on a day by the holder of an office (LVL-05 to LVL-18).

    Without an office it says what would stand in the way of anybody who has the authority.
    """
    facts = facts_for(proposal.subject, proposal.system, proposal.concern, on)
    guidance = guidance_for(proposal.system, on)
    history = history_of(proposal.subject_id)
    move = move_of(proposal, on, authoriser_of(office) if office else None, override_reason)
    found = _judged(guidance, facts, history, move if office else _by_anybody(guidance, facts, history, move))
    return replace(
        found,
        verdict=still_open(proposal)
        & _same_guidance(proposal, guidance)
        & found.verdict
        & _not_overtaken(proposal, found.standing),
    )


def verdict_on_given(
    subject: Subject, system: str, concern: Concern | None, given: MoveGiven, by: Actor, on: date
) -> Judged:
    """This function will say what is missing in a move before it is proposed; what the region and others say comes later."""
    facts = facts_for(subject, system, concern, on)
    guidance = guidance_for(system, on)
    history = history_of(subject.pk)
    move = _given_move(guidance, history, given, by, on)
    return _judged(guidance, facts, history, _by_anybody(guidance, facts, history, move))


def offers_for(
    subject: Subject, system: str, concern: Concern | None, on: date
) -> tuple[Guidance, SubjectFacts, Standing, tuple[Offer, ...]]:
    """This function will give where a subject stands and every move that could be proposed for it."""
    guidance, facts = guidance_for(system, on), facts_for(subject, system, concern, on)
    history = history_of(subject.pk)
    return guidance, facts, history.standing(guidance.levels, on), moves_offered(guidance.levels, facts, history, on)


def move_of(proposal: LevelProposal, on: date, authoriser: Authoriser | None, override_reason: str = "") -> Move:
    """This function will put a proposal, what regions said to it and who dissents into the shape of the rules."""
    return Move(
        level_from=proposal.level_from,
        level_to=proposal.level_to,
        proposed_by=proposal.recorded_by,
        authorised_by=(authoriser,) if authoriser else (),
        decided_on=on,
        effective_on=proposal.effective_on,
        reason=proposal.reason,
        triggers=tuple(proposal.triggers.split()),
        risk_profile=risk_words(proposal.profile, proposal.other_process),
        why_not_closer=proposal.why_not_closer,
        conflict_check=proposal.conflict_check,
        group_view=proposal.group_view,
        regional_agreement=_agreement(proposal),
        options_exhausted=proposal.options_exhausted,
        people_need_protection=proposal.people_need_protection,
        plan=proposal.plan,
        follow_up_person=proposal.follow_up_person,
        actions=tuple(proposal.actions.splitlines()),
        next_review_on=proposal.next_review_on,
        exit_evidence=proposal.exit_evidence,
        override_reason=override_reason,
        dissents=tuple(
            Dissent(one.organisation.name, one.reasons, one.commits_to, one.is_statutory_holder)
            for one in standing_dissents(proposal)
        ),
    )


def standing_dissents(proposal: LevelProposal) -> list[DissentRow]:
    """This function will give the dissents that stand (QSG 2017 ¶132).

    One from an earlier form of the same proposal stands as well: whoever proposes anew does not thereby outvote
    anybody (REC-07).
    """
    chain = [proposal]
    while (before := chain[-1].follows) is not None:
        chain.append(before)
    same = [one.pk for one in chain if one.level_to == proposal.level_to]
    rows = DissentRow.objects.filter(proposal__in=same, withdrawal=None)
    return list(rows.select_related("organisation").order_by("recorded_at", "pk"))


def risk_words(profile: Profile | None, other: OtherProcess | None) -> str:
    """This function will say on which assessment of risk a move rests (RSK-09)."""
    found = []
    if profile is not None:
        found.append(f"Structured risk profile begun on {profile.started_at:%Y-%m-%d}")
    if other is not None:
        found.append(f"{other.name}, held on {other.held_on:%Y-%m-%d}")
    return "; ".join(found)


def remark_words(remark: Remark, bodies: Mapping[str, str]) -> str:
    """This function will write a remark of the rules so that it stands by itself, bodies by their names."""
    says = remark.says
    for code, name in bodies.items():
        says = says.replace(f": {code}.", f": {name}.")
    if remark.kind is RemarkKind.INVOLVEMENT_OFFERED:
        return f"A reason for others to be involved, which the case suggests and the proposal does not name: {says}"
    return says


def could_authorise(judged: Judged, office: Office) -> bool:
    """This function will say whether an office is among those that authorise a move, with a reason or without."""
    if judged.authority is None:
        return False
    return fits(judged.authority, judged.facts, Slot(office.slot), office.organisation.code)


def fits(authority: Authority, facts: SubjectFacts, slot: Slot, organisation: str) -> bool:
    """This function will say whether a role of a body is one of those that authorise, with a reason or without."""
    if slot not in {*authority.slots, *authority.override} or organisation == facts.organisation:
        return False
    bodies = _bodies(facts, slot, is_override=slot in authority.override)
    return not bodies or organisation in bodies


def _judged(guidance: Guidance, facts: SubjectFacts, history: History, move: Move) -> Judged:
    rules = guidance.levels
    after = rules.levels.level(move.level_to)
    standing = history.standing(rules, move.effective_on)
    offered = moves_offered(rules, facts, history, move.effective_on)
    return Judged(
        guidance=guidance,
        facts=facts,
        history=history,
        standing=standing,
        move=move,
        verdict=may_move(rules, facts, history, move),
        remarks=remarks(rules, facts, history, move),
        authority=authority_for(rules, facts, standing.level, after) if after else None,
        offer=next((one for one in offered if one.level.id == move.level_to), None),
        decided=decision_of(rules, facts, history, move),
    )


def _by_anybody(guidance: Guidance, facts: SubjectFacts, history: History, move: Move) -> Move:
    """The move as though somebody with the usual authority stood behind it."""
    rules = guidance.levels
    after = rules.levels.level(move.level_to)
    standing = history.standing(rules, move.effective_on)
    authority = authority_for(rules, facts, standing.level, after) if after else None
    if authority is None:
        return move
    slot = authority.slots[0]
    body = next(iter(sorted(_bodies(facts, slot, is_override=False) - {facts.organisation})), "")
    return replace(move, authorised_by=(Authoriser("", slot, body, move.decided_on),))


def _bodies(facts: SubjectFacts, slot: Slot, *, is_override: bool) -> set[str]:
    """The bodies for which a role may speak in a case; none where the directory does not know, or any may."""
    case = facts.case
    if slot in _REGIONS:
        return set(case.regions)
    if slot in _ANYWHERE or slot not in _COMMISSIONING:
        return set()
    found = set(case.commissioners or case.systems) | {facts.process_lead} - {""}
    return found | set(case.systems) if is_override else found


_COMMISSIONING = frozenset({Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE, Slot.LOCAL_AUTHORITY})


def _given_move(guidance: Guidance, history: History, given: MoveGiven, by: Actor, on: date) -> Move:
    here = history.standing(guidance.levels, given.effective_on).level.id
    return Move(
        level_from=given.level_from or here,
        level_to=given.level_to,
        proposed_by=by.actor_id,
        authorised_by=(),
        decided_on=max(on, given.effective_on),
        effective_on=given.effective_on,
        reason=given.reason,
        triggers=given.triggers,
        risk_profile="linked" if given.profile or given.other_process else "",
        why_not_closer=given.why_not_closer,
        conflict_check=given.conflict_check,
        group_view=given.group_view,
        regional_agreement=RegionalAgreement(True, "", on),  # it is asked once the proposal is there
        options_exhausted=given.options_exhausted,
        people_need_protection=given.people_need_protection,
        plan=given.plan,
        follow_up_person=given.follow_up_person,
        actions=given.actions,
        next_review_on=given.next_review_on,
        exit_evidence=given.exit_evidence,
    )


def _agreement(proposal: LevelProposal) -> RegionalAgreement | None:
    """What the regions said: the newest answer of each counts, and one that disagrees is enough not to agree."""
    newest = {one.organisation_id: one for one in proposal.region_answers.all()}
    if not newest:
        return None
    says = sorted(newest.values(), key=lambda one: (one.is_agreed, one.said_on))[0]
    return RegionalAgreement(_all_agree(newest.values()), says.said_by or says.recorded_by, says.said_on)


def _all_agree(answers: Iterable[object]) -> bool:
    return all(getattr(one, "is_agreed", False) for one in answers)


def _not_overtaken(proposal: LevelProposal, standing: Standing) -> Verdict:
    """Beside the rule's own words, who set another level on the same subject since this one was proposed, and when."""
    if standing.level.id == proposal.level_from:
        return ALLOWED
    rows = LevelDecision.objects.filter(subject=proposal.subject_id, system=proposal.system)
    since = rows.filter(decided_at__gte=proposal.recorded_at).exclude(proposal=proposal).order_by("number").last()
    return refused(who_decided(since)) if since else ALLOWED


def _same_guidance(proposal: LevelProposal, guidance: Guidance) -> Verdict:
    if proposal.pack == guidance.pack:
        return ALLOWED
    return refused(f"The group has since begun to work by {guidance.name}. Propose the level anew, in its words.")
