"""From parts to series and signals: a pure calculation, then a comparison with what stood before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from sightline.core.garbage import nothing_thrown_away
from sightline.core.signals import Signal as Noticed
from sightline.core.signals import SignalKind
from sightline.directory.models import Subject
from sightline.directory.queries import operators
from sightline.indicators.catalogue import Indicator
from sightline.indicators.charting import Charted, chart_all
from sightline.indicators.models import Rating, Series, SeriesQuerySet, Signal, SignalEnding, SignalQuerySet
from sightline.indicators.queries import History, catalogue, histories, is_open, late_publications
from sightline.indicators.rating import MEASURES, rating_signals

BATCH = 2000
PART = 800  # parameters in one query, below the limit of every database we run on


@dataclass(slots=True)
class Assessed:
    """What an assessment did: counts of series written, and of signals raised, continued and ended."""

    series: int = 0
    raised: int = 0
    continued: int = 0
    ended: int = 0
    indicators: set[str] = field(default_factory=set)


def reassess(
    indicators: set[str] | None, at: datetime, folder: Path, only_subject: UUID | None = None, *, anew: bool = False
) -> Assessed:
    """This function will assess inside the operation that asked for it, one indicator at a time.

    ``anew`` tells a signal again whose usual range alone is another: its figures now stand on another chart.
    """
    definitions = catalogue()
    today = timezone.localdate(at)
    done = Assessed()
    for indicator_id, history in histories(folder, indicators):
        with nothing_thrown_away():
            _assess_one(definitions[indicator_id], history, at, only_subject, done, _same_range if anew else _same)
    if only_subject is not None:
        return done
    for name, late in late_publications(today).items():
        standing = Signal.objects.current().filter(measure=name, kind=SignalKind.LATE.value)
        _write_signals(standing, late, {}, at, done)
    if indicators is None or indicators & set(MEASURES):
        _assess_ratings(at, done)
    return done


def _assess_one(
    indicator: Indicator,
    history: History,
    at: datetime,
    only_subject: UUID | None,
    done: Assessed,
    same: Callable[[Signal, Noticed], bool],
) -> None:
    series = Series.objects.filter(indicator=indicator.id)
    standing = Signal.objects.current().filter(measure=indicator.id).exclude(kind=SignalKind.LATE.value)
    charted = chart_all(indicator, history, timezone.localdate(at))
    if only_subject is not None:
        charted = [chart for chart in charted if chart.subject.pk == only_subject]
        series, standing = series.filter(subject=only_subject), standing.filter(subject=only_subject)
    _write_series(series, charted, at)
    noticed = [signal for chart in charted for signal in chart.signals]
    _write_signals(standing, noticed, history.subjects_by_key, at, done, same)
    done.series += len(charted)
    done.indicators.add(indicator.id)


def _assess_ratings(at: datetime, done: Assessed) -> None:
    today = timezone.localdate(at)
    ratings = [r for r in Rating.objects.select_related("subject__organisation") if is_open(r.subject, today)]
    runs = operators(today)
    subjects = {subject.key: subject for subject in (*(rating.subject for rating in ratings), *runs.values())}
    for measure, noticed in rating_signals(ratings, runs).items():
        _write_signals(Signal.objects.current().filter(measure=measure), noticed, subjects, at, done)


def _write_series(stood: SeriesQuerySet, charted: Sequence[Charted], at: datetime) -> None:
    """Write the latest series anew where anything in them is otherwise; of the others, only when they were assessed.

    Where one is already there, its row is replaced field by field.
    """
    fields = [f.attname for f in Series._meta.concrete_fields if f.name not in {"id", "indicator", "subject"}]
    told = [name for name in fields if name != "assessed_at"]
    before = {subject: rest for subject, *rest in stood.values_list("subject_id", *told)}
    changed: list[Series] = []
    same: list[Series] = []
    for row in (chart.row(at) for chart in charted):
        is_same = before.get(row.subject_id) == [getattr(row, name) for name in told]
        (same if is_same else changed).append(row)
    Series.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["indicator", "subject"],
        update_fields=fields,
    )
    for first in range(0, len(same), PART):
        stood.filter(subject__in=[row.subject_id for row in same[first : first + PART]]).update(assessed_at=at)


def _write_signals(
    stood: SignalQuerySet,
    noticed: Iterable[Noticed],
    subjects: Mapping[str, Subject],
    at: datetime,
    done: Assessed,
    same: Callable[[Signal, Noticed], bool] | None = None,
) -> None:
    """Compare what is noticed now with what stood: raise, continue, or end. Nothing is edited."""
    standing: dict[_Identity, list[Signal]] = {}
    for row in stood.select_related("subject").order_by("since"):
        standing.setdefault(_identity(row), []).append(row)
    fresh, endings = [], []
    # What stands unchanged is set aside first: of two holes in one series, one may grow while the other stays.
    changed = [signal for signal in noticed if not _taken(standing, signal, same or _same)]
    for signal in changed:
        row = _row(signal, subjects, at)
        if before := _taken(standing, signal, _goes_on):
            row.continues, row.first_raised_at = before, before.first_raised_at
            endings.append(SignalEnding(signal=before, ended_at=at, because="continued"))
            done.continued += 1
        else:
            done.raised += 1
        fresh.append(row)
    gone = [row for rows in standing.values() for row in rows]
    endings += [SignalEnding(signal=row, ended_at=at, because="no longer so") for row in gone]
    done.ended += len(gone)
    _end(endings)
    Signal.objects.bulk_create(fresh, batch_size=BATCH)


def _end(endings: Sequence[SignalEnding]) -> None:
    """Write the endings, and mirror each in its signal."""
    SignalEnding.objects.bulk_create(endings, batch_size=BATCH)
    for at in range(0, len(endings), PART):
        ended = [ending.signal_id for ending in endings[at : at + PART]]
        Signal.objects.filter(pk__in=ended).update(stands=False)


_Identity = tuple[str, str, str, str]


def _taken(
    standing: dict[_Identity, list[Signal]], signal: Noticed, fits: Callable[[Signal, Noticed], bool]
) -> Signal | None:
    """Take out of what stood the first row that fits."""
    rows = standing.get(_identity_of(signal), [])
    found = next((row for row in rows if fits(row, signal)), None)
    if found is not None:
        rows.remove(found)
    return found


def _identity(row: Signal) -> _Identity:
    return (row.subject.key if row.subject else "", row.kind, row.bearing, row.side)


def _identity_of(signal: Noticed) -> _Identity:
    return (signal.subject, signal.kind.value, signal.bearing.value, signal.side.value)


def _same(row: Signal, signal: Noticed) -> bool:
    # A publication is overdue until today: that another day has passed is no news.
    until = row.until if signal.kind is SignalKind.LATE else signal.until
    was = (row.since, row.until, row.periods, row.rules, row.value)
    return was == (signal.since, until, signal.periods, " ".join(signal.rules), signal.value)


def _same_range(row: Signal, signal: Noticed) -> bool:
    return _same(row, signal) and (row.usual_low, row.usual_high) == (signal.usual_low, signal.usual_high)


def _goes_on(row: Signal, signal: Noticed) -> bool:
    """A pattern goes on when the new one overlaps the old; else it is another."""
    return signal.since <= row.until and row.since <= signal.until


def _row(signal: Noticed, subjects: Mapping[str, Subject], at: datetime) -> Signal:
    return Signal(
        subject=subjects.get(signal.subject),
        measure=signal.measure,
        kind=signal.kind.value,
        bearing=signal.bearing.value,
        side=signal.side.value,
        since=signal.since,
        until=signal.until,
        periods=signal.periods,
        rules=" ".join(signal.rules),
        source=signal.source,
        value=signal.value,
        usual_low=signal.usual_low,
        usual_high=signal.usual_high,
        publication_id=signal.publication or None,
        raised_at=at,
        first_raised_at=at,
    )
