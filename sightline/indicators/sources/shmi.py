"""Summary Hospital-level Mortality Indicator by trust, in its quarterly publications from October 2011."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sightline.directory.words import Kind
from sightline.intake import cells, periods
from sightline.intake.cells import BadCell
from sightline.intake.contract import Check, Fault, NamedBody, Observation, Parsed, PeriodKind, ReceivedFile
from sightline.intake.outcome import broken_promises, finish, nothing_found
from sightline.intake.rows import Columns, Report, Row, headed, rows_of

NAME = "shmi"
TITLE = "Summary Hospital-level Mortality Indicator"
PUBLISHER = "NHS England (until 2016 the Health and Social Care Information Centre)"
ADDRESS = "https://digital.nhs.uk/data-and-information/publications/statistical/shmi"

INDICATOR = "shmi"
_PUBLISHERS_ID = "I00699"
_SIGNS = ("INDICATOR_CODE", "PROVIDER", "EXPECTED")
_COLUMNS: Columns = {
    "indicator": ("INDICATOR_CODE",),
    "code": ("PROVIDER",),
    "name": ("PROVIDER NAME",),
    "spells": ("DENOMINATOR",),
    "observed": ("OBSERVED",),
    "expected": ("EXPECTED",),
    "value": ("VALUE",),
    "low": ("OD_LL",),
    "high": ("OD_UL",),
    "band": ("OD_BANDING",),
    # Poisson limits, which the publisher replaced by the overdispersed ones above: known, and not read.
    "poisson_low": ("PO_LL",),
    "poisson_high": ("PO_UL",),
    "poisson_band": ("PO_BANDING",),
}
_OPTIONAL = {"poisson_low", "poisson_high", "poisson_band"}
_BANDS = {1: "high", 2: "as expected", 3: "low"}
_NAMED = re.compile(r"(?=([A-Za-z]{3,9})[-_ ]+(20[0-9]{2}))|(?=(20[0-9]{2})[-_ ]+([A-Za-z]{3,9}))")
# The first publication, of October 2011, covers April 2010 to March 2011; each later one moves by a quarter.
_FIRST, _LAST_QUARTERLY = date(2011, 10, 1), date(2015, 10, 1)
_LAG = 18
# A later file may say in its name which months it covers: shmi-2026-october-covers-2025-04-to-2026-03.csv.
_COVERS = re.compile(r"covers-(20[0-9]{2}-[0-9]{2})-to-(20[0-9]{2}-[0-9]{2})")
_ROUNDING = 0.000_06  # values are printed with four decimals, expected deaths with four or fewer


def recognises(file: ReceivedFile) -> bool:
    """This function will say whether the table has SHMI's headings."""
    return len(file.tables) == 1 and headed(file.tables[0], _SIGNS) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read one publication; its twelve months follow from the month in the file's name."""
    report = Report()
    published = _publication_month(file.name, today, report)
    start = _first_month(file.name) or (periods.months_after(published, -_LAG) if published else date.min)
    table = file.tables[0]
    observations: list[Observation] = []
    bodies: list[NamedBody] = []
    for row in rows_of(table, headed(table, _SIGNS) or 0, _COLUMNS, report, _OPTIONAL):
        if one := _one_row(row, start):
            observations.append(one)
            bodies.append(NamedBody(one.code, row.text("name"), Kind.PROVIDER))
    how = "as its name says" if _first_month(file.name) else "from the month of publication"
    end = periods.Period(start, PeriodKind.ROLLING_YEAR).end if published else None
    return finish(
        NAME,
        TITLE,
        file,
        report,
        observations,
        bodies=bodies,
        published_on=published,
        facts={"period covered": f"{start:%B %Y} to {end:%B %Y}, {how}"} if end else {},
    )


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will hold each ratio against its deaths, and each band against its limits."""
    return nothing_found(parsed) + broken_promises(parsed.checks)


def _publication_month(name: str, today: date, report: Report) -> date | None:
    for match in _NAMED.finditer(name):
        try:
            month = periods.month_of(f"{match[1] or match[4]} {match[2] or match[3]}")
        except BadCell:
            continue
        if month > today:
            report.fault(f"{month:%B %Y} has not begun yet.", "Correct the month in the name.")
        elif _first_month(name) is None and (month.month % 3 != 1 or not _FIRST <= month <= _LAST_QUARTERLY):
            report.fault(
                f"It does not say which months it covers, and for a publication of {month:%B %Y} that is not known.",
                "Write the months into its name: shmi-2026-october-covers-2025-04-to-2026-03.csv, for example.",
            )
        elif _first_month(name) and periods.months_after(_first_month(name) or month, 12) > month:
            report.fault("The months in its name end after it was published.", "Correct the months in the name.")
        else:
            return month
        return None
    report.fault(
        "It says nowhere which publication it is, so its twelve months are not known.",
        "Put the month of publication into its name, for example shmi-2011-october.csv.",
    )
    return None


def _first_month(name: str) -> date | None:
    """The first of the twelve months that the name says are covered; None when it says nothing, or not twelve."""
    if match := _COVERS.search(name):
        try:
            first, last = periods.month_of(match[1]), periods.month_of(match[2])
        except BadCell:
            return None
        return first if periods.months_after(first, 11) == last else None
    return None


def _one_row(row: Row, start: date) -> Observation | None:
    if row.text("indicator") != _PUBLISHERS_ID:
        row.fault("This is not the SHMI.", f"The publisher's code is {_PUBLISHERS_ID}: correct the row.", "indicator")
    code = row.read("code", cells.code)
    observed, expected, value, low, high = (
        row.must(key, cells.amount) for key in ("observed", "expected", "value", "low", "high")
    )
    band = row.must("band", cells.whole)
    if band is not None and band not in _BANDS:
        row.fault(f"There is no band {band}.", "The bands are 1, 2 and 3.", "band")
    if not row.ok or code is None or observed is None or expected is None or value is None or band is None:
        return None
    if not expected:
        return Observation(
            INDICATOR, code, start, PeriodKind.ROLLING_YEAR, None, note="no deaths expected", line=row.line
        )
    row.report.checks.append(Check(f"{code}, observed over expected", value, observed / expected, _ROUNDING, row.line))
    row.report.checks.append(Check(f"{code}, band", band, _band(value, low, high, band), 0, row.line))
    return Observation(
        INDICATOR,
        code,
        start,
        PeriodKind.ROLLING_YEAR,
        value,
        observed,
        expected,
        low,
        high,
        line=row.line,
        band=_BANDS[band],
    )


def _band(value: float, low: float | None, high: float | None, stated: int) -> int:
    """The band that the limits give; a value that rounding puts on its limit keeps the band the publisher gave."""
    if any(limit is not None and abs(value - limit) <= 2 * _ROUNDING for limit in (low, high)):
        return stated
    if high is not None and value > high:
        return 1
    return 3 if low is not None and value < low else 2
