"""Figures of one body in order of time, with what was said beside each; and the regular row of periods they fill."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

_TODAY_IS_FAR = 1200  # months: a series longer than a century is a mistake, not a history


@dataclass(frozen=True, slots=True)
class Figures:
    """Columns of one length: a period's first day, its value and what belongs to it. ``ranks`` names publications."""

    kind: str
    starts: tuple[date, ...] = ()
    values: tuple[float | None, ...] = ()
    numerators: tuple[float | None, ...] = ()
    denominators: tuple[float | None, ...] = ()
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()
    notes: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()

    @property
    def last_reported_on(self) -> date | None:
        """The first day of the latest period that has a value."""
        reported = [day for day, value in zip(self.starts, self.values, strict=True) if value is not None]
        return reported[-1] if reported else None

    @property
    def reported_on(self) -> list[date]:
        """The first days of the periods for which something was reported, be it that the figure is withheld."""
        rows = zip(self.starts, self.values, self.notes, strict=True)
        return [day for day, value, note in rows if value is not None or note]

    def before(self, day: date) -> Figures:
        """This function will give the figures of the periods that begin before a day."""
        count = sum(1 for start in self.starts if start < day)
        return Figures(
            kind=self.kind, starts=self.starts[:count], **{name: getattr(self, name)[:count] for name in _EMPTY}
        )

    def laid_over(self, other: Figures) -> Figures:
        """This function will lay figures of one body together; of one period, the one that counts more stays."""
        chosen: dict[date, tuple[Figures, int]] = {}
        for part in (self, other):
            for index, day in enumerate(part.starts):
                before = chosen.get(day)
                if before is None or part.ranks[index] > before[0].ranks[before[1]]:
                    chosen[day] = (part, index)
        rows = [chosen[day] for day in sorted(chosen)]
        columns = {name: tuple(getattr(part, name)[index] for part, index in rows) for name in _EMPTY}
        return Figures(kind=self.kind, starts=tuple(sorted(chosen)), **columns)

    def usual_step(self) -> int:
        """This function will give the commonest distance between periods, in whole months; 0 when there is none."""
        months = [_months(day) for day in self.starts]
        steps = Counter(later - earlier for earlier, later in pairwise(months) if later > earlier)
        return steps.most_common(1)[0][0] if steps else 0

    def on_grid(self, step: int) -> Figures:
        """This function will lay the figures on a row without holes: a period nobody reported has no value.

        ``step`` is in months; 0 leaves the figures as they are, and so do several figures in one month.
        """
        if step <= 0 or len(self.starts) < 2:
            return self
        first, last = _months(self.starts[0]), _months(self.starts[-1])
        at = {_months(day): index for index, day in enumerate(self.starts)}
        if last - first > _TODAY_IS_FAR or len(at) < len(self.starts):
            return self
        months = sorted({*range(first, last + 1, step), *at})
        if list(at) == months:
            return self  # nothing is missing, which is how most bodies report
        picked = [at.get(month) for month in months]
        days = [
            self.starts[index] if index is not None else _day_in(month, self.starts[0].day)
            for month, index in zip(months, picked, strict=True)
        ]
        return Figures(
            kind=self.kind,
            starts=tuple(days),
            **{name: _pick(getattr(self, name), picked, empty) for name, empty in _EMPTY.items()},
        )

    def as_plain(self) -> dict[str, Any]:
        """This function will make what can be packed: lists, days as text, columns that say nothing left out."""
        plain: dict[str, Any] = {"starts": [day.isoformat() for day in self.starts], "values": list(self.values)}
        for name in _EMPTY:
            column = getattr(self, name)
            if name != "values" and any(column):
                plain[name] = list(column)
        return plain


_EMPTY: dict[str, Any] = {
    "values": None, "numerators": None, "denominators": None, "lows": None, "highs": None,
    "notes": "", "bands": "", "ranks": 0,
}  # fmt: skip


def _pick(column: Sequence[Any], picked: Sequence[int | None], empty: Any) -> tuple[Any, ...]:
    return tuple(empty if index is None else column[index] for index in picked)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day_in(month: int, day: int) -> date:
    year, of_year = month // 12, month % 12 + 1
    return date(year, of_year, min(day, monthrange(year, of_year)[1]))


def joined(parts: Sequence[Figures], per: float | None) -> Figures:
    """This function will add the figures of several bodies period by period.

    With ``per`` (100 for percentages) the result is the numerators' sum over the denominators' sum, so that a
    large body weighs as much as it should; without it (counts) the values' sum. A period for which one of the
    bodies is silent is left out: half a body is not a history.
    """
    tables = [_by_day(part, per) for part in parts]
    days = sorted(set.intersection(*(set(table) for table in tables))) if tables else []
    sums = [tuple(map(sum, zip(*(table[day] for table in tables), strict=True))) for day in days]
    count = len(days)
    return Figures(
        kind=parts[0].kind if parts else "",
        starts=tuple(days),
        values=tuple(top / bottom * per if per else top for top, bottom in sums),
        numerators=tuple(top for top, _ in sums) if per else (None,) * count,
        denominators=tuple(bottom for _, bottom in sums) if per else (None,) * count,
        lows=(None,) * count,
        highs=(None,) * count,
        notes=("",) * count,
        bands=("",) * count,
        ranks=(0,) * count,
    )


def _by_day(part: Figures, per: float | None) -> dict[date, tuple[float, float]]:
    """Each period that can be added up: its numerator and denominator, or its value and one."""
    if per is None:
        pairs = zip(part.starts, part.values, part.values, strict=True)
        return {day: (value, 1.0) for day, value, _ in pairs if value is not None}
    counts = zip(part.starts, part.numerators, part.denominators, strict=True)
    return {day: (top, bottom) for day, top, bottom in counts if top is not None and bottom}
