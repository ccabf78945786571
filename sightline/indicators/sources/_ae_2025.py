"""The layout of the monthly A&E file from April 2025: no period in the rows, and headings that stand three times."""

from __future__ import annotations

from datetime import date

from sightline.directory.words import Kind
from sightline.indicators.sources._accident_emergency import Month, Returns
from sightline.intake import cells
from sightline.intake.cells import quoted
from sightline.intake.contract import Check, NamedBody, Table
from sightline.intake.outcome import share
from sightline.intake.rows import SEARCHED, Report, Row, plain, rows_of

# From April 2025: the same three headings stand over three groups, so a column is known by its place.
_GROUP = (
    "type 1 departments major a e",
    "type 2 departments single specialty",
    "type 3 departments other a e minor injury unit",
)
_ORDER: tuple[tuple[str, str], ...] = (
    ("code", "code"),
    ("region", "region"),
    ("name", "name"),
    *zip(("att1", "att2", "att3"), _GROUP, strict=True),
    ("att", "total attendances"),
    *zip(("in1", "in2", "in3"), _GROUP, strict=True),
    ("in", "total attendances 4 hours"),
    *zip(("over1", "over2", "over3"), _GROUP, strict=True),
    ("over", "total attendances 4 hours"),
    ("pct", "percentage in 4 hours or less all"),
    ("pct1", "percentage in 4 hours or less type 1"),
    ("pct2", "percentage in 4 hours or less type 2"),
    ("pct3", "percentage in 4 hours or less type 3"),
    ("adm1", "emergency admissions via type 1 a e"),
    ("adm2", "emergency admissions via type 2 a e"),
    ("adm3", "emergency admissions via type 3 and 4 a e"),
    ("adm", "total emergency admissions via a e"),
    ("adm_other", "other emergency admissions i e not via a e"),
    ("adm_total", "total emergency admissions"),
    ("dta4", "number of patients spending 4 hours from decision to admit to admission"),
    ("dta12", "number of patients spending 12 hours from decision to admit to admission"),
)
_COUNTS = tuple(key for key, _ in _ORDER[3:] if not key.startswith("pct"))
_PERCENTAGES = {"pct": ("in", "att"), "pct1": ("in1", "att1"), "pct2": ("in2", "att2"), "pct3": ("in3", "att3")}
_SUMS = {
    "att": ("att1", "att2", "att3"),
    "in": ("in1", "in2", "in3"),
    "over": ("over1", "over2", "over3"),
    "adm": ("adm1", "adm2", "adm3"),
    "adm_total": ("adm", "adm_other"),
    "att1": ("in1", "over1"),
    "att2": ("in2", "over2"),
    "att3": ("in3", "over3"),
}


def find(table: Table) -> int | None:
    """This function will find the header row of the sheet by provider, and no sheet by system or acute footprint."""
    for at, row in enumerate(table.rows[:SEARCHED]):
        words = [_words(cell) for cell in row]
        if words.count(_GROUP[0]) >= 2 and "name" in words and any("emergency admissions" in one for one in words):
            return at
    return None


def read(table: Table, at: int, given: date | None, today: date, report: Report) -> Returns:
    """This function will read every provider's row of the month that the file's name or head gives."""
    returns = Returns()
    renamed = _renamed(table, at, report)
    totals, is_sheet = 0, bool(table.sheet)
    for row in rows_of(renamed, 0, {key: (key,) for key, _ in _ORDER}, report) if renamed else ():
        if row.text("code").strip().casefold() in {"-", "total"}:
            totals += 1
            returns.totals = _provider(row, date.min, "TOTAL", is_sheet, report)
            continue
        code = row.read("code", cells.code)
        month = _provider(row, given or date.min, code or "", is_sheet, report)
        if month and code:
            returns.months.append(month)
            returns.bodies.append(NamedBody(code, row.text("name"), Kind.PROVIDER))
    if totals:
        report.set_aside(totals, "totals, held against the sum of the rows")
    return returns


def _words(heading: str) -> str:
    """The words of a heading; one month's file writes “Departments 0 Major” for “Departments - Major”."""
    return plain(heading).replace("departments 0 ", "departments ")


def _renamed(table: Table, at: int, report: Report) -> Table | None:
    """Put a heading of its own over every column, after each has been found in its place."""
    header = table.rows[at]
    words = [_words(cell) for cell in header]
    first = words.index("code") if "code" in words else 0
    faults = len(report.faults)
    for place, (_, wanted) in enumerate(_ORDER, start=first):
        have = words[place] if place < len(words) else ""
        if have != wanted:
            report.fault(
                f"Column {place + 1} is headed {quoted(header[place] if have else '')} where “{wanted}” belongs.",
                "Bring in the sheet by provider as published, with no column taken out or moved.",
                table.lines[at],
            )
    if len(report.faults) > faults:
        return None
    keys = tuple(key for key, _ in _ORDER)
    width = first + len(_ORDER)
    # The workbook has working columns of its own beyond the last one.
    rows = tuple(row[first:width] if table.sheet else row[first:] for row in table.rows[at + 1 :])
    return Table((), (keys, *rows), table.lines[at:], table.sheet)


def _provider(row: Row, start: date, code: str, is_sheet: bool, report: Report) -> Month | None:
    figures = {key: value for key in _COUNTS if (value := row.must(key, cells.count)) is not None}
    if not row.ok:
        return None
    for whole, parts in _SUMS.items():
        made = sum(figures[part] for part in parts)
        report.checks.append(Check(f"{code}, {' + '.join(parts)}", figures[whole], made, 0, row.line))
    _check_percentages(row, code, figures, is_sheet, report)
    return Month(
        code,
        start,
        figures["att"],
        figures["over"],
        figures["att1"],
        figures["over1"],
        figures["adm"],
        figures["dta12"],
        row.line,
    )


def _check_percentages(row: Row, code: str, figures: dict[str, int], is_sheet: bool, report: Report) -> None:
    """A CSV prints “73.20%” or 73.2, a workbook stores 0.7324: both are rounded from the same counts."""
    for key, (part, whole) in _PERCENTAGES.items():
        printed = row.read(key, cells.percent)
        made = share(figures[part], figures[whole])
        if printed is None or made is None:
            continue
        stated = 100 * printed if is_sheet and "%" not in row.text(key) else printed
        report.checks.append(Check(f"{code}, percentage within four hours", stated, made, 0.051, row.line))
