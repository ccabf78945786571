"""The organisation service's files: twenty-seven columns, no header, days as 20260401."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sightline.intake.cells import BadCell, code, quoted
from sightline.intake.contract import ReceivedFile, Table
from sightline.intake.rows import Report

T = TypeVar("T")
PUBLISHER = "NHS England Organisation Data Service"
WIDTH = 27
CODE, NAME, REGION, SYSTEM, POSTCODE, OPENED, CLOSED, STATUS = 0, 1, 2, 3, 9, 10, 11, 12
COMMISSIONER, JOINED, LEFT, SETTING = 14, 15, 16, 25
OUTSIDE_ENGLAND = frozenset({"Y99", "W00"})
_COLUMNS = {CODE: "code", NAME: "name", SYSTEM: "system", POSTCODE: "postcode", OPENED: "open date",
            CLOSED: "close date", COMMISSIONER: "commissioner", JOINED: "join date", LEFT: "left date"}  # fmt: skip
_DAY = re.compile(r"[0-9]{8}", re.ASCII)
_SAMPLE = 60
_AHEAD = timedelta(days=731)  # openings and closures are announced ahead, but not by more than two years
_AGAIN = "Take the file from the publisher again and do not save it in Excel."


def looks_like_ods(file: ReceivedFile) -> Table | None:
    """This function will give the table when most of its first rows have the service's shape."""
    if len(file.tables) != 1:
        return None
    sample = [row for row in file.tables[0].rows[:_SAMPLE] if any(row)]
    shaped = [row for row in sample if len(row) == WIDTH and row[CODE] and _DAY.fullmatch(row[OPENED])]
    return file.tables[0] if sample and 2 * len(shaped) > len(sample) else None


def most_have(table: Table, column: int) -> bool:
    """This function will say whether most of the first rows fill a column."""
    sample = [row for row in table.rows[:_SAMPLE] if len(row) == WIDTH]
    return 2 * sum(1 for row in sample if row[column]) > len(sample)


@dataclass(slots=True)
class OdsRow:
    """One row; a cell that breaks its rule becomes a fault with its line, and the row is not ok."""

    cells: tuple[str, ...]
    line: int
    today: date
    report: Report
    ok: bool = True

    def fault(self, says: str, mend: str, column: int) -> None:
        """This function will note a fault of this row."""
        self.ok = False
        self.report.fault(says, mend, self.line, _COLUMNS.get(column, ""))

    def read(self, column: int, rule: Callable[[str], T]) -> T | None:
        """This function will read a cell by a rule, or note what is wrong with it."""
        try:
            return rule(self.cells[column])
        except BadCell as bad:
            self.fault(bad.says, bad.mend, column)
            return None

    def code(self, column: int) -> str:
        """This function will read a code; blank where there is none."""
        return (self.read(column, code) or "") if self.cells[column] else ""

    def day(self, column: int) -> date | None:
        """This function will read a day, which may lie only a little ahead."""
        text = self.cells[column]
        if not text:
            return None
        found = self.read(column, _day)
        if found and found > self.today + _AHEAD:
            self.fault(f"{quoted(text)} lies more than two years ahead.", "Correct the day.", column)
        return found

    def span(self, first: int, last: int) -> tuple[date | None, date | None]:
        """This function will read two days that must stand in order."""
        begins, ends = self.day(first), self.day(last)
        if begins and ends and ends < begins:
            self.fault(
                f"{quoted(self.cells[last])} lies before the day on which it began.", "Correct one of the two.", last
            )
        return begins, ends


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        pass
    raise BadCell(f"{quoted(text)} is not a day.", "Write it as 20260401.")


def ods_rows(table: Table, today: date, report: Report) -> list[OdsRow]:
    """This function will give the rows of the right width whose code and name are in order, each code once."""
    rows: list[OdsRow] = []
    seen: dict[str, int] = {}
    blank = 0
    for cells, line in zip(table.rows, table.lines, strict=True):
        if not any(cells):
            blank += 1
            continue
        report.rows += 1
        if len(cells) != WIDTH:
            report.fault(f"The row has {len(cells)} cells where the publisher gives {WIDTH}.", _AGAIN, line)
            continue
        row = OdsRow(cells, line, today, report)
        body = row.read(CODE, code)
        if not cells[NAME]:
            row.fault("The name is missing.", _AGAIN, NAME)
        if body and (first := seen.setdefault(body, line)) != line:
            row.fault(f"{body} is listed already on line {first}.", "Remove the row that is wrong.", CODE)
        rows.append(row)
    report.passed_over(blank, "they are blank" if blank > 1 else "it is blank")
    return rows


def as_of(days: list[date | None], today: date) -> str:
    """This function will give the day as text; announced days that lie ahead do not count.

    The day as of which a list speaks, which it does not print: the latest opening or closure that it knows of.
    """
    past = [one for one in days if one and one <= today]
    return max(past).isoformat() if past else ""
