"""From days and figures to places on the drawing, in whole units so that a page of charts stays small."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, isclose, log10


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The span of days that charts have in common, so that the same month lies at the same place in each."""

    first: date
    last: date

    @staticmethod
    def covering(days: Iterable[date]) -> TimeAxis:
        """This function will make the axis that holds all the days; an empty series still gets one."""
        known = sorted(days) or [date(2000, 1, 1)]
        return TimeAxis(known[0], known[-1])

    def at(self, day: date, left: int, right: int) -> int:
        """This function will place a day between two edges."""
        span = (self.last - self.first).days
        share = (day - self.first).days / span if span else 1.0
        return round(left + share * (right - left))

    def years(self) -> list[date]:
        """This function will list each new year within the span."""
        return [date(year, 1, 1) for year in range(self.first.year + 1, self.last.year + 1)]


@dataclass(frozen=True, slots=True)
class ValueScale:
    """The span of figures that a chart shows."""

    low: float
    high: float

    @staticmethod
    def covering(values: Iterable[float | None], room: float = 0.06) -> ValueScale:
        """This function will make a scale that holds all the values with a little room at both ends."""
        known = [value for value in values if value is not None]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        if isclose(low, high):
            around = abs(low) * 0.1 or 1.0
            return ValueScale(low - around, high + around)
        margin = (high - low) * room
        return ValueScale(low - margin, high + margin)

    def at(self, value: float, top: int, bottom: int) -> int:
        """This function will place a figure between two edges; one beyond the scale is held at its edge."""
        share = (value - self.low) / (self.high - self.low)
        return round(bottom - min(max(share, 0.0), 1.0) * (bottom - top))

    def ticks(self, about: int = 5) -> list[float]:
        """This function will choose round figures at even steps of 1, 2 or 5."""
        step = nice_step((self.high - self.low) / about)
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [round(count * step, max(10, decimals_of(step) + 1)) for count in range(first, last + 1)]


def nice_step(raw: float) -> float:
    """This function will round a step up to 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(raw))
    return float(next(power * times for times in (1, 2, 5, 10) if power * times >= raw * (1 - 1e-9)))


def decimals_of(step: float) -> int:
    """This function will say how many decimals a tick needs."""
    return max(0, -floor(log10(step) + 1e-9))
