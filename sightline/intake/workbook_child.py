"""The child process that opens a workbook under limits of memory and time, and writes its cells as lines of JSON.

Nothing of Sightline's settings or records is here: it reads bytes, and may be killed at any moment.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

MAX_MEMORY = 300 * 1024 * 1024
MAX_SECONDS = 10
MAX_CELLS = 4_000_000
_PREFIX = rb"(?:[A-Za-z0-9]+:)?"
_ROW_NUMBER = re.compile(rb"<" + _PREFIX + rb'c\b[^>]*?\br="[A-Z]{1,3}([0-9]+)"[^>]*>(?=[^\x00]{0,4000}?<)', re.DOTALL)
_FORMULA = re.compile(
    rb"<" + _PREFIX + rb'c\b[^>]*?\br="([A-Z]{1,3}[0-9]+)"[^>]*>\s*'
    rb"<" + _PREFIX + rb"f\b[^>]*?(?:/>|>[^<]*</" + _PREFIX + rb"f>)\s*(</" + _PREFIX + rb"c>|<" + _PREFIX + rb"v\s*/>)"
)
_LAST_VALUE = re.compile(rb"<(?:[A-Za-z0-9]+:)?(?:v|is)\b")
_CELL_NAME = re.compile(rb'<(?:[A-Za-z0-9]+:)?c\b[^>]*?\br="[A-Z]{1,3}([0-9]+)"')


def limit_self() -> None:
    """This function will bound this process's memory and processor time, where the system knows how."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - absent on Windows, where the parent's clock alone must do

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """This function will read a workbook from standard input and write its sheets to standard output."""
    limit_self()
    data = sys.stdin.buffer.read()
    out = sys.stdout
    try:
        for message in sheets(data):
            out.write(json.dumps(message, allow_nan=False, ensure_ascii=True, separators=(",", ":")))
            out.write("\n")
    except MemoryError:
        return 3
    except Exception as error:  # a stranger's workbook may break anything in the reader: say so and end
        out.write(json.dumps({"broken": type(error).__name__}) + "\n")
    out.flush()
    return 0


def sheets(data: bytes) -> Iterator[dict[str, Any]]:
    """This function will yield, for each sheet, its name, its rows, and at last what its XML says it should hold."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    cells = 0
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        yield {"sheet": name}
        first = sheet.start[0] if sheet.start else 0
        for number, row in enumerate(sheet.iter_rows(), start=first + 1):
            texts = [as_text(cell) for cell in row]
            cells += len(texts)
            if cells > MAX_CELLS:
                yield {"cells": MAX_CELLS}
                return
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield {"line": number, "left": sheet.start[1] if sheet.start else 0, "cells": texts}
    yield {"formulas": uncounted_formulas(data), "last": last_rows(data)}


def as_text(cell: Any) -> str:
    """This function will write a cell as a person would: 1428563, not 1428563.0; a day, not a moment."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time() | timedelta():
            return str(cell)
        case _:
            return "" if cell is None else str(cell)


def uncounted_formulas(data: bytes) -> list[str]:
    """This function will name up to ten cells whose formula was never calculated, so that no figure is stored."""
    found: list[str] = []
    for part, xml in _sheets_as_xml(data):
        if b"f>" in xml or b"<f" in xml:
            found += [f"{part} {match[1].decode()}" for match in _FORMULA.finditer(xml)][: 10 - len(found)]
        if len(found) >= 10:
            break
    return found


def last_rows(data: bytes) -> list[int]:
    """This function will find, per sheet, the last row whose XML holds a value: no reader may stop before it."""
    return sorted(row for _, xml in _sheets_as_xml(data) if (row := _last_row(xml)))


def _last_row(xml: bytes) -> int:
    last = 0
    at = len(xml)
    # Walk backwards from the end of the sheet: the last value belongs to the last named cell before it.
    for opening in (b"<v>", b"<is>", b":v>", b":is>"):
        place = xml.rfind(opening, 0, at)
        if place < 0:
            continue
        names = list(_CELL_NAME.finditer(xml, max(0, place - 70_000), place))
        if names:
            last = max(last, int(names[-1][1]))
    return last


def _sheets_as_xml(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                yield name.rsplit("/", 1)[-1].removesuffix(".xml"), archive.read(name)


if __name__ == "__main__":
    sys.exit(main())
