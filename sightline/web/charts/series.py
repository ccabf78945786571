"""What a chart is drawn from: a series with its phases, as facts; nothing here knows where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.indicators.variation import Direction
from sightline.core.signals import Bearing, Rule, Side


class Mark(StrEnum):
    """What the rules say of one point; each has a colour and a shape of its own."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


MARK = {Bearing.CONCERN: Mark.CONCERN, Bearing.IMPROVEMENT: Mark.IMPROVEMENT, Bearing.NEITHER: Mark.NEUTRAL}
MARK_WORDS = {
    Mark.COMMON: "usual variation",
    Mark.IMPROVEMENT: "better than chance alone would explain",
    Mark.CONCERN: "worse than chance alone would explain",
    Mark.NEUTRAL: "more than chance alone would explain, neither better nor worse",
}
BETTER = {
    Direction.INCREASE: "Higher is better",
    Direction.DECREASE: "Lower is better",
    Direction.NEUTRAL: "Neither high nor low is better",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One period: its first day, its figure (None where none was reported), and what the rules say of it."""

    start: date
    value: float | None
    mark: Mark = Mark.COMMON
    side: Side = Side.NONE
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch with limits of its own, from its first to its last point (both included).

    ``lows`` and ``highs`` have the limits of each of its points where they differ; ``low`` and ``high`` are then those
    of the latest.
    """

    start_index: int
    end_index: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    provisional: bool = False
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Rebase:
    """A day from which new limits hold, and the reason a person gave for it."""

    on: date
    because: str = ""


@dataclass(frozen=True, slots=True)
class Predecessor:
    """Where the history before a day comes from: the body that did this work until then."""

    until: date
    name: str
    event: str = "the merger"


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """A series ready to be drawn; ``key`` makes ids on the page unique, ``title`` names what it shows of whom.

    ``chart`` names the chart that a person chose for it, empty on XmR; ``centre`` what its centre line is.
    """

    key: str
    title: str
    points: tuple[Point, ...]
    phases: tuple[Phase, ...] = ()
    unit: str = ""
    decimals: int | None = None
    target: float | None = None
    direction: Direction = Direction.NEUTRAL
    rebases: tuple[Rebase, ...] = ()
    predecessor: Predecessor | None = None
    chart: str = ""
    centre: str = "average"

    @property
    def last(self) -> Point | None:
        """The latest point that has a figure."""
        return next((point for point in reversed(self.points) if point.value is not None), None)
