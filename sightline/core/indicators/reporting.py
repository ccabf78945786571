"""Reporting: what is not there. A missing period, a body that fell silent, a publication that is overdue."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import groupby

from sightline.core.signals import Bearing, Signal, SignalKind

# A body that misses so many periods in a row at the end, while its peers report, has stopped.
STOPPED_AFTER = 3
# Peers are held to have reported a period when at least this share of them did.
PEER_SHARE = 0.5
# Holes further back than so many periods are history, not news.
LOOK_BACK = 12


class Cadence(IntEnum):
    """How many months lie between two publications."""

    MONTHLY = 1
    QUARTERLY = 3
    HALF_YEARLY = 6
    YEARLY = 12


@dataclass(frozen=True, slots=True)
class Absence:
    """Periods in a row for which a body gave nothing though its peers did; ``to_the_end`` when it is still silent."""

    periods: tuple[date, ...]
    to_the_end: bool


def absences(reported: Collection[date], peers: Mapping[date, float], share: float = PEER_SHARE) -> tuple[Absence, ...]:
    """This function will find the holes in what one body reported, after its first report.

    ``peers`` gives for each period the share of its peers, 0 to 1, that reported it. A period that few peers
    reported is no hole, and neither breaks nor lengthens one.
    """
    if not reported:
        return ()
    begin, known = min(reported), set(reported)
    expected = [day for day in sorted(peers) if day >= begin and (peers[day] >= share or day in known)]
    holes: list[Absence] = []
    for present, run in groupby(expected, key=known.__contains__):
        if not present:
            days = tuple(run)
            holes.append(Absence(days, to_the_end=days[-1] == expected[-1]))
    return tuple(holes)


def reporting_signals(
    subject: str,
    measure: str,
    source: str,
    publication: str,
    reported: Collection[date],
    peers: Mapping[date, float],
    *,
    stopped_after: int = STOPPED_AFTER,
    look_back: int = LOOK_BACK,
    share: float = PEER_SHARE,
) -> tuple[Signal, ...]:
    """This function will tell of missing periods and of a body that stopped reporting.

    A hole at the end of ``stopped_after`` periods or more is STOPPED, any other is MISSING. Holes that ended
    before the ``look_back`` latest periods are passed over. Silence is neither good nor bad news about care.
    """
    periods = sorted(peers)[-look_back:]
    found = []
    for hole in absences(reported, peers, share):
        stopped = hole.to_the_end and len(hole.periods) >= stopped_after
        if stopped or hole.periods[-1] >= periods[0]:
            kind = SignalKind.STOPPED if stopped else SignalKind.MISSING
            found.append(_silence(subject, measure, source, publication, kind, hole.periods))
    return tuple(found)


def next_due(last_published: date, cadence: Cadence, grace_days: int = 0) -> date:
    """This function will say by which day the next publication is due."""
    months = last_published.month - 1 + int(cadence)
    year, month = last_published.year + months // 12, months % 12 + 1
    day = min(last_published.day, monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=grace_days)


def late_signal(
    subject: str,
    measure: str,
    source: str,
    publication: str,
    last_published: date,
    cadence: Cadence,
    today: date,
    grace_days: int = 14,
) -> Signal | None:
    """This function will tell that a publication is overdue: since the day after it was due, grace included.

    ``publication`` is the last one that came, and ``periods`` counts those that should have come since.
    """
    due = next_due(last_published, cadence, grace_days)
    if today <= due:
        return None
    overdue = sum(1 for _ in _due_days(last_published, cadence, grace_days, today))
    return Signal(
        subject=subject,
        measure=measure,
        kind=SignalKind.LATE,
        bearing=Bearing.NEITHER,
        since=due + timedelta(days=1),
        until=today,
        periods=overdue,
        source=source,
        publication=publication,
    )


def _due_days(last_published: date, cadence: Cadence, grace_days: int, today: date) -> Iterator[date]:
    """Every due day that has passed."""
    due = next_due(last_published, cadence)
    while due + timedelta(days=grace_days) < today:
        yield due
        due = next_due(due, cadence)


def _silence(
    subject: str, measure: str, source: str, publication: str, kind: SignalKind, periods: Sequence[date]
) -> Signal:
    return Signal(
        subject=subject,
        measure=measure,
        kind=kind,
        bearing=Bearing.NEITHER,
        since=periods[0],
        until=periods[-1],
        periods=len(periods),
        source=source,
        publication=publication,
    )
