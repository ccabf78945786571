"""Adult social care of the invented authorities: yearly outcomes, and monthly care-home ratings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from sightline.demonstration.areas import ENGLAND
from sightline.demonstration.geography import AUTHORITIES, REGION, Authority
from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import Calendar, financial_year
from sightline.demonstration.stories import Chance, Course, Shift, drawn

YEARS = 8
RATED_MONTHS = 36
RATING = "Percentage of care homes rated overall as good or outstanding"
HEADER: list[Cell] = [
    "Financial year",
    "Local authority code",
    "Local authority name",
    "Grouping",
    "Entity_Name",
    "Region",
    "Measure",
    "Code",
    "Value",
    "MEDIAN",
    "MADs_from_median",
    "rank_order",
]

# Measure, code, usual value, spread between authorities, order of ranking, change per year in Quillhaven lately.
MEASURES: tuple[tuple[str, str, float, float, str, float], ...] = (
    ("Outcome, ASC Carer Quality of Life", "ASC1", 7.4, 0.15, "desc", -0.2),
    ("Outcome, ASC Quality of Life", "ASC2", 18.9, 0.2, "desc", -0.35),
    ("Outcome, Ease of finding information about services : service users", "ASC3", 67.5, 2.0, "DESC", -2.5),
    ("Outcome, Ease of finding information about support : carers", "ASC4", 61.0, 2.0, "DESC", -1.0),
    ("Outcome, Outcome of short-term services: sequel to service", "ASC5", 77.0, 3.0, "DESC", 0.0),
    ("Outcome, Requests resulting in a service", "ASC6", 54.0, 3.0, "None", 0.0),
    ("Outcome, Workforce turnover rate", "ASC7", 29.0, 1.5, "None", 3.0),
)
CARERS_SURVEYED = ("ASC1", "ASC4")  # every second year only
WORSE = "Quillhaven"
RATINGS = {
    "Harrowmere": Course(80.0, 0.7, (Shift(-5.0, 11, 5),)),
    WORSE: Course(81.0, 0.8, (Shift(-16.0, 14, 4),)),
    "Marrowdale": Course(84.0, 0.7),
    "Brackenshore": Course(77.0, 0.7),
    "Oldenmoor": Course(82.0, 0.8, (Shift(4.0, 20, 10),)),
}


def write_social_care(into: Path, calendar: Calendar, chance: Chance) -> list[Path]:
    """This function will write the yearly outcomes and the monthly care-home ratings."""
    folder = into / "social_care"
    return [
        write_text(folder / "ASC_data.csv", csv_text([HEADER, *_outcomes(calendar, chance)])),
        write_text(folder / "care_homes_rating.csv", csv_text(_ratings(calendar, chance))),
    ]


def _outcomes(calendar: Calendar, chance: Chance) -> list[list[Cell]]:
    # A year that ended in March comes out at the end of October.
    newest = financial_year(calendar.today) - (1 if calendar.today >= date(calendar.today.year, 11, 1) else 2)
    newest += 1 if calendar.today.month < 4 else 0
    rows: list[list[Cell]] = []
    for measure, code, usual, spread, order, lately in MEASURES:
        for year in range(newest - YEARS + 1, newest + 1):
            if code in CARERS_SURVEYED and (newest - year) % 2:
                continue
            figures = {
                place: _outcome(place, code, usual, spread, chance, max(year - newest + 2, 0) * lately, year)
                for place in AUTHORITIES
            }
            rows += _compared(figures, year, measure, code, order)
    return rows


def _outcome(
    place: Authority, code: str, usual: float, spread: float, chance: Chance, lately: float, year: int
) -> float:
    home = chance.named("asc", code, place.gss).normal(usual, spread)
    change = lately if place.name == WORSE else 0.0
    return round(float(home + change + chance.named("asc", code, place.gss, str(year)).normal(0, spread / 3)), 2)


def _compared(figures: dict[Authority, float], year: int, measure: str, code: str, order: str) -> list[list[Cell]]:
    median = float(np.median(list(figures.values())))
    deviation = float(np.median([abs(value - median) for value in figures.values()])) or 1.0
    label = f"{year}-{(year + 1) % 100:02d}"
    rows: list[list[Cell]] = []
    for place, value in figures.items():
        # One authority did not answer one measure: an empty cell, as in the published file.
        silent = place.name == "Oldenmoor" and code == "ASC5" and year % 4 == 0
        shown: Cell = "" if silent else value
        apart: Cell = "" if silent else round((value - median) / deviation, 6)
        where = [label, place.gss, place.name, "LA_Raw", "Unitary Authorities", REGION.name]
        rows.append([*where, measure, code, shown, round(median, 4), apart, "" if silent else order])
    return rows


def _ratings(calendar: Calendar, chance: Chance) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["area_code", "area_name", "period", "indicator", "measure", "unit", "value"]]
    areas = [(ENGLAND, "England", Course(78.0, 0.3))]
    areas += [(place.gss, place.name, RATINGS[place.name]) for place in AUTHORITIES]
    for code, name, course in areas:
        values = np.clip(drawn(course, calendar.last.month, chance.named("homes", code)), 0.0, 100.0)
        for month, value in list(zip(calendar.months(), values, strict=True))[-RATED_MONTHS:]:
            rows.append([code, name, f"{month:%b %Y}", RATING, "Percentage", "Care Homes", f"{value:.1f}"])
    return rows
