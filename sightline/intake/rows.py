"""Reads a raw table row by row under named columns, and collects every fault on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sightline.intake.cells import BadCell, missing, quoted
from sightline.intake.contract import Check, Fault, Table

T = TypeVar("T")
Columns = Mapping[str, tuple[str, ...]]
SEARCHED = 40  # a header lies under a title, never further down than this
_FOOTER = re.compile(r"(crown )?copyright|©|source|notes?\b|footnotes?\b|contact|published by|this (file|work)", re.I)
_AGAIN = "Take the file from the publisher again, or correct the row."


@dataclass(slots=True)
class Report:
    """What parsing one file has found so far; grows as rows are read."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    rows: int = 0
    skipped: int = 0

    def fault(self, says: str, mend: str, line: int | None = None, column: str = "") -> None:
        """This function will note one thing that refuses the file."""
        self.faults.append(Fault(says, mend, line, column))

    def passed_over(self, number: int, why: str) -> None:
        """This function will count rows that are not data and say why, so that no row vanishes in silence."""
        if number:
            self.skipped += number
            self.warnings.append(f"{number:,} {'row was' if number == 1 else 'rows were'} passed over: {why}.")

    def set_aside(self, number: int, why: str) -> None:
        """This function will take rows that were counted as data, such as totals, out of that count."""
        self.rows -= number
        self.passed_over(number, why)


@dataclass(slots=True)
class Row:
    """One data row; a cell that breaks its rule becomes a fault with its line and column, and the row is not ok."""

    line: int
    cells: Mapping[str, str]
    headings: Mapping[str, str]
    report: Report
    ok: bool = True

    def text(self, key: str) -> str:
        """This function will give the cell as it stands; blank for a column the file does not have."""
        return self.cells.get(key, "")

    def read(self, key: str, rule: Callable[[str], T]) -> T | None:
        """This function will read the cell by a rule, or note what is wrong with it."""
        try:
            return rule(self.cells.get(key, ""))
        except BadCell as bad:
            self.fault(bad.says, bad.mend, key)
            return None

    def must(self, key: str, rule: Callable[[str], T | None]) -> T | None:
        """This function will read a cell that may not be blank or suppressed."""
        before = self.ok
        self.ok = True
        value = self.read(key, rule)
        if value is None and self.ok:
            self.fault("There is no figure.", _AGAIN, key)
        self.ok = self.ok and before
        return value

    def note(self, key: str) -> str:
        """This function will say why the figure is absent; blank when it is there."""
        return missing(self.text(key)) or ""

    def fault(self, says: str, mend: str, key: str = "") -> None:
        """This function will note a fault of this row."""
        self.ok = False
        self.report.fault(says, mend, self.line, self.headings.get(key, ""))


def plain(heading: str) -> str:
    """This function will reduce a heading to its words, so that PROVIDER_NAME and “Provider name” are one."""
    return " ".join(re.findall(r"[a-z0-9%]+", heading.casefold()))


def headed(table: Table, signs: Collection[str]) -> int | None:
    """This function will find the row that holds all these headings, or None."""
    wanted = {plain(sign) for sign in signs}
    for at, row in enumerate(table.rows[:SEARCHED]):
        if len(row) >= len(wanted) and wanted <= {plain(cell) for cell in row}:
            return at
    return None


def rows_of(table: Table, at: int, columns: Columns, report: Report, optional: Collection[str] = ()) -> Iterator[Row]:
    """This function will yield the data rows under the header at row ``at``, once its headings are in order."""
    header = table.rows[at]
    places = _places(header, columns, report, optional, table.lines[at])
    if places is None:
        report.rows += len(table.rows) - at - 1
        return
    headings = {key: header[place] for key, place in places.items()}
    body, lines = _without_footer(table, at + 1, report)
    blank = 0
    for cells, line in zip(body, lines, strict=True):
        if not any(cells):
            blank += 1
            continue
        report.rows += 1
        if not _fits(cells, header, line, report, may_be_short=bool(table.sheet)):
            continue
        yield Row(
            line, {key: cells[place] if place < len(cells) else "" for key, place in places.items()}, headings, report
        )
    report.passed_over(blank, "they are blank" if blank > 1 else "it is blank")


def _places(
    header: Sequence[str], columns: Columns, report: Report, optional: Collection[str], line: int
) -> dict[str, int] | None:
    found = [plain(heading) for heading in header]
    before = len(report.faults)
    for heading, times in Counter(heading for heading in found if heading).items():
        if times > 1:
            report.fault(
                f"The heading {quoted(heading)} stands over {times} columns.", "Rename or remove all but one.", line
            )
    places: dict[str, int] = {}
    for key, names in columns.items():
        place = next((found.index(plain(name)) for name in names if plain(name) in found), None)
        if place is not None:
            places[key] = place
        elif key not in optional:
            report.fault(f"The column {quoted(names[0])} is missing.", "Bring in the whole file as published.", line)
    unknown = [header[place] for place, heading in enumerate(found) if heading and place not in places.values()]
    known = {plain(name) for names in columns.values() for name in names}
    if extra := [heading for heading in unknown if plain(heading) not in known]:
        report.warnings.append(f"Columns that are not used were not read: {', '.join(extra)}.")
    return places if len(report.faults) == before else None


def _without_footer(table: Table, start: int, report: Report) -> tuple[Sequence[tuple[str, ...]], Sequence[int]]:
    """Cut the rows under the last data row that are blank or speak to the reader (copyright, source, notes)."""
    end = len(table.rows)
    while end > start and _is_footer(table.rows[end - 1]):
        end -= 1
    cut = table.rows[end:]
    words = sum(1 for row in cut if any(row))
    if words:
        report.passed_over(words, "footer text")
    report.passed_over(len(cut) - words, "blank, at the end")
    return table.rows[start:end], table.lines[start:end]


def _is_footer(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return not filled or (len(filled) == 1 and filled[0] == cells[0] and bool(_FOOTER.match(filled[0])))


def _fits(cells: Sequence[str], header: Sequence[str], line: int, report: Report, *, may_be_short: bool) -> bool:
    """A row must be as wide as its header; in a workbook, blank cells at the end of a row are not kept."""
    wide = len(cells)
    named = max(place for place, heading in enumerate(header, start=1) if heading)
    if (wide > len(header) and any(cells[len(header) :])) or (wide < named and not may_be_short):
        report.fault(f"The row has {wide} cells where the header has {len(header)}.", _AGAIN, line)
        return False
    return True
