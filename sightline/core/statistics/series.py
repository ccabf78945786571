"""Series: one or many, as plain facts in and plain facts out, over the block kernel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sightline.core.signals import Rule, Side
from sightline.core.statistics import marks as marking
from sightline.core.statistics.blocks import Block, assess_block
from sightline.core.statistics.kernel import Floats
from sightline.core.statistics.remarks import Remark, remarks_on
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET, RuleSet

# Series are assessed so many at a time, like with like in length, so that padding and memory stay small.
BATCH = 8192


class Status(StrEnum):
    """How far the last phase of a series may be trusted."""

    OK = "ok"
    PROVISIONAL = "provisional"  # fewer values than the rule set asks for
    NO_VARIATION = "no_variation"  # every moving range that counts is zero, so no limits can be drawn
    TOO_SHORT = "too_short"  # no two neighbouring values
    NO_DATA = "no_data"  # no values at all


@dataclass(frozen=True, slots=True)
class SeriesInput:
    """One series in order of time, None or NaN where a period is missing.

    ``rebases`` are the indices of the first points of new phases; ``baseline`` is the number of points, gaps
    included, from the start of each phase on which limits rest (0: all of them).
    """

    values: Sequence[float | None] | Floats
    rebases: tuple[int, ...] = ()
    baseline: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase: where it starts, how long it is, and its limits, None where none can be drawn."""

    start: int
    n: int
    n_valid: int
    n_basis: int
    mean: float | None
    amr: float | None
    lpl: float | None
    upl: float | None
    near_lpl: float | None
    near_upl: float | None
    varies: bool

    @property
    def stop(self) -> int:
        """Index just after the last point."""
        return self.start + self.n


@dataclass(frozen=True, slots=True)
class SeriesResult:
    """What was found in one series, with the rules by which it was found.

    ``marks`` has one byte per point (see ``marks.Mark``). ``changes`` are the points of phases without variation
    whose value differs from the one before; such phases have neither limits nor marks. ``steps`` has the lower and
    upper limit of each point where they differ from point to point, and is empty where each phase has two lines.
    """

    status: Status
    phases: tuple[Phase, ...]
    marks: bytes
    changes: tuple[int, ...]
    remarks: tuple[Remark, ...]
    rules: RuleSet
    screened: bool
    steps: tuple[tuple[float | None, float | None], ...] = ()

    @property
    def rule_set(self) -> str:
        """Name of the rule set; store it, the parameter hash and ``screened`` with everything that is kept."""
        return self.rules.name

    @property
    def parameter_hash(self) -> str:
        """Fingerprint of the numbers behind that name."""
        return self.rules.parameter_hash()

    @property
    def last_phase(self) -> Phase:
        """The phase in which the series now is."""
        return self.phases[-1]

    def usual_at(self, index: int) -> tuple[float | None, float | None]:
        """This function will give the lower and upper limit of one point of the last phase, None where there is none."""
        return self.steps[index] if self.steps else (self.last_phase.lpl, self.last_phase.upl)

    def causes(self, index: int) -> tuple[tuple[Rule, Side], ...]:
        """This function will give every rule that fired at one point, with its side, the leading one first."""
        return marking.causes(self.marks[index])


def assess(
    series: Sequence[SeriesInput],
    rules: RuleSet = DEFAULT_RULE_SET,
    screen: bool | None = None,
) -> list[SeriesResult]:
    """This function will assess any number of series by SPC, each on its own, in the order they came (DAT-07).

    ``screen`` left out follows the rule set.

    >>> (found,) = assess([SeriesInput([4, 6] * 7 + [14])])
    >>> found.status.value, round(found.last_phase.upl, 2), found.causes(14)[0][0].value
    ('ok', 12.06, 'outside')
    """
    screened = rules.screens if screen is None else screen
    arrays = [np.asarray(one.values, dtype=np.float64) for one in series]
    order = sorted(range(len(series)), key=lambda i: len(arrays[i]))
    results: dict[int, SeriesResult] = {}
    for at in range(0, len(order), BATCH):
        part = order[at : at + BATCH]
        batch = _Batch([series[i] for i in part], [arrays[i] for i in part], rules, screened)
        results.update(zip(part, batch.results(), strict=True))
    return [results[i] for i in range(len(series))]


class _Batch:
    """Series of about one length on their way through the kernel."""

    def __init__(self, series: list[SeriesInput], arrays: list[Floats], rules: RuleSet, screened: bool) -> None:
        self.series, self.arrays, self.rules, self.screened = series, arrays, rules, screened
        self.lengths = np.array([len(values) for values in arrays], dtype=np.int64)
        self.values = np.full((len(series), int(self.lengths.max(initial=0))), np.nan)
        for row, values in zip(self.values, arrays, strict=True):
            row[: len(values)] = values

    def results(self) -> Iterator[SeriesResult]:
        """Assess all rows at once and read each one off."""
        starts = np.zeros(self.values.shape, dtype=np.bool_)
        for begins, one in zip(starts, self.series, strict=True):
            begins[[index for index in one.rebases if 0 < index < len(one.values)]] = True
        block = assess_block(
            self.values,
            self.rules,
            screen=self.screened,
            lengths=self.lengths,
            phase_starts=starts,
            baselines=np.array([one.baseline for one in self.series], dtype=np.int64),
        )
        phases = list(_phases(block))
        for row, (begin, end) in enumerate(zip(block.offsets, block.offsets[1:], strict=False)):
            marks = bytearray(block.marks[row, : self.lengths[row]].tobytes())
            last = int(block.n_ranges[end - 1])
            yield self._result(row, tuple(phases[begin:end]), marks, last)

    def _result(self, row: int, phases: tuple[Phase, ...], marks: bytearray, ranges: int) -> SeriesResult:
        """Join what belongs to one series, and take back what a phase without variation cannot say."""
        values, one = self.arrays[row], self.series[row]
        changes: list[int] = []
        for phase in phases:
            if not phase.varies:
                marks[phase.start : phase.stop] = bytes(phase.n)
                changes.extend(changed_points(values[phase.start : phase.stop], phase.start))
        return SeriesResult(
            status=_status(phases[-1], ranges, self.rules),
            phases=phases,
            marks=bytes(marks),
            changes=tuple(changes),
            remarks=tuple(remarks_on(values, one.rebases, one.baseline, phases, self.rules, zeros=True)),
            rules=self.rules,
            screened=self.screened,
        )


def _phases(block: Block) -> Iterator[Phase]:
    """Every phase of a block as a fact, without limits where there is nothing to draw them from."""
    names = ("mean", "amr", "lpl", "upl", "near_lpl", "near_upl")
    figures = np.column_stack([getattr(block, name) for name in names])
    counts = np.column_stack([block.start, block.n, block.n_valid, block.n_basis])
    for (start, n, n_valid, n_basis), (mean, *rest) in zip(counts.tolist(), figures.tolist(), strict=True):
        varies = bool(rest[0] > 0 and np.isfinite(rest[2]))
        amr, lpl, upl, near_lpl, near_upl = rest if varies else (None,) * 5
        yield Phase(start, n, n_valid, n_basis, mean if n_basis else None, amr, lpl, upl, near_lpl, near_upl, varies)


def changed_points(values: Floats, start: int = 0) -> Iterator[int]:
    """This function will name the points of one phase (n,) whose value differs from the last one known before them.

    ``start`` is the index of the phase's first point, from which the names count.
    """
    before = None
    for index, value in enumerate(values.tolist(), start):
        if np.isfinite(value):
            if before is not None and value != before:
                yield index
            before = value


def _status(last: Phase, ranges: int, rules: RuleSet) -> Status:
    """How far the last phase may be trusted."""
    if not last.n_valid:
        return Status.NO_DATA
    if not ranges:
        return Status.TOO_SHORT
    if not last.varies:
        return Status.NO_VARIATION
    needed = rules.min_baseline if last.n_basis < last.n_valid else rules.min_points
    return Status.PROVISIONAL if last.n_basis < needed else Status.OK
