"""DHSC Fingertips' upload format: one row per area, period and part of the population, with confidence limits.

The format does not carry the indicator: its number is taken from the file's name ("93553.csv" gives
``fingertips-93553``), and a name without a number gives an indicator of that name, so that two files are never
mixed in one series. The whole population (persons, all ages, no deprivation group) is the indicator itself; every
part of it is an indicator of its own, whose id adds what sets it apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from sightline.intake import cells, periods
from sightline.intake.contract import Fault, NamedIndicator, Observation, Parsed, PeriodKind, ReceivedFile
from sightline.intake.names import fitting
from sightline.intake.outcome import begun, broken_promises, finish, nothing_found
from sightline.intake.periods import Period
from sightline.intake.rows import Columns, Report, Row, headed, rows_of

NAME = "fingertips_upload"
TITLE = "Fingertips upload"
PUBLISHER = "Department of Health and Social Care"
ADDRESS = "https://fingertips.phe.org.uk/"

_SIGNS = ("area_code", "date_from", "date_to", "period_type")
_COLUMNS: Columns = {
    name: (name,)
    for name in (
        "area_code",
        "date_from",
        "date_to",
        "period_type",
        "sex",
        "age_from_years_inclusive",
        "age_to_years_inclusive",
        "deprivation_decile",
        "deprivation_category",
        "count",
        "value",
        "denominator",
        "lower_ci_95",
        "upper_ci_95",
        "lower_ci_99_8",
        "upper_ci_99_8",
    )
}
_OPTIONAL = {"lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8", "deprivation_category"}
_KINDS = {
    "month": PeriodKind.MONTH,
    "quarter": PeriodKind.QUARTER,
    "calendar_year": PeriodKind.YEAR,
    "financial_year": PeriodKind.FINANCIAL_YEAR,
    "three_year": PeriodKind.THREE_YEARS,
}
_SEXES = {"male", "female", "persons", "not_applicable", ""}
_NUMBER = re.compile(r"(?<![0-9])([0-9]{2,6})(?![0-9])")


def recognises(file: ReceivedFile) -> bool:
    """This function will say whether the table has the headings of the upload format."""
    return len(file.tables) == 1 and headed(file.tables[0], _SIGNS) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read every row under the indicator and the part of the population it is about."""
    report = Report()
    table = file.tables[0]
    stem = PurePath(file.name).stem
    number = _NUMBER.search(stem)
    base = f"fingertips-{number[1] if number else _slug(stem)}"
    if not number:
        report.warnings.append(f"The file does not say which indicator it is; its figures are kept as {base}.")
    observations: list[Observation] = []
    named: dict[str, NamedIndicator] = {}
    for row in rows_of(table, headed(table, _SIGNS) or 0, _COLUMNS, report, _OPTIONAL):
        if one := _one_row(row, base, today):
            observations.append(one)
            part = _part(row)
            words = f"Fingertips {number[1] if number else stem}{', ' + ', '.join(part) if part else ''}"
            named[one.indicator] = NamedIndicator(one.indicator, words[:160])
    return finish(NAME, TITLE, file, report, observations, indicators=tuple(named.values()))


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will hold the file against its promises; the format prints no totals."""
    return nothing_found(parsed) + broken_promises(parsed.checks)


def _one_row(row: Row, base: str, today: date) -> Observation | None:
    code = row.read("area_code", cells.code)
    period = _period(row, today)
    value = row.read("value", cells.decimal)
    numerator, denominator = row.read("count", cells.amount), row.read("denominator", cells.amount)
    low, high = row.read("lower_ci_95", cells.decimal), row.read("upper_ci_95", cells.decimal)
    if row.text("sex").casefold() not in _SEXES:
        row.fault(f"{cells.quoted(row.text('sex'))} is unknown.", "Write male, female or persons.", "sex")
    for key in ("age_from_years_inclusive", "age_to_years_inclusive", "deprivation_decile"):
        row.read(key, cells.count)
    if not row.ok or code is None or period is None:
        return None
    indicator = fitting("-".join((base, *(_slug(part) for part in _part(row)))))
    note = row.note("value")
    return Observation(
        indicator, code, period.start, period.kind, value, numerator, denominator, low, high, note=note, line=row.line
    )


def _period(row: Row, today: date) -> Period | None:
    kind = _KINDS.get(row.text("period_type").casefold())
    if kind is None:
        known = ", ".join(_KINDS)
        row.fault(
            f"The kind of period {cells.quoted(row.text('period_type'))} is unknown.",
            f"Known are {known}.",
            "period_type",
        )
    start = begun(row, row.read("date_from", periods.day_of), today, "date_from")
    end = row.read("date_to", periods.day_of)
    if start and end and end < start:
        row.fault("The period ends before it begins.", "Exchange or correct the dates.", "date_to")
    return Period(start, kind) if start and kind else None


def _part(row: Row) -> list[str]:
    """What sets this part of the population apart; nothing for everyone."""
    sex = row.text("sex").casefold()
    youngest, oldest = row.text("age_from_years_inclusive"), row.text("age_to_years_inclusive")
    decile, category = row.text("deprivation_decile"), row.text("deprivation_category").replace("_", " ")
    parts = [sex] if sex in {"male", "female"} else []
    if youngest or oldest:
        parts.append(f"ages {youngest or '0'} to {oldest}" if oldest else f"ages {youngest} and over")
    if decile or category:
        parts.append(" ".join(word for word in (f"deprivation decile {decile}" if decile else "", category) if word))
    return parts


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold())) or "unnamed"
