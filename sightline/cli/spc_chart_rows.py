"""The rows that ``sightline spc --chart`` writes: charts of any kind in the columns of the reference vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sightline.cli.spc_chart_layout import ChartSeries
from sightline.cli.tables import figure, refuse
from sightline.core.statistics.advice import Measured, advise
from sightline.core.statistics.charts import Chart, ChartInput, ChartPhase, draw, of_subgroups
from sightline.core.statistics.kinds import RATIOS, SUBGROUPS, ChartKind
from sightline.core.statistics.rulesets import RuleSet
from sightline.core.statistics.runs import Runs, Towards, take_medians
from sightline.core.verdict import Invalid

_RUNS = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min")
POINT_COLUMNS = (
    *("series_id", "chart", "idx", "part", "y", "n", "cl", "lcl", "lcl95", "ucl95", "ucl", "sigma_signal"),
    *("runs_signal", *_RUNS, "status", "causes"),
)
PHASE_COLUMNS = (
    *("series_id", "chart", "screened", "part", "start_idx", "n_obs", *_RUNS, "runs_signal"),
    *("cl", "lcl", "lcl95", "ucl95", "ucl", "n_sigma_signal", "sigma_signal_idx", "status"),
)
REMARK_COLUMNS = ("series_id", "chart", "idx", "kind", "says")
# What the figures are, on charts whose name says so.
_MEASURED = {
    **{ChartKind.P: Measured.PROPORTION, ChartKind.P_PRIME: Measured.PROPORTION},
    **{ChartKind.U: Measured.RATE, ChartKind.U_PRIME: Measured.RATE, ChartKind.C: Measured.COUNT},
}
MEDIAN_COLUMNS = ("series_id", "status", "run_type", "median", "start_date", "end_date")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series and its chart, ready to be written."""

    one: ChartSeries
    chart: Chart

    def outside(self) -> Any:
        """Where points lie beyond the lines as the arithmetic gives them, also where a phase does not vary."""
        lower, upper = self.chart.limits()
        return (self.chart.values > upper) | (self.chart.values < lower)

    def point_rows(self) -> Iterator[list[Any]]:
        """Rows of points.csv."""
        chart, outside = self.chart, self.outside()
        lines = {sigmas: chart.shown(sigmas) for sigmas in (2, 3)}
        for part, phase in enumerate(chart.phases, 1):
            runs = _runs_cells(phase.runs)
            for i in range(phase.start, phase.stop):
                drawn = (lines[3][0][i], lines[2][0][i], lines[2][1][i], lines[3][1][i])
                shown = [figure(float(line)) for line in drawn]
                yield [
                    *(self.one.series_id, chart.kind.value, i, part, figure(float(chart.values[i])), self._size(i)),
                    *(figure(phase.lines.centre), *shown, int(outside[i]), int(phase.runs.signals)),
                    *(*runs, chart.status.value, self._causes(i)),
                ]

    def phase_rows(self) -> Iterator[list[Any]]:
        """Rows of phases.csv; limits that differ from point to point are in points.csv alone."""
        chart, outside = self.chart, self.outside()
        for part, phase in enumerate(chart.phases, 1):
            beyond = [str(i) for i in range(phase.start, phase.stop) if outside[i]]
            yield [
                *(self.one.series_id, chart.kind.value, int(chart.screened), part, phase.start, phase.n),
                *(*_runs_cells(phase.runs), int(phase.runs.signals), figure(phase.lines.centre)),
                *(*_common_limits(phase), len(beyond), ";".join(beyond), chart.status.value),
            ]

    def remark_rows(self) -> Iterator[list[Any]]:
        """Rows of remarks.csv; where another chart would suit better, the last one says so."""
        names = (self.one.series_id, self.chart.kind.value)
        for remark in self.chart.remarks:
            yield [*names, remark.at, remark.kind.value, remark.says]
        measured = _MEASURED.get(self.chart.kind)
        advice = advise(measured, self.one.values, self.one.sizes) if measured else None
        if advice is not None and advice.kind not in {None, self.chart.kind}:
            yield [*names, 0, "other_chart", advice.says]

    def _size(self, index: int) -> str:
        if self.chart.kind in SUBGROUPS:
            return str(sum(value is not None for value in self.one.groups[index]))
        size = self.one.sizes[index]
        return "" if size is None else figure(size)

    def _causes(self, index: int) -> str:
        """Every rule that fired, the leading one first, each with its side."""
        return ";".join(f"{rule.value}:{side.value}" for rule, side in self.chart.causes(index))


def draw_all(series: list[ChartSeries], kind: ChartKind, rules: RuleSet, screen: bool | None) -> list[Drawn]:
    """This function will draw every series, or refuse them all with every fault named."""
    drawn, faults = list[Drawn](), list[str]()
    for one in series:
        try:
            drawn.append(Drawn(one, draw(_input(one, kind), rules, screen)))
        except Invalid as problem:
            faults.extend(f"Series “{one.series_id}”. {says}" for says in problem.problems)
    refuse(faults)
    return drawn


def _input(one: ChartSeries, kind: ChartKind) -> ChartInput:
    if kind in SUBGROUPS:
        return of_subgroups(kind, one.groups, one.rebases, one.baseline)
    sizes = one.sizes if kind in RATIOS else None
    return ChartInput(kind, one.values, sizes, rebases=one.rebases, baseline=one.baseline)


def _runs_cells(runs: Runs) -> list[Any]:
    found = (runs.longest, runs.longest_max, runs.crossings, runs.crossings_min)
    return [runs.useful, *("" if number is None else number for number in found)]


def _common_limits(phase: ChartPhase) -> list[str]:
    """The four limits where they are the same for the whole phase."""
    cells = []
    for sigmas, side in ((3, 0), (2, 0), (2, 1), (3, 1)):
        line = phase.lines.shown(sigmas)[side]
        same = len(line) and bool((line == line[0]).all()) and bool(np.isfinite(line[0]))
        cells.append(figure(float(line[0])) if same else "")
    return cells


def median_rows(series: list[ChartSeries]) -> Iterator[list[Any]]:
    """This function will give the rows of medians.csv: the first median of each series, and each taken anew."""
    for one in series:
        values = np.array(one.values, dtype=np.float64)
        found = take_medians(values, one.first, one.run, Towards(one.towards))
        if not found:
            yield [one.series_id, f"fewer than {one.first} points, or none of the first has a value", "", "", "", ""]
        for at, median in enumerate(found):
            days = (one.dates[median.start], one.dates[median.end])
            yield [one.series_id, "ok", "sustained" if at else "baseline", figure(median.value), *days]
