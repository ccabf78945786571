"""Every self-check of a register by its id: of a risk that is kept, of one that is closed, and of the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sightline.core.risks.checks import closing, doing, keeping, scores, standing, whole
from sightline.core.risks.facts import RiskFacts
from sightline.core.risks.looking import Found, Register
from sightline.core.rulebook.selfchecks import Check, CheckRule

OfRisk = Callable[[RiskFacts, CheckRule, Register], Found | None]
OfRegister = Callable[[CheckRule, Register], Iterator[whole.About]]

KEPT: Mapping[Check, OfRisk] = MappingProxyType(
    {
        Check.NO_OWNER: keeping.no_owner,
        Check.OWNER_LEFT: keeping.owner_left,
        Check.NO_ACCOUNTABLE_BODY: keeping.no_accountable_body,
        Check.ACCOUNTABLE_BODY_CLOSED: keeping.accountable_body_closed,
        Check.GROUP_ACCOUNTABLE: keeping.group_accountable,
        Check.NO_SHARED_OWNER: keeping.no_shared_owner,
        Check.NO_CAUSE_EVENT_EFFECT: keeping.no_cause_event_effect,
        Check.EFFECT_SAME_AS_CAUSE: keeping.effect_same_as_cause,
        Check.NO_REVIEW_DATE: keeping.no_review_date,
        Check.NEVER_REVIEWED: keeping.never_reviewed,
        Check.REVIEW_OVERDUE: keeping.review_overdue,
        Check.REVIEW_TOO_FAR: keeping.review_too_far,
        Check.NOT_SCORED: scores.not_scored,
        Check.SCORE_WITHOUT_RATIONALE: scores.score_without_rationale,
        Check.ABOVE_INITIAL_WITHOUT_REASON: scores.above_initial_without_reason,
        Check.UNCHANGED_WHILE_WORSENING: scores.unchanged_while_worsening,
        Check.NO_TARGET: scores.no_target,
        Check.TARGET_ABOVE_TOLERANCE: scores.target_above_tolerance,
        Check.TARGET_ABOVE_CURRENT: scores.target_above_current,
        Check.TARGET_MET_WITH_OPEN_ACTIONS: scores.target_met_with_open_actions,
        Check.TARGET_DATE_PASSED: scores.target_date_passed,
        Check.NO_APPETITE: scores.no_appetite,
        Check.ACCEPTED_UNNAMED: scores.accepted_unnamed,
        Check.ACCEPTANCE_LAPSED: scores.acceptance_lapsed,
        Check.NO_CONTROLS: doing.no_controls,
        Check.CONTROLS_WITHOUT_ASSURANCE: doing.controls_without_assurance,
        Check.ASSURANCE_OLD: doing.assurance_old,
        Check.GAP_WITHOUT_ACTION: doing.gap_without_action,
        Check.NO_ACTION: doing.no_action,
        Check.ACTION_OVERDUE: doing.action_overdue,
        Check.ACTION_UNCLEAR: doing.action_unclear,
        Check.NO_EVIDENCE: doing.no_evidence,
        Check.EVIDENCE_STALE: doing.evidence_stale,
        Check.UNSEEN_WITHOUT_LOOK_BACK: doing.unseen_without_look_back,
        Check.HIGH_AT_PLACE_ONLY: standing.high_at_place_only,
        Check.MISSING_WHERE_IT_MUST_STAND: standing.missing_where_it_must_stand,
        Check.MISSING_NUMBER: standing.missing_number,
        Check.STANDS_WHERE_IT_MAY_NOT: standing.stands_where_it_may_not,
        Check.RAISED_WITHOUT_WHY: standing.raised_without_why,
        Check.DUPLICATE: standing.duplicate,
        Check.SUBJECT_CLOSED: standing.subject_closed,
        Check.SUBJECT_MERGED: standing.subject_merged,
        Check.SEVERITY_BELOW_LEVEL: standing.severity_below_level,
        Check.NO_PROFILE: standing.no_profile,
        Check.NO_IMPROVEMENT_DIRECTOR: standing.no_improvement_director,
        Check.RETURN_NOT_LINKED: closing.return_not_linked,
        Check.RETURN_NOT_MARKED: closing.return_not_marked,
    }
)
CLOSED: Mapping[Check, OfRisk] = MappingProxyType(
    {
        Check.CLOSED_WITHOUT_REASON: closing.closed_without_reason,
        Check.CLOSED_WITH_OPEN_ACTIONS: closing.closed_with_open_actions,
        Check.CLOSED_ABOVE_TARGET: closing.closed_above_target,
        Check.CLOSED_WHILE_SIGNALS_STAND: closing.closed_while_signals_stand,
    }
)
WHOLE: Mapping[Check, OfRegister] = MappingProxyType(
    {
        Check.SIGNALS_WITHOUT_RISK: whole.signals_without_risk,
        Check.TRANSITION_WITHOUT_RISK: whole.transition_without_risk,
        Check.APPETITE_NOT_AGREED: whole.appetite_not_agreed,
        Check.APPETITE_OLD: whole.appetite_old,
    }
)
