"""Remarks: what a reader of a chart should know about it, though nothing is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RemarkKind(StrEnum):
    """What sort of thing is remarked."""

    GAP = "gap"
    SHORT_PHASE = "short_phase"
    SHORT_BASELINE = "short_baseline"
    MOSTLY_ZERO = "mostly_zero"
    REBASE_SNAPPED = "rebase_snapped"
    REBASE_WITHOUT_EFFECT = "rebase_without_effect"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark in words; ``at`` is the index of the point it begins with."""

    kind: RemarkKind
    at: int
    says: str
