"""Signal: the one shape in which every source speaks, hard or soft, good news or bad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Bearing(StrEnum):
    """What a signal means for the people served: better, worse, or a change that is neither."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEITHER = "neither"


class Dimension(StrEnum):
    """A dimension of quality, in the words of both guidances (DAT-11; QSG 2017 Box 1; SQG 2022 Annex A)."""

    SAFE = "safe"
    EFFECTIVE = "effective"
    CARING = "caring"
    RESPONSIVE = "responsive"
    PERSONALISED = "personalised-experience"
    WELL_LED = "well-led"
    SUSTAINABLE = "sustainably-resourced"
    EQUITABLE = "equitable"


# The six dimensions of 2022, which a matrix has as its rows. Of 2017's, caring and responsive are parts of a
# positive experience (QSG 2017 Box 1).
ROWS = (
    Dimension.SAFE,
    Dimension.EFFECTIVE,
    Dimension.PERSONALISED,
    Dimension.WELL_LED,
    Dimension.SUSTAINABLE,
    Dimension.EQUITABLE,
)
_PARTS_OF_EXPERIENCE = frozenset({Dimension.CARING, Dimension.RESPONSIVE})


def row_of(dimension: Dimension) -> Dimension:
    """This function will say in which of the six rows a dimension stands."""
    return Dimension.PERSONALISED if dimension in _PARTS_OF_EXPERIENCE else dimension


class Quadrant(StrEnum):
    """Where a source stands: inside or outside the provider, in figures or in words (INT-02; SQG 2022 Annex D)."""

    INTERNAL_QUANTITATIVE = "internal-quantitative"
    EXTERNAL_QUANTITATIVE = "external-quantitative"
    INTERNAL_QUALITATIVE = "internal-qualitative"
    EXTERNAL_QUALITATIVE = "external-qualitative"


class SignalKind(StrEnum):
    """What sort of thing was noticed."""

    SPECIAL_CAUSE = "special_cause"  # the series does what chance alone rarely does
    TARGET_MISSED = "target_missed"  # the whole usual range lies on the wrong side of the target
    OUTLIER = "outlier"  # far from its peers at one moment, by the publisher's or our own funnel
    RATING = "rating"  # a regulator's published judgement
    MISSING = "missing"  # a period that its peers reported is absent
    STOPPED = "stopped"  # nothing since a date, though peers go on reporting
    LATE = "late"  # the publication itself is overdue
    CHANGED = "changed"  # a constant series moved: no limits can be drawn, but something happened


class Rule(StrEnum):
    """Which test for special cause fired; a signal keeps every one, never only the first.

    The first four are those of the XmR charts on the pages; the others belong to rule sets that only
    ``sightline spc --chart`` reads.
    """

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"
    MOVING_RANGE = "moving_range"
    FOUR_OF_FIVE = "four_of_five"
    WITHIN = "within"
    BEYOND = "beyond"
    ALTERNATING = "alternating"
    LONG_RUN = "long_run"


class Side(StrEnum):
    """On which side of the usual level the evidence lies."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing noticed about one subject.

    ``subject`` is a directory key (an ODS code, say), ``measure`` names the indicator or source,
    ``since`` is the first day of the first period that belongs to the pattern and ``until`` the first day
    of the last. ``periods`` counts them. ``publication`` is the id of the publication in which it was first
    seen. ``source`` names the independent road by which the evidence came, so that two indicators from
    one return do not count as two witnesses.
    """

    subject: str
    measure: str
    kind: SignalKind
    bearing: Bearing
    since: date
    until: date
    periods: int
    source: str
    publication: str
    side: Side = Side.NONE
    rules: tuple[Rule, ...] = ()
    value: float | None = None
    usual_low: float | None = None
    usual_high: float | None = None
