"""What a tidy file says about itself: its columns, its indicators, and the card that goes with each of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from sightline.intake.contract import PeriodKind


class Good(StrEnum):
    """Which way is better, in the words of the mapping."""

    HIGHER = "increase"
    LOWER = "decrease"
    NEITHER = "neither"


class Unit(StrEnum):
    """What a figure is counted in: percentages, events in a thousand, or a mean number of minutes."""

    PERCENT = "percent"
    PER_1000 = "rate"
    MINUTES = "score"


# The factor by which numerator over denominator becomes the figure; in minutes they make a mean.
SCALE = {Unit.PERCENT: 100.0, Unit.PER_1000: 1000.0, Unit.MINUTES: 0.0}
UNIT_WORDS = {Unit.PERCENT: "", Unit.PER_1000: "per 1,000", Unit.MINUTES: "minutes"}
PUBLISHER = "Demonstration Publisher"
SMALL_NUMBERS = "The publisher withholds counts from 1 to 4, and the rates made of them; they are shown as withheld."


@dataclass(frozen=True, slots=True)
class DataCard:
    """The seven things that every presentation of data carries (DAT-01; QSG 2017 ¶114)."""

    purpose: str
    source: str
    period_covered: str
    audience: str
    confidentiality: str
    known_issues: str
    what_good_looks_like: str


@dataclass(frozen=True, slots=True)
class TidyIndicator:
    """One indicator of a tidy file, ready to be confirmed on the mapping page."""

    id: str
    name: str
    short_name: str
    unit: Unit
    direction: Good
    dimensions: tuple[str, ...]
    numerator: str
    denominator: str
    card: DataCard
    kind: PeriodKind = PeriodKind.MONTH
    lag_days: int = 14
    source_entry: str = ""  # the guidance's source under which it stands, so that two returns are two witnesses

    @property
    def definition(self) -> str:
        """What the figure says, in a sentence made of its two counts."""
        words = {Unit.PERCENT: "as a percentage of", Unit.PER_1000: "for every thousand of", Unit.MINUTES: "over"}
        return f"{self.numerator}, {words[self.unit]}: {self.denominator[0].lower()}{self.denominator[1:]}."

    def entry(self) -> dict[str, object]:
        """This function will give the indicator in the shape of a catalogue entry."""
        scale = SCALE[self.unit]
        return {
            "id": self.id,
            "name": self.name,
            "short_name": self.short_name,
            "definition": self.definition,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "unit": self.unit.value,
            "per": scale or None,
            "unit_words": UNIT_WORDS[self.unit],
            "direction": self.direction.value,
            "dimensions": list(self.dimensions),
            "card": asdict(self.card),
            "small_numbers": {"by_publisher": True, "below": 5, "rule": SMALL_NUMBERS},
            "chart": "xmr",
            "period": self.kind.value,
            "cadence_months": 3 if self.kind is PeriodKind.QUARTER else 1,
            "lag_days": self.lag_days,
            "decimals": 1,
            "source": "tidy",
            "source_entry": self.source_entry,
            "publisher": PUBLISHER,
        }


@dataclass(frozen=True, slots=True)
class TidyFile:
    """A tidy file with the mapping of its columns.

    Publishers name their columns each in their own way, and files with the same headings are taken to be of one
    kind: so no two files of the demonstration have the same.
    """

    name: str
    title: str
    publisher: str
    indicators: tuple[TidyIndicator, ...]
    organisation: str = "organisation"
    period: str = "period"
    indicator: str = "indicator"

    @property
    def headings(self) -> tuple[str, ...]:
        """The header row of the file."""
        return (self.indicator, self.organisation, self.period, "value", "numerator", "denominator")

    @property
    def kind(self) -> PeriodKind:
        """The length of the periods, which all indicators of one file share."""
        return self.indicators[0].kind

    def plain(self) -> dict[str, object]:
        """This function will give the mapping as the import page keeps it."""
        return {
            "organisation": self.organisation,
            "period": self.period,
            "indicator": self.indicator,
            "value": "value",
            "numerator": "numerator",
            "denominator": "denominator",
            "kind": self.kind.value,
            "title": self.title,
            "indicators": [
                {
                    "written": one.id,
                    "id": one.id,
                    "name": one.name,
                    "unit": one.unit.value,
                    "direction": one.direction.value,
                    "per": SCALE[one.unit],
                }
                for one in self.indicators
            ],
        }


AUDIENCE = "Members of the system quality group and the staff who support it"
PROTECTION = "Counts only, none about a person; counts from 1 to 4 are withheld by the publisher"
ISSUES = "Invented for the demonstration; small organisations vary much from month to month"


def card(purpose: str, source: str, good: str, issues: str = ISSUES) -> DataCard:
    """This function will make the card of an invented indicator from what is its own and what all share."""
    period = "Forty-eight months up to the last month that is published"
    return DataCard(purpose, f"{source} (demonstration)", period, AUDIENCE, PROTECTION, issues, good)
