"""Home, lists and a subject's page in words, charts and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.urls import reverse
from markupsafe import Markup

from sightline.core.indicators.variation import Variation
from sightline.core.signals import Bearing, SignalKind
from sightline.core.triangulation import Standing
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Subject
from sightline.directory.queries import MapShape
from sightline.directory.words import SubjectKind
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Rating, Series, Signal
from sightline.indicators.presenters.comparing import DIRECTION, dimension_words
from sightline.indicators.presenters.drawings import chart_series
from sightline.indicators.presenters.dropping import source_title
from sightline.indicators.presenters.single import age, icons_of
from sightline.indicators.presenters.words import TAG, count_word, last_day, period, sentence
from sightline.overview.queries import Home, leading
from sightline.triangulation.queries import Picture, Tally
from sightline.web.charts import (
    AreaShape,
    AreaValue,
    Mark,
    TimeAxis,
    area_map,
    small_multiple,
    sparkline,
)
from sightline.web.wording import day, plural

HEADINGS = {
    "worried": "Worsening",
    "new": "New",
    "improving": "Improving",
    "missing": "Missing or late",
}
OLDER_BY_DAYS = 550
SENTENCES = 4  # of one subject on the home page


@dataclass(frozen=True, slots=True)
class Line:
    """One signal on a page: its tag, what it is about, its sentence, and where its evidence is."""

    tag: tuple[str, str]
    name: str
    says: str
    href: str
    chart: str = ""
    subject: str = ""
    subject_href: str = ""
    age: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One subject on the home page."""

    name: str
    href: str
    kind: str
    why: str
    dimensions: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    more: int
    silent: str


def home_rows(found: Home, catalogue: Mapping[str, Indicator], on: date, better: bool) -> list[Row]:
    """This function will make the home page's rows; ``better`` shows what improves in place of what concerns."""
    return [_row(picture, found, catalogue, on, better) for picture in found.pictures]


def _row(picture: Picture, found: Home, catalogue: Mapping[str, Indicator], on: date, better: bool) -> Row:
    wanted = Bearing.IMPROVEMENT if better else Bearing.CONCERN
    speaking = [signal for signal in leading(picture, on) if signal.bearing == wanted]
    lines = [_line(signal, catalogue, found.series, on) for signal in speaking[:SENTENCES]]
    standing = picture.standing
    return Row(
        name=picture.subject.name,
        href=reverse("subject", args=[picture.subject.pk]),
        kind=subject_kind(picture.subject),
        why=_improving(standing) if better else agreement(standing),
        dimensions=() if better else tuple((dimension_words(name), count) for name, count in standing.dimensions),
        lines=tuple(lines),
        more=len(speaking) - len(lines),
        silent=_silence(standing, catalogue),
    )


def agreement(standing: Standing) -> str:
    """This function will say which independent sources have a concern, and since when."""
    if not standing.agreeing:
        return "No source has a concern now."
    titles = [source_title(name) for name in standing.agreeing]
    since = f", the oldest since {day(standing.since)}" if standing.since else ""
    if len(titles) == 1:
        return f"One source has a concern: {titles[0]}{since}."
    return f"{count_word(len(titles)).capitalize()} independent sources have concerns: {listed(titles)}{since}."


def _improving(standing: Standing) -> str:
    return f"Better by {listed([source_title(name) for name in standing.improving])}."


def listed(words: Sequence[str]) -> str:
    """This function will write a list as a sentence has it: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _silence(standing: Standing, catalogue: Mapping[str, Indicator]) -> str:
    names = [catalogue[name].short_name for name in standing.silent if name in catalogue]
    return f"No information: {listed(names)}." if names else ""


def _line(
    signal: Signal, catalogue: Mapping[str, Indicator], series: Mapping[tuple[UUID, str], Series], on: date
) -> Line:
    indicator = catalogue[signal.measure]
    subject = signal.subject
    drawn = series.get((subject.pk, signal.measure)) if subject else None
    href = reverse("indicator", args=[signal.measure])
    if subject and signal.kind == SignalKind.RATING:
        href = reverse("subject", args=[subject.pk]) + "#ratings"
    elif subject:
        href = reverse("series", args=[signal.measure, subject.pk])
    return Line(
        tag=tag_of(signal),
        name=indicator.short_name,
        says=sentence(signal, indicator),
        href=href,
        chart=sparkline(chart_series(drawn, indicator, "")) if drawn else "",
        subject=subject.name if subject else "Everybody",
        subject_href=reverse("subject", args=[subject.pk]) if subject else "",
        age=""
        if signal.kind in {kind.value for kind in ABSENCES}
        else age(last_day(signal.until, indicator.period.value), on),
    )


def tag_of(signal: Signal) -> tuple[str, str]:
    """This function will give the word and colour that open a signal's line."""
    match SignalKind(signal.kind):
        case SignalKind.STOPPED:
            return ("Stopped", "nhsuk-tag--grey")
        case SignalKind.MISSING:
            return ("Missing", "nhsuk-tag--grey")
        case SignalKind.LATE:
            return ("Late", "nhsuk-tag--grey")
        case _:
            return TAG[Bearing(signal.bearing)]


def silence_lines(signals: Sequence[Signal], catalogue: Mapping[str, Indicator], on: date) -> list[Line]:
    """This function will make one line of all that fell silent about a subject at one time: it is one piece of news."""
    groups: dict[tuple[object, ...], list[Signal]] = {}
    for signal in signals:
        if signal.measure in catalogue:
            key = (signal.subject_id, signal.kind, signal.since, signal.source)
            groups.setdefault(key, []).append(signal)
    return [_silence_line(group, catalogue, on) for group in groups.values()]


def _silence_line(group: Sequence[Signal], catalogue: Mapping[str, Indicator], on: date) -> Line:
    line = _line(group[0], catalogue, {}, on)
    if len(group) == 1:
        return line
    return replace(
        line,
        name=listed([catalogue[signal.measure].short_name for signal in group]),
        href=line.subject_href or reverse("indicators"),
    )


def signal_lines(signals: Sequence[Signal], catalogue: Mapping[str, Indicator], on: date) -> list[Line]:
    """This function will make one line for each signal."""
    return [_line(signal, catalogue, {}, on) for signal in signals if signal.measure in catalogue]


def subject_kind(subject: Subject) -> str:
    """This function will say what a subject is, in a word or two."""
    if subject.kind == SubjectKind.ORGANISATION and subject.organisation is not None:
        return str(subject.organisation.get_kind_display())
    return str(subject.get_kind_display())


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


@dataclass(frozen=True, slots=True)
class Heading:
    """One of the counts that open the home page."""

    key: str
    text: str
    count: int


def headings(tally: Tally) -> list[Heading]:
    """This function will give the counts that open the home page."""
    counts = {"worried": tally.worsening, "new": tally.new, "improving": tally.improving, "missing": tally.missing}
    return [Heading(key, text, counts[key]) for key, text in HEADINGS.items()]


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """This function will give the words of an enumeration for a list to choose from."""
    return [(word.value, word.value.replace("_", " ").capitalize()) for word in words]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says of one dimension of quality."""

    says: str
    tag: str


def matrix(
    series: Sequence[Series], signals: Sequence[Signal], catalogue: Mapping[str, Indicator]
) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """This function will lay dimensions against sources; an empty crossing is said, not hidden (DAT-04)."""
    seen: dict[tuple[str, str], set[str]] = {}
    for one in series:
        for dimension in catalogue[one.indicator].dimensions if one.indicator in catalogue else ():
            seen.setdefault((dimension, one.source), set())
    for signal in signals:
        indicator = catalogue.get(signal.measure)
        for dimension in indicator.dimensions if indicator else ():
            bearing = "silent" if signal.kind in {kind.value for kind in ABSENCES} else signal.bearing
            seen.setdefault((dimension, signal.source), set()).add(bearing)
    sources = sorted({source for _, source in seen})
    rows = [
        (dimension_words(name), [_cell(seen.get((name, source))) for source in sources])
        for name in sorted({dimension for dimension, _ in seen})
    ]
    return [source_title(source) for source in sources], rows


def _cell(found: set[str] | None) -> Cell:
    if found is None:
        return Cell("No information", "")
    if "concern" in found:
        return Cell("Worse and better" if "improvement" in found else "Worse", "nhsuk-tag--orange")
    if "improvement" in found:
        return Cell("Better", "nhsuk-tag--blue")
    if "silent" in found:
        return Cell("Stopped or missing", "nhsuk-tag--grey")
    return Cell("Changed", "nhsuk-tag--purple") if found else Cell("As usual", "nhsuk-tag--white")


def systems_map(shapes: Sequence[MapShape], counts: Mapping[str, int]) -> Markup:
    """This function will draw the systems, each with how many of its subjects have a concern."""
    outlines = [AreaShape(shape.code, shape.name, shape.rings) for shape in shapes]
    values = {
        shape.code: AreaValue(
            says=_system_words(shape, counts.get(shape.code, 0)),
            mark=Mark.CONCERN if counts.get(shape.code) else Mark.COMMON,
            href="" if shape.divided_among else f"{reverse('home')}?area={shape.code}",
        )
        for shape in shapes
    }
    return area_map("Systems, and how many of their subjects have a concern", outlines, values)


def _system_words(shape: MapShape, count: int) -> str:
    if shape.divided_among:
        return f"divided among {listed(shape.divided_among)}; its new outlines have not been brought in"
    words = f"{plural(count, 'subject')} with a concern"
    return f"{words}; part of it lies in a divided area" if shape.is_incomplete else words


GLOSSARY = (
    ("Assurance (of a chart)", "Whether a process, as it now runs, can be expected to meet its standard."),
    ("Baseline", "The figures on which limits rest, when a person has fixed them."),
    ("CQC", "Care Quality Commission, the regulator of health and adult social care in England."),
    ("ICB", "Integrated care board: the NHS body that plans and pays for most health care in a system."),
    ("Indicator", "Something measured in the same way again and again, with a definition and a source."),
    ("Limits", "The usual range of a series: about 99 in 100 figures lie inside while nothing changes."),
    ("ODS code", "The code by which the NHS names an organisation."),
    ("Provider", "An organisation that gives care."),
    ("Provisional", "Limits drawn from fewer figures than the rules ask for; they may still move."),
    ("Publication", "A file of figures as its publisher issued it on a day."),
    ("Rebase", "New limits from a date, set by a named person because the process itself changed."),
    ("SHMI", "Summary Hospital-level Mortality Indicator: deaths compared with what would be expected."),
    ("Signal", "One thing noticed about one subject: what, since when, and whether it is better or worse."),
    ("Special cause", "A pattern that chance alone rarely makes."),
    ("Subject", "Whatever is watched over: a provider, a place, a system, a pathway, a sector or a theme."),
    ("System", "The area of one integrated care board, with everybody who plans and gives care there."),
    ("XmR chart", "A chart of single figures over time with limits made from how much they usually move."),
)
