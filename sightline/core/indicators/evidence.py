"""Evidence: what the chart of one indicator says now, in the one shape in which every source speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.core.indicators.assurance import Assurance, assurance
from sightline.core.indicators.patterns import RECENT, Pattern, current_patterns
from sightline.core.indicators.variation import Direction, bearing, last_reported
from sightline.core.signals import Bearing, Side, Signal, SignalKind
from sightline.core.statistics.series import SeriesResult, Status


@dataclass(frozen=True, slots=True)
class Chart:
    """One indicator of one subject: its periods and values, what was found in them, and what would be better.

    ``dates`` are the first days of the periods, one for each value. ``source`` names the road by which the
    figures came and ``publication`` the publication that brought the latest of them.
    """

    subject: str
    measure: str
    source: str
    publication: str
    dates: Sequence[date]
    values: Sequence[float | None]
    result: SeriesResult
    direction: Direction
    target: float | None = None


def signals_from(chart: Chart, *, recent: int = RECENT, provisional_too: bool = False) -> tuple[Signal, ...]:
    """This function will turn a chart into the signals that stand now (DAT-03; QSG 2017 ¶105).

    - SPECIAL_CAUSE: one for each current pattern (``current_patterns`` says what is current), with every rule
      that marked one of its points. ``since`` and ``until`` are its first and last period, ``periods`` counts
      the marked ones, ``value`` is the one at ``until``.
    - TARGET_MISSED: when the whole usual range lies on the wrong side of the target, since the phase began.
    - CHANGED: for a series without variation, one for each change of value among the ``recent`` latest periods.

    Limits that are provisional raise nothing, unless ``provisional_too``: with few values chance alone crosses
    them too often to trouble anybody.
    """
    trusted = {Status.OK, Status.PROVISIONAL} if provisional_too else {Status.OK}
    found: list[Signal] = []
    if chart.result.status in trusted:
        patterns = current_patterns(chart.result, chart.values, recent)
        found.extend(_special_cause(chart, pattern) for pattern in patterns)
        found.extend(_target_missed(chart))
    elif chart.result.status is Status.NO_VARIATION:
        found.extend(_changed(chart, recent))
        if provisional_too or _enough(chart):
            found.extend(_target_missed(chart))
    return tuple(found)


def _special_cause(chart: Chart, pattern: Pattern) -> Signal:
    low, high = chart.result.usual_at(pattern.last)
    return Signal(
        subject=chart.subject,
        measure=chart.measure,
        kind=SignalKind.SPECIAL_CAUSE,
        bearing=bearing(chart.direction, pattern.side),
        since=chart.dates[pattern.first],
        until=chart.dates[pattern.last],
        periods=len(pattern.indices),
        source=chart.source,
        publication=chart.publication,
        side=pattern.side,
        rules=pattern.rules,
        value=chart.values[pattern.last],
        usual_low=low,
        usual_high=high,
    )


def _target_missed(chart: Chart) -> Iterator[Signal]:
    """One signal when the process cannot be expected to meet its target."""
    if assurance(chart.result, chart.values, chart.direction, chart.target) is not Assurance.MISSES:
        return
    last, end = chart.result.last_phase, last_reported(chart.values)
    yield Signal(
        subject=chart.subject,
        measure=chart.measure,
        kind=SignalKind.TARGET_MISSED,
        bearing=Bearing.CONCERN,
        since=chart.dates[last.start],
        until=chart.dates[end],
        periods=last.n_valid,
        source=chart.source,
        publication=chart.publication,
        side=Side.LOW if chart.direction is Direction.INCREASE else Side.HIGH,
        value=chart.values[end],
        usual_low=last.lpl,
        usual_high=last.upl,
    )


def _changed(chart: Chart, recent: int) -> Iterator[Signal]:
    """One signal for each recent move of a series that does not usually move."""
    end = last_reported(chart.values)
    for index in chart.result.changes:
        value, before = chart.values[index], chart.values[last_reported(chart.values[:index])]
        if index <= end - recent or value is None or before is None:
            continue
        side = Side.HIGH if value > before else Side.LOW
        yield Signal(
            subject=chart.subject,
            measure=chart.measure,
            kind=SignalKind.CHANGED,
            bearing=bearing(chart.direction, side),
            since=chart.dates[index],
            until=chart.dates[index],
            periods=1,
            source=chart.source,
            publication=chart.publication,
            side=side,
            value=value,
        )


def _enough(chart: Chart) -> bool:
    """Whether a constant has been seen often enough to speak about its target."""
    return chart.result.last_phase.n_valid >= chart.result.rules.min_points
