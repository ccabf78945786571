"""Share of care homes rated good or outstanding, by local authority and month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sightline.directory.words import Kind
from sightline.intake import cells, periods
from sightline.intake.contract import Fault, NamedBody, Observation, Parsed, PeriodKind, ReceivedFile
from sightline.intake.outcome import begun, broken_promises, finish, nothing_found
from sightline.intake.rows import Columns, Report, Row, headed, rows_of

NAME = "care_home_ratings"
TITLE = "Care homes rated good or outstanding, by local authority"
PUBLISHER = "Care Quality Commission, by way of LG Inform"
ADDRESS = "https://lginform.local.gov.uk/"

INDICATOR = "care-homes-good-or-outstanding"
_SIGNS = ("area_code", "area_name", "period", "indicator", "measure")
_WORDS = "percentage of care homes rated overall as good or outstanding"
_COLUMNS: Columns = {
    "code": ("area_code",),
    "name": ("area_name",),
    "period": ("period",),
    "indicator": ("indicator",),
    "measure": ("measure",),
    "unit": ("unit",),
    "value": ("value",),
}


def recognises(file: ReceivedFile) -> bool:
    """This function will say whether the table has the headings and the words of this file."""
    if len(file.tables) != 1:
        return False
    table = file.tables[0]
    at = headed(table, _SIGNS)
    # These headings are common to many extracts, so the first row must speak of care homes.
    return at is not None and any(cell.casefold() == _WORDS for row in table.rows[at + 1 : at + 6] for cell in row)


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read one percentage per authority and month."""
    report = Report()
    table = file.tables[0]
    observations: list[Observation] = []
    bodies: dict[str, NamedBody] = {}
    for row in rows_of(table, headed(table, _SIGNS) or 0, _COLUMNS, report):
        if one := _one_row(row, today):
            observations.append(one)
            kind = Kind.NATION if one.code.startswith("E92") else Kind.LOCAL_AUTHORITY
            bodies[one.code] = NamedBody(one.code, row.text("name"), kind)
    return finish(NAME, TITLE, file, report, observations, bodies=tuple(bodies.values()))


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will hold the file against its promises; it prints neither counts nor totals."""
    return nothing_found(parsed) + broken_promises(parsed.checks)


def _one_row(row: Row, today: date) -> Observation | None:
    start = begun(row, row.read("period", periods.month_of), today, "period")
    code = row.read("code", cells.code)
    value = row.read("value", cells.percent)
    if row.text("indicator").casefold() != _WORDS:
        row.fault(
            f"{cells.quoted(row.text('indicator'))} is another indicator.",
            "Bring in each indicator in a file of its own.",
            "indicator",
        )
    if not row.ok or start is None or code is None:
        return None
    return Observation(INDICATOR, code, start, PeriodKind.MONTH, value, note=row.note("value"), line=row.line)
