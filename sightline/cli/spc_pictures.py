"""The pictures of ``sightline spc``: the chart that the pages draw where there are dates, and any other chart as a plot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from sightline.cli.spc_chart_layout import ChartSeries
from sightline.cli.spc_chart_rows import Drawn
from sightline.cli.spc_layout import SpcSeries
from sightline.core.indicators.variation import Direction, bearing
from sightline.core.statistics.charts import Chart, ChartInput, draw
from sightline.core.statistics.kinds import ChartKind
from sightline.core.statistics.rulesets import RuleSet
from sightline.core.statistics.runs import Towards, take_medians
from sightline.core.statistics.series import Status
from sightline.web import charts, wording
from sightline.web.charts.control import KIND_WORDS, About, chart_says, control_plot, medians_plot
from sightline.web.charts.series import MARK
from sightline.web.charts.sheet import Sheet, sheet_of_plot, sheet_of_series


def xmr_sheets(series: Iterable[SpcSeries], rules: RuleSet, screened: bool) -> Iterator[tuple[str, Sheet]]:
    """This function will draw each series as its page would: by its days, or by its points where days are not all there."""
    for number, one in enumerate(series):
        chart = draw(ChartInput(ChartKind.I, one.values, rebases=one.rebases, baseline=one.baseline), rules, screened)
        key, title = f"p{number}", one.title or one.series_id
        if len(one.dates) == len(one.values):
            yield one.series_id, sheet_of_series(_as_on_pages(one, chart, key, title))
            continue
        about = About((), Direction(one.direction), one.target, one.because)
        yield one.series_id, sheet_of_plot(control_plot(chart, about), key, title, chart_says(chart, about))


def chart_sheets(drawn: Iterable[Drawn]) -> Iterator[tuple[str, Sheet]]:
    """This function will draw each series on the chart that was asked for, with the status of its limits as a note."""
    for number, found in enumerate(drawn):
        one = found.one
        about = About(_names(one.dates), Direction(one.improves), one.target, one.because)
        says = chart_says(found.chart, about)
        title = f"{one.title or one.series_id}: {KIND_WORDS[found.chart.kind]}"
        yield one.series_id, sheet_of_plot(control_plot(found.chart, about), f"p{number}", title, says, (says,))


def median_sheets(series: Iterable[ChartSeries]) -> Iterator[tuple[str, Sheet]]:
    """This function will draw each series about its medians."""
    for number, one in enumerate(series):
        values = np.array(one.values, dtype=np.float64)
        medians = take_medians(values, one.first, one.run, Towards(one.towards))
        known = int(np.isfinite(values).sum())
        about = (
            f"about {wording.plural(len(medians), 'median')}" if medians else "with too few at its start for a median"
        )
        says = f"Run chart of {wording.plural(known, 'point')} {about}."
        plot = medians_plot(values, medians, _names(one.dates))
        title = f"{one.title or one.series_id}: run chart"
        yield one.series_id, sheet_of_plot(plot, f"p{number}", title, says, (says,))


def _names(days: list[str]) -> tuple[str, ...]:
    """Months as readers know them, days in full, and nothing where one is missing."""
    if not days or not all(days):
        return ()
    known = [date.fromisoformat(day) for day in days]
    in_months = all(day.day == 1 for day in known)
    return tuple(wording.short_month(day) if in_months else f"{day.day} {day:%b %Y}" for day in known)


def _as_on_pages(one: SpcSeries, chart: Chart, key: str, title: str) -> charts.ChartSeries:
    """The same facts as the page of a series has, so that the picture is the page's own."""
    direction = Direction(one.direction)
    points = []
    for index, (day, value) in enumerate(zip(one.dates, one.values, strict=True)):
        causes = chart.causes(index)
        if not causes:
            points.append(charts.Point(day, value))
            continue
        side = causes[0][1]
        rules = tuple(dict.fromkeys(rule for rule, _ in causes))
        points.append(charts.Point(day, value, MARK[bearing(direction, side)], side, rules))
    phases = []
    for phase in chart.phases:
        lower, upper = phase.lines.limits(3)
        low, high = (float(lower[0]), float(upper[0])) if phase.varies else (None, None)
        middle = phase.lines.centre if phase.n_basis else None
        early = chart.status is Status.PROVISIONAL
        phases.append(charts.Phase(phase.start, phase.stop - 1, middle, low, high, early))
    rebases = tuple(
        charts.Rebase(one.dates[phase.start], one.because[number] if number < len(one.because) else "")
        for number, phase in enumerate(chart.phases[1:])
    )
    return charts.ChartSeries(
        key, title, tuple(points), tuple(phases), target=one.target, direction=direction, rebases=rebases
    )
