"""Home, lists, and the map of systems in words, charts and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from markupsafe import Markup

from sightline.core.signals import Bearing, SignalKind
from sightline.core.triangulation import Standing
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Subject
from sightline.directory.queries import MapShape
from sightline.directory.words import SubjectKind
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Series, Signal
from sightline.indicators.presenters.comparing import dimension_words
from sightline.indicators.presenters.drawings import chart_series
from sightline.indicators.presenters.dropping import source_title
from sightline.indicators.presenters.single import age
from sightline.indicators.presenters.words import TAG, last_day, sentence
from sightline.overview.queries import Home, leading
from sightline.overview.queries.home import BlindLine
from sightline.surveillance.presenters.levels import LevelTag, level_tag
from sightline.surveillance.queries.seen import SeenLevel
from sightline.triangulation.queries import Picture, Tally
from sightline.web.charts import (
    AreaShape,
    AreaValue,
    Mark,
    area_map,
    sparkline,
)
from sightline.web.environment import link
from sightline.web.quality import DIMENSION
from sightline.web.wording import count_word, day, listed, plural

HEADINGS = {
    "worried": "Worsening",
    "new": "New",
    "improving": "Improving",
    "missing": "Missing or late",
}
SENTENCES = 3  # of one subject on the home page


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
class LevelWords:
    """The level of a subject as a tag, since when it stands there, and when that is looked at again."""

    tag: LevelTag
    since: str
    review: str


def level_words(seen: SeenLevel) -> LevelWords:
    """This function will say where a subject stands."""
    standing = seen.standing
    return LevelWords(
        tag=level_tag(standing.level, seen.levels, standing.level.id),
        since=f"since {day(standing.since)}" if standing.since else "",
        review=f"next review {day(seen.next_review_on)}" if seen.next_review_on else "",
    )


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
    level: LevelWords | None = None


def home_rows(
    found: Home, catalogue: Mapping[str, Indicator], on: date, better: bool, levels: Mapping[UUID, SeenLevel]
) -> list[Row]:
    """This function will make the home page's rows; ``better`` shows what improves in place of what concerns.

    A level is told where it is above the lowest, and where the reader may know of it.
    """
    rows = [(picture, _row(picture, found, catalogue, on, better)) for picture in found.pictures]
    seen = {one.subject.pk: levels.get(one.subject.pk) for one in found.pictures}
    raised = {pk: level_words(one) for pk, one in seen.items() if one and not one.is_lowest}
    return [replace(row, level=raised.get(picture.subject.pk)) for picture, row in rows]


def _row(picture: Picture, found: Home, catalogue: Mapping[str, Indicator], on: date, better: bool) -> Row:
    wanted = Bearing.IMPROVEMENT if better else Bearing.CONCERN
    speaking = [signal for signal in leading(picture, on) if signal.bearing == wanted]
    lines = [_line(signal, catalogue, found.series, on) for signal in speaking[:SENTENCES]]
    standing = picture.standing
    return Row(
        name=picture.subject.name,
        href=reverse("subject", args=[picture.subject.pk]),
        kind=subject_kind(picture.subject),
        why=_improving(standing) if better else agreement(picture),
        dimensions=() if better else tuple((dimension_words(name), count) for name, count in standing.dimensions),
        lines=tuple(lines),
        more=len(speaking) - len(lines),
        silent=_silence(standing, catalogue),
    )


def agreement(picture: Picture) -> str:
    """This function will say which independent sources have a concern, how many of them are people, and since when.

    Who told is nobody's business here: people are counted and not named (INT-05).
    """
    standing, told = picture.standing, len(picture.told)
    if not standing.agreeing:
        return "No source has a concern now."
    titles = [source_title(name) for name in standing.agreeing if name not in picture.told]
    since = f", the oldest since {day(standing.since)}" if standing.since else ""
    if len(standing.agreeing) == 1:
        return f"One source has a concern: {listed(titles) or 'told by people'}{since}."
    count = count_word(len(standing.agreeing)).capitalize()
    if not titles:
        return f"{count} independent sources have concerns, all told by people{since}."
    people = f" Of these, {told} told by people." if told else ""
    named = listed([*titles, "what people told"] if told else titles)
    return f"{count} independent sources have concerns: {named}{since}.{people}"


def _improving(standing: Standing) -> str:
    return f"Better by {listed([source_title(name) for name in standing.improving])}."


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


def blind_lines(found: Home) -> list[Line]:
    """This function will say of which concerns only figures, or only words, speak: nobody may be reassured by that."""
    return [_blind_line(one) for one in found.blind]


def _blind_line(one: BlindLine) -> Line:
    says = (
        "people have a concern, and there are no figures"
        if one.lacks_figures
        else "figures give a concern, and nobody has put it in words"
    )
    own = reverse("subject", args=[one.subject.pk])
    return Line(
        tag=("Half known", "nhsuk-tag--grey"),
        name=DIMENSION[one.row],
        says=f"{says}.",
        href=link("picture", one.subject.pk) or own,
        subject=one.subject.name,
        subject_href=own,
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
