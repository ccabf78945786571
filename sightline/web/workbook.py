"""Tables that leave as a workbook: every cell is text, so that nothing in it can run."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from textwrap import wrap

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_767  # characters that a cell can hold
_AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LETTERS = {"font_name": "Arial", "font_size": 10}  # as in Word: every office program has it, or one of the same widths
_NARROW, _WIDE = 12, 60  # letters: how wide a column is where there is room
_ACROSS = 180  # letters of all columns beside each other, so that they can still be read on a sheet of A4 laid across
_LINE, _EDGE, _TALLEST = (
    13.5,
    1.5,
    405,
)  # points: a line of a cell, the room about them, and the tallest row there may be
_A4 = 9
_EDGES = {"border": 1, "border_color": "#C2CACE"}


def workbook(name: str, rows: Sequence[Sequence[str]], above: Sequence[str] = ()) -> bytes:
    """This function will write rows, the first of them the headings, as one sheet; ``above`` says what it shows."""
    out = io.BytesIO()
    first = len(above) + 1 if above else 0
    with xlsxwriter.Workbook(out, {**_AS_TEXT, "default_format_properties": _LETTERS}) as book:
        sheet = book.add_worksheet(name[:31])
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top", **_EDGES})
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EDEE", **_EDGES})
        for number, line in enumerate(above):
            sheet.write_string(number, 0, line[:_LONGEST], bold if not number else None)
        for number, row in enumerate(rows, first):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell[:_LONGEST], heading if number == first else wrapped)
        sheet.freeze_panes(first + 1, 0)
        _lay_out(sheet, first)
        if rows:
            sheet.autofilter(first, 0, first + len(rows) - 1, len(rows[0]) - 1)
            widths = _widths(rows)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width)
            for number, row in enumerate(rows, first):
                sheet.set_row(number, min(_TALLEST, _EDGE + _LINE * _lines(row, widths)))
    return out.getvalue()


def _lay_out(sheet: Worksheet, first: int) -> None:
    """For print: across the sheet, all columns beside each other, the headings and the number on each page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
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
    """As wide as what stands in a column, within reason; a line break ends a line.

    Where that is too much beside each other to be read on paper, no column is narrower than its longest word, and what is
    left goes to those that have more to say, the more the more.
    """
    columns = list(zip(*rows, strict=True))
    lines = [_longest(column, str.splitlines) + 2 for column in columns]
    widths = [min(_WIDE, max(_NARROW, line)) for line in lines]
    if sum(widths) <= _ACROSS:
        return widths
    least = [min(width, _longest(column, str.split) + 2) for column, width in zip(columns, widths, strict=True)]
    more = [min(2 * _WIDE, line) - few for line, few in zip(lines, least, strict=True)]
    room, wanted = max(0, _ACROSS - sum(least)), sum(more) or 1
    return [min(width, few + room * lacks // wanted) for width, few, lacks in zip(widths, least, more, strict=True)]


def _longest(column: Sequence[str], parted: Callable[[str], list[str]]) -> int:
    return max((len(part) for cell in column for part in parted(cell)), default=0)
