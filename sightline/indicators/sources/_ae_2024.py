"""The layout of the monthly A&E file until March 2025: a period in every row, booked appointments in own columns."""

from __future__ import annotations

from datetime import date

from sightline.directory.words import Kind
from sightline.indicators.sources._accident_emergency import Month, Returns
from sightline.intake import cells, periods
from sightline.intake.contract import NamedBody, Table
from sightline.intake.outcome import begun, part_of
from sightline.intake.rows import Columns, Report, Row, headed, rows_of

_SIGNS = ("Period", "Org Code", "A&E attendances Type 1")
_COLUMNS: Columns = {
    "period": ("Period",),
    "code": ("Org Code",),
    "region": ("Parent Org",),
    "name": ("Org name",),
    "att1": ("A&E attendances Type 1",),
    "att2": ("A&E attendances Type 2",),
    "att3": ("A&E attendances Other A&E Department",),
    "booked1": ("A&E attendances Booked Appointments Type 1",),
    "booked2": ("A&E attendances Booked Appointments Type 2",),
    "booked3": ("A&E attendances Booked Appointments Other Department",),
    "over1": ("Attendances over 4hrs Type 1",),
    "over2": ("Attendances over 4hrs Type 2",),
    "over3": ("Attendances over 4hrs Other Department",),
    "over_booked1": ("Attendances over 4hrs Booked Appointments Type 1",),
    "over_booked2": ("Attendances over 4hrs Booked Appointments Type 2",),
    "over_booked3": ("Attendances over 4hrs Booked Appointments Other Department",),
    "dta4": ("Patients who have waited 4-12 hs from DTA to admission",),
    "dta12": ("Patients who have waited 12+ hrs from DTA to admission",),
    "adm1": ("Emergency admissions via A&E - Type 1",),
    "adm2": ("Emergency admissions via A&E - Type 2",),
    "adm3": ("Emergency admissions via A&E - Other A&E department",),
    "adm_other": ("Other emergency admissions",),
}
_COUNTS = tuple(key for key in _COLUMNS if key not in {"period", "code", "region", "name"})


def find(table: Table) -> int | None:
    """This function will find the header row of this layout, or None."""
    return headed(table, _SIGNS)


def read(table: Table, at: int, given: date | None, today: date, report: Report) -> Returns:
    """This function will read every provider's row and set the row of totals aside."""
    returns = Returns()
    totals = 0
    for row in rows_of(table, at, _COLUMNS, report):
        if row.text("code").strip().casefold() == "total":
            totals += 1
            _totals(row, returns)
        else:
            _provider(row, today, returns)
    if len({month.start for month in returns.months}) > 1:
        report.fault("It holds more than one month.", "Bring in one file for each month, as published.")
    if totals:
        report.set_aside(totals, "totals, held against the sum of the rows")
    return returns


def _provider(row: Row, today: date, returns: Returns) -> None:
    code = row.read("code", cells.code)
    start = begun(row, row.read("period", periods.month_of), today, "period")
    counts = {key: row.must(key, cells.count) for key in _COUNTS}
    figures = {key: value for key, value in counts.items() if value is not None}
    if not row.ok or code is None or start is None:
        return
    for kind in "123":
        for part, whole in ((f"over{kind}", f"att{kind}"), (f"over_booked{kind}", f"booked{kind}")):
            part_of(row, figures[part], figures[whole], part, "waits over four hours")
    if row.ok:
        returns.months.append(_month(code, start, figures, row.line))
        returns.bodies.append(NamedBody(code, row.text("name"), Kind.PROVIDER))


def _totals(row: Row, returns: Returns) -> None:
    figures = {key: value for key in _COUNTS if (value := row.must(key, cells.count)) is not None}
    if row.ok:
        returns.totals = _month("TOTAL", date.min, figures, row.line)


def _month(code: str, start: date, figures: dict[str, int], line: int) -> Month:
    """Everyone who attended: those who came unbooked and those with a booked appointment."""
    attended = {kind: figures[f"att{kind}"] + figures[f"booked{kind}"] for kind in "123"}
    over = {kind: figures[f"over{kind}"] + figures[f"over_booked{kind}"] for kind in "123"}
    admitted = sum(figures[f"adm{kind}"] for kind in "123")
    return Month(
        code,
        start,
        sum(attended.values()),
        sum(over.values()),
        attended["1"],
        over["1"],
        admitted,
        figures["dta12"],
        line,
    )
