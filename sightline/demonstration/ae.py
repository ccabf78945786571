"""Monthly A&E in the publisher's two layouts, with a missing site put right by a revised file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from sightline.demonstration.geography import REGION
from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import Calendar, month_end
from sightline.demonstration.organisations import (
    IMPROVED_TRUST,
    PROVIDERS,
    SILENT_TRUST,
    Provider,
    is_open,
)
from sightline.demonstration.stories import Chance, Course, Shift, drawn

SILENT_SINCE = 4  # the silent trust's last return is for the month before this one
REVISED_FROM_CUT = 5  # the revised month lies so many months before the layout changed
REVISED_TRUST = "ZA2"
REVISED_SHARE = 0.91  # what the first file held of the revised trust's attendances

HEADER_2024: list[Cell] = [
    "Period",
    "Org Code",
    "Parent Org",
    "Org name",
    "A&E attendances Type 1",
    "A&E attendances Type 2",
    "A&E attendances Other A&E Department",
    "A&E attendances Booked Appointments Type 1",
    "A&E attendances Booked Appointments Type 2",
    "A&E attendances Booked Appointments Other Department",
    "Attendances over 4hrs Type 1",
    "Attendances over 4hrs Type 2",
    "Attendances over 4hrs Other Department",
    "Attendances over 4hrs Booked Appointments Type 1",
    "Attendances over 4hrs Booked Appointments Type 2",
    "Attendances over 4hrs Booked Appointments Other Department",
    "Patients who have waited 4-12 hs from DTA to admission",
    "Patients who have waited 12+ hrs from DTA to admission",
    "Emergency admissions via A&E - Type 1",
    "Emergency admissions via A&E - Type 2",
    "Emergency admissions via A&E - Other A&E department",
    "Other emergency admissions",
]
_DEPARTMENTS = (
    "Type 1 Departments {} Major A&E",
    "Type 2 Departments {} Single Specialty",
    "Type 3 Departments {} Other A&E/Minor Injury Unit",
)
_AFTER = (
    "Percentage in 4 hours or less (all)",
    "Percentage in 4 hours or less (type 1)",
    "Percentage in 4 hours or less (type 2)",
    "Percentage in 4 hours or less (type 3)",
    "Emergency Admissions via Type 1 A&E",
    "Emergency Admissions via Type 2 A&E",
    "Emergency Admissions via Type 3 and 4 A&E",
    "Total Emergency Admissions via A&E",
    "Other Emergency admissions (i.e not via A&E)",
    "Total Emergency Admissions",
    "Number of patients spending >4 hours from decision to admit to admission",
    "Number of patients spending >12 hours from decision to admit to admission",
)


@dataclass(frozen=True, slots=True)
class Department:
    """A provider's emergency care: monthly attendances of each type and the share seen within four hours."""

    code: str
    attendances: tuple[int, int, int]
    within: Course
    long_waits: Course


def _stable(level: float) -> Course:
    return Course(level, 1.1, winter=-0.5)


_FEW_WAITS = Course(4.0, 0.5, winter=0.2)
DEPARTMENTS = (
    Department(
        IMPROVED_TRUST,
        (14500, 1100, 3200),
        Course(58.5, 1.1, (Shift(10.5, 17, 13),), winter=-0.5),
        Course(9.0, 0.8, (Shift(-4.5, 17, 12),), winter=1.0),
    ),
    Department("ZA2", (8200, 0, 2600), _stable(68.0), Course(5.5, 0.6, winter=0.3)),
    Department("ZA3", (6400, 0, 900), _stable(71.0), _FEW_WAITS),
    Department("ZA5", (6500, 0, 1000), _stable(71.4), _FEW_WAITS),
    Department(SILENT_TRUST, (7100, 300, 1800), _stable(64.0), Course(6.5, 0.7, winter=0.3)),
    Department("ZB1", (11000, 650, 4100), _stable(66.5), Course(6.0, 0.6, winter=0.3)),
    Department("ZB2", (5200, 0, 1900), _stable(73.0), Course(3.5, 0.4, (Shift(4.5, 9, 3),), winter=0.5)),
    Department("ZC1", (0, 0, 1500), Course(99.0, 0.3), Course(0.0, 0.0)),
    Department("ZY9901", (0, 0, 2150), Course(98.6, 0.4), Course(0.0, 0.0)),
)


@dataclass(frozen=True, slots=True)
class Month:
    """One provider's month: attendances and waits over four hours by type, long waits, admissions."""

    provider: Provider
    seen: tuple[int, int, int]
    over: tuple[int, int, int]
    waited_4: int
    waited_12: int
    admitted: int
    admitted_otherwise: int


def write_ae(into: Path, calendar: Calendar, chance: Chance) -> list[Path]:
    """This function will write forty-eight months of A&E, one file each, and one revised month."""
    histories = {dept.code: _history(dept, calendar, chance) for dept in DEPARTMENTS}
    folder = into / "ae"
    revised = calendar.back(calendar.new_layout) + REVISED_FROM_CUT
    paths = []
    for index, month in enumerate(calendar.months()):
        rows = [history[index] for code, history in histories.items() if _reports(code, month, calendar)]
        if calendar.back(month) == revised:
            name = f"Monthly-AE-{month:%B-%Y}-revised.csv"
            paths.append(write_text(folder / name, _older(rows, month, ending="\r\n")))
            rows = [_without_a_site(row) for row in rows]
        if month < calendar.new_layout:
            paths.append(write_text(folder / f"ae_activity_{month:%Y-%m}.csv", _older(rows, month)))
        else:
            first = month == calendar.new_layout
            paths.append(write_text(folder / f"{month:%B-%Y}-AE.csv", _newer(rows, plain=first)))
    return paths


def _reports(code: str, month: date, calendar: Calendar) -> bool:
    if code == SILENT_TRUST and calendar.back(month) <= SILENT_SINCE:
        return False
    provider = next(body for body in PROVIDERS if body.code == code)
    return is_open(provider, calendar.back(month), calendar.back(calendar.merger))


def _history(dept: Department, calendar: Calendar, chance: Chance) -> list[Month]:
    provider = next(body for body in PROVIDERS if body.code == dept.code)
    dice = chance.named("ae", dept.code)
    within = np.clip(drawn(dept.within, calendar.last.month, dice), 20.0, 99.9)
    long_waits = np.clip(drawn(dept.long_waits, calendar.last.month, dice), 0.0, 40.0)
    volume = drawn(Course(1.0, 0.02), calendar.last.month, dice)
    days = np.array([month_end(month).day / 30.4 for month in calendar.months()])
    return [_month(dept, provider, *figures) for figures in zip(within, long_waits, volume * days, strict=True)]


def _month(dept: Department, provider: Provider, within: float, long_waits: float, volume: float) -> Month:
    seen = tuple(round(count * volume) for count in dept.attendances)
    minor = max(1 - within / 100, 0.0) if not dept.attendances[0] else 0.012
    over = (round(seen[0] * (1 - within / 100)), round(seen[1] * 0.07), round(seen[2] * minor))
    admitted = round(seen[0] * 0.29)
    return Month(
        provider=provider,
        seen=(seen[0], seen[1], seen[2]),
        over=over,
        waited_4=round(admitted * (long_waits * 2.5) / 100),
        waited_12=round(admitted * long_waits / 100),
        admitted=admitted,
        admitted_otherwise=round(seen[0] * 0.11),
    )


def _without_a_site(row: Month) -> Month:
    if row.provider.code != REVISED_TRUST:
        return row
    seen = tuple(round(count * REVISED_SHARE) for count in row.seen)
    return replace(row, seen=(seen[0], seen[1], seen[2]))


def _older(rows: list[Month], month: date, ending: str = "\n") -> str:
    period = f"MSitAE-{month.strftime('%B').upper()}-{month.year}"
    parent = f"NHS ENGLAND {REGION.name.upper()} "
    body: list[list[Cell]] = []
    for row in rows:
        # A share of attendances is booked; the publisher counts it in columns of its own.
        booked = tuple(round(count * 0.04) for count in row.seen)
        late = tuple(round(count * 0.01) for count in row.over)
        body.append(
            [
                period,
                row.provider.code,
                parent,
                row.provider.name.upper(),
                *(seen - part for seen, part in zip(row.seen, booked, strict=True)),
                *booked,
                *(over - part for over, part in zip(row.over, late, strict=True)),
                *late,
                row.waited_4,
                row.waited_12,
                row.admitted,
                0,
                0,
                row.admitted_otherwise,
            ]
        )
    # The word changes between months, with and without a blank after it, as it does in life.
    word = "TOTAL" if month.month % 3 else "Total "
    total: list[Cell] = [word] * 4
    total += [sum(int(line[column]) for line in body) for column in range(4, len(HEADER_2024))]
    return csv_text([HEADER_2024, *body, total], ending=ending)


def _newer_header(plain: bool) -> list[Cell]:
    dash = "0" if plain else "-"
    departments = [name.format(dash) for name in _DEPARTMENTS]
    header: list[Cell] = ["Code", "Region", "Name"]
    for total in ("Total attendances", "Total Attendances < 4 hours", "Total Attendances > 4 hours"):
        header += [*departments, total]
    return header + list(_AFTER)


def _newer(rows: list[Month], *, plain: bool) -> str:
    body: list[list[Cell]] = []
    for row in rows:
        quick = tuple(seen - over for seen, over in zip(row.seen, row.over, strict=True))
        counts: list[int] = [*row.seen, sum(row.seen), *quick, sum(quick), *row.over, sum(row.over)]
        shares = [_share(sum(quick), sum(row.seen), plain)]
        shares += [_share(part, whole, plain) for part, whole in zip(quick, row.seen, strict=True)]
        after = [
            row.admitted,
            0,
            0,
            row.admitted,
            row.admitted_otherwise,
            row.admitted + row.admitted_otherwise,
            row.waited_4 + row.waited_12,
            row.waited_12,
        ]
        lead: list[Cell] = [row.provider.code, f"NHS England {REGION.name} ", row.provider.name]
        body.append(lead + [_count(n, plain) for n in counts] + shares + [_count(n, plain) for n in after])
    return csv_text([_newer_header(plain), *body])


def _count(number: int, plain: bool) -> Cell:
    return number if plain else f"{number:,}"


def _share(part: int, whole: int, plain: bool) -> Cell:
    # The first file of the newer layout came as bare numbers; the later ones as text with a per cent sign.
    if plain:
        return f"{100 * part / whole:.1f}" if whole else "0.0"
    return f"{round(100 * part / whole, 1):.2f}%" if whole else "-"
