"""NHS sickness absence by organisation and month: days lost for every day that staff could have worked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sightline.directory.words import Kind
from sightline.intake import cells, periods
from sightline.intake.contract import Check, Fault, NamedBody, Observation, Parsed, PeriodKind, ReceivedFile
from sightline.intake.outcome import begun, broken_promises, finish, nothing_found, part_of, share
from sightline.intake.rows import Columns, Report, Row, headed, rows_of

NAME = "sickness_absence"
TITLE = "NHS sickness absence rates"
PUBLISHER = "NHS England"
ADDRESS = "https://digital.nhs.uk/data-and-information/publications/statistical/nhs-sickness-absence-rates"

INDICATOR = "sickness-absence-rate"
_SIGNS = ("ORG_CODE", "FTE_DAYS_LOST", "DATE")
_COLUMNS: Columns = {
    "date": ("DATE",),
    "region": ("NHSE_REGION_CODE",),
    "region_name": ("NHSE_REGION_NAME",),
    "system": ("ICS_CODE",),
    "system_name": ("ICS_NAME",),
    "code": ("ORG_CODE",),
    "name": ("ORG_NAME",),
    "type": ("ORG_TYPE",),
    "lost": ("FTE_DAYS_LOST",),
    "available": ("FTE_DAYS_AVAILABLE",),
    "rate": ("SICKNESS_ABSENCE_RATE_PERCENT",),
}
_OPTIONAL = {"region", "region_name", "system", "system_name", "type"}
_KINDS = {
    "integrated care board": Kind.ICB,
    "commissioning support unit": Kind.COMMISSIONING_SUPPORT,
    "acute": Kind.NHS_TRUST,
    "mental health": Kind.NHS_TRUST,
    "community provider trust": Kind.NHS_TRUST,
    "ambulance": Kind.NHS_TRUST,
    "care trust": Kind.CARE_TRUST,
}
_ROUNDING = 0.005_001  # rates are printed with two decimals


def recognises(file: ReceivedFile) -> bool:
    """This function will say whether the table has the headings of the sickness absence file."""
    return len(file.tables) == 1 and headed(file.tables[0], _SIGNS) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will work out each rate from its days, and keep the printed rate to hold against it."""
    report = Report()
    table = file.tables[0]
    observations: list[Observation] = []
    bodies: list[NamedBody] = []
    for row in rows_of(table, headed(table, _SIGNS) or 0, _COLUMNS, report, _OPTIONAL):
        if one := _one_row(row, today):
            observations.append(one)
            bodies.append(NamedBody(one.code, row.text("name"), _kind(row.text("type")), row.text("system")))
    return finish(NAME, TITLE, file, report, observations, bodies=bodies)


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will hold each printed rate against its days."""
    return nothing_found(parsed) + broken_promises(parsed.checks)


def _kind(words: str) -> Kind:
    return _KINDS.get(words.strip().casefold(), Kind.OTHER)


def _one_row(row: Row, today: date) -> Observation | None:
    start = begun(row, row.read("date", periods.month_of), today, "date")
    code = row.read("code", cells.code)
    lost, available = row.read("lost", cells.amount), row.read("available", cells.amount)
    rate = row.read("rate", cells.percent)
    if lost is not None and available is not None:
        part_of(row, lost, available, "lost", "days lost")
    if not row.ok or start is None or code is None:
        return None
    value = rate
    note = row.note("rate")
    if lost is not None and available is not None:
        value = share(lost, available)
        note = "no staff days" if value is None else ""
        if rate is not None and value is not None:
            row.report.checks.append(Check(f"{code}, rate", rate, value, _ROUNDING, row.line))
    return Observation(INDICATOR, code, start, PeriodKind.MONTH, value, lost, available, note=note, line=row.line)
