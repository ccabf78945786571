"""What is worth a look, in words: which series, what spoke for each, how much of the list is chance, and what it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from sightline.core.statistics.evidence import WINDOW
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Series
from sightline.indicators.presenters.words import period, value_words
from sightline.indicators.queries.evidence import BEFORE, Evidence, Untested, Way, WorthALook
from sightline.web.wording import count_word, listed

_NEWEST = count_word(WINDOW)
_WAY = {
    Way.NOW: "the newest figure alone",
    Way.LASTING: f"the newest {_NEWEST} figures together",
    Way.GATHERING: f"the newest {_NEWEST} as they add up over time",
}
_RAREST = 1_000_000
_UNTESTED = {
    Untested.SHORT: ("has too few figures, or none that vary", "have too few figures, or none that vary"),
    Untested.OLD: ("has no figure new enough to count", "have no figure new enough to count"),
    Untested.NEITHER: (
        "measures something of which neither high nor low is better",
        "measure something of which neither high nor low is better",
    ),
}


@dataclass(frozen=True, slots=True)
class WorthRow:
    """One series on the list."""

    name: str
    code: str
    href: str
    indicator: str
    indicator_href: str
    figure: str
    on: str
    says: tuple[str, ...]
    by_chance: str
    others: str


def worth_rows(
    listed: Sequence[Evidence],
    series: Mapping[int, Series],
    catalogue: Mapping[str, Indicator],
    by_subject: Mapping[UUID, int],
) -> list[WorthRow]:
    """This function will write each entry of the list; several of one body are linked by saying so (DAT-03)."""
    return [
        _row(one, series[one.series], catalogue[one.indicator], by_subject) for one in listed if one.series in series
    ]


def _row(one: Evidence, series: Series, indicator: Indicator, by_subject: Mapping[UUID, int]) -> WorthRow:
    more = by_subject[one.subject] - 1
    return WorthRow(
        name=series.subject.name,
        code=series.subject.key,
        href=reverse("series", args=[one.indicator, one.subject]),
        indicator=indicator.short_name,
        indicator_href=reverse("indicator", args=[one.indicator]),
        figure=value_words(series.last_value, indicator),
        on=period(series.last_on, series.kind),
        says=tuple(_says(one)),
        by_chance=chance_words(one.p),
        others=f"{more:,} more of its series {'is' if more == 1 else 'are'} listed" if more else "",
    )


def counted_by_subject(found: WorthALook) -> Counter[UUID]:
    """This function will count the listed series of each subject."""
    return Counter(one.subject for one in found.listed)


def _says(one: Evidence) -> Iterator[str]:
    """What is worse than usual for the series, the strongest first, and whether it is so beside its peers."""
    ways = [_WAY[way] for way in one.ways if way in _WAY]
    if ways:
        usual = "Worse beside its peers than is usual for it" if one.among else "Worse than is usual for it"
        yield f"{usual}: {listed(ways)}."
    if Way.PEERS in one.ways:
        yield "Further to the worse side of its peers than chance and the usual spread between them bring."


def chance_words(p: float) -> str:
    """This function will write how often chance alone would bring as much: "1 in 40,000"."""
    if p * _RAREST < 1:
        return f"less than 1 in {_RAREST:,}"
    times = 1 / p
    step = 10 ** max(0, len(str(int(times))) - 2)
    return f"1 in {max(2, round(times / step) * step):,}"


def sure_words(found: WorthALook) -> str:
    """This function will say how long the list is and how much of it chance alone may have put there."""
    of = f"{found.tested:,} series could be tested"
    listed = len(found.listed)
    if not listed:
        return f"{of}. None of them stands out further than chance would bring among so many."
    share = f"about 1 in {round(1 / found.rate)}"
    expected = found.rate * listed
    if listed == 1:
        return f"{of}; 1 is listed. On average {share} of what such lists name is there by chance."
    many = "probably none" if expected < 0.5 else f"about {round(expected):,}"
    return f"{of}; {listed:,} are listed. On average {share} of such a list is there by chance: here {many} of the {listed:,}."


def untested_words(found: WorthALook) -> str:
    """This function will say which series were not tested, and why."""
    counted = [f"{count:,} {_UNTESTED[why][count > 1]}" for why, count in found.untested.items() if count]
    if not counted:
        return ""
    return f"Of the other series, {'; '.join(counted)}."


def method_words() -> tuple[str, ...]:
    """This function will say how the list is made, for whoever asks."""
    return (
        f"Each series is held against itself: its newest {_NEWEST} figures against up to {BEFORE} before them, one by "
        "one, together, and added up over time. At least twelve before are needed, and limits that somebody began "
        "anew begin this anew too.",
        "Where there are counts and denominators, each figure is first taken relative to all peers in the same "
        "period, so that what moves all alike, as winter does, is nobody's; and the newest one is held against "
        "theirs as in a funnel, the usual spread between them allowed for.",
        "A period whose figure is missing, or withheld because it is small, is a gap. Where periods overlap, only "
        "such as share no day are used.",
        "The list is chosen by the false discovery rate (Benjamini and Hochberg): the more series are tested, the "
        "stronger the evidence for one must be.",
    )


def indicator_choices(found: WorthALook, catalogue: Mapping[str, Indicator]) -> list[tuple[str, str]]:
    """This function will offer the indicators that are on the list."""
    named = {one.indicator for one in found.listed}
    return sorted(((name, catalogue[name].short_name) for name in named), key=lambda pair: pair[1])


def export_rows(rows: Sequence[WorthRow]) -> Iterator[list[str]]:
    """This function will give the list as rows of text."""
    yield ["place", "subject", "code", "indicator", "newest figure", "of", "what speaks for it", "by chance alone"]
    for place, row in enumerate(rows, 1):
        yield [str(place), row.name, row.code, row.indicator, row.figure, row.on, " ".join(row.says), row.by_chance]
