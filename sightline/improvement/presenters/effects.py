"""The KPIs of a plan in words and charts: what each shows, and the one line of what the plan changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from markupsafe import Markup

from sightline.core.improvement.succeeding import Effect, Judged
from sightline.improvement.queries.effects import Measured
from sightline.indicators.catalogue import Indicator
from sightline.indicators.presenters.drawings import chart_series, direction_of, point_of
from sightline.indicators.presenters.words import clipped, value_words
from sightline.web.charts import ChartSeries, Phase, full_chart, legend
from sightline.web.wording import day, plural

Tag = tuple[str, str]
_TAGS: Mapping[Effect, Tag] = {
    Effect.MET: ("Success", "nhsuk-tag--green"),
    Effect.NOT_YET: ("Not yet", "nhsuk-tag--yellow"),
    Effect.LOST: ("Did not last", "nhsuk-tag--orange"),
    Effect.UNKNOWN: ("Cannot be told", "nhsuk-tag--grey"),
}


@dataclass(frozen=True, slots=True)
class KpiLine:
    """What is measured, its test of success and what it shows; with its chart where the reader may see one."""

    name: str
    words: str
    href: str
    tag: Tag | None
    says: tuple[str, ...]
    chart: Markup | str
    legend: Markup | str
    effect: Effect | None


def kpi_lines(found: Sequence[Measured], subject: UUID) -> list[KpiLine]:
    """This function will write the KPIs of a version."""
    return [_line(one, subject) for one in found]


def _line(one: Measured, subject: UUID) -> KpiLine:
    kpi, judged, indicator = one.kpi, one.judged, one.indicator
    drawn = _drawn(one)
    return KpiLine(
        name=indicator.name if indicator else kpi.indicator,
        words=kpi.words,
        href=reverse("series", args=[kpi.indicator, subject]) if one.series else "",
        tag=_TAGS[judged.effect] if judged else None,
        says=tuple(_says(one, judged, indicator)) if judged and indicator else (),
        chart=full_chart(drawn) if drawn else "",
        legend=legend(drawn) if drawn else "",
        effect=judged.effect if judged else None,
    )


def _says(one: Measured, judged: Judged, indicator: Indicator) -> list[str]:
    kpi = one.kpi
    said = []
    if kpi.target is not None and kpi.held_months:
        reach = "or more" if indicator.direction == "increase" else "or less"
        target = value_words(kpi.target, indicator)
        said.append(
            f"Success is {target} {reach}, held for {plural(kpi.held_months, 'month')} and more than chance alone "
            "would explain."
        )
    if judged.effect is Effect.MET:
        said.append(f"Met: it has been so since {day(judged.since)}.")
    elif judged.effect is Effect.LOST:
        said.append(f"It was met from {day(judged.since)} to {day(judged.until)}, and is no longer.")
    elif judged.effect is Effect.NOT_YET:
        said.append(f"Not yet. {judged.says}")
    else:
        said.append(f"It cannot be told. {judged.says}")
    if judged.result and judged.baseline is not None:
        said.append(
            f"Before the work started it was {value_words(judged.baseline, indicator)} on average, by "
            f"{plural(judged.before, 'figure')}. The usual range of the chart is drawn from these alone."
        )
    return said


def _drawn(one: Measured) -> ChartSeries | None:
    """The chart: against the range from before the start where there is one, else as on the page of its figures."""
    if one.series is None or one.indicator is None:
        return None
    name = one.series.subject.name
    drawn = chart_series(one.series, one.indicator, name, one.rebases)
    key = f"k{one.kpi.pk}"
    if one.kpi.target is not None:
        drawn = replace(drawn, target=one.kpi.target)
    result = one.judged.result if one.judged else None
    if result is None:
        return replace(drawn, key=key)
    limits = result.last_phase
    figures, direction = one.judged.figures if one.judged else (), direction_of(one.indicator)
    points = tuple(
        point_of(figure.first, figure.value, mark, direction)
        for figure, mark in zip(figures, result.marks, strict=True)
    )
    low, high = (None if edge is None else clipped(edge, one.indicator) for edge in (limits.lpl, limits.upl))
    few = limits.n_basis < result.rules.min_baseline
    phase = Phase(0, len(points) - 1, limits.mean, low, high, provisional=few)
    # The test of success is judged on an XmR chart, whichever chart its figures stand on elsewhere.
    plain = replace(drawn, chart="", centre="average", rebases=(), predecessor=None)
    return replace(plain, key=key, points=points, phases=(phase,))


def effect_words(lines: Sequence[KpiLine]) -> str:
    """This function will say in one line what the plan changed; it says nothing of how much was done (PLN-08)."""
    judged = [one.effect for one in lines if one.effect]
    if not judged:
        return "No KPI has a test of success in figures, so figures cannot tell."
    met = f"{judged.count(Effect.MET)} of {plural(len(judged), 'test')} of success met"
    more = [
        f"{judged.count(Effect.LOST)} met and lost again" if Effect.LOST in judged else "",
        f"{judged.count(Effect.UNKNOWN)} cannot be told" if Effect.UNKNOWN in judged else "",
    ]
    return "; ".join(filter(None, [met, *more])) + "."
