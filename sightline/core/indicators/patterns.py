"""Patterns: the special cause in which a series now is, as facts from which a sentence can be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.core.indicators.variation import last_reported
from sightline.core.signals import Rule, Side
from sightline.core.statistics.marks import ANY_HIGH, ANY_LOW, rules_on
from sightline.core.statistics.series import SeriesResult

# How many of the latest periods a pattern must touch to be called current.
RECENT = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """Points that belong together: on one side, in one phase, up to now.

    ``indices`` are the points in order. ``by_rule`` says which of them each rule marked, the leading rule first,
    so that "above its usual range in each of the last three months" can be said only when it is so.
    """

    side: Side
    indices: tuple[int, ...]
    by_rule: tuple[tuple[Rule, tuple[int, ...]], ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that marked a point of the pattern."""
        return tuple(rule for rule, _ in self.by_rule)

    @property
    def first(self) -> int:
        """Where the pattern begins."""
        return self.indices[0]

    @property
    def last(self) -> int:
        """Where the pattern was last seen."""
        return self.indices[-1]

    @property
    def unbroken(self) -> bool:
        """Whether every period from first to last belongs to it."""
        return len(self.indices) == self.last - self.first + 1


def current_patterns(result: SeriesResult, values: Sequence[float | None], recent: int = RECENT) -> tuple[Pattern, ...]:
    """This function will find the patterns in which a series now is: at most one on each side.

    A pattern is made of the marked points of one side in the last phase. It is current when it includes one of
    the ``recent`` latest periods up to the last reported one, so that a value that fell back into its usual
    range last month is still told. Two marked points belong together when at most one period, unmarked or
    missing, lies between them: two of three leaves such a hole by its nature, and one lost month should not make
    an old concern look new.
    """
    end = last_reported(values)
    found = (_pattern(result, end, recent, side) for side in (Side.HIGH, Side.LOW))
    return tuple(pattern for pattern in found if pattern is not None)


def _pattern(result: SeriesResult, end: int, recent: int, side: Side) -> Pattern | None:
    """Walk back from the end for as long as the points belong together."""
    bits = ANY_HIGH if side is Side.HIGH else ANY_LOW
    begin = result.last_phase.start
    marked = [index for index in range(end, begin - 1, -1) if result.marks[index] & bits]
    if not marked or marked[0] <= end - recent:
        return None
    indices = [marked[0]]
    for index in marked[1:]:
        if indices[-1] - index > 2:
            break
        indices.append(index)
    indices.reverse()
    by_rule = ((rule, tuple(i for i in indices if rule in rules_on(result.marks[i], side))) for rule in Rule)
    return Pattern(side, tuple(indices), tuple(pair for pair in by_rule if pair[1]))
