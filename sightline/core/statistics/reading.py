"""Reading: every rule of a rule set on the lines of one phase, whose limits may differ from point to point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.core.signals import Rule, Side
from sightline.core.statistics.kinds import ChartKind
from sightline.core.statistics.lines import Lines
from sightline.core.statistics.marks import mark
from sightline.core.statistics.rulesets import Flagged, RuleSet, TwoOfThree, Window
from sightline.core.statistics.runs import Runs, runs_about
from sightline.core.statistics.windows import Flags, at_least, every, spread, total

# Two bits for each rule, the first eight those of the block kernel.
WideMarks = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Where each point of a phase lies; a missing value lies nowhere and so ends every window."""

    known: Flags
    above: Flags
    below: Flags
    high: tuple[Flags, Flags, Flags]  # beyond one, two and three sigma
    low: tuple[Flags, Flags, Flags]
    inside: Flags  # strictly inside one sigma


def read_rules(lines: Lines, rules: RuleSet) -> tuple[WideMarks, Runs]:
    """This function will mark the points (n,) of one phase by every rule, and test its runs.

    On a chart of moving ranges only the rule of points outside is read, for runs among them mean nothing. Anhøj's
    facts are given always, and marked where the rule set has the test.
    """
    values = lines.values
    marks = np.zeros(len(values), dtype=np.uint32)
    runs, long_high, long_low = runs_about(values, lines.centre, independent=lines.kind is not ChartKind.MR)
    with np.errstate(invalid="ignore"):
        at = _sides(lines)
        steps = np.diff(values) if len(values) else values
        _put(marks, Rule.OUTSIDE, at.high[2], at.low[2])
        if lines.kind is ChartKind.MR:
            return marks, runs
        _trend(marks, steps, rules)
        _two_of_three(marks, at, rules)
        _shift(marks, at, rules)
        _ranges(marks, steps, lines, rules)
        _patterns(marks, steps, at, rules)
    if rules.runs_test:
        _put(marks, Rule.LONG_RUN, long_high, long_low)
    return marks, runs


def _sides(lines: Lines) -> _Sides:
    values, limits = lines.values, [lines.limits(sigmas) for sigmas in (1, 2, 3)]
    one, two, three = (values > upper for _, upper in limits)
    low_one, low_two, low_three = (values < lower for lower, _ in limits)
    lower, upper = limits[0]
    return _Sides(
        known=np.isfinite(values),
        above=values > lines.centre,
        below=values < lines.centre,
        high=(one, two, three),
        low=(low_one, low_two, low_three),
        inside=(values > lower) & (values < upper),
    )


def _trend(marks: WideMarks, steps: NDArray[np.float64], rules: RuleSet) -> None:
    """So many points that rise, or fall, strictly."""
    if rules.trend_points < 2:
        return
    for side, goes in ((Side.HIGH, steps > 0), (Side.LOW, steps < 0)):
        windows = every(goes, rules.trend_points - 1)
        _set(marks, Rule.TREND, side, windows, rules.trend_points, rules.trend_flagged)


def _shift(marks: WideMarks, at: _Sides, rules: RuleSet) -> None:
    """So many points on one side of the centre line."""
    if rules.shift_points < 1:
        return
    for side, lies in ((Side.HIGH, at.above), (Side.LOW, at.below)):
        _set(marks, Rule.SHIFT, side, every(lies, rules.shift_points), rules.shift_points, rules.shift_flagged)


def _two_of_three(marks: WideMarks, at: _Sides, rules: RuleSet) -> None:
    """Two points near or beyond a limit within three that are all known, by the rule set's own reading of that."""
    if rules.two_of_three is TwoOfThree.OFF:
        return
    high, low = at.high[1], at.low[1]
    if rules.two_of_three is TwoOfThree.BETWEEN:
        high, low = high & ~at.high[2], low & ~at.low[2]
    flagged, known = rules.two_of_three_flagged, every(at.known, 3)
    # A mixed window speaks for both sides, so each of its points is marked on its own; one on the line as high.
    mixed = rules.two_of_three_window is Window.MIXED
    for side, near, far, lies, own in (
        (Side.HIGH, high, low, at.above, at.known & ~at.below),
        (Side.LOW, low, high, at.below, at.below),
    ):
        windows = known & at_least(near | far if mixed else near, 2, 3)
        if rules.two_of_three_window is Window.SAME_SIDE:
            windows &= every(lies, 3)
        elif rules.two_of_three_window is Window.NET:
            windows &= total(near.astype(np.int64) - far, 3) >= 2
        among = near if flagged in {Flagged.COUNTED, Flagged.LAST} else own if mixed else None
        _set(marks, Rule.TWO_OF_THREE, side, windows, 3, flagged, among)


def _ranges(marks: WideMarks, steps: NDArray[np.float64], lines: Lines, rules: RuleSet) -> None:
    """A point too far from the one before it, on charts of single values."""
    if rules.range_factor <= 0 or not np.isfinite(lines.ranges):
        return
    reach = rules.range_factor * lines.ranges
    _put(marks[1:], Rule.MOVING_RANGE, steps > reach, steps < -reach)


def _patterns(marks: WideMarks, steps: NDArray[np.float64], at: _Sides, rules: RuleSet) -> None:
    """Four of five beyond one sigma; many inside it; many outside it; up and down in turn. The last point is marked."""
    if rules.four_of_five:
        known = every(at.known, 5)
        for side, beyond in ((Side.HIGH, at.high[0]), (Side.LOW, at.low[0])):
            _set(marks, Rule.FOUR_OF_FIVE, side, known & at_least(beyond, 4, 5), 5, Flagged.LAST, beyond)
    if rules.within_points:
        _set(marks, Rule.WITHIN, Side.NONE, every(at.inside, rules.within_points), rules.within_points, Flagged.LAST)
    if rules.beyond_points:
        outer = every(at.high[0] | at.low[0], rules.beyond_points)
        _set(marks, Rule.BEYOND, Side.NONE, outer, rules.beyond_points, Flagged.LAST)
    if rules.alternating_points > 2 and len(steps):
        turns = np.sign(steps[1:]) * np.sign(steps[:-1]) < 0
        windows = every(turns, rules.alternating_points - 2)
        _set(marks, Rule.ALTERNATING, Side.NONE, windows, rules.alternating_points, Flagged.LAST)


def _set(
    marks: WideMarks,
    rule: Rule,
    side: Side,
    windows: Flags,
    length: int,
    flagged: Flagged,
    among: Flags | None = None,
) -> None:
    """Mark the points of each window that holds, where given only those ``among`` them; a window stands at its start."""
    covered: Flags | None
    if flagged is Flagged.LAST:
        begin, covered = length - 1, windows
    elif flagged is Flagged.STEPS:
        begin, covered = 1, spread(windows, length - 1)
    else:
        begin, covered = 0, spread(windows, length)
    if covered is None or not covered.any():
        return
    found = np.zeros(len(marks), dtype=np.bool_)
    found[begin : begin + len(covered)] = covered
    if among is not None:
        found &= among
    marks |= found.astype(np.uint32) * np.uint32(mark(rule, side))


def _put(marks: WideMarks, rule: Rule, high: Flags, low: Flags) -> None:
    """Set both bits of a rule where the flags stand."""
    marks |= high.astype(np.uint32) * np.uint32(mark(rule, Side.HIGH))
    marks |= low.astype(np.uint32) * np.uint32(mark(rule, Side.LOW))
