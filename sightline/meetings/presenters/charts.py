"""A chart that was frozen into a paper: drawn and told from its facts, by the same code as on the pages of figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from sightline.core.indicators.assurance import Assurance
from sightline.core.indicators.variation import Variation
from sightline.core.signals import Bearing
from sightline.directory.models import Subject
from sightline.indicators.catalogue import Indicator, read_indicator
from sightline.indicators.models import ChartChoice, Rebase, Series, Signal
from sightline.indicators.presenters.choosing import drawn_on
from sightline.indicators.presenters.comparing import DIRECTION
from sightline.indicators.presenters.drawings import PointRow, chart_series, table_rows
from sightline.indicators.presenters.single import mandatory_card, method_in_words
from sightline.indicators.presenters.words import STATUS, TAG, sentence
from sightline.meetings.models import PaperRecord
from sightline.web.charts import (
    ChartSeries,
    describe,
    footnotes,
    full_chart,
    full_drawing,
    keys,
    legend,
    standing_alone,
)
from sightline.web.wording import day, plural

IN_A_PACK = 24  # the newest periods in a pack's table; the paper's own page has all
_DAYS = {"since", "until"}


@dataclass(frozen=True, slots=True)
class ChartPaper:
    """A chart in a paper: what it is drawn from, what it says, its figures (the newest first) and its data card."""

    drawn: ChartSeries
    says: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[PointRow, ...]
    card: tuple[tuple[str, str], ...]

    @property
    def chart(self) -> Markup:
        """The drawing for a page."""
        return full_chart(self.drawn)

    @property
    def legend(self) -> Markup:
        """What its shapes and lines mean."""
        return legend(self.drawn)

    @property
    def newest(self) -> tuple[PointRow, ...]:
        """The figures that stand in a pack."""
        return self.rows[:IN_A_PACK]

    @property
    def left_out(self) -> str:
        """How many earlier figures only the paper's own page shows; empty where there are none."""
        more = len(self.rows) - IN_A_PACK
        return f"The newest first. {plural(more, 'earlier figure')}: on the paper’s own page." if more > 0 else ""


def chart_paper(record: PaperRecord | None) -> ChartPaper | None:
    """This function will read a chart out of a paper, or give nothing for a paper that holds none."""
    frozen = record.content.get("chart") if record is not None else None
    if record is None or frozen is None:
        return None
    return read_chart(frozen, record.content["subject"]["name"], f"c{record.version_id.hex}")


def read_chart(frozen: dict[str, Any], name: str, key: str) -> ChartPaper:
    """This function will read a chart from its facts; ``key`` makes the ids of its drawing unique."""
    indicator = read_indicator(frozen["indicator"])
    series = _series(frozen, name)
    rebases = [Rebase(from_on=date.fromisoformat(one["from_on"]), because=one["because"]) for one in frozen["rebases"]]
    drawn = chart_series(series, indicator, series.subject.name, rebases)
    return ChartPaper(
        drawn=replace(drawn, key=key),
        says=tuple(_says(frozen, series, indicator)),
        notes=tuple(filter(None, _notes(frozen, series))),
        rows=tuple(table_rows(series, indicator)),
        card=(*mandatory_card(indicator), *_which_chart(frozen)),
    )


def _which_chart(frozen: dict[str, Any]) -> list[tuple[str, str]]:
    """On which chart it stands, who chose it and why; nothing for a paper of figures for which nobody chose."""
    choice = frozen.get("choice")
    if choice is None:
        return []
    made = ChartChoice(
        kind=choice["kind"],
        because=choice["because"],
        recorded_by=choice["by"],
        recorded_at=datetime.fromisoformat(choice["recorded_at"]),
    )
    names = {choice["by"]: choice["by"]} if choice["by"] else {}
    return [("Chart", drawn_on(frozen["figures"], made, names))]


def to_print(chart: ChartPaper) -> dict[str, Any]:
    """This function will give a chart as a template sets it, the drawing with everything that it needs."""
    return {
        "drawing": standing_alone(str(full_drawing(chart.drawn))),
        "alt": f"{chart.drawn.title}. {describe(chart.drawn)}",
        "keys": [{"drawing": standing_alone(key), "says": words} for key, words in keys(chart.drawn)],
        "footnotes": footnotes(chart.drawn),
        "says": list(chart.says),
        "notes": list(chart.notes),
        "figures": "Figures",
        "columns": ["Period", "Value", "Counts", "Usual range", "What it says"],
        "rows": [
            [_of(row.period, row.earlier), row.value, row.counts, row.usual, _of(row.says, row.note)]
            for row in chart.newest
        ],
        "left_out": chart.left_out,
        "card": [list(one) for one in chart.card],
    }


def _of(words: str, more: str) -> str:
    return f"{words} ({more})" if words and more else words or more


def _series(frozen: dict[str, Any], name: str) -> Series:
    plain = {**frozen["series"], **{one: date.fromisoformat(frozen["series"][one]) for one in ("first_on", "last_on")}}
    return Series(subject=Subject(name=name), packed=Series.pack(frozen["figures"]), **plain)


def _says(frozen: dict[str, Any], series: Series, indicator: Indicator) -> list[str]:
    """What the rules found, then each thing noticed with whether it is better or worse."""
    assured = Assurance(series.assurance)
    found = [Variation(series.variation).words, "" if assured is Assurance.NONE else assured.words]
    found.append(DIRECTION[indicator.direction])
    noticed = [signal_of(one) for one in frozen["signals"]]
    return [
        " ".join(f"{one}." for one in found if one),
        *(f"{TAG[Bearing(one.bearing)][0]}: {sentence(one, indicator)}" for one in noticed),
    ]


def signal_of(plain: dict[str, Any]) -> Signal:
    """This function will make of what was frozen of a signal one that can be put into words; it is kept nowhere."""
    return Signal(**{name: date.fromisoformat(value) if name in _DAYS else value for name, value in plain.items()})


def _notes(frozen: dict[str, Any], series: Series) -> list[str]:
    earlier = [name for name, _ in frozen["figures"]["earlier"]]
    latest = frozen["publication"]
    published = f", published {day(date.fromisoformat(latest['published_on']))}" if latest.get("published_on") else ""
    return [
        STATUS[series.status],
        *frozen["figures"]["remarks"],
        _before(earlier) if len(earlier) > 1 else "",
        f"Latest publication: {latest['title']}{published}." if latest else "",
        f"Assessed by the rule set {method_in_words(series.rule_set, series.screened)}.",
    ]


def _before(names: list[str]) -> str:
    return (
        f"Before it, the work was done by {' and '.join(names)}. Their figures are in the table, and not in the chart."
    )
