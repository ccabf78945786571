"""A&E attendances and emergency admissions by provider, as NHS England publishes them each month, in both layouts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from sightline.indicators.sources import _ae_2024, _ae_2025
from sightline.indicators.sources._accident_emergency import Returns
from sightline.intake import periods
from sightline.intake.cells import BadCell
from sightline.intake.contract import Check, Fault, Observation, Parsed, ReceivedFile, Table
from sightline.intake.outcome import broken_promises, finish, nothing_found, settle
from sightline.intake.rows import Report, plain

NAME = "ae_monthly"
TITLE = "A&E attendances and emergency admissions, monthly, by provider"
PUBLISHER = "NHS England"
ADDRESS = "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/"

_LAYOUTS = (_ae_2024, _ae_2025)
_NAMED = re.compile(r"(?<![A-Za-z])([A-Za-z]{3,9})[-_ ]+(20[0-9]{2})(?![0-9])")
_NUMBERED = re.compile(r"(?<![0-9])(20[0-9]{2})[-_](0[1-9]|1[0-2])(?![0-9])")
_NO_MONTH = "Name it as the publisher does, for example April-2025-AE.csv, or bring in the workbook."


def recognises(file: ReceivedFile) -> bool:
    """This function will say whether any sheet has the headings of one of the two published layouts."""
    return any(layout.find(table) is not None for table in file.tables for layout in _LAYOUTS)


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read the provider rows, and keep the publisher's totals to hold them against."""
    report = Report()
    about = _about(file)
    table, returns = _read(file, about, today, report)
    observations = settle((one for month in returns.months for one in month.observations()), report)
    if returns.totals:
        report.checks += _totals(observations, returns)
    if table and len(file.tables) > 1:
        report.warnings.append(f"Of {len(file.tables)} sheets, “{table.sheet}” was read.")
    return finish(
        NAME,
        TITLE,
        file,
        report,
        observations,
        bodies=returns.bodies,
        published_on=_published(about, today),
        revised=bool(about.get("revised")),
    )


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will hold totals against rows, and printed percentages against counts."""
    return nothing_found(parsed) + broken_promises(parsed.checks)


def _read(file: ReceivedFile, about: Mapping[str, str], today: date, report: Report) -> tuple[Table | None, Returns]:
    for table in file.tables:
        for layout in _LAYOUTS:
            at = layout.find(table)
            if at is None:
                continue
            given = None if layout is _ae_2024 else _month_of_file(file.name, about, today, report)
            return table, layout.read(table, at, given, today, report)
    report.fault("There is no table of A&E attendances in it.", "Bring in the file as published.")
    return None, Returns()


def _about(file: ReceivedFile) -> dict[str, str]:
    """What the head of a workbook says: Period, Published, Revised."""
    for table in file.tables:
        pairs = {
            plain(label): value for row in table.rows[:20] for label, value in pairwise(row) if label.endswith(":")
        }
        if "period" in pairs:
            return pairs
    return {}


def _month_of_file(name: str, about: Mapping[str, str], today: date, report: Report) -> date | None:
    """The month from the head of the workbook, else from the file's name; the two may not differ."""
    stated = _month_or_none(about.get("period", ""))
    named = _month_in_name(name)
    if stated and named and stated != named:
        report.fault(
            f"Its head says {stated:%B %Y} and its name {named:%B %Y}.", "Give the file the name of its own month."
        )
    month = stated or named
    if month is None:
        report.fault("It says nowhere which month it is about.", _NO_MONTH)
    elif month > today:
        report.fault(f"{month:%B %Y} has not begun yet.", "Correct the month in the name, or this computer's clock.")
    return month


def _month_in_name(name: str) -> date | None:
    for match in _NAMED.finditer(name):
        if month := _month_or_none(f"{match[1]} {match[2]}"):
            return month
    numbered = _NUMBERED.search(name)
    return date(int(numbered[1]), int(numbered[2]), 1) if numbered else None


def _month_or_none(text: str) -> date | None:
    try:
        return periods.month_of(text)
    except BadCell:
        return None


def _published(about: Mapping[str, str], today: date) -> date | None:
    try:
        day = periods.day_of(about.get("revised") or about.get("published", ""))
    except BadCell:
        return None
    return day if day <= today else None


def _totals(observations: Sequence[Observation], returns: Returns) -> list[Check]:
    """Every indicator's sum over the rows, held against the same indicator of the row of totals."""
    checks = []
    for total in returns.totals.observations() if returns.totals else ():
        same = [one for one in observations if one.indicator == total.indicator]
        for what in ("numerator", "denominator") if total.numerator is not None else ("value",):
            stated = getattr(total, what)
            found = sum(getattr(one, what) or 0 for one in same)
            checks.append(Check(f"Total of {total.indicator} ({what})", stated, found, 0, total.line))
    return checks
