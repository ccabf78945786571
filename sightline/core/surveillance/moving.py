"""Whether a subject may move from one level to another, what is worth a remark, and which moves are on offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.rulebook.authority import Authority
from sightline.core.rulebook.circumstances import Circumstances, holds
from sightline.core.rulebook.levels import NATIONAL, REGIONAL, Force, Level, Levels, NeedRule, Skip, Trigger, Triggers
from sightline.core.surveillance.authorising import DecidedAs, authority_for, decided_as, may_authorise
from sightline.core.surveillance.facts import History, LevelRules, Move, Standing, SubjectFacts
from sightline.core.surveillance.needing import needs_of, unmet
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused


class RemarkKind(StrEnum):
    """What may be worth a remark though it does not stand in the way."""

    SKIPPED = "skipped"
    OVERRIDDEN = "overridden"
    NOT_GIVEN = "not-given"
    REGION_DISAGREES = "region-disagrees"
    DISSENT = "dissent"
    INVOLVEMENT_OFFERED = "involvement-offered"
    INDICATIVE_START = "indicative-start"
    BACKDATED = "backdated"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to show beside a move; ``trigger`` is the one that is offered."""

    kind: RemarkKind
    says: str
    source: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One move that could be proposed: on whose authority, what it has to carry, and which reasons there are for it."""

    level: Level
    is_rise: bool
    skips: tuple[Level, ...]
    authority: Authority
    needs: tuple[NeedRule, ...]
    triggers: tuple[Trigger, ...]


def may_begin(levels: Levels, thing: str) -> Verdict:
    """This function will refuse what the guidance has replaced, and say what to do instead (FRW-06, FRW-07)."""
    gone = levels.replacement(thing)
    if gone is None:
        return ALLOWED
    now = levels.successor(gone)
    return refused(f"No {gone.name} is begun any more: the {now.name} took its place. {gone.says}", gone.cites)


def may_move(rules: LevelRules, subject: SubjectFacts, history: History, move: Move) -> Verdict:
    """This function will say whether a subject may move, with every reason against (SUR-01 to SUR-10, LVL-05 to LVL-18).

    The same answer greys the button, refuses the form and answers the machine.
    """
    after = rules.levels.level(move.level_to)
    if after is None:
        replaced = may_begin(rules.levels, move.level_to)
        names = ", ".join(one.name for one in rules.levels.levels)
        says = f"There is no level “{move.level_to}” in this guidance. Choose one of: {names}."
        return refused(says) if replaced else replaced
    standing = history.standing(rules, move.effective_on)
    unfit = _stands(subject, move) & _still_so(rules, history, standing, after, move)
    if not unfit:
        return unfit
    return (
        _authorised(rules, subject, standing.level, after, move)
        & _carries(rules, subject, standing.level, after, move)
        & _may_skip(rules, standing.level, after, move)
    )


def remarks(rules: LevelRules, subject: SubjectFacts, history: History, move: Move) -> tuple[Remark, ...]:
    """This function will give what is worth showing beside a move, whether or not it is allowed (LVL-18, LVL-20, LVL-21)."""
    after = rules.levels.level(move.level_to)
    if after is None:
        return ()
    standing = history.standing(rules, move.effective_on)
    return (
        *_about_the_way(rules, standing, after, move),
        *_about_authority(rules, subject, standing.level, after, move),
        *_about_what_is_missing(rules, subject, standing.level, after, move),
        *(_offered(rules, subject, move) if after.rank > standing.level.rank else ()),
    )


def moves_offered(rules: LevelRules, subject: SubjectFacts, history: History, on: date) -> tuple[Offer, ...]:
    """This function will give every move that could be proposed on a day, the mildest level first."""
    if subject.has_ended(on):
        return ()
    before = history.standing(rules, on).level
    found = []
    for after in rules.levels.levels:
        authority = authority_for(rules, subject, before, after)
        skips = _between(rules, before, after)
        is_barred = after.rank > before.rank and bool(skips) and rules.levels.skipping.rule is Skip.NEVER
        if after.id != before.id and authority is not None and not is_barred:
            needs = needs_of(rules, subject, before, after)
            is_rise = after.rank > before.rank
            found.append(Offer(after, is_rise, skips, authority, needs, rules.triggers.of(after.id) if is_rise else ()))
    return tuple(found)


def triggers_offered(triggers: Triggers, case: Circumstances, of: str = REGIONAL) -> tuple[Trigger, ...]:
    """This function will give the triggers that a case itself suggests, of regional involvement if not said (LVL-20, RSK-07)."""
    return tuple(one for one in triggers.of(of) if one.when is not None and holds(one.when, case))


def decision_of(rules: LevelRules, subject: SubjectFacts, history: History, move: Move) -> DecidedAs | None:
    """This function will say whose decision an allowed move is, for its record (LVL-08); nothing where nobody could."""
    after = rules.levels.level(move.level_to)
    before = history.standing(rules, move.effective_on).level
    authority = authority_for(rules, subject, before, after) if after else None
    return decided_as(authority, rules.authority.decided_by.mode, move) if authority else None


# --- what stands in the way


def _stands(subject: SubjectFacts, move: Move) -> Verdict:
    if not subject.has_ended(move.effective_on):
        return ALLOWED
    heirs = " and ".join(subject.successors)
    mend = f"Set the level on what followed it: {heirs}." if heirs else "Choose a subject that exists on that day."
    return refused(f"{subject.name} no longer exists on the day on which this takes effect. {mend}")


def _still_so(rules: LevelRules, history: History, standing: Standing, after: Level, move: Move) -> Verdict:
    later = [one for one in history.dated if one.since > move.effective_on]
    if later:
        return refused("A level was set for a later day already. Look again, and choose a day after it.")
    if standing.level.id != move.level_from:
        return refused(
            f"Meanwhile it stands at {standing.level.name}, and this move begins elsewhere. Somebody else was quicker: "
            "look again at what was decided."
        )
    is_confirmed = standing.is_indicative and after.id != rules.levels.lowest.id
    if after.id == standing.level.id and not is_confirmed:
        return refused(f"It stands at {after.name} already. To keep it there, record a review.")
    return ALLOWED


def _authorised(rules: LevelRules, subject: SubjectFacts, before: Level, after: Level, move: Move) -> Verdict:
    authority = authority_for(rules, subject, before, after)
    if authority is None:
        return refused(f"The guidance names nobody who authorises {after.name} here. Complete “Who authorises” first.")
    return may_authorise(rules, subject, authority, move)


def _carries(rules: LevelRules, subject: SubjectFacts, before: Level, after: Level, move: Move) -> Verdict:
    strict = (one for one in unmet(rules, subject, move, before, after) if one.force is Force.MUST)
    return Verdict(tuple(Reason(one.says, one.cites) for one in strict))


def _may_skip(rules: LevelRules, before: Level, after: Level, move: Move) -> Verdict:
    skipping = rules.levels.skipping
    if after.rank <= before.rank or not _between(rules, before, after):
        return ALLOWED
    match skipping.rule:
        case Skip.FREE:
            return ALLOWED
        case Skip.TO_PROTECT:
            return ALLOWED if move.people_need_protection else refused(skipping.says, skipping.cites)
        case Skip.NEVER:
            return refused(skipping.says, skipping.cites)


def _between(rules: LevelRules, one: Level, other: Level) -> tuple[Level, ...]:
    low, high = sorted((one.rank, other.rank))
    return tuple(level for level in rules.levels.levels if low < level.rank < high)


# --- what is worth a remark


def _about_the_way(rules: LevelRules, standing: Standing, after: Level, move: Move) -> Iterator[Remark]:
    skipping = rules.levels.skipping
    if skipping.rule is not Skip.FREE and (skipped := _between(rules, standing.level, after)):
        names = ", ".join(one.name for one in skipped)
        yield Remark(RemarkKind.SKIPPED, f"A level is skipped: {names}.", skipping.cites)
    if standing.is_indicative:
        says = f"The level before was set under earlier guidance. {standing.level.name} comes nearest, which is indicative."
        yield Remark(RemarkKind.INDICATIVE_START, says)
    if move.effective_on < move.decided_on:
        yield Remark(RemarkKind.BACKDATED, "It takes effect before the day on which it is decided.")


def _about_authority(
    rules: LevelRules, subject: SubjectFacts, before: Level, after: Level, move: Move
) -> Iterator[Remark]:
    authority = authority_for(rules, subject, before, after)
    if authority and move.authorised_by and decided_as(authority, rules.authority.decided_by.mode, move).is_override:
        yield Remark(RemarkKind.OVERRIDDEN, "Somebody other than the usual authority authorises it.", authority.cites)
    if move.regional_agreement is not None and not move.regional_agreement.is_agreed:
        yield Remark(RemarkKind.REGION_DISAGREES, "The region does not agree to it.", after.cites)
    for one in move.dissents:
        what = "The holder of a statutory responsibility dissents" if one.is_statutory_holder else "A member dissents"
        yield Remark(RemarkKind.DISSENT, f"{what}: {one.organisation}.")


def _about_what_is_missing(
    rules: LevelRules, subject: SubjectFacts, before: Level, after: Level, move: Move
) -> Iterator[Remark]:
    for one in unmet(rules, subject, move, before, after):
        if one.force is Force.SHOULD:
            yield Remark(RemarkKind.NOT_GIVEN, one.says, one.cites)


def _offered(rules: LevelRules, subject: SubjectFacts, move: Move) -> Iterator[Remark]:
    for tier in (REGIONAL, NATIONAL):
        for one in triggers_offered(rules.triggers, subject.case, tier):
            if one.id not in move.triggers:
                yield Remark(RemarkKind.INVOLVEMENT_OFFERED, one.says, one.cites, one.id)
