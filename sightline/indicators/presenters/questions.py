"""What a person should ask of the figures of a series: slips, levels that moved, and charts that would say more.

The rules ask; a named person answers. Nothing is drawn anew, left out or chosen by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from sightline.core.indicators.variation import bearing
from sightline.core.signals import Bearing, Side
from sightline.core.statistics.advice import Advice, Measured, advise
from sightline.core.statistics.changes import Change, propose_changes
from sightline.core.statistics.doubts import doubts
from sightline.core.statistics.kernel import Floats
from sightline.core.statistics.kinds import ChartKind as Drawn
from sightline.core.verdict import Invalid
from sightline.indicators.catalogue import ChartKind, Indicator, Unit
from sightline.indicators.models import Series
from sightline.indicators.presenters.drawings import direction_of
from sightline.indicators.presenters.words import period

_MEASURED = {Unit.PERCENT: Measured.PROPORTION, Unit.RATE: Measured.RATE, Unit.COUNT: Measured.COUNT}
# Where counts are large an XmR chart says as much as these, so they are no advice that anybody has to act on.
_AS_GOOD = {Drawn.I, Drawn.P_PRIME, Drawn.U_PRIME, None}

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
    """This function will give what to ask of a series, in order of time; what is about no one period comes last."""
    content = series.content
    starts = [date.fromisoformat(day) for day in content["starts"]]
    values, tops, bottoms = (_column(content, name) for name in ("values", "numerators", "denominators"))
    counted = bool(np.isfinite(bottoms).any())
    found: list[tuple[int, str, date | None]] = [
        (one.at, one.says, None) for one in doubts(values, tops if counted else None, bottoms if counted else None)
    ]
    if indicator.chart is ChartKind.XMR:
        found += [
            (one.at, f"{one.says} {_WORSE}", None) if _got_worse(one, indicator) else (one.at, one.says, starts[one.at])
            for one in _moved(content, values)
        ]
    asked = [Question(period(starts[at], series.kind), says, begins) for at, says, begins in sorted(found, key=_first)]
    advice = _advice(indicator, values, tops, bottoms)
    return asked if advice is None else [*asked, Question("All of them", advice.says)]


def _first(row: tuple[int, str, date | None]) -> int:
    return row[0]


def _column(content: dict[str, Any], name: str) -> Floats:
    given: Sequence[float | None] = content.get(name) or [None] * len(content["starts"])
    return np.array([np.nan if value is None else value for value in given], dtype=np.float64)


def _moved(content: dict[str, Any], values: Floats) -> list[Change]:
    """Where the figures since the newest limits may have moved: those before were judged when the limits were set."""
    if not content["phases"]:
        return []
    start = content["phases"][-1][0]
    return [replace(change, at=start + change.at) for change in propose_changes(values[start:])]


def _got_worse(change: Change, indicator: Indicator) -> bool:
    side = Side.HIGH if change.after > change.before else Side.LOW
    return bearing(direction_of(indicator), side) is Bearing.CONCERN


def _advice(indicator: Indicator, values: Floats, tops: Floats, bottoms: Floats) -> Advice | None:
    """Which chart would say more than the one that is drawn; None where none would, or where counts are not known."""
    measured = _MEASURED.get(indicator.unit)
    if indicator.chart is not ChartKind.XMR or measured is None:
        return None
    try:
        found = advise(measured, values) if measured is Measured.COUNT else advise(measured, tops, bottoms)
    except Invalid:  # counts that are no whole numbers, or more than their denominator: nothing to advise by
        return None
    return None if found.kind in _AS_GOOD else found
