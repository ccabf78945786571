"""What a move has to carry, and whether it does; each rule and its words come from the guidance in force."""

from __future__ import annotations

from collections.abc import Iterator

from sightline.core.rulebook.circumstances import holds
from sightline.core.rulebook.levels import Force, Level, Need, NeedRule, When
from sightline.core.surveillance.facts import LevelRules, Move, SubjectFacts


def needs_of(rules: LevelRules, subject: SubjectFacts, before: Level, after: Level) -> tuple[NeedRule, ...]:
    """This function will give every rule that a move from one level to another has to meet (LVL-16, LVL-17, SUR-02)."""
    into = {When.ENTERING, When.RISING} if after.rank > before.rank else {When.ENTERING}
    out_of = {When.FALLING} if after.rank < before.rank else set()
    asked = [one for one in rules.levels.every_move if one.way in into | out_of]
    asked += [one for one in after.needs if one.way in into]
    asked += [one for one in before.needs if one.way in out_of]
    return tuple(one for one in asked if holds(one.when, subject.case))


def unmet(rules: LevelRules, subject: SubjectFacts, move: Move, before: Level, after: Level) -> Iterator[NeedRule]:
    """This function will give each rule that a move does not meet; one said twice counts by its strongest.

    Among them: why not closer to care (LVL-11), options exhausted (LVL-10), a robust assessment of risk (RSK-09), and
    that whoever proposes is not the only one to authorise (PER-15).
    """
    missing = [one for one in needs_of(rules, subject, before, after) if not _is_met(one.need, rules, subject, move)]
    for place, one in enumerate(missing):
        others = [other for number, other in enumerate(missing) if other.need is one.need and number != place]
        if not any(_weight(other) < _weight(one) for other in others):
            yield one


def _weight(rule: NeedRule) -> int:
    return list(Force).index(rule.force)


def _is_met(need: Need, rules: LevelRules, subject: SubjectFacts, move: Move) -> bool:
    match need:
        case Need.TRIGGER:
            offered = {one.id for one in rules.triggers.of(move.level_to)}
            return any(one in offered for one in move.triggers)
        case Need.REGIONAL_AGREEMENT:
            return move.regional_agreement is not None
        case Need.PROCESS_LEAD:
            return bool(subject.process_lead)
        case Need.OPTIONS_EXHAUSTED:
            return move.people_need_protection or bool(move.options_exhausted.strip())
        case Need.NEXT_REVIEW:
            return move.next_review_on is not None and move.next_review_on > move.effective_on
        case Need.ACTION:
            return any(action.strip() for action in move.actions)
        case Need.SECOND_PERSON:
            return any(one.person != move.proposed_by for one in move.authorised_by)
        case Need.NO_STATUTORY_OBJECTION:
            return not any(one.is_statutory_holder for one in move.dissents)
        case Need.REASONS_OF_DISSENT:
            return all(one.reasons.strip() for one in move.dissents)
        case _:
            return bool(_words(need, move).strip())


def _words(need: Need, move: Move) -> str:
    """What the move says to a need that is met by words."""
    return {
        Need.REASON: move.reason,
        Need.RISK_PROFILE: move.risk_profile,
        Need.CLOSEST_TO_CARE: move.why_not_closer,
        Need.CONFLICT_CHECK: move.conflict_check,
        Need.GROUP_VIEW: move.group_view,
        Need.PLAN: move.plan,
        Need.FOLLOW_UP_PERSON: move.follow_up_person,
        Need.EXIT_EVIDENCE: move.exit_evidence,
    }[need]
