"""Reads delimited text: finds the encoding and the delimiter, and keeps the line in the file of every row."""

from __future__ import annotations

import codecs
import csv
import io

from sightline.intake.contract import Table
from sightline.intake.refusal import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Unreadable, too_many_rows, unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAVE_AS = "Save it as “CSV UTF-8” and bring it in again."
_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_QUOTES = "Look for a quotation mark that is opened and not closed, or take the file from the publisher again."


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """This function will turn bytes into text, with a warning wherever it had to guess."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise unreadable("It is written in UTF-32.", _SAVE_AS)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding), ()
    if guess := _plain_utf16(data):
        return _strict(data, guess), (f"The text carries no mark of its encoding; it was read as {guess.upper()}.",)
    try:
        return _no_nul(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        text = _strict(data, "cp1252")
        return text, ("The text is not UTF-8; it was read as Windows-1252. Check names with accents or symbols.",)


def parse(text: str) -> tuple[Table, tuple[str, ...]]:
    """This function will split text into one raw table; rows keep the line on which they begin."""
    delimiter = _delimiter(text)
    if text.count(delimiter) > MAX_CELLS:  # before any is made: millions of tiny cells fill the memory
        raise unreadable(f"It has more than {MAX_CELLS:,} cells.", "Split it and bring in the parts one by one.")
    warnings = (f"Cells are separated by {_DELIMITERS[delimiter]}.",) if delimiter in _DELIMITERS else ()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    begins = 1
    try:
        for cells in reader:
            if len(rows) >= MAX_ROWS + 1:  # one more than the limit, because the first row is usually the header
                raise too_many_rows()
            if len(cells) > MAX_COLUMNS:
                raise unreadable(
                    f"The row has {len(cells):,} cells.", "Take the file from the publisher again.", begins
                )
            rows.append(tuple([cell.strip() for cell in cells]))
            lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _broken(error, begins) from None
    while rows and not any(rows[-1]) and not rows[-1]:  # the blank lines after the last row are no rows at all
        rows.pop()
        lines.pop()
    return Table((), tuple(rows), tuple(lines)), warnings


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _no_nul(data.decode(encoding))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = "UTF-8 nor Windows-1252" if encoding == "cp1252" else encoding.upper()
        verb = "neither" if encoding == "cp1252" else "not"
        raise unreadable(f"The text is {verb} {name}.", _SAVE_AS, line) from None


def _no_nul(text: str) -> str:
    at = text.find("\x00")
    if at >= 0:
        line = len(text[:at].splitlines()) or 1
        raise unreadable("There is a NUL byte in the text; the file is damaged or is not text.", _SAVE_AS, line)
    return text


def _plain_utf16(data: bytes) -> str:
    """UTF-16 without a mark is plain when, as in Western text, nearly every other byte is NUL."""
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2:
        return ""
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.8 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 * half and odd == 0 else ""


def _delimiter(text: str) -> str:
    first = next((line for line in text[:65536].splitlines() if line.strip()), "")
    if "," in first:
        return ","
    return max(_DELIMITERS, key=first.count) if any(mark in first for mark in _DELIMITERS) else ","


def _broken(error: csv.Error, line: int) -> Unreadable:
    words = str(error)
    if "field larger" in words:
        return unreadable("A cell is longer than 131,072 characters.", _QUOTES, line)
    if "expected after" in words or "unexpected end" in words:
        return unreadable("The quotation marks do not match.", _QUOTES, line)
    return unreadable(f"The row cannot be split into cells ({words}).", _QUOTES, line)
