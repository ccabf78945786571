"""Charts: one series on a chart of any kind, as plain facts in and plain facts out, one phase after the other.

The XmR charts of the pages go through ``series.py``, which reads many series at once by four rules. This module draws
one series at a time, on every chart that the field uses and by every rule of every rule set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass

import numpy as np

from sightline.core.signals import Rule, Side
from sightline.core.statistics import marks as marking
from sightline.core.statistics.kernel import Floats
from sightline.core.statistics.kinds import COUNTS, FROM_SPREAD, PROPORTIONS, RATIOS, SUBGROUPS, ChartKind
from sightline.core.statistics.lines import Figures, Lines, draw_lines
from sightline.core.statistics.reading import WideMarks, read_rules
from sightline.core.statistics.remarks import Remark, remarks_on
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET, RuleSet
from sightline.core.statistics.runs import Runs
from sightline.core.statistics.series import Status, changed_points
from sightline.core.statistics.windows import Flags
from sightline.core.verdict import Invalid

# So many faults are named; a column of the wrong kind would fill pages.
MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class ChartInput:
    """One series of n points in order of time, None or NaN where something is missing.

    ``values`` are numerators on charts of ratios, and means or standard deviations of subgroups; ``sizes`` are the
    denominators, or how many values each subgroup has, and ``spreads`` the standard deviations of subgroups.
    ``rebases`` are the indices of the first points of new phases; ``baseline`` is the number of points, gaps
    included, from the start of each phase on which its lines rest (0: all of them).
    """

    kind: ChartKind
    values: Sequence[float | None] | Floats
    sizes: Sequence[float | None] | Floats | None = None
    _: KW_ONLY
    spreads: Sequence[float | None] | Floats | None = None
    rebases: tuple[int, ...] = ()
    baseline: int = 0


@dataclass(frozen=True, slots=True)
class ChartPhase:
    """One phase: where it starts, its lines, and what Anhøj's test says of its runs."""

    start: int
    n: int
    n_valid: int
    lines: Lines
    runs: Runs
    varies: bool

    @property
    def n_basis(self) -> int:
        """On how many values the lines rest."""
        return self.lines.n_basis

    @property
    def stop(self) -> int:
        """Index just after the last point."""
        return self.start + self.n


@dataclass(frozen=True, slots=True)
class Chart:
    """What was found in one series of n points, with the rules by which it was found.

    ``values`` (n,) are as plotted: proportions, rates, ranges. ``marks`` (n,) has two bits for each rule (see
    ``marks``); a phase without variation has none, and its ``changes`` are the points whose value differs from the
    one before.
    """

    kind: ChartKind
    status: Status
    phases: tuple[ChartPhase, ...]
    values: Floats
    marks: WideMarks
    changes: tuple[int, ...]
    remarks: tuple[Remark, ...]
    rules: RuleSet
    screened: bool

    @property
    def centre(self) -> Floats:
        """The centre line at each point (n,)."""
        return np.concatenate([np.full(phase.n, phase.lines.centre) for phase in self.phases])

    def limits(self, sigmas: float = 3) -> tuple[Floats, Floats]:
        """This function will give the lines at so many sigma, two arrays (n,), as the rules read them: unclipped."""
        return _joined([phase.lines.limits(sigmas) for phase in self.phases])

    def shown(self, sigmas: float = 3) -> tuple[Floats, Floats]:
        """This function will give the same lines as they are drawn: no proportion above one, no count below zero."""
        return _joined([phase.lines.shown(sigmas) for phase in self.phases])

    def causes(self, index: int) -> tuple[tuple[Rule, Side], ...]:
        """This function will give every rule that fired at one point, with its side, in the order of the rule set."""
        order = {rule: at for at, rule in enumerate(self.rules.order)}
        found = marking.causes(int(self.marks[index]))
        return tuple(sorted(found, key=lambda cause: order.get(cause[0], len(order))))


def of_subgroups(
    kind: ChartKind,
    groups: Sequence[Sequence[float | None]],
    rebases: tuple[int, ...] = (),
    baseline: int = 0,
) -> ChartInput:
    """This function will take each subgroup's mean, or its standard deviation, and its size; missing values drop out."""
    # In the order of size, so that the same values in another order give the same last digit.
    known = [sorted(one for one in group if one is not None and np.isfinite(one)) for group in groups]
    sizes = [len(group) for group in known]
    means = [float(np.mean(group)) if group else None for group in known]
    spreads = [float(np.std(group, ddof=1)) if len(group) > 1 else None for group in known]
    return ChartInput(
        kind, spreads if kind is ChartKind.S else means, sizes, spreads=spreads, rebases=rebases, baseline=baseline
    )


def draw(given: ChartInput, rules: RuleSet = DEFAULT_RULE_SET, screen: bool | None = None) -> Chart:
    """This function will draw one chart and read it by a rule set; ``screen`` left out follows the rule set.

    Raises ``Invalid`` with every fault named where the figures cannot stand on this chart: a count below zero, more
    in the numerator than in the denominator of a proportion, something counted out of nothing, a count without end.

    >>> chart = draw(ChartInput(ChartKind.P, [12, 9, 30, 11], [100, 90, 110, 95]))
    >>> round(float(chart.centre[0]), 4), chart.status.value, chart.causes(2)
    (0.157, 'provisional', ((<Rule.OUTSIDE: 'outside'>, <Side.HIGH: 'high'>),))
    """
    screened = rules.screens if screen is None else screen
    values, counts, sizes, spreads = _figures(given)
    starts = sorted({0, *(index for index in given.rebases if 0 < index < len(values))})
    phases: list[ChartPhase] = []
    changes: list[int] = []
    marks = np.zeros(len(values), dtype=np.uint32)
    shown = np.full(len(values), np.nan)
    for start, stop in zip(starts, [*starts[1:], len(values)], strict=True):
        part = slice(start, stop)
        basis = np.isfinite(values[part])
        if given.baseline > 0:
            basis[given.baseline :] = False
        figures = Figures(values[part], basis, counts[part], sizes[part], spreads[part])
        lines = draw_lines(given.kind, figures, rules, screened)
        found, runs = read_rules(lines, rules)
        shown[part] = lines.values
        n_valid = int(np.isfinite(lines.values).sum())
        phases.append(ChartPhase(start, stop - start, n_valid, lines, runs, lines.varies))
        if lines.varies:
            marks[part] = found
        else:
            changes.extend(changed_points(lines.values, start))
    return Chart(
        kind=given.kind,
        status=_status(given.kind, phases[-1], rules),
        phases=tuple(phases),
        values=shown,
        marks=marks,
        changes=tuple(changes),
        remarks=tuple(remarks_on(values, given.rebases, given.baseline, phases, rules)),
        rules=rules,
        screened=screened,
    )


def _status(kind: ChartKind, last: ChartPhase, rules: RuleSet) -> Status:
    """How far the last phase may be trusted."""
    if not last.n_valid:
        return Status.NO_DATA if kind is not ChartKind.MR else Status.TOO_SHORT
    if not last.n_basis or (kind in FROM_SPREAD and not last.lines.n_spread):
        return Status.TOO_SHORT
    if not last.varies:
        return Status.NO_VARIATION
    needed = rules.min_baseline if last.n_basis < last.n_valid else rules.min_points
    return Status.PROVISIONAL if last.n_basis < needed else Status.OK


def _figures(given: ChartInput) -> tuple[Floats, Floats, Floats, Floats]:
    """Values as plotted, counts, sizes and spreads, each (n,), once nothing in them is impossible."""
    counts = np.asarray(given.values, dtype=np.float64)
    n = len(counts)
    sizes, spreads = (
        np.full(n, np.nan) if column is None else np.asarray(column, dtype=np.float64)
        for column in (given.sizes, given.spreads)
    )
    faults = list(_faults(given, counts, sizes, spreads))
    if faults:
        more = len(faults) - MOST_FAULTS
        raise Invalid(*faults[:MOST_FAULTS], *([f"{more} more faults are not shown."] if more > 0 else []))
    if given.kind in RATIOS:
        with np.errstate(invalid="ignore", divide="ignore"):
            values = np.where(sizes > 0, counts / sizes, np.nan)
    else:
        values = np.where(np.isfinite(counts), counts, np.nan)
    return values, counts, sizes, spreads


def _faults(given: ChartInput, counts: Floats, sizes: Floats, spreads: Floats) -> Iterator[str]:
    """What cannot be, point by point, and how to mend it."""
    kind = given.kind
    if given.baseline < 0:
        yield f"The baseline is {given.baseline} points. Give a number of points, or 0 for all."
    if kind in RATIOS | SUBGROUPS and given.sizes is None:
        what = "denominators" if kind in RATIOS else "sizes of the subgroups"
        yield f"A chart “{kind}” needs {what}. Give one for each point."
        return
    if not len(counts) == len(sizes) == len(spreads):
        yield f"There are {len(counts)} values, {len(sizes)} sizes and {len(spreads)} spreads. Give as many of each."
        return
    if kind in COUNTS:
        yield from _where(counts < 0, "the count is below zero", "Count from 0 upwards.")
    if kind in COUNTS | RATIOS:
        endless = np.isinf(counts) | np.isinf(sizes)
        yield from _where(endless, "the figure is infinite", "Give a number, or leave it out.")
    if kind in RATIOS:
        yield from _where(sizes < 0, "the denominator is below zero", "Count from 0 upwards.")
        yield from _where((sizes == 0) & (counts != 0) & ~np.isnan(counts), "something is counted out of nothing", _OUT)
    if kind in PROPORTIONS:
        says = "the numerator is more than the denominator"
        yield from _where(
            (counts > sizes) & (sizes > 0), says, "A proportion cannot pass one: use a chart of rates, u."
        )


_OUT = "Correct the denominator of 0, or leave both out."


def _where(wrong: Flags, says: str, mend: str) -> Iterator[str]:
    for index in np.flatnonzero(wrong).tolist():
        yield f"Point {index}: {says}. {mend}"


def _joined(pairs: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    return np.concatenate([lower for lower, _ in pairs]), np.concatenate([upper for _, upper in pairs])
