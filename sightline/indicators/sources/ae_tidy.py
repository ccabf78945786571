"""A&E attendances in tidy form: one row per organisation, month and type of department (2016 to 2019)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sightline.indicators.sources._accident_emergency import Month
from sightline.intake import cells, periods
from sightline.intake.contract import Fault, Parsed, ReceivedFile
from sightline.intake.outcome import begun, broken_promises, finish, nothing_found, part_of, settle
from sightline.intake.rows import Report, Row, headed, rows_of

NAME = "ae_tidy"
TITLE = "A&E attendances, tidy, April 2016 to March 2019"
PUBLISHER = "NHS England, by way of NHSRdatasets"
ADDRESS = "https://cran.r-project.org/package=NHSRdatasets"

_COLUMNS = {
    "period": ("period",),
    "code": ("org_code",),
    "type": ("type",),
    "attendances": ("attendances",),
    "breaches": ("breaches",),
    "admissions": ("admissions",),
}
_TYPES = {"1", "2", "other"}


def recognises(file: ReceivedFile) -> bool:
    """This function will say whether the first table has the headings of the tidy A&E file."""
    return len(file.tables) == 1 and headed(file.tables[0], ("period", "org_code", "breaches")) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will add up the departments of each organisation and month."""
    report = Report()
    table = file.tables[0]
    at = headed(table, ("period", "org_code", "breaches")) or 0
    departments: dict[tuple[str, date], dict[str, tuple[float, float, float, int]]] = defaultdict(dict)
    for row in rows_of(table, at, _COLUMNS, report):
        _one_row(row, today, departments)
    months = [_month(code, start, types) for (code, start), types in departments.items()]
    found = settle((one for month in months for one in month.observations()), report)
    return finish(NAME, TITLE, file, report, found)


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will hold the file against its promises; a tidy file prints no totals."""
    return nothing_found(parsed) + broken_promises(parsed.checks)


def _one_row(
    row: Row, today: date, departments: dict[tuple[str, date], dict[str, tuple[float, float, float, int]]]
) -> None:
    start = begun(row, row.read("period", periods.month_of), today, "period")
    code = row.read("code", cells.code)
    attended, breached, admitted = (row.must(key, cells.count) for key in ("attendances", "breaches", "admissions"))
    kind = row.text("type").casefold()
    if kind not in _TYPES:
        row.fault(f"There is no type {cells.quoted(kind)} of department.", "The types are 1, 2 and other.", "type")
    if attended is not None and breached is not None:
        part_of(row, breached, attended, "breaches", "waits over four hours")
    if not row.ok or start is None or code is None or attended is None or breached is None or admitted is None:
        return
    types = departments[code, start]
    if kind in types:
        row.fault(
            f"{code} has type {kind} of the same month on line {types[kind][3]} too.", "Remove the row that is wrong."
        )
    types.setdefault(kind, (attended, breached, admitted, row.line))


def _month(code: str, start: date, types: dict[str, tuple[float, float, float, int]]) -> Month:
    attended, breached, admitted = (sum(one[place] for one in types.values()) for place in range(3))
    major = types.get("1", (0.0, 0.0, 0.0, 0))
    line = min(one[3] for one in types.values())
    return Month(code, start, attended, breached, major[0], major[1], admitted, None, line)
