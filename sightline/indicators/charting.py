"""From figures to charts: a regular row of periods, the history of predecessors, the assessment, the signals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from sightline.core.indicators.assurance import Assurance, assurance
from sightline.core.indicators.evidence import Chart, signals_from
from sightline.core.indicators.reporting import reporting_signals
from sightline.core.indicators.variation import Direction, Variation, VariationReading, variation
from sightline.core.signals import Bearing, Side, Signal, SignalKind
from sightline.core.statistics.kinds import ChartKind as Drawn
from sightline.core.statistics.rebasing import snap_rebases
from sightline.core.statistics.rulesets import RuleSet, rule_set
from sightline.core.statistics.series import SeriesInput, SeriesResult, assess
from sightline.core.triangulation import oldest_that_counts
from sightline.directory.models import Subject
from sightline.indicators.catalogue import ChartKind, Indicator
from sightline.indicators.choosing import Columns, assess_on, lacking, unfit
from sightline.indicators.figures import Figures
from sightline.indicators.models import Series
from sightline.indicators.queries import History, SubjectHistory, histories
from sightline.intake.contract import PeriodKind

STEP_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.YEAR: 12,
    PeriodKind.FINANCIAL_YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class OnChart:
    """The chart that was chosen for a series, and what the series lacks for it: then it stands on XmR instead."""

    chosen: Drawn
    lacks: str = ""

    @property
    def as_plain(self) -> dict[str, str]:
        """What is kept with the series."""
        return {"kind": Drawn.I if self.lacks else self.chosen, "chosen": self.chosen, "lacks": self.lacks}


@dataclass(frozen=True, slots=True)
class Charted:
    """One series as assessed: what is shown, and what it signals; ``chart`` is None where nobody chose one."""

    indicator: Indicator
    subject: Subject
    source: str
    grid: Figures
    earlier: tuple[tuple[str, Figures], ...]
    result: SeriesResult
    reading: VariationReading
    assurance: Assurance
    target: float | None
    remarks: tuple[str, ...]
    signals: tuple[Signal, ...]
    chart: OnChart | None = None

    def row(self, at: datetime) -> Series:
        """This function will make the record that serves the pages."""
        reported = [value for value in self.grid.values if value is not None]
        return Series(
            indicator=self.indicator.id,
            subject=self.subject,
            source=self.source,
            kind=self.grid.kind,
            first_on=self.grid.starts[0],
            last_on=self.grid.last_reported_on or self.grid.starts[-1],
            points=len(reported),
            last_value=reported[-1] if reported else None,
            status=self.result.status.value,
            variation=self.reading.icon.value,
            assurance=self.assurance.value,
            worry=self._worry(),
            rule_set=self.result.rule_set,
            screened=self.result.screened,
            assessed_at=at,
            packed=Series.pack(self._content()),
        )

    def _worry(self) -> int:
        """Only for sorting: 2 when a concern stands, 1 when something changed or is missing, -1 for the better."""
        bearings = {signal.bearing for signal in self.signals if signal.kind is not SignalKind.TARGET_MISSED}
        if Bearing.CONCERN in bearings:
            return 2
        if Bearing.IMPROVEMENT in bearings:
            return -1
        return 1 if bearings else 0

    def _phases(self) -> list[list[float | int | None]]:
        """Limits of ours only where they mean something: not for figures that overlap or are too few."""
        phases = self.result.phases
        if self.indicator.chart is not ChartKind.XMR:
            return [[p.start, p.n, p.n_valid, None, None, None, None, None] for p in phases]
        return [[p.start, p.n, p.n_valid, p.mean, p.lpl, p.upl, p.near_lpl, p.near_upl] for p in phases]

    def _marks(self) -> list[int]:
        return list(self.result.marks) if self.indicator.chart is ChartKind.XMR else [0] * len(self.result.marks)

    def _content(self) -> dict[str, Any]:
        return {
            **self.grid.as_plain(),
            "phases": self._phases(),
            "marks": self._marks(),
            "changes": list(self.result.changes),
            "target": self.target,
            "remarks": [*self.remarks, *(remark.says for remark in self.result.remarks)],
            "also": self.reading.also.value if self.reading.also else "",
            "parameters": self.result.parameter_hash,
            "earlier": [[name, figures.as_plain()] for name, figures in self.earlier],
            **({"chart": self.chart.as_plain} if self.chart else {}),
            **({"limits": [list(pair) for pair in self.result.steps]} if self.result.steps else {}),
        }


def chart_all(indicator: Indicator, history: History, today: date) -> list[Charted]:
    """This function will assess every subject's series of one indicator together, on the chart chosen for it."""
    rules = rule_set(history.rule_set)
    prepared = [_prepare(one, history) for one in history.subjects]
    results = assess([given for _, given, _ in prepared], rules, history.screen)
    charts: list[OnChart | None] = [None] * len(results)
    if history.chart and indicator.chart is ChartKind.XMR:
        results, charts = _on_chosen(indicator, history, prepared, results, rules)
    peers = history.peer_shares
    return [
        _chart(indicator, one, grid, result, remarks, peers, history, today, chart)
        for one, (grid, _, remarks), result, chart in zip(history.subjects, prepared, results, charts, strict=True)
    ]


_Prepared = tuple[Figures, SeriesInput, tuple[str, ...]]


def _on_chosen(
    indicator: Indicator, history: History, prepared: list[_Prepared], plain: list[SeriesResult], rules: RuleSet
) -> tuple[list[SeriesResult], list[OnChart | None]]:
    """Each series on the chart that a person chose; one that lacks what it needs stays as it was assessed."""
    kind = Drawn(history.chart)
    results: list[SeriesResult] = []
    charts: list[OnChart | None] = []
    for (grid, given, _), as_it_was in zip(prepared, plain, strict=True):
        columns = Columns.on(grid)
        lacks = unfit(kind, indicator) or lacking(kind, indicator, columns)
        charts.append(OnChart(kind, lacks))
        results.append(as_it_was if lacks else assess_on(kind, indicator, columns, given, rules, history.screen))
    return results, charts


def _prepare(one: SubjectHistory, history: History) -> _Prepared:
    grid = one.own.on_grid(STEP_MONTHS.get(PeriodKind(history.kind)) or one.own.usual_step())
    indices, remarks = snap_rebases(grid.starts, [rebase.asked_for for rebase in one.rebases])
    baseline = max((rebase.baseline_points or 0 for rebase in one.rebases), default=0)
    given = SeriesInput(grid.values, rebases=indices, baseline=baseline)
    return grid, given, tuple(remark.says for remark in remarks)


def _chart(
    indicator: Indicator,
    one: SubjectHistory,
    grid: Figures,
    result: SeriesResult,
    remarks: tuple[str, ...],
    peers: dict[date, float],
    history: History,
    today: date,
    on_chart: OnChart | None,
) -> Charted:
    direction = _direction(indicator)
    last = grid.last_reported_on or grid.starts[-1]
    target = indicator.target_on(last)
    publication = history.publication_of(grid.ranks[-1]) if grid.ranks else ""
    chart = Chart(
        subject=one.subject.key,
        measure=indicator.id,
        source=history.source,
        publication=publication,
        dates=grid.starts,
        values=grid.values,
        result=result,
        direction=direction,
        target=target,
    )
    signals: tuple[Signal, ...] = ()
    if one.is_open_on(today):  # nobody needs to be worried about a body that is no more
        if indicator.chart is ChartKind.XMR:
            signals += signals_from(chart)
        signals += _outlier(indicator, one, grid, history)
        # Where everybody's figures ended years ago, nobody's silence is news; that they are late is told once.
        if max(peers, default=date.min) >= oldest_that_counts(today):
            signals += reporting_signals(
                one.subject.key, indicator.id, history.source, publication, grid.reported_on, peers
            )
    return Charted(
        indicator=indicator,
        subject=one.subject,
        source=history.source,
        grid=grid,
        earlier=one.earlier,
        result=result,
        reading=_reading(indicator, result, grid, direction),
        assurance=assurance(result, grid.values, direction, target),
        target=target,
        remarks=remarks,
        signals=signals,
        chart=on_chart,
    )


def _reading(indicator: Indicator, result: SeriesResult, grid: Figures, direction: Direction) -> VariationReading:
    """Where the publisher's own limits are the test, there is no variation icon of ours."""
    if indicator.chart is not ChartKind.XMR:
        return VariationReading(Variation.NONE)
    return variation(result, grid.values, direction)


def _direction(indicator: Indicator) -> Direction:
    return Direction.NEUTRAL if indicator.direction == "neither" else Direction(indicator.direction)


def _outlier(indicator: Indicator, one: SubjectHistory, grid: Figures, history: History) -> tuple[Signal, ...]:
    """A figure that its own publisher calls higher or lower than expected, now and how many times in a row."""
    bands = grid.bands
    if not bands or bands[-1] not in {"high", "low"}:
        return ()
    side = Side(bands[-1])
    run = next((i for i, band in enumerate(reversed(bands)) if band != bands[-1]), len(bands))
    return (
        Signal(
            subject=one.subject.key,
            measure=indicator.id,
            kind=SignalKind.OUTLIER,
            bearing=_bearing(indicator, side),
            since=grid.starts[-run],
            until=grid.starts[-1],
            periods=run,
            source=history.source,
            publication=history.publication_of(grid.ranks[-1]),
            side=side,
            value=grid.values[-1],
            usual_low=grid.lows[-1],
            usual_high=grid.highs[-1],
        ),
    )


def _bearing(indicator: Indicator, side: Side) -> Bearing:
    if indicator.direction == "neither":
        return Bearing.NEITHER
    better = Side.HIGH if indicator.direction == "increase" else Side.LOW
    return Bearing.IMPROVEMENT if side is better else Bearing.CONCERN


def series_as_known(indicator: Indicator, subject: Subject, on: date) -> Series | None:
    """This function will assess a subject's figures as they were known at the end of a day; None when none were.

    Nothing is stored: the parts are immutable, so what was known then can always be worked out again.
    """
    moment = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    for _, history in histories(settings.DATA_DIR, {indicator.id}, known_at=moment):
        own = [one for one in history.subjects if one.subject.pk == subject.pk]
        if own:
            return chart_all(indicator, replace(history, subjects=own), on)[0].row(moment)
    return None
