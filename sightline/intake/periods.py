"""Exact rules for dates and periods as publishers write them, and for the refusal of those still to come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.intake.cells import BadCell, quoted
from sightline.intake.contract import PeriodKind

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_LENGTH = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.YEAR: 12,
    PeriodKind.FINANCIAL_YEAR: 12,
    PeriodKind.ROLLING_YEAR: 12,
    PeriodKind.THREE_YEARS: 36,
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII)
_BRITISH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: 00:00(?::00)?)?", re.ASCII)
_WORDED_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})[ -]([0-9]{4})", re.ASCII)
_WORDED_MONTH = re.compile(r"(?:MSitAE[-_ ]+)?([A-Za-z]{3,9})[-_ ]+([0-9]{4})", re.ASCII | re.IGNORECASE)
_SHORT_MONTH = re.compile(r"([A-Za-z]{3})[-_ ]([0-9]{2})", re.ASCII)
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
_FINANCIAL = re.compile(r"(?:FY ?)?([0-9]{4})[-/–]([0-9]{2}|[0-9]{4})", re.ASCII)
_QUARTER = re.compile(r"Q([1-4])[ -]?([0-9]{4})[-/–]([0-9]{2})|([0-9]{4})[-/–]([0-9]{2})[ -]?Q([1-4])", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_MEND = "Write it as the publisher does, for example 2025-05-01, 01/05/2025, May 2025 or 2024-25."


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time: its first day and how long it is."""

    start: date
    kind: PeriodKind

    @property
    def end(self) -> date:
        """The last day of the period."""
        if self.kind is PeriodKind.DAY:
            return self.start
        return months_after(self.start, _LENGTH[self.kind]) - timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """This function will move the first of a month by whole months, backwards for a negative number."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def day_of(text: str) -> date:
    """This function will read a day written 2025-05-31, 31/05/2025 or 31st May 2025."""
    stripped = text.strip()
    if match := _ISO.fullmatch(stripped):
        year, month, day = (int(part) for part in match.groups())
    elif match := _BRITISH.fullmatch(stripped):
        day, month, year = (int(part) for part in match.groups())
    elif (match := _WORDED_DAY.fullmatch(stripped)) and match[2].casefold() in MONTHS:
        day, month, year = int(match[1]), MONTHS[match[2].casefold()], int(match[3])
    else:
        raise BadCell(f"{quoted(text)} is not a date.", "Write it as 2025-05-31 or 31/05/2025.")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell(f"{quoted(text)} is no day of the calendar.", "Days come before months: DD/MM/YYYY.") from None


def month_of(text: str) -> date:
    """This function will read a month (May 2025, MSitAE-MAY-2025, 2025-05, or any day in it) as its first day."""
    stripped = text.strip()
    match = _WORDED_MONTH.fullmatch(stripped)
    if match and match[1].casefold() in MONTHS:
        return date(int(match[2]), MONTHS[match[1].casefold()], 1)
    match = _SHORT_MONTH.fullmatch(stripped)
    if match and match[1].casefold() in MONTHS:
        return date(2000 + int(match[2]), MONTHS[match[1].casefold()], 1)
    if (match := _ISO_MONTH.fullmatch(stripped)) and 1 <= int(match[2]) <= 12:
        return date(int(match[1]), int(match[2]), 1)
    try:
        return day_of(stripped).replace(day=1)
    except BadCell:
        raise BadCell(f"{quoted(text)} is not a month.", "Write it as May 2025 or 2025-05-01.") from None


def financial_year(text: str) -> date:
    """This function will read 2016-17, 2016/17 or 2016-2017 as 1 April 2016; the two years must follow each other."""
    match = _FINANCIAL.fullmatch(text.strip())
    if (
        not match
        or int(match[2]) % 100 != (int(match[1]) + 1) % 100
        or (len(match[2]) == 4 and int(match[2]) != int(match[1]) + 1)
    ):
        raise BadCell(f"{quoted(text)} is not a financial year.", "Write it as 2016-17.")
    return date(int(match[1]), 4, 1)


def period_of(text: str) -> Period:
    """This function will read any period that publishers write, and say what kind it is from how it is written."""
    stripped = text.strip()
    if _YEAR.fullmatch(stripped):
        return Period(date(_plausible(int(stripped), text), 1, 1), PeriodKind.YEAR)
    if match := _QUARTER.fullmatch(stripped):
        quarter, year = int(match[1] or match[6]), int(match[2] or match[4])
        return Period(months_after(date(year, 4, 1), 3 * (quarter - 1)), PeriodKind.QUARTER)
    for read, kind in (
        (financial_year, PeriodKind.FINANCIAL_YEAR),
        (day_of, PeriodKind.DAY),
        (month_of, PeriodKind.MONTH),
    ):
        try:
            return Period(read(stripped), kind)
        except BadCell:
            continue
    raise BadCell(f"{quoted(text)} is not a period.", _MEND)


def not_future(start: date, today: date) -> date:
    """This function will give the date back, unless the period only begins after today."""
    if start > today:
        raise BadCell(
            f"The period beginning {start.day} {start:%B %Y} has not begun yet.",
            "A figure cannot come before its period: correct the date, or this computer's clock.",
        )
    return start


def _plausible(year: int, text: str) -> int:
    if not 1948 <= year <= 2200:
        raise BadCell(
            f"{quoted(text)} is not a year. It may be the number by which Excel stores a date.",
            "Format the column as a date and save the file again.",
        )
    return year
