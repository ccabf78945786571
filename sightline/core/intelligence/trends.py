"""Trends of themes: how often each was spoken of in each month, of how many texts, overall and place by place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.core.statistics.series import SeriesInput

FEWEST_MONTHS = 12  # below which a chart's limits would rest on too little to be worth drawing
FEWEST_HEARD = 5  # texts in a month, below which a share is mostly chance; our own choice


@dataclass(frozen=True, slots=True)
class Heard:
    """One text: the day it was heard, the themes it speaks of, and of which provider or pathway it is."""

    on: date
    themes: frozenset[str]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """One theme month by month: in how many texts it occurred, and how many there were in which it could have."""

    theme: str
    months: tuple[date, ...]
    counts: tuple[int, ...]
    heard: tuple[int, ...]
    where: str = ""

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Per cent of each month's texts; None where nothing was heard, which is not the same as nothing wrong."""
        return tuple(100 * count / of if of else None for count, of in zip(self.counts, self.heard, strict=True))


def months_between(first: date, last: date) -> tuple[date, ...]:
    """This function will give the first day of each month from one day's month to another's, both included."""
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(begin, end + 1))


def trend(heard: Iterable[Heard], months: Sequence[date], themes: Iterable[str] | None = None) -> tuple[Trend, ...]:
    """This function will count each theme in each month over all places (DAT-10; SQG 2022 §4.2).

    ``months`` are first days; what was heard in another month is not counted. ``themes`` are those to show, in
    that order, also where they never occur; left out, every theme that occurs is shown, by its name.
    """
    return tuple(_counted("", list(heard), months, themes))


def trends_by_place(
    heard: Iterable[Heard], months: Sequence[date], themes: Iterable[str] | None = None
) -> tuple[Trend, ...]:
    """This function will count each theme in each month for every provider or pathway by itself (DAT-10).

    Each is set against its own number of texts: who is heard often would otherwise look worst.
    """
    listed = list(heard)
    shown = list(themes) if themes is not None else sorted(_named(listed))
    places: defaultdict[str, list[Heard]] = defaultdict(list)
    for one in listed:
        places[one.where].append(one)
    return tuple(row for where in sorted(places) for row in _counted(where, places[where], months, shown))


def charted(row: Trend, fewest_heard: int = FEWEST_HEARD) -> SeriesInput | None:
    """This function will make a series of shares for an XmR chart, or None with too few months to draw one (DAT-07).

    A month in which fewer than ``fewest_heard`` texts were heard is a gap.
    """
    pairs = zip(row.shares, row.heard, strict=True)
    values = [share if of >= max(fewest_heard, 1) else None for share, of in pairs]
    known = sum(value is not None for value in values)
    return SeriesInput(values) if known >= FEWEST_MONTHS else None


def _counted(
    where: str, heard: Sequence[Heard], months: Sequence[date], themes: Iterable[str] | None
) -> Iterable[Trend]:
    asked = tuple(month.replace(day=1) for month in months)
    spoken: Counter[date] = Counter()
    counts: Counter[tuple[str, date]] = Counter()
    for one in heard:
        month = one.on.replace(day=1)
        spoken[month] += 1
        counts.update((theme, month) for theme in one.themes)
    of = tuple(spoken[month] for month in asked)
    for theme in sorted(_named(heard)) if themes is None else themes:
        yield Trend(theme, asked, tuple(counts[theme, month] for month in asked), of, where)


def _named(heard: Iterable[Heard]) -> set[str]:
    return {theme for one in heard for theme in one.themes}
