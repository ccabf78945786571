"""The shape of a catalogue entry: what an indicator is, its seven-field data card, its targets and its cadence."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from sightline.core.indicators.reporting import Cadence
from sightline.core.signals import Dimension
from sightline.core.statistics.scales import Method, Ratio
from sightline.intake.contract import PeriodKind
from sightline.intake.periods import Period

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2_000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=160)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
IMPOSSIBLE = "not possible – "


class Unit(StrEnum):
    """What a figure is measured in."""

    PERCENT = "percent"
    RATE = "rate"
    COUNT = "count"
    RATIO = "ratio"
    SCORE = "score"


class Better(StrEnum):
    """Which way is better for the people served."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEITHER = "neither"


class ChartKind(StrEnum):
    """How a series is best shown."""

    XMR = "xmr"  # individual values with their usual range
    PUBLISHER_LIMITS = "publisher-limits"  # against the limits that the publisher gives
    EVENTS = "events"  # dated judgements, which make no series
    RUN = "run"  # a line alone: too few points, or points that overlap


class TargetKind(StrEnum):
    """How firm a target is."""

    STANDARD = "standard"  # in law or in the NHS Constitution
    INTERIM = "interim"  # what is asked for on the way there


class Strict(BaseModel):
    """What every part of the catalogue obeys: nothing unknown, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Target(Strict):
    """A value to be reached, from when until when, and who says so; ``until`` is blank while it stands."""

    name: Name
    value: float = Field(allow_inf_nan=False)
    kind: TargetKind
    begins: date
    until: date | None = None
    source: Words

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.begins:
            raise ValueError("the target ends before it begins")
        return self

    def stands_on(self, day: date) -> bool:
        """This function will say whether the target was in force on a day."""
        return self.begins <= day and (self.until is None or day <= self.until)


class DataCard(Strict):
    """The seven things that every presentation of data carries (DAT-01; QSG 2017 ¶114)."""

    purpose: Words
    source: Words
    period_covered: Words
    audience: Words
    confidentiality: Words
    known_issues: Words
    what_good_looks_like: Words

    @field_validator("what_good_looks_like")
    @classmethod
    def _good_or_why_not(cls, text: str) -> str:
        if text.casefold().startswith("not possible") and len(text) < len(IMPOSSIBLE) + 10:
            raise ValueError(f"say why it is not possible: “{IMPOSSIBLE}reason”")
        return text


class SmallNumbers(Strict):
    """What happens to counts so small that a person might be known by them."""

    by_publisher: bool
    below: int = Field(default=0, ge=0, le=20)
    rule: Words


class Indicator(Strict):
    """One indicator: everything that a chart of it must be able to say."""

    id: Id
    name: Name
    short_name: Name
    definition: Words
    numerator: Words
    denominator: Words
    unit: Unit
    per: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    unit_words: str = ""
    direction: Better
    dimensions: tuple[Dimension, ...] = ()
    card: DataCard
    small_numbers: SmallNumbers
    chart: ChartKind
    period: PeriodKind
    cadence_months: int = Field(ge=0, le=12)
    lag_days: int = Field(ge=0, le=800)
    decimals: int = Field(ge=0, le=4)
    standardised_by: Method | None = None  # by whose way the denominator, what is to be expected, is compared with
    targets: tuple[Target, ...] = ()
    source: str = ""
    source_entry: str = ""  # the guidance's source under which it stands, where that is not one for the whole file
    publisher: str = ""
    address: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.unit in {Unit.PERCENT, Unit.RATE, Unit.RATIO} and self.per is None:
            raise ValueError("a percentage, rate or ratio must say in “per” what multiplies numerator over denominator")
        if self.unit is Unit.PERCENT and self.per != 100:
            raise ValueError("a percentage is per 100")
        if self.standardised_by is not None and self.unit is not Unit.RATIO:
            raise ValueError("only a ratio, observed over expected, is standardised")
        if len(set(self.dimensions)) != len(self.dimensions):
            raise ValueError("a dimension stands twice")
        if self.cadence_months not in {0, *Cadence}:
            raise ValueError(f"cadence_months is 0 (irregular) or one of {', '.join(str(int(one)) for one in Cadence)}")
        return self

    @property
    def never_negative(self) -> bool:
        """Whether a figure below zero cannot be, so that a limit below zero is not shown."""
        return self.unit is not Unit.SCORE

    @property
    def ratio(self) -> Ratio | None:
        """What its counts are to each other, so that bodies of different size can be compared; None without counts."""
        if self.standardised_by is not None:
            return Ratio.STANDARDISED
        if self.unit is Unit.PERCENT:
            return Ratio.PROPORTION
        return Ratio.RATES if self.unit in {Unit.RATE, Unit.RATIO} else None

    @property
    def cadence(self) -> Cadence:
        """How often a publication comes; ask only where ``cadence_months`` is not 0."""
        return Cadence(self.cadence_months)

    def published_by(self, start: date) -> date:
        """This function will give the day by which figures for the period that begins then are usually out."""
        return Period(start, self.period).end + timedelta(days=self.lag_days)

    def target_in_force(self, day: date) -> Target | None:
        """This function will give the target that stood on a day: the interim one where there was one."""
        standing = [target for target in self.targets if target.stands_on(day)]
        interim = [target for target in standing if target.kind is TargetKind.INTERIM]
        return next(iter(interim or standing), None)

    def target_on(self, day: date) -> float | None:
        """This function will give the value of the target that stood on a day."""
        target = self.target_in_force(day)
        return target.value if target else None


class SourceFile(Strict):
    """One YAML file: a source, its citation, and its indicators."""

    source: str
    publisher: Words
    address: Annotated[str, StringConstraints(pattern=r"^https://")]
    indicators: tuple[Indicator, ...] = Field(min_length=1)

    @field_validator("indicators")
    @classmethod
    def _with_dimensions(cls, indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        """Only an indicator that a file named, before anybody completed it, may lack its dimension (DAT-11)."""
        lacking = [indicator.id for indicator in indicators if not indicator.dimensions]
        if lacking:
            raise ValueError(f"no quality dimension is given for {', '.join(lacking)}")
        return indicators
