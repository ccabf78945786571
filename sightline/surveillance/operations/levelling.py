"""Levels: what is proposed, withdrawn and declined, what somebody with the authority decides, and its reviews."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.surveillance.moving import may_begin
from sightline.core.verdict import Already, Invalid, Refused, Verdict, demand, refused
from sightline.directory.models import Subject
from sightline.groups.models import Office
from sightline.profiles.models import OtherProcess, Profile
from sightline.surveillance.giving import Overtaken
from sightline.surveillance.models import (
    Concern,
    FrozenEvidence,
    LevelDecision,
    LevelProposal,
    LevelReview,
    ProposalEnding,
)
from sightline.surveillance.moves_given import MoveGiven
from sightline.surveillance.operations._freezing import frozen_evidence, sha256_of, snapshot_of
from sightline.surveillance.operations._moving import (
    NOT_YOURS,
    bring_to_those_asked,
    demand_hears,
    demand_keeper,
    demand_sits,
    held_office,
    next_number,
    seen_proposal,
    write_reach,
)
from sightline.surveillance.queries.levels import assessments_of, is_newest
from sightline.surveillance.queries.moving import (
    Judged,
    case_text,
    could_authorise,
    remark_words,
    standing_dissents,
    verdict_on,
    verdict_on_given,
    who_decided,
)
from sightline.surveillance.words import Ending

MEANWHILE = "Somebody else decided at the same moment."
LOOK_AGAIN = "Look again at what was decided."
_TEXTS = (
    "reason", "why_not_closer", "conflict_check", "group_view", "options_exhausted", "plan", "follow_up_person",
    "exit_evidence",
)  # fmt: skip
_AS_GIVEN = ("effective_on", "group_met_on", "people_need_protection", "next_review_on")


@operation(Permission.RAISE_CONCERN, on="result")
def propose_level(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    system: str,
    concern: Concern | None,
    given: MoveGiven,
    form_key: UUID,
    follows: LevelProposal | None = None,
) -> LevelProposal:
    """This function will propose a level for a subject, for somebody with the authority to decide (LVL-16, SUR-02).

    What is missing does not stop a proposal, and is told to whoever decides. Raises Refused where the guidance knows no
    such level any more and says what took its place (FRW-07), where the subject is no more, and where the proposer does
    not hear of it; Invalid where words hold what looks like personal data and nothing says why.
    """
    today = timezone.localdate(at)
    demand_sits(by, today, system)
    demand_hears(by, today, subject)
    if LevelProposal.objects.filter(form_key=form_key).exists():
        raise Already("This was proposed already.")
    earlier = _followed(by, today, follows, subject, system)
    judged = verdict_on_given(subject, system, concern, given, by, today)
    demand(_may_be_proposed(judged, subject, system, concern))
    made = LevelProposal.objects.create(
        subject=subject,
        system=system,
        concern=concern,
        follows=earlier,
        pack=judged.guidance.pack,
        rules_version=judged.guidance.version,
        level_from=judged.move.level_from,
        level_to=given.level_to,
        case=case_text(judged.facts.case),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
        knowingly=why_it_stays(given.words(), given.knowingly),
        **_columns(given, judged, by, subject, today),
    )
    write_reach(made, system, today)
    bring_to_those_asked(made, judged, at, today)
    return made


@operation(Permission.RAISE_CONCERN, on="proposal")
def withdraw_proposal(
    *, by: Actor, at: datetime, proposal: LevelProposal, because: str, knowingly: str = ""
) -> ProposalEnding:
    """This function will take a proposal back; whoever made it may, or whoever keeps the record of the group."""
    today = timezone.localdate(at)
    seen = seen_proposal(by, today, proposal)
    if seen.recorded_by != by.actor_id:
        demand_keeper(by, today, seen.system)
    return _ended(seen, Ending.WITHDRAWN, because, knowingly, by, at)


@operation(Permission.AUTHORISE_LEVEL, on="proposal")
def decline_proposal(
    *, by: Actor, at: datetime, proposal: LevelProposal, office: Office, because: str, knowingly: str = ""
) -> ProposalEnding:
    """This function will decline a proposal for an office that could authorise it, and say what is needed (SUR-12)."""
    today = timezone.localdate(at)
    seen = seen_proposal(by, today, proposal)
    held = held_office(by, office)
    demand(_may_decline(verdict_on(seen, None, today), held, seen, by, today))
    return _ended(seen, Ending.DECLINED, because, knowingly, by, at)


@operation(Permission.AUTHORISE_LEVEL, on="result")
def decide_level(
    *,
    by: Actor,
    at: datetime,
    proposal: LevelProposal,
    office: Office,
    because: str,
    override_reason: str = "",
    knowingly: str = "",
) -> LevelDecision:
    """This function will set the level that was proposed, on the authority of an office (LVL-05 to LVL-08, PER-15).

    The rules are asked on the day, with what the regions answered and who dissents by then. What was seen is kept as
    one text with its hash, and each piece of evidence as it stood. Raises Refused with every reason against; Overtaken
    where somebody else decided at the same moment.
    """
    today = timezone.localdate(at)
    seen = seen_proposal(by, today, proposal)
    held = held_office(by, office)
    judged = verdict_on(seen, held, today, override_reason)
    demand(judged.verdict)
    stays = why_it_stays([because, override_reason], knowingly)
    decided, authority = judged.decided, judged.authority
    assert decided is not None and authority is not None, "an allowed move has its authority"
    evidence = frozen_evidence(seen)
    snapshot = snapshot_of(seen, judged, held, evidence, today)
    row = LevelDecision(
        proposal=seen,
        subject=seen.subject,
        system=seen.system,
        number=next_number(seen.subject),
        pack=judged.guidance.pack,
        rules_version=judged.guidance.version,
        level_from=judged.standing.level.id,
        level_to=seen.level_to,
        effective_on=seen.effective_on,
        next_review_on=seen.next_review_on,
        office=held,
        slot=held.slot,
        authority=authority.id,
        is_override=decided.is_override,
        override_reason=override_reason.strip() if decided.is_override else "",
        because=because.strip(),
        knowingly=stays,
        remarks=_remarked(judged, seen),
        snapshot=snapshot,
        snapshot_sha256=sha256_of(snapshot),
        decided_at=at,
        decided_by=by.actor_id,
    )
    _save_first(row)
    for one in evidence:
        one.decision = row
    FrozenEvidence.objects.bulk_create(evidence)
    return row


@operation(Permission.RAISE_CONCERN, on="decision")
def review_level(
    *,
    by: Actor,
    at: datetime,
    decision: LevelDecision,
    next_review_on: date | None,
    because: str,
    knowingly: str = "",
) -> LevelReview:
    """This function will record that a level stays as it is, why, and when it is looked at again (SUR-07, SUR-10).

    Those who keep the record review it, and the rationale is what the region is told after a long stay.
    """
    today = timezone.localdate(at)
    list(Subject.objects.select_for_update().filter(pk=decision.subject_id))
    seen = LevelDecision.objects.visible_to(by, today).filter(pk=decision.pk).first()
    if seen is None:
        raise Refused(NOT_YOURS)
    demand_keeper(by, today, seen.system)
    if not is_newest(seen):
        raise Overtaken("Another level was set since. Review that one.")
    if next_review_on is not None and next_review_on <= today:
        raise Invalid("The next review lies ahead: give a day after today.")
    if LevelReview.objects.filter(
        decision=seen, reviewed_on=today, because=because.strip(), next_review_on=next_review_on
    ).exists():
        raise Already("This review is on record already.")
    return LevelReview.objects.create(
        decision=seen,
        reviewed_on=today,
        because=because.strip(),
        next_review_on=next_review_on,
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- shared by the above


def _followed(
    by: Actor, on: date, follows: LevelProposal | None, subject: Subject, system: str
) -> LevelProposal | None:
    """The proposal that gives way to a new one. One that was declined or withdrawn may be made anew as well."""
    if follows is None:
        return None
    found = LevelProposal.objects.visible_to(by, on).filter(pk=follows.pk).select_related("decision", "followed_by")
    one = found.first()
    if one is None or one.subject_id != subject.pk or one.system != system:
        raise Refused(NOT_YOURS)
    if hasattr(one, "decision"):
        raise Overtaken(f"{who_decided(one.decision)} {LOOK_AGAIN}")
    if hasattr(one, "followed_by"):
        raise Overtaken("Another proposal took the place of that one already. Look at it first.")
    return one


def _may_be_proposed(judged: Judged, subject: Subject, system: str, concern: Concern | None) -> Verdict:
    levels = judged.guidance.levels.levels
    level = levels.level(judged.move.level_to)
    if level is None:
        replaced = may_begin(levels, judged.move.level_to)
        return judged.verdict if replaced else replaced
    if judged.facts.has_ended(judged.move.effective_on):
        return judged.verdict
    if judged.move.level_from != judged.standing.level.id:
        return refused(
            "It stands at another level by now than when you began. Look at where it stands, and begin anew."
        )
    if judged.standing.level.id == level.id and not (judged.standing.is_indicative and level.id != levels.lowest.id):
        return refused(f"It stands at {level.name} already. To keep it there, record a review.")
    if concern is not None and (concern.subject_id != subject.pk or concern.system != system):
        return refused("This concern is about something else. Choose one about this subject.")
    return Verdict()


def _columns(
    given: MoveGiven, judged: Judged, by: Actor, subject: Subject, on: date
) -> dict[str, str | date | bool | Profile | OtherProcess | None]:
    """The fields of a proposal as they were given; only triggers that the guidance names are kept."""
    known = judged.guidance.levels.triggers
    texts: dict[str, str | date | bool | Profile | OtherProcess | None] = {
        name: getattr(given, name).strip() for name in _TEXTS
    }
    profiles, others = assessments_of(by, on, subject)
    profile = next((one for one in profiles if one.pk == given.profile), None)
    other = next((one for one in others if one.pk == given.other_process), None)
    if (given.profile and profile is None) or (given.other_process and other is None):
        raise Invalid("That assessment of risk is not there. Choose one from the list.")
    if strange := [one for one in given.triggers if known.trigger(one) is None]:
        raise Invalid(f"The guidance knows no trigger “{strange[0]}”. Choose from the list.")
    return texts | {name: getattr(given, name) for name in _AS_GIVEN} | {
        "triggers": "\n".join(given.triggers),
        "actions": "\n".join(one.strip() for one in given.actions if one.strip()),
        "profile": profile,
        "other_process": other,
    }  # fmt: skip


def _may_decline(judged: Judged, office: Office, proposal: LevelProposal, by: Actor, on: date) -> Verdict:
    verdict = Verdict()
    if not could_authorise(judged, office):
        cites = judged.authority.cites if judged.authority else ""
        verdict &= refused("Only an office that could authorise this level may decline it.", cites)
    ends = office.ends_on
    if office.valid_from > on or (ends is not None and ends <= on):
        verdict &= refused("This office is not held today. Ask whoever holds it now.")
    if proposal.recorded_by == by.actor_id:
        verdict &= refused("You proposed this yourself. Withdraw it instead.", "PER-15")
    return verdict


def _ended(
    proposal: LevelProposal, how: Ending, because: str, knowingly: str, by: Actor, at: datetime
) -> ProposalEnding:
    return ProposalEnding.objects.create(
        proposal=proposal,
        how=how.value,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _remarked(judged: Judged, proposal: LevelProposal) -> str:
    bodies = {one.organisation.code: one.organisation.name for one in standing_dissents(proposal)}
    said = [(remark_words(one, bodies), one.source) for one in judged.remarks]
    return "\n".join(f"{says} ({source})" if source else says for says, source in said)


def _save_first(row: LevelDecision) -> None:
    """Of two who decide at one moment the database lets one through; the other is told, and nothing of theirs is kept."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as problem:
        rows = LevelDecision.objects.filter(subject=row.subject_id, system=row.system)
        first = rows.order_by("number").last()
        raise Overtaken(who_decided(first) if first else MEANWHILE, LOOK_AGAIN) from problem
