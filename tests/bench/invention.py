"""A made-up country of the size that pages must bear: its areas, its 5,000 providers, and their months of figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, isnan, pi, sin

import numpy as np

from sightline.directory.records import BoundaryRecord, OrganisationRecord, Record, RelationRecord
from sightline.directory.words import Kind, Link, Sector
from sightline.intake.contract import NamedIndicator, Observation, PeriodKind, RatingEvent

REGIONS, SYSTEMS, PLACES, NETWORKS = 7, 42, 106, 1250  # about as many as England has
PROVIDERS, FORMER, RATED = 5_000, 300, 1_000
MONTHS = 36
SEED = 2026
# One provider in seven has a story: the share, and what becomes of its last months, in its own spreads.
STORIES = (("worse", 0.08), ("better", 0.04), ("spike", 0.02), ("stops", 0.01))
MIX = (
    (Kind.NHS_TRUST, 200, Sector.SECONDARY_AND_TERTIARY),
    (Kind.CARE_HOME, 1_400, Sector.CARE_HOMES),
    (Kind.DENTAL_PRACTICE, 400, Sector.DENTAL),
    (Kind.GP_PRACTICE, 3_000, Sector.GENERAL_PRACTICE),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator of the made-up country: its id, the source it comes by, and its usual level and spread."""

    id: str
    source: str
    level: float
    spread: float
    higher_is_better: bool = True
    named: NamedIndicator | None = None


INDICATORS = (
    Measured("ae-4h-all-types", "ae_monthly", 88, 1.2),
    Measured("ae-4h-type-1", "ae_monthly", 84, 1.5),
    Measured("ae-attendances", "ae_monthly", 9_000, 300, higher_is_better=False),
    Measured("ae-emergency-admissions", "ae_monthly", 2_000, 90, higher_is_better=False),
    Measured("ae-12h-dta-waits", "ae_monthly", 120, 20, higher_is_better=False),
    Measured("ae-12h-dta-rate", "ae_monthly", 40, 5, higher_is_better=False),
    Measured("sickness-absence-rate", "sickness_absence", 5, 0.4, higher_is_better=False),
    *(
        Measured(
            f"made-up-{number}",
            "fingertips_upload" if number % 2 else "tidy",
            50,
            3,
            named=NamedIndicator(f"made-up-{number}", f"Made-up indicator {number}", direction="increase"),
        )
        for number in range(1, 14)
    ),
)


def country() -> list[Record]:
    """This function will invent regions, systems, places, networks, and the providers that lie in them."""
    records: list[Record] = []
    for kind, letter, count, above, of in (
        (Kind.REGION, "R", REGIONS, "", 0),
        (Kind.ICB, "S", SYSTEMS, "R", REGIONS),
        (Kind.SUB_ICB, "P", PLACES, "S", SYSTEMS),
        (Kind.PRIMARY_CARE_NETWORK, "N", NETWORKS, "P", PLACES),
    ):
        for number in range(count):
            area = f"ZZ{letter}{number:04}"
            records.append(OrganisationRecord(area, f"Made-up {kind.replace('_', ' ')} {number}", kind))
            if above:
                records.append(RelationRecord(area, Link.PART_OF, to_code=f"ZZ{above}{number % of:04}"))
    records += [_outline(number) for number in range(SYSTEMS)]
    return [*records, *_providers()]


def _outline(number: int) -> BoundaryRecord:
    """A round system of a hundred points, about what is left of a published outline on a page."""
    x, y = -5 + number % 7, 50.5 + number // 7
    ring = [[round(x + 0.5 * cos(2 * pi * i / 100), 3), round(y + 0.4 * sin(2 * pi * i / 100), 3)] for i in range(100)]
    ring.append(ring[0])
    geometry = json.dumps({"type": "Polygon", "coordinates": [ring]})
    return BoundaryRecord(f"ZZS{number:04}", f"Made-up icb {number}", geometry, json.dumps([ring]))


def codes() -> list[str]:
    """This function will give the codes of all open providers."""
    return [f"ZZX{number:05}" for number in range(PROVIDERS)]


def _providers() -> Iterator[Record]:
    kinds = [(kind, sector) for kind, count, sector in MIX for _ in range(count)]
    for number, (code, (kind, sector)) in enumerate(zip(codes(), kinds, strict=True)):
        yield OrganisationRecord(code, f"Made-up {kind.replace('_', ' ')} {number}", kind, sector)
        if kind is Kind.NHS_TRUST:
            yield RelationRecord(code, Link.PART_OF, to_code=f"ZZS{number % SYSTEMS:04}")
        elif kind is Kind.GP_PRACTICE:
            yield RelationRecord(code, Link.PART_OF, to_code=f"ZZN{number % NETWORKS:04}")
        else:
            yield RelationRecord(code, Link.LOCATED_IN, to_code=f"ZZP{number % PLACES:04}")
    for number in range(FORMER):
        yield OrganisationRecord(f"ZZF{number:05}", f"Former body {number}", Kind.GP_PRACTICE)
        yield RelationRecord(
            f"ZZF{number:05}", Link.SUCCEEDED_BY, to_code=f"ZZX{4_000 + number:05}", valid_from=date(2020, 4, 1)
        )


def months_until(last: date) -> list[date]:
    """This function will give the first days of the months that end with one."""
    number = last.year * 12 + last.month - 1
    return [date(m // 12, m % 12 + 1, 1) for m in range(number - MONTHS + 1, number + 1)]


def values_of(indicator: Measured, place: int) -> np.ndarray:
    """This function will invent one row of months for each provider; a month nobody reported is NaN."""
    rng = np.random.default_rng([SEED, place])
    levels = indicator.level * rng.uniform(0.9, 1.1, (PROVIDERS, 1))
    values = levels + rng.normal(0, indicator.spread, (PROVIDERS, MONTHS))
    worse = -1 if indicator.higher_is_better else 1
    drawn, at = rng.random(PROVIDERS), 0.0
    for story, share in STORIES:
        chosen = (drawn >= at) & (drawn < at + share)
        at += share
        match story:
            case "worse":
                values[chosen, -8:] += worse * 2.5 * indicator.spread
            case "better":
                values[chosen, -8:] -= worse * 2.5 * indicator.spread
            case "spike":
                values[chosen, -1] += worse * 5 * indicator.spread
            case "stops":
                values[chosen, -4:] = np.nan
    return np.round(np.maximum(values, 0), 2)


def observations(indicator: Measured, values: np.ndarray, months: Sequence[date], first: int) -> list[Observation]:
    """This function will make observations of the columns from ``first`` on, one for each month in ``months``."""
    return [
        Observation(indicator.id, code, day, PeriodKind.MONTH, float(value))
        for code, row in zip(codes(), values[:, first : first + len(months)], strict=True)
        for day, value in zip(months, row, strict=True)
        if not isnan(value)
    ]


def ratings(last: date) -> list[RatingEvent]:
    """This function will invent two rounds of a regulator's ratings for the care homes."""
    rng = np.random.default_rng(SEED)
    words = ("Good", "Good", "Good", "Requires improvement", "Outstanding", "Inadequate")
    return [
        RatingEvent(code, about, words[rng.integers(len(words))], date(last.year - years, 3, 1))
        for code in codes()[200 : 200 + RATED]
        for years in (2, 5)
        for about in ("overall", "safe", "effective", "caring", "responsive", "well_led")
    ]
