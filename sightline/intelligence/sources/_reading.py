"""Reads a table of texts row by row, and gives an account in which no row is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from sightline.intake.cells import BadCell
from sightline.intake.contract import Fault, ReceivedFile, Table
from sightline.intake.periods import day_of
from sightline.intake.rows import Columns, Report, Row, rows_of
from sightline.intelligence.sources.contract import Telling, TextParsed

# The headings by which a layout of a source is known, and what reads it: from the source's name and title on.
Layout = tuple[tuple[str, ...], Callable[[str, str, ReceivedFile, int, date], TextParsed]]


class Reading:
    """One file being read: every row under the header ends up taken, joined, passed over or bad."""

    def __init__(self, file: ReceivedFile, *, has_footer: bool = True) -> None:
        self.report = Report()
        self._file = file
        self._has_footer = has_footer
        self._under: dict[int, bool] = {}
        self._accounted: set[int] = set()
        self._last = 0
        self._taken = 0
        self._joined = 0

    def rows(self, table: Table, at: int, columns: Columns, optional: Collection[str] = ()) -> Iterator[Row]:
        """This function will yield the rows under the header; one that is as wide as it should be, or a fault."""
        self._under |= {line: any(row) for row, line in zip(table.rows[at + 1 :], table.lines[at + 1 :], strict=True)}
        for row in rows_of(table, at, columns, self.report, optional):
            self._last = row.line
            yield row

    def take(self, row: Row) -> None:
        """This function will count a row that became a telling of its own."""
        self._accounted.add(row.line)
        self._taken += 1

    def join(self, row: Row) -> None:
        """This function will count a row that adds to another's telling, or says the same again."""
        self._accounted.add(row.line)
        self._joined += 1

    def pass_over(self, row: Row) -> None:
        """This function will count a row that tells nothing; a remark must say how many and why."""
        self._accounted.add(row.line)

    def close(self, name: str, title: str, tellings: Sequence[Telling]) -> TextParsed:
        """This function will close the account: a row of which nothing was said so far is a fault."""
        report = self.report
        said = {fault.line for fault in report.faults if fault.line in self._under}
        is_whole_file = any(fault.line not in self._under for fault in report.faults)
        # Notes under the last row are said in a remark; where people fill in the file, each may be one of theirs.
        reads_all = is_whole_file or not self._has_footer
        end = max(self._under, default=0) if reads_all else max([self._last, *(line for line in said if line)])
        missed = [
            line
            for line, has_words in self._under.items()
            if has_words and line <= end and line not in self._accounted | said
        ]
        if not is_whole_file:
            for line in missed:
                report.fault("The row could not be read.", "Fill in its cells, or take the row out.", line)
        bad = frozenset(line for line in [*said, *missed] if line is not None and line not in self._accounted)
        return TextParsed(
            name,
            title,
            tuple(tellings),
            tuple(sorted(report.faults, key=lambda fault: fault.line or 0)),
            (*self._file.warnings, *report.warnings),
            tuple(report.checks),
            rows=self._taken + self._joined + len(bad),
            skipped=report.skipped,
            joined=self._joined,
            bad=bad,
        )


def day(text: str) -> date:
    """This function will read a day without showing what stood there: a shifted cell may hold somebody's name."""
    try:
        return day_of(text)
    except BadCell:
        raise BadCell("This is not a date.", "Write it as 2025-05-31 or 31/05/2025.") from None


def past_day(row: Row, key: str, today: date) -> date | None:
    """This function will read a day that must not lie ahead; None where the cell is blank or wrong."""
    if not row.text(key):
        return None
    found = row.read(key, day)
    if found is not None and found > today:
        row.fault("The day lies in the future.", "Correct the date, or this computer's clock.", key)
        return None
    return found


def tells_something(parsed: TextParsed) -> list[Fault]:
    """This function will refuse a file that was read without a fault but tells nothing."""
    if parsed.tellings or parsed.faults:
        return []
    return [Fault("There are headings but nothing under them.", "Take the file from the publisher again.")]
