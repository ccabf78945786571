"""A copy of a surveillance log: plain and fixed, so that it says the same whatever becomes of the log (SUR-09, RPT-30)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class CopiedRow:
    """One line of a copy. Levels stand in their own words; ``comes_nearest`` is indicative only (FRW-09)."""

    sector: str
    name: str
    key: str
    previous: tuple[str, ...]
    current: str
    guidance: str
    since: date | None
    comes_nearest: str
    actions: tuple[str, ...]
    reason: str
    reviewed_on: date | None
    review_says: str
    review_due: date | None


@dataclass(frozen=True, slots=True)
class LogCopy:
    """The log of a system, or of a region, as it was known on a day; by which guidance, beside which earlier days."""

    system: str
    name: str
    on: date
    columns: tuple[date, ...]
    guidance: str
    version: str
    rows: tuple[CopiedRow, ...]

    @property
    def as_json(self) -> str:
        """The copy as text: the same copy is the same text, so that a hash tells whether it is unchanged."""
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> LogCopy:
        """This function will read a copy back from its text."""
        found: dict[str, Any] = json.loads(text)
        rows = tuple(_row(one) for one in found.pop("rows"))
        days = tuple(date.fromisoformat(day) for day in found.pop("columns"))
        return cls(on=date.fromisoformat(found.pop("on")), columns=days, rows=rows, **found)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a copy")


def _row(found: dict[str, Any]) -> CopiedRow:
    days = {
        name: date.fromisoformat(found[name]) if found[name] else None
        for name in ("since", "reviewed_on", "review_due")
    }
    lists = {name: tuple(found[name]) for name in ("previous", "actions")}
    return CopiedRow(**{**found, **days, **lists})
