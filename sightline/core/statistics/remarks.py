"""Remarks: what a reader of a chart should know about it, though nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sightline.core.statistics.rulesets import RuleSet


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


class PhaseFacts(Protocol):
    """What a remark needs to know of a phase."""

    @property
    def start(self) -> int:
        """Index of its first point."""

    @property
    def n_valid(self) -> int:
        """How many of its points have a value."""


def remarks_on(
    values: NDArray[np.float64],
    rebases: Sequence[int],
    baseline: int,
    phases: Sequence[PhaseFacts],
    rules: RuleSet,
    *,
    zeros: bool = False,
) -> Iterator[Remark]:
    """This function will say what a reader should know: gaps, short phases and baselines, rebases that divide nothing.

    With ``zeros`` it also says where so many values (n,) are zero that a chart of single values says little.
    """
    known = np.isfinite(values)
    if not known.all():
        count, first = int((~known).sum()), int(known.argmin())
        periods = "1 period is" if count == 1 else f"{count} periods are"
        yield Remark(RemarkKind.GAP, first, f"{periods} missing. A gap ends a run of points and is never bridged.")
    for phase in phases:
        if phase.n_valid < rules.min_points:
            says = f"This phase has {phase.n_valid} values; limits are provisional below {rules.min_points}."
            yield Remark(RemarkKind.SHORT_PHASE, phase.start, says)
    if 0 < baseline < rules.min_baseline:
        says = f"The limits rest on the first {baseline} points; {rules.min_baseline} or more are better."
        yield Remark(RemarkKind.SHORT_BASELINE, 0, says)
    if zeros and known.any() and 2 * int((values == 0).sum()) > int(known.sum()):
        says = "More than half of the values are zero. A chart of the time between events would say more."
        yield Remark(RemarkKind.MOSTLY_ZERO, 0, says)
    for index in rebases:
        if not 0 < index < len(values):
            says = f"A rebase at point {index} divides nothing and was passed over."
            yield Remark(RemarkKind.REBASE_WITHOUT_EFFECT, index, says)
