"""What a person should ask of the figures of a series: slips, and levels that moved.

The rules ask; a named person answers. Nothing is drawn anew, left out or chosen by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from sightline.core.indicators.variation import bearing
from sightline.core.signals import Bearing, Side
from sightline.core.statistics.changes import Change, propose_changes
from sightline.core.statistics.doubts import doubts
from sightline.core.statistics.kernel import Floats
from sightline.indicators.catalogue import ChartKind, Indicator
from sightline.indicators.choosing import Columns
from sightline.indicators.models import Series
from sightline.indicators.presenters.drawings import direction_of
from sightline.indicators.presenters.words import period

_WORSE = "It got worse: new limits would make that look usual, so find out why first."


@dataclass(frozen=True, slots=True)
class Question:
    """One question: of which period, in words; ``begins`` is the day from which new limits could start.

    There is none where nothing moved, and where it got worse: limits drawn anew would hide it.
    """

    of: str
    says: str
    begins: date | None = None


def questions(series: Series, indicator: Indicator) -> list[Question]:
    """This function will give what to ask of a series, in order of time."""
    content = series.content
    starts = [date.fromisoformat(day) for day in content["starts"]]
    columns = Columns.of(content)
    values, tops, bottoms = columns.values, columns.tops, columns.bottoms
    counted = bool(np.isfinite(bottoms).any())
    found: list[tuple[int, str, date | None]] = [
        (one.at, one.says, None) for one in doubts(values, tops if counted else None, bottoms if counted else None)
    ]
    if indicator.chart is ChartKind.XMR:
        found += [
            (one.at, f"{one.says} {_WORSE}", None) if _got_worse(one, indicator) else (one.at, one.says, starts[one.at])
            for one in _moved(content, values)
        ]
    return [Question(period(starts[at], series.kind), says, begins) for at, says, begins in sorted(found, key=_first)]


def _first(row: tuple[int, str, date | None]) -> int:
    return row[0]


def _moved(content: dict[str, Any], values: Floats) -> list[Change]:
    """Where the figures since the newest limits may have moved: those before were judged when the limits were set."""
    if not content["phases"]:
        return []
    start = content["phases"][-1][0]
    return [replace(change, at=start + change.at) for change in propose_changes(values[start:])]


def _got_worse(change: Change, indicator: Indicator) -> bool:
    side = Side.HIGH if change.after > change.before else Side.LOW
    return bearing(direction_of(indicator), side) is Bearing.CONCERN
