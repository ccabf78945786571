"""Evidence: one thing that one source says of one subject, hard or soft, as it is laid beside others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from sightline.core.rulebook import Freshness
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant, Signal, SignalKind, row_of
from sightline.core.triangulation.weighing import ABSENCES

# From which day on evidence of each quadrant is fresh; None stands for sources that nobody placed.
Floors = Mapping[Quadrant | None, date]

# One body's judgements are one road, in whichever collection they come: the regulator is one witness, by its ratings
# of each home, by shares of homes so rated, and by what it enforces.
_ROADS: Mapping[str, str] = {"care_home_ratings": "cqc_api", "cqc_enforcement": "cqc_api"}

_IN_WORDS = frozenset({Quadrant.INTERNAL_QUALITATIVE, Quadrant.EXTERNAL_QUALITATIVE})


class Certainty(StrEnum):
    """How sure a source is, the surest first. Who did not say is not taken to be guessing."""

    SURE = "sure"
    FAIRLY_SURE = "fairly_sure"
    UNKNOWN = "unknown"
    HUNCH = "hunch"

    @property
    def rank(self) -> int:
        """Where it stands between sure (0) and a hunch (3)."""
        return _RANKS[self]


_RANKS: Mapping[Certainty, int] = {one: rank for rank, one in enumerate(Certainty)}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that one source says of one subject.

    ``origin`` names the independent road by which it came: whatever comes by one road is one witness, be it ten
    figures of one return or one story told twice. ``until`` says how fresh it is. ``changed`` is false for a
    standard that was missed all along; what people tell is a change unless they say that it was always so.
    ``rows`` and ``quadrant`` may be empty where nobody said: such evidence is kept and counted, and fills no cell.
    A chart in which nothing stands out is evidence too, with bearing NEITHER: without it, a well measured and quiet
    subject would look like a blind spot. An absence is none: a silence belongs among the blind spots.
    """

    key: str
    subject: str
    rows: tuple[Dimension, ...]
    quadrant: Quadrant | None
    origin: str
    bearing: Bearing
    since: date
    until: date
    hard: bool = True
    certainty: Certainty = Certainty.UNKNOWN
    changed: bool = True
    label: str = ""

    def __post_init__(self) -> None:
        if not self.key or not self.origin:
            raise ValueError("evidence needs a key, and an origin by which it can be told from other witnesses")
        if self.since > self.until:
            raise ValueError(f"evidence {self.key} begins after it ends")
        object.__setattr__(self, "rows", _rows_of(tuple(self.rows)))

    @property
    def in_words(self) -> bool:
        """Whether it speaks in words; where nobody placed its source, whether it is soft."""
        return self.quadrant in _IN_WORDS if self.quadrant else not self.hard

    @property
    def is_concern(self) -> bool:
        """Whether it says that something is worse for people."""
        return self.bearing is Bearing.CONCERN


def rows_of(dimensions: Iterable[Dimension]) -> tuple[Dimension, ...]:
    """This function will give the rows of the matrix in which dimensions stand, each once and in their order."""
    return _rows_of(tuple(dimensions))


@lru_cache(maxsize=1_024)  # thousands of pieces of evidence stand in few combinations of rows
def _rows_of(dimensions: tuple[Dimension, ...]) -> tuple[Dimension, ...]:
    wanted = {row_of(one) for one in dimensions}
    return tuple(row for row in ROWS if row in wanted)


def floors_on(on: date, freshness: Freshness) -> Floors:
    """This function will say from which day on evidence is fresh (DAT-05; QSG 2017 ¶107).

    A source that nobody placed has the longest time: not to know where it stands makes it no older.
    """
    floors: dict[Quadrant | None, date] = {one: on - timedelta(days=freshness.days(one)) for one in Quadrant}
    return {**floors, None: min(floors.values())}


def evidence_from(
    signal: Signal, dimensions: Iterable[Dimension], quadrant: Quadrant | None, key: str, label: str = ""
) -> Evidence | None:
    """This function will turn a signal of figures or ratings into evidence; an absence is none.

    A judgement that was published is sure. Of a pattern in figures we are fairly sure: chance alone makes one rarely,
    but does.
    """
    if signal.kind in ABSENCES:
        return None
    return Evidence(
        key=key,
        subject=signal.subject,
        rows=tuple(dimensions),
        quadrant=quadrant,
        origin=signal.source,
        bearing=signal.bearing,
        since=signal.since,
        until=signal.until,
        hard=True,
        certainty=Certainty.SURE if signal.kind is SignalKind.RATING else Certainty.FAIRLY_SURE,
        changed=signal.kind is not SignalKind.TARGET_MISSED,
        label=label,
    )


def road_of(collection: str) -> str:
    """This function will name the independent road by which a collection of data comes (INT-04; QSG 2017 ¶114)."""
    return _ROADS.get(collection, collection)


def origins_of(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """This function will name the witnesses, each once however often it speaks (INT-04)."""
    return tuple(sorted({one.origin for one in evidence}))


def keys_of(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """This function will name the pieces of evidence, each once and in a steady order."""
    return tuple(sorted({one.key for one in evidence}))


def surest_of(evidence: Iterable[Evidence]) -> Certainty | None:
    """This function will give the surest certainty among evidence."""
    return min((one.certainty for one in evidence), key=lambda one: one.rank, default=None)


def spread_of(places: Iterable[Collection[str]]) -> int:
    """This function will say how many places can each be given a witness of their own.

    ``places`` holds the origins that speak in each quadrant. One origin that speaks in two quadrants brings two
    voices of one witness, not variety; so a witness is seated once, and as many places as possible are filled.
    """
    origins = [tuple(sorted(place)) for place in places]
    seated: dict[str, int] = {}

    def has_witness(place: int, asked: set[str]) -> bool:
        for origin in origins[place]:
            if origin in asked:
                continue
            asked.add(origin)
            # A witness who already sits elsewhere moves here when that place finds another.
            if origin not in seated or has_witness(seated[origin], asked):
                seated[origin] = place
                return True
        return False

    return sum(has_witness(place, set()) for place in range(len(origins)))
