"""What a risk register finds out about itself: each check with its sentence, its numbers, and whether it is on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from types import MappingProxyType
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.shapes import Entry, Name, Part, Words, only_once


class Check(StrEnum):
    """Every self-check that there is; a house switches one off, or changes its numbers and its words."""

    # who answers for it, and what it says
    NO_OWNER = "no-owner"
    OWNER_LEFT = "owner-left"
    NO_ACCOUNTABLE_BODY = "no-accountable-body"
    ACCOUNTABLE_BODY_CLOSED = "accountable-body-closed"
    GROUP_ACCOUNTABLE = "group-accountable"
    NO_SHARED_OWNER = "no-shared-owner"
    NO_CAUSE_EVENT_EFFECT = "no-cause-event-effect"
    EFFECT_SAME_AS_CAUSE = "effect-same-as-cause"
    # review
    NO_REVIEW_DATE = "no-review-date"
    NEVER_REVIEWED = "never-reviewed"
    REVIEW_OVERDUE = "review-overdue"
    REVIEW_TOO_FAR = "review-too-far"
    # scores and targets
    NOT_SCORED = "not-scored"
    SCORE_WITHOUT_RATIONALE = "score-without-rationale"
    ABOVE_INITIAL_WITHOUT_REASON = "above-initial-without-reason"
    UNCHANGED_WHILE_WORSENING = "unchanged-while-worsening"
    NO_TARGET = "no-target"
    TARGET_ABOVE_TOLERANCE = "target-above-tolerance"
    TARGET_ABOVE_CURRENT = "target-above-current"
    TARGET_MET_WITH_OPEN_ACTIONS = "target-met-with-open-actions"
    TARGET_DATE_PASSED = "target-date-passed"
    # appetite
    NO_APPETITE = "no-appetite"
    ACCEPTED_UNNAMED = "accepted-unnamed"
    ACCEPTANCE_LAPSED = "acceptance-lapsed"
    # controls, gaps and actions
    NO_CONTROLS = "no-controls"
    CONTROLS_WITHOUT_ASSURANCE = "controls-without-assurance"
    ASSURANCE_OLD = "assurance-old"
    GAP_WITHOUT_ACTION = "gap-without-action"
    NO_ACTION = "no-action"
    ACTION_OVERDUE = "action-overdue"
    ACTION_UNCLEAR = "action-unclear"
    # evidence
    NO_EVIDENCE = "no-evidence"
    EVIDENCE_STALE = "evidence-stale"
    UNSEEN_WITHOUT_LOOK_BACK = "unseen-without-look-back"
    # where it stands
    HIGH_AT_PLACE_ONLY = "high-at-place-only"
    MISSING_WHERE_IT_MUST_STAND = "missing-where-it-must-stand"
    MISSING_NUMBER = "missing-number"
    STANDS_WHERE_IT_MAY_NOT = "stands-where-it-may-not"
    RAISED_WITHOUT_WHY = "raised-without-why"
    DUPLICATE = "duplicate"
    # its subject
    SUBJECT_CLOSED = "subject-closed"
    SUBJECT_MERGED = "subject-merged"
    SEVERITY_BELOW_LEVEL = "severity-below-level"
    NO_PROFILE = "no-profile"
    NO_IMPROVEMENT_DIRECTOR = "no-improvement-director"
    # closing and coming back
    CLOSED_WITHOUT_REASON = "closed-without-reason"
    CLOSED_WITH_OPEN_ACTIONS = "closed-with-open-actions"
    CLOSED_ABOVE_TARGET = "closed-above-target"
    CLOSED_WHILE_SIGNALS_STAND = "closed-while-signals-stand"
    RETURN_NOT_LINKED = "return-not-linked"
    RETURN_NOT_MARKED = "return-not-marked"
    # the register as a whole
    SIGNALS_WITHOUT_RISK = "signals-without-risk"
    TRANSITION_WITHOUT_RISK = "transition-without-risk"
    APPETITE_NOT_AGREED = "appetite-not-agreed"
    APPETITE_OLD = "appetite-old"


class Weight(StrEnum):
    """How much a finding asks for."""

    MEND_NOW = "mend-now"
    MEND_SOON = "mend-soon"
    LOOK_AT = "look-at"


@dataclass(frozen=True, slots=True)
class Takes:
    """Which numbers a check has, and what it can tell in the curly brackets of its sentence."""

    numbers: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()


def _takes(numbers: str = "", tells: str = "") -> Takes:
    given = frozenset(numbers.split())
    return Takes(given, given | frozenset(tells.split()))


_OVER = _takes(tells="score limit")
_COUNTED = _takes(tells="count")
TAKES: Mapping[Check, Takes] = MappingProxyType(
    {
        Check.OWNER_LEFT: _takes(tells="day"),
        Check.ACCOUNTABLE_BODY_CLOSED: _takes(tells="day"),
        Check.NO_SHARED_OWNER: _COUNTED,
        Check.NEVER_REVIEWED: _takes("days", "day"),
        Check.REVIEW_OVERDUE: _takes("days", "day"),
        Check.REVIEW_TOO_FAR: _takes(tells="day band limit"),
        Check.SCORE_WITHOUT_RATIONALE: _takes(tells="day"),
        Check.ABOVE_INITIAL_WITHOUT_REASON: _OVER,
        Check.UNCHANGED_WHILE_WORSENING: _takes("months at_least", "count score day"),
        Check.TARGET_ABOVE_TOLERANCE: _OVER,
        Check.TARGET_ABOVE_CURRENT: _OVER,
        Check.TARGET_MET_WITH_OPEN_ACTIONS: _COUNTED,
        Check.TARGET_DATE_PASSED: _takes(tells="day score limit"),
        Check.ACCEPTED_UNNAMED: _OVER,
        Check.ACCEPTANCE_LAPSED: _takes(tells="day"),
        Check.ASSURANCE_OLD: _takes("months", "day"),
        Check.GAP_WITHOUT_ACTION: _COUNTED,
        Check.NO_ACTION: _OVER,
        Check.ACTION_OVERDUE: _takes("days", "count day"),
        Check.ACTION_UNCLEAR: _COUNTED,
        Check.EVIDENCE_STALE: _takes("days", "day"),
        Check.HIGH_AT_PLACE_ONLY: _takes("days", "band day"),
        Check.MISSING_WHERE_IT_MUST_STAND: _takes(tells="register severity"),
        Check.MISSING_NUMBER: _takes(tells="register"),
        Check.STANDS_WHERE_IT_MAY_NOT: _takes(tells="register severity"),
        Check.RAISED_WITHOUT_WHY: _takes(tells="register"),
        Check.DUPLICATE: _COUNTED,
        Check.SUBJECT_CLOSED: _takes(tells="day"),
        Check.SEVERITY_BELOW_LEVEL: _takes(tells="severity"),
        Check.CLOSED_WITH_OPEN_ACTIONS: _COUNTED,
        Check.CLOSED_ABOVE_TARGET: _OVER,
        Check.CLOSED_WHILE_SIGNALS_STAND: _takes("days", "count"),
        Check.RETURN_NOT_LINKED: _takes(tells="day count"),
        Check.SIGNALS_WITHOUT_RISK: _takes("days at_least", "count"),
        Check.APPETITE_OLD: _takes(tells="day"),
    }
)


class CheckRule(Entry):
    """One self-check. ``finds`` is one sentence or two: what was found, and what to do about it."""

    id: Check
    name: Name
    finds: Words = Field(description="What readers are told")
    weight: Weight = Field(description="What it asks for")
    days: int | None = Field(default=None, ge=0, le=3_660, description="Number of days")
    months: int | None = Field(default=None, ge=1, le=120, description="Number of months")
    at_least: int | None = Field(default=None, ge=1, le=50, description="Independent sources, at least")
    is_on: bool = Field(default=True, description="Switched on")

    @model_validator(mode="after")
    def _numbers_and_words_fit(self) -> Self:
        takes = TAKES.get(self.id, Takes())
        given = {name for name in ("days", "months", "at_least") if getattr(self, name) is not None}
        if given != takes.numbers:
            wanted = " and ".join(f"“{name}”" for name in sorted(takes.numbers)) or "no number"
            raise ValueError(f"the check “{self.id}” takes {wanted}")
        told = {name for _, name, _, _ in Formatter().parse(self.finds) if name is not None}
        if unknown := sorted(told - takes.tells):
            raise ValueError(f"the check “{self.id}” cannot fill in {{{unknown[0]}}}")
        return self


class RegisterChecks(Part):
    """Every self-check of a register once: one that a house does not want is switched off, and stays in sight."""

    title: Name
    says: Words = Field(description="What it is, and what it is not")
    checks: tuple[CheckRule, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("check", (one.id for one in self.checks))
        if missing := set(Check) - {one.id for one in self.checks}:
            raise ValueError(f"the check “{min(missing)}” is missing; to do without it, switch it off (is_on: false)")
        return self

    def rule(self, check: Check) -> CheckRule:
        """This function will find a check by its id."""
        return next(one for one in self.checks if one.id is check)
