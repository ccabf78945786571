"""What is worth a look: every series held against what is usual for it and against its peers, and the list of what stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import nan
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from sightline.audit.keeping import until_changed_by
from sightline.core.access import Actor, scope_of
from sightline.core.statistics.departures import departures
from sightline.core.statistics.discovery import RATE, discover
from sightline.core.statistics.evidence import SHIFT, WINDOW, above, rank_evidence
from sightline.core.triangulation import oldest_that_counts
from sightline.indicators.catalogue import Better, Indicator
from sightline.indicators.models import Series
from sightline.indicators.queries.known import catalogue
from sightline.indicators.queries.peers import apart, counts_of, distances

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
_Key = tuple[int, UUID, str, date]

# What is usual for a series is what its last so many figures before the newest ones were.
BEFORE = 36
# Rarer than this by chance, a way of looking is said to speak.
SPEAKS = 0.01


class Way(StrEnum):
    """One way of looking at a series, by which it may speak."""

    NOW = "now"  # the newest figure against what is usual for the series
    LASTING = "lasting"  # the newest few together
    GATHERING = "gathering"  # the cumulative sum of the newest few
    PEERS = "peers"  # the newest figure against those of the peers


_WAYS = tuple(Way)
_NOTHING = (nan, nan, nan)


class Untested(StrEnum):
    """Why nothing can be said of a series."""

    SHORT = "short"  # too few figures, or none that vary
    NEITHER = "neither"  # neither high nor low is better
    OLD = "old"  # its newest figure no longer counts


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one series being worse; ``p`` is how often chance alone would bring as much, NaN where untested.

    ``far`` is the distance of its newest figures together, in standard errors; ``among`` whether its figures were
    first taken relative to its peers.
    """

    series: int
    subject: UUID
    indicator: str
    last_on: date
    p: float = nan
    far: float = 0.0
    among: bool = False
    ways: tuple[Way, ...] = ()
    untested: Untested | None = None


@dataclass(frozen=True, slots=True)
class WorthALook:
    """The list, the strongest evidence first; of so many series tested, and why others were not."""

    listed: tuple[Evidence, ...]
    tested: int
    untested: dict[Untested, int]
    rate: float = RATE


def worth_a_look(actor: Actor, on: date) -> WorthALook:
    """This function will list the series that an actor may see and that are worse than chance explains (DAT-03).

    The list is chosen from all of them together (Benjamini and Hochberg), so that on average no more than 1 in 20 of
    it is there by chance. It is a proposal: nothing is raised, and no level follows.
    """
    if scope_of(actor, on).everything:
        return _of_all(on)
    return _choose(frozenset(Series.objects.visible_to(actor, on).of_open_bodies(on).values_list("pk", flat=True)), on)


@until_changed_by("indicators", "directory")
def _of_all(on: date) -> WorthALook:
    return _choose(frozenset(Series.objects.of_open_bodies(on).values_list("pk", flat=True)), on)


def _choose(seen: frozenset[int], on: date) -> WorthALook:
    tested: list[Evidence] = []
    untested = dict.fromkeys(Untested, 0)
    oldest = oldest_that_counts(on)
    for one in _every_series():
        if one.series not in seen:
            continue
        why = one.untested or (Untested.OLD if one.last_on < oldest else None)
        if why:
            untested[why] += 1
        else:
            tested.append(one)
    found = discover(np.array([one.p for one in tested])).found
    listed = [one for one, stands_out in zip(tested, found.tolist(), strict=True) if stands_out]
    return WorthALook(tuple(sorted(listed, key=lambda one: (one.p, -one.far, one.series))), len(tested), untested)


@until_changed_by("indicators")
def _every_series() -> tuple[Evidence, ...]:
    """Worked out from all series, whoever asks: which of them are shown and make the list is chosen later."""
    definitions = catalogue()
    names = Series.objects.order_by("indicator").values_list("indicator", flat=True).distinct()
    return tuple(one for name in names if name in definitions for one in _of_indicator(definitions[name]))


def _of_indicator(indicator: Indicator) -> Iterator[Evidence]:
    rows = Series.objects.filter(indicator=indicator.id).order_by("pk")
    if indicator.direction is Better.NEITHER:
        for key in rows.values_list("pk", "subject_id", "indicator", "last_on"):
            yield Evidence(*key, untested=Untested.NEITHER)
        return
    table = _table(indicator, rows)
    if not table.values.size:
        yield from (Evidence(*key, untested=Untested.SHORT) for key in table.keys)
        return
    worse = 1.0 if indicator.direction is Better.DECREASE else -1.0
    between = worse * distances(indicator, table.numerators, table.denominators)
    among = 2 * (~np.isnan(between)).sum(axis=1) > (~np.isnan(table.values)).sum(axis=1)
    # What moves all peers alike, as winter does, is nobody's own: where there are counts it is taken out first.
    own = np.where(among[:, None], between, worse * table.values)
    own, peers = _ending_now(own, table.newest), _ending_now(between, table.newest)[:, -1]
    z = np.full((len(own), WINDOW), np.nan)
    for group in (among, ~among):
        z[group] = departures(own[group])
    yield from _read(table.keys, z, peers, among)


def _read(keys: Sequence[_Key], z: Floats, peers: Floats, among: Flags) -> Iterator[Evidence]:
    """From distances to evidence; looking twice, at itself and at its peers, doubles the chance of seeing something."""
    ranking = rank_evidence(z, above_only=True)
    chances = np.stack([above(ranking.now), above(ranking.lasting), np.exp(-SHIFT * ranking.gathering), above(peers)])
    both = np.stack([ranking.p, chances[3]])
    looks = (~np.isnan(both)).sum(axis=0)
    p = np.minimum(1.0, looks * np.where(np.isnan(both), 1.0, both).min(axis=0))
    for at, key in enumerate(keys):
        if not looks[at]:
            yield Evidence(*key, untested=Untested.SHORT)
            continue
        spoke = sorted((chances[way, at], way) for way in range(len(chances)) if chances[way, at] < SPEAKS)
        yield Evidence(
            *key,
            p=float(p[at]),
            far=float(np.nan_to_num(ranking.lasting[at])),
            among=bool(among[at]),
            ways=tuple(_WAYS[way] for _, way in spoke),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """All series of one indicator: (series, periods) in order of time, NaN where missing.

    ``newest`` is the column of each series' newest figure.
    """

    keys: list[_Key]
    values: Floats
    numerators: Floats
    denominators: Floats
    newest: Ints


def _table(indicator: Indicator, rows: QuerySet[Series]) -> _Table:
    """Periods that share days would repeat each other, so of those only such as stand apart are laid out."""
    keys: list[_Key] = []
    figures: list[dict[date, tuple[float, float, float]]] = []
    kind = indicator.period.value
    for one in rows.only("subject", "indicator", "last_on", "kind", "packed").iterator():
        keys.append((one.pk, one.subject_id, one.indicator, one.last_on))
        figures.append(_figures(indicator, one.content))
        kind = one.kind
    starts = apart((start for row in figures for start in row), kind, BEFORE + WINDOW)
    laid = np.array([[row.get(start, _NOTHING) for start in starts] for row in figures], dtype=np.float64)
    laid = laid.reshape(len(figures), len(starts), 3)
    known = ~np.isnan(laid[:, :, 0])
    newest: Ints = np.full(len(figures), -1, dtype=np.int64)
    if starts:
        newest = np.where(known.any(axis=1), len(starts) - 1 - known[:, ::-1].argmax(axis=1), -1)
    return _Table(keys, laid[:, :, 0], laid[:, :, 1], laid[:, :, 2], newest)


def _figures(indicator: Indicator, content: dict[str, Any]) -> dict[date, tuple[float, float, float]]:
    """A series' figures by period, with their counts; from where a person began its limits anew, if anybody did."""
    counts = dict(counts_of(indicator, content))
    rows = list(zip(map(date.fromisoformat, content["starts"]), content["values"], strict=True))
    since = content["phases"][-1][0] if content["phases"] else 0
    return {day: (value, *counts.get(day, (nan, nan))) for day, value in rows[since:] if value is not None}


def _ending_now(values: Floats, newest: Ints) -> Floats:
    """Each row moved so that its newest figure stands last."""
    periods = values.shape[1]
    from_where = np.arange(periods) - (periods - 1 - newest[:, None])
    moved = np.take_along_axis(values, np.maximum(from_where, 0), axis=1)
    return np.where((from_where >= 0) & (newest >= 0)[:, None], moved, np.nan)
