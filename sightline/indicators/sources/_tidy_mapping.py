"""The mapping of a tidy table: which column is which, what its indicators are, and why it was guessed so."""

from __future__ import annotations

from collections.abc import Mapping as Plain
from dataclasses import asdict, dataclass
from typing import Any

from sightline.intake.contract import PeriodKind

UNITS = ("percent", "rate", "count", "ratio", "score")
DIRECTIONS = ("increase", "decrease", "neither")
FIELDS = ("organisation", "name", "period", "indicator", "value", "numerator", "denominator", "low", "high")


@dataclass(frozen=True, slots=True)
class Guess:
    """What was guessed about one field, and why, in words for the person who confirms it."""

    field: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class MappedIndicator:
    """One indicator of the table: how the column writes it, and what it is called from now on.

    ``per`` turns numerator over denominator into the value: 100 for a percentage, 0 where they do not make it.
    """

    written: str
    id: str
    name: str
    unit: str = "score"
    direction: str = "neither"
    per: float = 0.0

    def __post_init__(self) -> None:
        if self.unit not in UNITS or self.direction not in DIRECTIONS:
            raise ValueError(f"The unit is one of {', '.join(UNITS)}; the direction one of {', '.join(DIRECTIONS)}.")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Headings by field, blank for a field that the table lacks; ``kind`` None reads each period as it is written."""

    organisation: str = ""
    name: str = ""
    period: str = ""
    indicator: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    low: str = ""
    high: str = ""
    kind: PeriodKind | None = None
    indicators: tuple[MappedIndicator, ...] = ()
    sheet: str = ""
    title: str = ""
    guesses: tuple[Guess, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """The heading of each field, blank where there is none."""
        return {field: getattr(self, field) for field in FIELDS}

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that a file must have for this mapping to fit."""
        return tuple(heading for heading in self.columns.values() if heading)

    @property
    def is_complete(self) -> bool:
        """Whether there is an organisation, a period and a figure to read."""
        has_figure = bool(self.value or (self.numerator and self.denominator))
        return bool(self.organisation and self.period and has_figure and self.indicators)

    def to_plain(self) -> dict[str, Any]:
        """This function will give the mapping as JSON can hold it; from_plain() reads it back."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Plain[str, Any]) -> Mapping:
        """This function will make a mapping of what to_plain() gave; unknown names raise TypeError."""
        given = dict(plain)
        given["kind"] = PeriodKind(given["kind"]) if given.get("kind") else None
        given["indicators"] = tuple(MappedIndicator(**one) for one in given.get("indicators", ()))
        given["guesses"] = tuple(Guess(**one) for one in given.get("guesses", ()))
        return cls(**given)
