"""The rows that ``sightline spc`` writes: from a block of marks and limits to the words of the layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.cli.spc_layout import SpcSeries
from sightline.cli.tables import figure
from sightline.core.indicators.assurance import against_limits
from sightline.core.indicators.variation import Direction
from sightline.core.statistics.blocks import Block, assess_block, leading_marks
from sightline.core.statistics.rulesets import MDC_2023, RuleSet, TargetOnLimit

ASSURANCE_ICONS = {"consistent_pass": "pass.svg", "consistent_fail": "fail.svg", "inconsistent": "inconsistent.svg"}
# A value as near as this to a line, in proportion, is fragile: the last digit of a mean may decide about it.
FRAGILE = 1e-9


def assess_batch(series: list[SpcSeries], rules: RuleSet, screened: bool) -> Batch:
    """This function will lay series out as one block and assess it under both readings."""
    lengths = np.array([len(one.values) for one in series], dtype=np.int64)
    values = np.full((len(series), int(lengths.max())), np.nan)
    starts = np.zeros(values.shape, dtype=np.bool_)
    for row, one in enumerate(series):
        values[row, : lengths[row]] = np.array(one.values, dtype=np.float64)
        starts[row, list(one.rebases)] = True
    found = [
        assess_block(
            values,
            reading,
            screen=screened,
            lengths=lengths,
            phase_starts=starts,
            baselines=np.array([one.baseline for one in series], dtype=np.int64),
        )
        for reading in (rules, MDC_2023)
    ]
    own, mdc = found
    leading = (leading_marks(values, own.marks), leading_marks(values, mdc.marks))
    return Batch(series, rules, screened, values, own, mdc.marks, *leading)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some series and what was found in them, ready to be written row by row."""

    series: list[SpcSeries]
    rules: RuleSet
    screened: bool
    values: NDArray[np.float64]
    block: Block
    mdc_marks: NDArray[np.uint8]
    leading: NDArray[np.uint8]
    mdc_leading: NDArray[np.uint8]

    def case_id(self, one: SpcSeries) -> str:
        return f"{one.series_id}.scr{int(self.screened)}"

    def phases_of(self, row: int) -> range:
        return range(int(self.block.offsets[row]), int(self.block.offsets[row + 1]))

    def group(self, one: SpcSeries, phase: int) -> int:
        """How many rebases lie at or before a phase; one at point 0 divides nothing but is counted."""
        return sum(index <= int(self.block.start[phase]) for index in one.rebases)

    def phase_rows(self) -> Iterator[list[Any]]:
        """Rows of phases.csv."""
        found = self.block
        figures = (found.mean, found.amr, found.lpl, found.upl, found.near_lpl, found.near_upl)
        for row, one in enumerate(self.series):
            for at in self.phases_of(row):
                counts = [int(found.start[at]), int(found.n[at]), int(found.n_valid[at])]
                texts = [figure(float(column[at])) for column in figures]
                yield [self.case_id(one), self.group(one, at), *counts, *texts]

    def point_rows(self) -> Iterator[list[Any]]:
        """Rows of points.csv."""
        types, mdc_types = _type_names(self.rules), _type_names(MDC_2023)
        for row, one in enumerate(self.series):
            names, case_id, length = _point_types(one.direction), self.case_id(one), len(one.values)
            marks, mdc_marks = self.block.marks[row].tolist(), self.mdc_marks[row].tolist()
            leading, mdc_leading = self.leading[row].tolist(), self.mdc_leading[row].tolist()
            groups, short, margins = self._by_phase(row, one)
            for i in range(length):
                own, mdc, first, mdc_first = marks[i], mdc_marks[i], leading[i], mdc_leading[i]
                margin = margins[i]
                yield [
                    *(case_id, i, groups[i]),
                    *(int(own & 3 > 0), int(own & 12 > 0), int(own & 48 > 0), int(own & 192 > 0), int(mdc & 48 > 0)),
                    *(types[first], int(first > 0), names[first], mdc_types[mdc_first], names[mdc_first]),
                    *(short[i], "" if margin != margin else f"{margin:.3g}", int(margin < FRAGILE)),
                ]

    def _by_phase(self, row: int, one: SpcSeries) -> tuple[list[int], list[int], list[float]]:
        """For each point of a series: its rebase group, whether that is short, and how near a line the value is."""
        found = self.block
        groups: list[int] = []
        short: list[int] = []
        margins: list[float] = []
        for at in self.phases_of(row):
            start, n = int(found.start[at]), int(found.n[at])
            groups += [self.group(one, at)] * n
            short += [int(n < self.rules.min_points)] * n
            y = self.values[row, start : start + n]
            drawn = (found.mean, found.lpl, found.upl, found.near_lpl, found.near_upl)
            lines = np.array([column[at] for column in drawn])
            lines = lines[np.isfinite(lines)]
            apart = np.abs(y[:, None] - lines).min(axis=1, initial=np.inf)
            width = float(np.nan_to_num(found.upl[at] - found.lpl[at]))
            scale = np.maximum(np.abs(y), max(abs(float(found.mean[at])), width))
            with np.errstate(invalid="ignore", divide="ignore"):
                margins += np.where(apart == 0, 0.0, apart / scale).tolist()
        return groups, short, margins

    def case_rows(self) -> Iterator[list[Any]]:
        """Rows of cases.csv."""
        for row, one in enumerate(self.series):
            names, last = _point_types(one.direction), len(one.values) - 1
            first, mdc_first = int(self.leading[row, last]), int(self.mdc_leading[row, last])
            assured = self._assurance(row, one)
            special = [int((marks[row] > 0).sum()) for marks in (self.leading, self.mdc_leading)]
            yield [
                *(self.case_id(one), one.series_id, int(self.screened), "ok", "", names[first], assured),
                *(_variation_icon(names[first], first), ASSURANCE_ICONS.get(assured, ""), names[mdc_first], *special),
            ]

    def _assurance(self, row: int, one: SpcSeries) -> str:
        """The last phase's limits against the target, by the layout's own definition."""
        if one.target is None or one.direction == Direction.NEUTRAL:
            return ""
        at = int(self.block.last_phase[row])
        lpl, upl = float(self.block.lpl[at]), float(self.block.upl[at])
        return against_limits(lpl, upl, Direction(one.direction), one.target, TargetOnLimit.INCONSISTENT).value


def _type_names(rules: RuleSet) -> dict[int, str]:
    """What the layout calls each leading mark."""
    trend, shift = f"{rules.trend_points} Point Trend", f"{rules.shift_points} Points"
    names = (
        *("Above UCL", "Below LCL", f"{trend} (Increasing)", f"{trend} (Decreasing)"),
        *("2 in 3 Above CL", "2 in 3 Below CL", f"{shift} Above CL", f"{shift} Below CL"),
    )
    return {0: "Common Cause"} | {1 << bit: name for bit, name in enumerate(names)}


def _point_types(direction: str) -> dict[int, str]:
    """What the layout calls a point with each leading mark; odd bits are the low side."""
    high, low = {
        "increase": ("improvement", "concern"),
        "decrease": ("concern", "improvement"),
        "neutral": ("neutral_high", "neutral_low"),
    }[direction]
    return {0: "common_cause"} | {1 << bit: f"special_cause_{low if bit % 2 else high}" for bit in range(8)}


def _variation_icon(point_type: str, leading: int) -> str:
    """File name of the icon; improvement and concern carry their side."""
    name = point_type.removeprefix("special_cause_")
    if name in {"improvement", "concern"}:
        name += "_low" if leading & 0b10101010 else "_high"
    return f"{name}.svg"
