"""How the evidence about one subject stands, and in which order subjects are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.core.signals import Bearing, Signal, SignalKind

# Evidence about periods further back than this stays on the subject's page but no longer says "worried now".
# Two years is our choice: annual returns with a year's delay still count, the last decade's do not.
COUNTS_FOR_DAYS = 731

ABSENCES = frozenset({SignalKind.MISSING, SignalKind.STOPPED, SignalKind.LATE})


@dataclass(frozen=True, slots=True)
class Standing:
    """What independent sources say of one subject.

    ``agreeing`` names each source that has a concern, once however many of its figures do (DAT-03).
    ``changing`` names those of them by which something changed, as against a standard that was missed all along.
    ``dimensions`` counts those sources by quality dimension. ``since`` is when the oldest of these concerns
    began, ``newest`` the last period that any of them covers. ``old`` counts signals too old to count.
    """

    agreeing: tuple[str, ...] = ()
    changing: tuple[str, ...] = ()
    improving: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    dimensions: tuple[tuple[str, int], ...] = ()
    since: date | None = None
    newest: date | None = None
    old: int = 0


def oldest_that_counts(on: date) -> date:
    """This function will give the first day whose evidence still counts."""
    return on - timedelta(days=COUNTS_FOR_DAYS)


def weigh(signals: Iterable[Signal], dimensions: Mapping[str, Iterable[str]], on: date) -> Standing:
    """This function will lay signals about one subject side by side (DAT-03, DAT-04; QSG 2017 ¶105, ¶114).

    ``dimensions`` gives the quality dimensions of each measure. A provider that stopped reporting is silent,
    not concerning: the absence of information is said as loudly, but it is another thing.
    """
    given = list(signals)
    recent = [signal for signal in given if signal.until >= oldest_that_counts(on)]
    concerns = [s for s in recent if s.bearing is Bearing.CONCERN and s.kind not in ABSENCES]
    by_dimension: dict[str, set[str]] = {}
    for signal in concerns:
        for dimension in dimensions.get(signal.measure, ()):
            by_dimension.setdefault(dimension, set()).add(signal.source)
    return Standing(
        agreeing=tuple(sorted({signal.source for signal in concerns})),
        changing=tuple(sorted({s.source for s in concerns if s.kind is not SignalKind.TARGET_MISSED})),
        improving=tuple(sorted({s.source for s in recent if s.bearing is Bearing.IMPROVEMENT})),
        silent=tuple(sorted({s.measure for s in given if s.kind in ABSENCES})),
        dimensions=tuple(sorted((name, len(sources)) for name, sources in by_dimension.items())),
        since=min((signal.since for signal in concerns), default=None),
        newest=max((signal.until for signal in concerns), default=None),
        old=len(given) - len(recent),
    )


def place(standing: Standing, name: str) -> tuple[int, int, int, str]:
    """This function will give a subject's place in the list.

    More agreeing sources come first; among equals, more by which something changed: most of the country may miss
    a standard for years, and news must not drown in it. Then the newest.
    """
    newest = standing.newest.toordinal() if standing.newest else 0
    return (-len(standing.agreeing), -len(standing.changing), -newest, name)
