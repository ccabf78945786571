"""Tables that leave as a workbook: every cell is text, so that nothing in it can run."""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import wrap

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_767  # characters that a cell can hold
_AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NARROW, _WIDE = 12, 60
_LINE, _TALLEST = 15, 405  # points: of one line of a cell, and of the tallest row that there may be
_A4 = 9


def workbook(name: str, rows: Sequence[Sequence[str]], above: Sequence[str] = ()) -> bytes:
    """This function will write rows, the first of them the headings, as one sheet; ``above`` says what it shows."""
    out = io.BytesIO()
    first = len(above) + 1 if above else 0
    with xlsxwriter.Workbook(out, _AS_TEXT) as book:
        sheet = book.add_worksheet(name[:31])
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for number, line in enumerate(above):
            sheet.write_string(number, 0, line[:_LONGEST], bold if not number else None)
        for number, row in enumerate(rows, first):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell[:_LONGEST], bold if number == first else wrapped)
        sheet.freeze_panes(first + 1, 0)
        _lay_out(sheet, first)
        if rows:
            sheet.autofilter(first, 0, first + len(rows) - 1, len(rows[0]) - 1)
            widths = _widths(rows)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width)
            for number, row in enumerate(rows, first):
                sheet.set_row(number, min(_TALLEST, _LINE * _lines(row, widths)))
    return out.getvalue()


def _lay_out(sheet: Worksheet, first: int) -> None:
    """For print: across the sheet, all columns beside each other, the headings and the number on each page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first)
    sheet.set_footer("&RPage &P of &N")


def _lines(row: Sequence[str], widths: Sequence[int]) -> int:
    """How many lines the tallest cell of a row takes; not every program finds that out by itself."""
    cells = zip(row, widths, strict=True)
    return max(
        sum(1 if len(line) <= width else len(wrap(line, width)) for line in cell.splitlines() or [""])
        for cell, width in cells
    )


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """As wide as what stands in a column, within reason; a line break ends a line."""
    longest = [
        max(len(line) for cell in column for line in (cell.splitlines() or [""])) for column in zip(*rows, strict=True)
    ]
    return [min(_WIDE, max(_NARROW, width + 2)) for width in longest]
