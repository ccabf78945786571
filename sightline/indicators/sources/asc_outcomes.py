"""Adult social care outcomes by local authority and year, as the Office for Local Government published them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sightline.directory.words import Kind
from sightline.intake import cells, periods
from sightline.intake.contract import Fault, NamedBody, Observation, Parsed, PeriodKind, ReceivedFile
from sightline.intake.outcome import begun, broken_promises, finish, nothing_found
from sightline.intake.rows import Columns, Report, Row, headed, rows_of

NAME = "asc_outcomes"
TITLE = "Adult social care outcomes by local authority"
PUBLISHER = "Office for Local Government (Oflog)"
ADDRESS = "https://www.gov.uk/government/collections/local-authority-data-explorer"

_SIGNS = ("Financial year", "Local authority code", "Measure")
_COLUMNS: Columns = {
    "year": ("Financial year",),
    "code": ("Local authority code",),
    "name": ("Local authority name",),
    "grouping": ("Grouping",),
    "entity": ("Entity_Name",),
    "region": ("Region",),
    "measure": ("Measure",),
    "measure_code": ("Code",),
    "value": ("Value",),
    # Peer medians and ranks are the publisher's view; ours is worked out from the values.
    "median": ("MEDIAN",),
    "deviation": ("MADs_from_median",),
    "rank": ("rank_order",),
}
_OPTIONAL = {"grouping", "entity", "region", "measure", "median", "deviation", "rank"}
# The publisher's code of the measure → our indicator, and the rule that its value obeys.
MEASURES: dict[str, tuple[str, Callable[[str], float | None]]] = {
    "ASC1": ("asc-carer-quality-of-life", cells.amount),
    "ASC2": ("asc-quality-of-life-impact", cells.amount),
    "ASC3": ("asc-information-people", cells.percent),
    "ASC4": ("asc-information-carers", cells.percent),
    "ASC5": ("asc-short-term-services", cells.percent),
    "ASC6": ("asc-requests-to-service", cells.amount),
    "ASC7": ("asc-workforce-turnover", cells.amount),
}


def recognises(file: ReceivedFile) -> bool:
    """This function will say whether the table has the headings of the adult social care outcomes."""
    return len(file.tables) == 1 and headed(file.tables[0], _SIGNS) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read one figure per authority, year and measure."""
    report = Report()
    table = file.tables[0]
    observations: list[Observation] = []
    bodies: dict[str, NamedBody] = {}
    for row in rows_of(table, headed(table, _SIGNS) or 0, _COLUMNS, report, _OPTIONAL):
        if one := _one_row(row, today):
            observations.append(one)
            bodies[one.code] = NamedBody(one.code, row.text("name"), Kind.LOCAL_AUTHORITY)
    return finish(NAME, TITLE, file, report, observations, bodies=tuple(bodies.values()))


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will hold the file against its promises; it prints neither counts nor totals."""
    return nothing_found(parsed) + broken_promises(parsed.checks)


def _one_row(row: Row, today: date) -> Observation | None:
    start = begun(row, row.read("year", periods.financial_year), today, "year")
    code = row.read("code", cells.code)
    measure = MEASURES.get(row.text("measure_code").upper())
    if measure is None:
        row.fault(
            f"The measure {cells.quoted(row.text('measure_code'))} is not in the catalogue.",
            "Take its rows out, or have the measure added to the catalogue.",
            "measure_code",
        )
        return None
    indicator, rule = measure
    value = row.read("value", rule)
    if not row.ok or start is None or code is None:
        return None
    return Observation(indicator, code, start, PeriodKind.FINANCIAL_YEAR, value, note=row.note("value"), line=row.line)
