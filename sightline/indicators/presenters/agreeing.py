"""Agreed sets in words: what they hold, where figures are lacking, and how they came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.directory.queries import AreaChoice
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import MetricSet, Rhythm, SetAgreement
from sightline.indicators.presenters.comparing import dimension_words
from sightline.indicators.queries.agreeing import AgreedSet
from sightline.web.quality import DIMENSION
from sightline.web.wording import day, plural

UNDATED = "No rhythm agreed"
SOMEBODY = "somebody no longer listed"


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set in the list."""

    slug: str
    name: str
    area: str
    holds: str
    agreed: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One indicator of a set: when it is looked at, what is new, and where it has figures."""

    id: str
    name: str
    rhythm: str
    published: str
    is_new: bool  # published since the set was last agreed
    reach: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One version of a set and what it changed."""

    number: int
    agreed: str
    because: str
    changes: tuple[str, ...]
    recorded: str


def offered(catalogue: Mapping[str, Indicator]) -> list[tuple[str, Indicator]]:
    """This function will give every indicator beside its first dimension, in the order of the dimensions."""
    order = [*DIMENSION.values()]
    rows = [(_dimension(one), one) for one in catalogue.values()]
    return sorted(rows, key=lambda row: (order.index(row[0]) if row[0] in order else len(order), row[1].name))


def _dimension(indicator: Indicator) -> str:
    first = next(iter(indicator.dimensions), "")
    return dimension_words(first) if first else "No quality dimension given"


def area_words(metric_set: MetricSet, areas: Iterable[AreaChoice]) -> str:
    """This function will name the area for which a set was agreed."""
    if not metric_set.area:
        return "Everywhere"
    return next((one.name for one in areas if one.code == metric_set.area), f"{metric_set.area}, which is no more")


def set_rows(sets: Sequence[AgreedSet], areas: Sequence[AreaChoice]) -> list[SetRow]:
    """This function will list the sets; one that was withdrawn stays and says so."""
    return [
        SetRow(
            one.record.slug,
            one.record.name,
            area_words(one.record, areas),
            "Withdrawn" if one.is_withdrawn else plural(len(one.chosen), "indicator"),
            _agreed(one.agreement),
            one.is_withdrawn,
        )
        for one in sets
    ]


def memberships(sets: Mapping[str, Sequence[tuple[MetricSet, str]]]) -> dict[str, list[tuple[MetricSet, str]]]:
    """This function will say of each indicator in which sets it stands, and when each has it reviewed (DAT-09)."""
    return {
        name: [(record, f", {words}" if (words := Rhythm(rhythm).words) else "") for record, rhythm in found]
        for name, found in sets.items()
    }


def metric_rows(
    agreed: AgreedSet,
    catalogue: Mapping[str, Indicator],
    published: Mapping[str, date],
    areas: Sequence[AreaChoice],
    reached: Mapping[str, frozenset[str]],
) -> list[MetricRow]:
    """This function will set out what a set holds, those looked at most often first, and where figures lack (DAT-06)."""
    order = [Rhythm.EVERY_MEETING, Rhythm.ON_PUBLICATION, Rhythm.NONE]
    rows = []
    for one in sorted(agreed.chosen, key=lambda one: (order.index(Rhythm(one.rhythm)), one.indicator)):
        came = published.get(one.indicator)
        here = reached.get(one.indicator, frozenset())
        lacking = tuple(area.name for area in areas if area.code not in here)
        words = Rhythm(one.rhythm).words
        rows.append(
            MetricRow(
                id=one.indicator,
                name=catalogue[one.indicator].name if one.indicator in catalogue else one.indicator,
                rhythm=words.capitalize() or UNDATED,
                published=day(came) if came else "Nothing brought in yet",
                is_new=came is not None and came > agreed.agreement.agreed_on,
                reach=f"{len(areas) - len(lacking)} of {plural(len(areas), 'area')}",
                lacking=lacking,
            )
        )
    return rows


def history_rows(
    agreements: Sequence[SetAgreement], catalogue: Mapping[str, Indicator], names: Mapping[str, str]
) -> list[HistoryRow]:
    """This function will tell how a set came about, the newest version first."""
    rows, before = [], dict[str, str]()
    for one in agreements:
        now = {chosen.indicator: chosen.rhythm for chosen in one.chosen.all()}
        rows.append(
            HistoryRow(
                one.number,
                _agreed(one),
                one.because,
                tuple(_changes(before, now, catalogue)),
                f"{names.get(one.recorded_by, SOMEBODY)}, {day(one.recorded_at)}",
            )
        )
        before = now
    return rows[::-1]


def _changes(before: Mapping[str, str], now: Mapping[str, str], catalogue: Mapping[str, Indicator]) -> list[str]:
    if before and not now:
        return ["The set was withdrawn"]

    def called(name: str) -> str:
        return catalogue[name].short_name if name in catalogue else name

    found = []
    for name in sorted({*before, *now}):
        if name not in now:
            found.append(f"{called(name)}: taken out")
        elif before.get(name) != now[name]:
            words = Rhythm(now[name]).words or ("no rhythm agreed" if name in before else "")
            found.append(
                ", ".join(filter(None, [f"{called(name)}: added" if name not in before else called(name), words]))
            )
    return found or ["Agreed anew without a change"]


def _agreed(agreement: SetAgreement) -> str:
    return f"{agreement.agreed_by}, {day(agreement.agreed_on)}"
