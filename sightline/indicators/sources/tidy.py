"""Any tidy table, one figure per row, by a mapping of its columns that a person confirms before it is used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from sightline.indicators.sources._tidy_guess import as_id, guess
from sightline.indicators.sources._tidy_mapping import Guess, MappedIndicator, Mapping
from sightline.intake import cells, periods
from sightline.intake.cells import BadCell
from sightline.intake.contract import (
    Check,
    Fault,
    NamedBody,
    NamedIndicator,
    Observation,
    Parsed,
    PeriodKind,
    ReceivedFile,
    Table,
)
from sightline.intake.outcome import begun, broken_promises, finish, nothing_found, part_of, share
from sightline.intake.periods import Period
from sightline.intake.rows import Columns, Report, Row, headed, rows_of

__all__ = ["Guess", "MappedIndicator", "Mapping", "as_id", "guess_mapping", "guess_of", "parse_with", "read_period"]

NAME = "tidy"
TITLE = "Tidy table"
PUBLISHER = ""
ADDRESS = ""

_ROUNDING = 0.051  # a tidy rate is printed with one decimal or more
_OPTIONAL = {"numerator", "denominator", "low", "high", "name", "indicator", "value"}
_MONTHS_IN = {PeriodKind.MONTH, PeriodKind.ROLLING_YEAR, PeriodKind.THREE_YEARS, PeriodKind.QUARTER, PeriodKind.YEAR}


def recognises(file: ReceivedFile) -> bool:
    """This function will say whether a table has an organisation, a period and a figure in every row.

    Other sources come first: the register asks this one only when no publisher's layout fits.
    """
    mapping = guess_of(file)
    return mapping is not None and mapping.is_complete


def guess_of(file: ReceivedFile) -> Mapping | None:
    """This function will guess the mapping of the first table that could be tidy; None when there is none."""
    for table in file.tables:
        mapping = guess_mapping(table)
        if mapping.is_complete:
            return mapping
    return None


def guess_mapping(table: Table) -> Mapping:
    """This function will guess which column is which, and say why it thinks so."""
    return guess(table)


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will refuse, because nobody has confirmed what the columns are; parse_with() reads the file."""
    mend = "Say on the import page which column is the organisation, the period and the value."
    return Parsed(NAME, TITLE, faults=[Fault("Nobody has confirmed what its columns are.", mend)])


def parse_with(file: ReceivedFile, mapping: Mapping, today: date) -> Parsed:
    """This function will read every row as the mapping says."""
    report = Report()
    table = next((one for one in file.tables if one.sheet == mapping.sheet), None)
    at = headed(table, mapping.headings) if table else None
    if table is None or at is None:
        named = ", ".join(f"“{heading}”" for heading in mapping.headings)
        report.fault(f"The columns {named} are not in it.", "Confirm its columns anew on the import page.")
        return finish(NAME, mapping.title or TITLE, file, report)
    known = {one.written: one for one in mapping.indicators}
    observations: list[Observation] = []
    bodies: dict[str, NamedBody] = {}
    for row in rows_of(table, at, _columns(mapping), report, _OPTIONAL):
        one = _one_row(row, mapping, known, today)
        if one:
            observations.append(one)
            if mapping.name:
                bodies[one.code] = NamedBody(one.code, row.text("name"))
    used = {one.indicator for one in observations}
    named_indicators = tuple(
        NamedIndicator(one.id, one.name, one.unit, one.direction, one.per or None)
        for one in mapping.indicators
        if one.id in used
    )
    found = tuple(bodies.values())
    return finish(NAME, mapping.title or TITLE, file, report, observations, bodies=found, indicators=named_indicators)


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will hold each printed rate against its numerator and denominator."""
    return nothing_found(parsed) + broken_promises(parsed.checks)


def _columns(mapping: Mapping) -> Columns:
    return {field: (heading,) for field, heading in mapping.columns.items() if heading}


def _one_row(row: Row, mapping: Mapping, known: dict[str, MappedIndicator], today: date) -> Observation | None:
    code = row.read("organisation", cells.code)
    period = row.read("period", partial(read_period, kind=mapping.kind))
    start = begun(row, period, today, "period")
    indicator = _indicator(row, mapping, known)
    if indicator is None:
        return None
    rule = cells.percent if indicator.unit == "percent" else cells.count if indicator.unit == "count" else cells.decimal
    value: float | None = row.read("value", rule)
    top, bottom = row.read("numerator", cells.decimal), row.read("denominator", cells.amount)
    low, high = row.read("low", cells.decimal), row.read("high", cells.decimal)
    if not row.ok or code is None or start is None or period is None:
        return None
    made = share(top, bottom, indicator.per) if top is not None and bottom is not None and indicator.per else None
    if indicator.unit == "percent" and top is not None and bottom is not None:
        part_of(row, top, bottom, "numerator", "counted")
    if value is not None and made is not None:
        row.report.checks.append(Check(f"{code}, {indicator.id}", value, made, _ROUNDING, row.line))
    elif value is None and not mapping.value:
        value = made
    note = "" if value is not None else row.note("value") if mapping.value else "nothing to divide by"
    return Observation(indicator.id, code, start, period.kind, value, top, bottom, low, high, note=note, line=row.line)


def _indicator(row: Row, mapping: Mapping, known: dict[str, MappedIndicator]) -> MappedIndicator | None:
    if not mapping.indicator:
        return mapping.indicators[0]
    found = known.get(row.text("indicator"))
    if found is None:
        row.fault(
            f"The indicator {cells.quoted(row.text('indicator'))} was not there when the columns were confirmed.",
            "Confirm its columns anew on the import page, or correct the row.",
            "indicator",
        )
    return found


def read_period(text: str, kind: PeriodKind | None) -> Period:
    """This function will read a period as the kind that was confirmed, or by how it is written when none was."""
    if kind is None:
        return periods.period_of(text)
    if kind is PeriodKind.FINANCIAL_YEAR:
        try:
            return Period(periods.financial_year(text), kind)
        except BadCell:
            return Period(_april(periods.day_of(text), text), kind)
    written = _written(text)
    if written is not None and written.kind in {kind, PeriodKind.DAY}:
        day = written.start
    elif kind is PeriodKind.DAY:
        day = periods.day_of(text)
    else:
        day = periods.month_of(text)
    return Period(day.replace(day=1) if kind in _MONTHS_IN else day, kind)


def _written(text: str) -> Period | None:
    try:
        return periods.period_of(text)
    except BadCell:
        return None


def _april(day: date, text: str) -> date:
    if (day.month, day.day) not in {(4, 1), (3, 31)}:
        raise BadCell(f"{cells.quoted(text)} is not the first or last day of a financial year.", "Write it as 2024-25.")
    return date(day.year if day.month == 4 else day.year - 1, 4, 1)
