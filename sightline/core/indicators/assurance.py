"""Assurance: whether the process as it now runs will meet its target."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import isfinite

from sightline.core.indicators.variation import Direction
from sightline.core.statistics.rulesets import TargetOnLimit
from sightline.core.statistics.series import SeriesResult, Status


class Assurance(StrEnum):
    """What the last phase says about the target."""

    MEETS = "consistent_pass"
    MISSES = "consistent_fail"
    INCONSISTENT = "inconsistent"
    NONE = "none"

    @property
    def words(self) -> str:
        """The meaning in one line, for those who do not see the icon."""
        return _WORDS[self]


_WORDS = {
    Assurance.MEETS: "Can be expected to meet the target",
    Assurance.MISSES: "Can be expected to miss the target unless something changes",
    Assurance.INCONSISTENT: "May meet or miss the target by chance alone",
    Assurance.NONE: "No target, or not enough figures to say",
}


def assurance(
    result: SeriesResult,
    values: Sequence[float | None],
    direction: Direction,
    target: float | None,
    on_limit: TargetOnLimit | None = None,
) -> Assurance:
    """This function will hold the target against the limits of the last phase.

    There is none without a target or without a better direction. ``on_limit`` (left out: as the rule set has it)
    says what a target exactly on a limit means. Where a series does not vary there are no limits, so its values
    themselves are held against the target: all on the right side, all on the wrong one, or some of each.
    """
    if target is None or direction is Direction.NEUTRAL:
        return Assurance.NONE
    phase = result.last_phase
    if result.status is Status.NO_VARIATION:
        within = values[phase.start : phase.stop]
        known = [value for value in within if value is not None and isfinite(value)]
        return _by_values(known, direction, target)
    if phase.lpl is None or phase.upl is None:
        return Assurance.NONE
    policy = on_limit or result.rules.target_on_limit
    return against_limits(phase.lpl, phase.upl, direction, target, policy)


def against_limits(lpl: float, upl: float, direction: Direction, target: float, on_limit: TargetOnLimit) -> Assurance:
    """This function will say on which side of the whole usual range the target lies."""
    counts = on_limit is TargetOnLimit.CONSISTENT
    above = target > upl or (counts and target == upl)
    below = target < lpl or (counts and target == lpl)
    if above == below:
        return Assurance.INCONSISTENT
    return Assurance.MEETS if above is (direction is Direction.DECREASE) else Assurance.MISSES


def _by_values(known: Sequence[float], direction: Direction, target: float) -> Assurance:
    """A process without variation is what it is: a value on the target meets it."""
    met = [value >= target if direction is Direction.INCREASE else value <= target for value in known]
    if all(met):
        return Assurance.MEETS
    return Assurance.INCONSISTENT if any(met) else Assurance.MISSES
