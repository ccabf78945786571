"""Trends of themes in words, figures and small drawings; a few people's comments are never counted out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from sightline.core.intelligence.trends import (
    FEWEST_HEARD,
    FEWEST_MONTHS,
    Heard,
    Trend,
    charted,
    months_between,
    trend,
    trends_by_place,
)
from sightline.core.signals import Side
from sightline.core.statistics.marks import causes, sides
from sightline.core.statistics.series import SeriesInput, SeriesResult, assess
from sightline.intelligence.queries.themes import ModelFacts, Spoken
from sightline.web.charts import ChartSeries, Mark, Phase, Point, TimeAxis, describe, small_multiple
from sightline.web.wording import day, month, number, short_month

IN_TABLE, IN_CHART = 12, 36  # months back
FEW = f"fewer than {FEWEST_HEARD}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what it is of, its months, and how often in all."""

    name: str
    cells: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One theme drawn as the share of what was heard."""

    name: str
    drawing: Markup
    says: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What the model learned of one theme."""

    name: str
    examples: str
    precision: str
    recall: str
    says: str


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """The page of themes: a table of months, the number of texts beneath, charts, and places for one theme."""

    months: tuple[str, ...]
    last: str
    rows: tuple[Row, ...]
    heard: Row | None
    charts: tuple[Chart, ...]
    places: tuple[Row, ...]
    hides_few: bool


def themes_page(spoken: Spoken, names: Mapping[str, str], theme: str) -> ThemesPage:
    """This function will write the page; with comments among what is counted, small counts are not told."""
    if not spoken.overall:
        return ThemesPage((), "", (), None, (), (), hides_few=False)
    last = max(one.on for one in spoken.overall)
    recent, longer = _months_to(last, IN_TABLE), _months_to(last, IN_CHART)
    hides = spoken.has_comments
    rows = [one for one in trend(spoken.overall, recent, names) if any(one.counts)]
    every = trend(spoken.overall, recent, [""])[0]
    return ThemesPage(
        months=tuple(short_month(one) for one in recent),
        last=month(last),
        rows=tuple(_row(names[one.theme], one.counts, hides=hides) for one in rows),
        heard=_row("Items heard in all", every.heard, hides=hides),
        charts=_charts(spoken.overall, longer, names, hides=hides),
        places=_places(spoken, recent, theme, hides=hides) if theme else (),
        hides_few=hides,
    )


def model_lines(facts: ModelFacts, names: Mapping[str, str]) -> tuple[str, tuple[Learned, ...]]:
    """This function will say which model is in use, and how good it was found to be for each theme."""
    if facts.says:
        return facts.says, ()
    training = facts.training
    if training is None:
        return "No model is trained; the dictionary is used.", ()
    says = (
        f"{facts.name} was trained on {day(training.at)} on {number(training.texts)} texts from "
        f"{training.labels_from}. Beside the dictionary it proposes the themes below."
    )
    return says, tuple(
        Learned(
            names.get(one.theme, one.theme),
            number(one.examples),
            _share(one.precision),
            _share(one.recall),
            one.why_not,
        )
        for one in training.themes
    )


def _months_to(last: date, how_many: int) -> tuple[date, ...]:
    before = last.year * 12 + last.month - how_many
    return months_between(date(before // 12, before % 12 + 1, 1), last)


def _row(name: str, counts: Sequence[int], *, hides: bool) -> Row:
    """A sum would betray the one count that is not told, so it leaves those out and says so."""
    few = [hides and 0 < count < FEWEST_HEARD for count in counts]
    cells = tuple(FEW if hidden else number(count) for count, hidden in zip(counts, few, strict=True))
    told = sum(count for count, hidden in zip(counts, few, strict=True) if not hidden)
    return Row(name, cells, f"{number(told)} or more" if any(few) else number(told))


def _places(spoken: Spoken, months: Sequence[date], theme: str, *, hides: bool) -> tuple[Row, ...]:
    rows = trends_by_place(spoken.by_place, months, [theme])
    said = [one for one in rows if any(one.counts)]
    said.sort(key=lambda one: (-sum(one.counts), spoken.places[one.where]))
    return tuple(
        Row(
            spoken.places[one.where],
            (_whole(sum(one.counts), hides=hides), _whole(sum(one.heard), hides=hides)),
            _share_of(one, hides=hides),
        )
        for one in said
    )


def _whole(count: int, *, hides: bool) -> str:
    return FEW if hides and 0 < count < FEWEST_HEARD else number(count)


def _share_of(one: Trend, *, hides: bool) -> str:
    count, heard = sum(one.counts), sum(one.heard)
    if heard < FEWEST_HEARD or (hides and count < FEWEST_HEARD):
        return "too few to say"
    return number(100 * count / heard, 0, "%")


def _charts(
    heard: Sequence[Heard], months: Sequence[date], names: Mapping[str, str], *, hides: bool
) -> tuple[Chart, ...]:
    inputs = {one: _input(one, hides=hides) for one in trend(heard, months, names)}
    drawn = [(one, given) for one, given in inputs.items() if given is not None]
    results = assess([given for _, given in drawn])
    axis = TimeAxis(months[0], months[-1])
    return tuple(
        _chart(names[one.theme], one, given, result, axis) for (one, given), result in zip(drawn, results, strict=True)
    )


def _input(one: Trend, *, hides: bool) -> SeriesInput | None:
    """The series to draw: from a share of what was heard, a count that is not told could be worked out."""
    given = charted(one)
    if given is None or not any(one.counts):
        return None
    shown = [
        None if hides and 0 < count < FEWEST_HEARD else value
        for value, count in zip(given.values, one.counts, strict=True)
    ]
    known = [value for value in shown if value is not None]
    return SeriesInput(shown) if len(known) >= FEWEST_MONTHS else None


def _chart(name: str, one: Trend, given: SeriesInput, result: SeriesResult, axis: TimeAxis) -> Chart:
    points = []
    for at, (start, value) in enumerate(zip(one.months, given.values, strict=True)):
        found = sides(result.marks[at])
        mark, side = (Mark.NEUTRAL, found[0]) if found else (Mark.COMMON, Side.NONE)
        rules = tuple(dict.fromkeys(rule for rule, _ in causes(result.marks[at])))
        points.append(Point(start, None if value is None else float(value), mark, side, rules))
    phases = tuple(
        Phase(phase.start, phase.stop - 1, phase.mean, _within(phase.lpl), _within(phase.upl))
        for phase in result.phases
    )
    series = ChartSeries(f"theme-{one.theme}", name, tuple(points), phases, unit="%", decimals=0)
    return Chart(name, small_multiple(series, axis), describe(series))


def _within(limit: float | None) -> float | None:
    return None if limit is None else min(100.0, max(0.0, limit))


def _share(value: float | None) -> str:
    return "not tried" if value is None else number(100 * value, 0, "%")
