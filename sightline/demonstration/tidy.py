"""Writes the tidy files: one row for each indicator, organisation and period, small counts withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import numpy as np

from sightline.demonstration import tidy_stories as told
from sightline.demonstration.ae import SILENT_SINCE
from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import Calendar, financial_year
from sightline.demonstration.organisations import PROVIDERS, SILENT_TRUST, is_open
from sightline.demonstration.stories import Chance, Line, Series, drawn
from sightline.demonstration.tidy_cards import SCALE, TidyIndicator, Unit
from sightline.demonstration.tidy_files import (
    AMBULANCE_RESPONSE,
    CARE_HOMES,
    COMMUNITY,
    FRIENDS,
    GP_ACCESS,
    MATERNITY,
    MENTAL_HEALTH,
    OTHER_SERVICES,
    PERINATAL,
    TIDY_FILES,
)
from sightline.demonstration.tidy_surgery import SURGERY, planned_surgery
from sightline.intake.contract import PeriodKind

WITHHELD = "*"
SMALL = range(1, 5)
SKIPPED = ("Z99007", 2)  # one practice sent nothing for one month that its peers reported
LATE = FRIENDS.name  # its last month has not come out
LINES: dict[str, Callable[[], Iterable[Line]]] = {
    MATERNITY.name: told.maternity,
    PERINATAL.name: told.perinatal,
    AMBULANCE_RESPONSE.name: told.ambulance,
    FRIENDS.name: told.friends,
    MENTAL_HEALTH.name: told.mental_health,
    GP_ACCESS.name: told.gp_access,
    CARE_HOMES.name: told.care_homes,
    COMMUNITY.name: told.community,
    OTHER_SERVICES.name: told.other_services,
    SURGERY.name: planned_surgery,
}


def write_tidy(into: Path, calendar: Calendar, chance: Chance) -> list[Path]:
    """This function will write one file for each entry of TIDY_FILES, the late one a month short."""
    paths = []
    for name, file in TIDY_FILES.items():
        known = {indicator.id: indicator for indicator in file.indicators}
        rows: list[list[Cell]] = []
        for line in LINES[name]():
            rows += _rows(line, known[line.indicator], calendar, chance, shortest=1 if name == LATE else 0)
        paths.append(write_text(into / "tidy" / name, csv_text([file.headings, *rows])))
    return paths


def _rows(line: Line, indicator: TidyIndicator, calendar: Calendar, chance: Chance, shortest: int) -> list[list[Cell]]:
    dice = chance.named("tidy", line.indicator, line.code)
    rates = np.clip(drawn(line.course, calendar.last.month, dice), 0.0, None)
    rows: list[list[Cell]] = []
    for start, rate in _periods(indicator.kind, rates, calendar):
        if _reports(line.code, start, calendar, shortest):
            people = max(round(line.people * (1 + 0.03 * float(dice.normal()))), 1)
            rows.append(
                [line.indicator, line.code, _label(start, indicator.kind), *_cells(rate, people, indicator, dice)]
            )
    return rows


def _periods(kind: PeriodKind, rates: Series, calendar: Calendar) -> list[tuple[date, float]]:
    months = list(zip(calendar.months(), (float(rate) for rate in rates), strict=True))
    if kind is PeriodKind.MONTH:
        return months
    quarters = []
    for index, (month, _) in enumerate(months[:-2]):
        # Only quarters whose three months are all published.
        if month.month % 3 == 1:
            quarters.append((month, float(np.mean(rates[index : index + 3]))))
    return quarters


def _reports(code: str, start: date, calendar: Calendar, shortest: int) -> bool:
    back = calendar.back(start)
    if back < shortest or (code, back) == SKIPPED or (code == SILENT_TRUST and back <= SILENT_SINCE):
        return False
    body = next((one for one in PROVIDERS if one.code == code), None)
    return body is None or is_open(body, back, calendar.back(calendar.merger))


def _label(start: date, kind: PeriodKind) -> str:
    if kind is PeriodKind.QUARTER:
        began = financial_year(start)
        return f"{began}-{(began + 1) % 100:02d} Q{(start.month - 4) % 12 // 3 + 1}"
    return f"{start:%Y-%m}"


def _cells(rate: float, people: int, indicator: TidyIndicator, dice: np.random.Generator) -> list[Cell]:
    """Value, numerator and denominator; a count from 1 to 4 is withheld, and its rate with it."""
    if indicator.unit is Unit.MINUTES:
        return [f"{rate:.2f}", round(rate * people), people]
    share = rate / SCALE[indicator.unit]
    count = int(dice.binomial(people, min(share, 1.0)))
    if count in SMALL:
        return [WITHHELD, WITHHELD, people]
    return [f"{SCALE[indicator.unit] * count / people:.2f}", count, people]
