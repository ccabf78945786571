"""What the A&E sources share: one organisation's month in counts, and the indicators it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sightline.intake.contract import NamedBody, Observation, PeriodKind
from sightline.intake.outcome import share

FOUR_HOURS, FOUR_HOURS_TYPE_1 = "ae-4h-all-types", "ae-4h-type-1"
ATTENDANCES, ADMISSIONS = "ae-attendances", "ae-emergency-admissions"
LONG_WAITS, LONG_WAIT_RATE = "ae-12h-dta-waits", "ae-12h-dta-rate"


@dataclass(frozen=True, slots=True)
class Month:
    """One organisation's month: attendances, those over four hours, admissions, and twelve-hour waits if given."""

    code: str
    start: date
    attendances: float
    over_four: float
    type_1: float
    type_1_over_four: float
    admissions: float
    long_waits: float | None
    line: int | None

    def observations(self) -> Iterator[Observation]:
        """This function will yield the indicators, leaving out what the organisation does not do at all."""
        yield self._one(ATTENDANCES, self.attendances)
        yield self._within_four(FOUR_HOURS, self.attendances, self.over_four)
        # No type 1 department: there is no figure to miss, so there is no series of gaps either.
        if self.type_1:
            yield self._within_four(FOUR_HOURS_TYPE_1, self.type_1, self.type_1_over_four)
        if self.attendances or self.admissions:
            yield self._one(ADMISSIONS, self.admissions)
        if self.long_waits is not None and (self.attendances or self.long_waits):
            yield self._one(LONG_WAITS, self.long_waits)
            yield self._one(
                LONG_WAIT_RATE, share(self.long_waits, self.attendances, 1000), self.long_waits, self.attendances
            )

    def _within_four(self, indicator: str, attendances: float, over: float) -> Observation:
        within = attendances - over
        return self._one(indicator, share(within, attendances), within, attendances)

    def _one(
        self, indicator: str, value: float | None, numerator: float | None = None, denominator: float | None = None
    ) -> Observation:
        note = "no attendances" if value is None else ""
        return Observation(
            indicator, self.code, self.start, PeriodKind.MONTH, value, numerator, denominator, note=note, line=self.line
        )


@dataclass(slots=True)
class Returns:
    """What one file gives: every provider's month, the bodies named, and the publisher's own totals if printed."""

    months: list[Month] = field(default_factory=list)
    bodies: list[NamedBody] = field(default_factory=list)
    totals: Month | None = None
