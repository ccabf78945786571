"""A subject's page in words, charts and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from sightline.core.indicators.variation import Variation
from sightline.directory.models import Subject
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Rating, Series, Signal
from sightline.indicators.presenters.comparing import DIRECTION
from sightline.indicators.presenters.drawings import chart_series
from sightline.indicators.presenters.dropping import source_title
from sightline.indicators.presenters.single import age, icons_of
from sightline.indicators.presenters.words import last_day, period, sentence
from sightline.web.charts import (
    TimeAxis,
    small_multiple,
)
from sightline.web.wording import day

OLDER_BY_DAYS = 550


@dataclass(frozen=True, slots=True)
class Multiple:
    """One small multiple on a subject's page."""

    title: str
    href: str
    drawing: Markup
    icons: Markup
    direction: str
    says: str
    age: str


def multiples(
    subject: Subject,
    series: Sequence[Series],
    signals: Sequence[Signal],
    catalogue: Mapping[str, Indicator],
    on: date,
) -> list[tuple[str, list[Multiple]]]:
    """This function will draw every series of a subject on one time axis, the worst first, in two groups."""
    known = [one for one in series if one.indicator in catalogue]
    newest = max((one.last_on for one in known), default=on)
    # One time axis for what belongs together: figures that ended years before the newest would press it flat.
    recent = [one for one in known if (newest - one.last_on).days <= OLDER_BY_DAYS]
    groups = [("", recent), ("Older figures", [one for one in known if one not in recent])]
    by_measure: dict[str, list[Signal]] = {}
    for signal in signals:
        by_measure.setdefault(signal.measure, []).append(signal)
    made = []
    for heading, group in groups:
        if not group:
            continue
        drawn = [chart_series(one, catalogue[one.indicator], subject.name) for one in group]
        axis = TimeAxis.covering(point.start for chart in drawn for point in chart.points)
        entries = [
            _multiple(one, chart, axis, by_measure.get(one.indicator, []), catalogue[one.indicator], on)
            for one, chart in zip(group, drawn, strict=True)
        ]
        made.append((heading, entries))
    return made


def _multiple(
    one: Series, chart: Any, axis: TimeAxis, signals: Sequence[Signal], indicator: Indicator, on: date
) -> Multiple:
    says = " ".join(sentence(signal, indicator) for signal in signals)
    quiet = f"{Variation(one.variation).words}." if one.variation != Variation.NONE else ""
    return Multiple(
        title=indicator.short_name,
        href=reverse("series", args=[one.indicator, one.subject_id]),
        drawing=small_multiple(chart, axis),
        icons=icons_of(one, indicator),
        direction=DIRECTION[indicator.direction],
        says=says or quiet,
        age=age(last_day(one.last_on, one.kind), on),
    )


@dataclass(frozen=True, slots=True)
class RatingRow:
    """What the regulator found on one day about one thing, and what it had found before."""

    about: str
    service: str
    rating: str
    on: date
    before: str
    body: str
    inherited: bool


SERVICE = {
    "care": "Medical care",
    "childrens": "Services for children and young people",
    "critical": "Critical care",
    "life": "End of life care",
    "maternity": "Maternity and gynaecology",
    "npimaternity": "Maternity",
    "urgent": "Urgent and emergency services",
}


def rating_rows(ratings: Sequence[Rating]) -> list[RatingRow]:
    """This function will give the latest rating of each thing, with the one before it."""
    chains: dict[tuple[Any, str, str], list[Rating]] = {}
    for rating in ratings:
        chains.setdefault((rating.subject_id, rating.about, rating.service), []).append(rating)
    rows = []
    for chain in chains.values():
        latest, earlier = chain[0], next((one for one in chain if one.published_on < chain[0].published_on), None)
        before = f"{earlier.rating} on {day(earlier.published_on)}" if earlier else ""
        rows.append(
            RatingRow(
                about=latest.about.replace("_", " ").capitalize(),
                service=SERVICE.get(latest.service, latest.service.capitalize()),
                rating=latest.rating,
                on=latest.published_on,
                before=before,
                body=latest.subject.name,
                inherited=bool(latest.inherited_from),
            )
        )
    return sorted(rows, key=lambda row: (row.service, row.about != "Overall", row.body, row.about))


def freshness(series: Sequence[Series], catalogue: Mapping[str, Indicator]) -> list[tuple[str, str, str]]:
    """This function will say for each indicator up to when it reaches and by which publisher it came."""
    return [
        (catalogue[one.indicator].name, period(one.last_on, one.kind), source_title(one.source))
        for one in sorted(series, key=lambda one: one.last_on)
        if one.indicator in catalogue
    ]
