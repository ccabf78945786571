"""Variation: what the latest value of a series says, and for whom it is good news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from sightline.core.signals import Bearing, Side
from sightline.core.statistics.marks import sides
from sightline.core.statistics.rulesets import Conflict
from sightline.core.statistics.series import SeriesResult, Status


class Direction(StrEnum):
    """Which way is better for the people served."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Variation(StrEnum):
    """What the latest value says; high and low name the side of the evidence."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"
    NONE = "none"

    @property
    def words(self) -> str:
        """The meaning in one line, for those who do not see the icon."""
        return _WORDS[self]


_WORDS = {
    Variation.COMMON_CAUSE: "No significant change",
    Variation.IMPROVEMENT_HIGH: "Better: higher than chance alone would explain",
    Variation.IMPROVEMENT_LOW: "Better: lower than chance alone would explain",
    Variation.CONCERN_HIGH: "Worse: higher than chance alone would explain",
    Variation.CONCERN_LOW: "Worse: lower than chance alone would explain",
    Variation.NEUTRAL_HIGH: "Higher than chance alone would explain",
    Variation.NEUTRAL_LOW: "Lower than chance alone would explain",
    Variation.NONE: "Not enough figures to say",
}

_BY_BEARING = {
    (Bearing.IMPROVEMENT, Side.HIGH): Variation.IMPROVEMENT_HIGH,
    (Bearing.IMPROVEMENT, Side.LOW): Variation.IMPROVEMENT_LOW,
    (Bearing.CONCERN, Side.HIGH): Variation.CONCERN_HIGH,
    (Bearing.CONCERN, Side.LOW): Variation.CONCERN_LOW,
    (Bearing.NEITHER, Side.HIGH): Variation.NEUTRAL_HIGH,
    (Bearing.NEITHER, Side.LOW): Variation.NEUTRAL_LOW,
}


@dataclass(frozen=True, slots=True)
class VariationReading:
    """The icon of a series, and the second one where its rules point both ways: nothing is dropped.

    ``index`` is the point read (-1 when there is none) and ``provisional`` warns that too few values stand
    behind it.
    """

    icon: Variation
    also: Variation | None = None
    index: int = -1
    provisional: bool = False


def bearing(direction: Direction, side: Side) -> Bearing:
    """This function will say what evidence on one side means, given which way is better."""
    if direction is Direction.NEUTRAL or side is Side.NONE:
        return Bearing.NEITHER
    better = Side.HIGH if direction is Direction.INCREASE else Side.LOW
    return Bearing.IMPROVEMENT if side is better else Bearing.CONCERN


def last_reported(values: Sequence[float | None]) -> int:
    """This function will find the latest period that has a value, or -1 when none has."""
    for index in range(len(values) - 1, -1, -1):
        value = values[index]
        if value is not None and isfinite(value):
            return index
    return -1


def variation(
    result: SeriesResult, values: Sequence[float | None], direction: Direction, conflict: Conflict | None = None
) -> VariationReading:
    """This function will read the variation icon off the latest reported point.

    Where the rules point both ways, ``conflict`` (left out: as the rule set has it) decides which icon leads and
    the other is kept beside it. A series without limits has no icon.
    """
    index = last_reported(values)
    if index < 0 or result.status in {Status.NO_DATA, Status.TOO_SHORT, Status.NO_VARIATION}:
        return VariationReading(Variation.NONE, index=index)
    provisional = result.status is Status.PROVISIONAL
    found = [_BY_BEARING[bearing(direction, side), side] for side in sides(result.marks[index])]
    if not found:
        return VariationReading(Variation.COMMON_CAUSE, index=index, provisional=provisional)
    policy = conflict or result.rules.conflict
    if policy is Conflict.IMPROVEMENT_WINS:
        found.sort(key=lambda icon: not icon.startswith("improvement"))
    return VariationReading(found[0], found[1] if len(found) > 1 else None, index, provisional)
