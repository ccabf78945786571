"""Monthly sickness absence, with a month that was never published and a service whose staffing got better."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from sightline.demonstration.geography import REGION, SYSTEMS
from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import Calendar, month_end
from sightline.demonstration.organisations import (
    AMBULANCE,
    IMPROVED_STAFFING,
    TRUSTS,
    Provider,
    Sector,
    is_open,
)
from sightline.demonstration.stories import Chance, Course, Shift, drawn

NEVER_PUBLISHED = 15
PUBLISHED_LATER_BY = 2  # sickness absence comes out two months after A&E

HEADER: list[Cell] = [
    "DATE",
    "NHSE_REGION_CODE",
    "NHSE_REGION_NAME",
    "ICS_CODE",
    "ICS_NAME",
    "ORG_CODE",
    "ORG_NAME",
    "ORG_TYPE",
    "FTE_DAYS_LOST",
    "FTE_DAYS_AVAILABLE",
    "SICKNESS_ABSENCE_RATE_PERCENT",
]
ORG_TYPES = {
    Sector.ACUTE: "Acute",
    Sector.SPECIALIST: "Acute",
    Sector.MENTAL_HEALTH: "Mental Health",
    Sector.COMMUNITY: "Community Provider Trust",
    Sector.AMBULANCE: "Ambulance",
}
USUAL = {
    Sector.ACUTE: 5.1,
    Sector.SPECIALIST: 4.3,
    Sector.MENTAL_HEALTH: 5.6,
    Sector.COMMUNITY: 5.4,
    Sector.AMBULANCE: 6.6,
}
STORIES = {
    IMPROVED_STAFFING: (7.3, (Shift(-1.9, 19, 16),)),
    AMBULANCE: (6.4, (Shift(1.3, 10, 4),)),
}
BOARD_STAFF = 520


def write_sickness(into: Path, calendar: Calendar, chance: Chance) -> list[Path]:
    """This function will write one file for each month but the one that was never published."""
    lines: dict[date, list[list[Cell]]] = {month: [] for month in calendar.months()}
    for trust in TRUSTS:
        for month, row in _trust_rows(trust, calendar, chance):
            lines[month].append(row)
    for month, row in _board_rows(calendar, chance):
        lines[month].append(row)
    paths = []
    for month, rows in lines.items():
        back = calendar.back(month)
        if back < PUBLISHED_LATER_BY or back == NEVER_PUBLISHED:
            continue
        path = into / "workforce" / f"nhs_sickness_absence_{month:%Y-%m}.csv"
        paths.append(write_text(path, csv_text([HEADER, *rows])))
    return paths


def _trust_rows(trust: Provider, calendar: Calendar, chance: Chance) -> list[tuple[date, list[Cell]]]:
    level, shifts = STORIES.get(trust.code, (USUAL[trust.sector], ()))
    course = Course(level, 0.2, shifts, winter=0.1)
    merger = calendar.back(calendar.merger)
    figures = _figures(trust.code, trust.size, course, calendar, chance)
    place = (trust.system.code, trust.system.name)
    return [
        (month, [*_where(month, place), trust.code, trust.name, ORG_TYPES[trust.sector], *figure])
        for month, figure in zip(calendar.months(), figures, strict=True)
        if is_open(trust, calendar.back(month), merger)
    ]


def _board_rows(calendar: Calendar, chance: Chance) -> list[tuple[date, list[Cell]]]:
    rows: list[tuple[date, list[Cell]]] = []
    for system in SYSTEMS:
        figures = _figures(system.code, BOARD_STAFF, Course(3.1, 0.25), calendar, chance)
        for month, figure in zip(calendar.months(), figures, strict=True):
            where = _where(month, (system.code, system.name))
            rows.append((month, [*where, system.code, f"NHS {system.name} ICB", "Integrated Care Board", *figure]))
    return rows


def _where(month: date, system: tuple[str, str]) -> list[Cell]:
    return [f"{month_end(month):%d/%m/%Y}", REGION.code, REGION.name, *system]


def _figures(code: str, staff: int, course: Course, calendar: Calendar, chance: Chance) -> list[list[Cell]]:
    dice = chance.named("sickness", code)
    rates = np.clip(drawn(course, calendar.last.month, dice), 0.5, 15.0)
    rows: list[list[Cell]] = []
    for month, rate in zip(calendar.months(), rates, strict=True):
        available = round(staff * month_end(month).day * (0.93 + 0.01 * dice.normal()), 5)
        lost = round(available * float(rate) / 100, 5)
        rows.append([lost, available, round(100 * lost / available, 2)])
    return rows
