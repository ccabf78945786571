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
MAX_CHARACTERS = 60_000_000  # one long text may stand in every cell, and small in the file
MOST_NAMED = 10
_CHUNK = 1024 * 1024
_OVERLAP = 64 * 1024  # longer than any cell's XML: a cell's text may have 32,767 characters
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]{1,3}[0-9]+)"')
_VALUE = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="[A-Z]{1,3}([0-9]+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?(?:v|is)>', re.S
)


def limit_self() -> None:
    """This function will bound this process's memory and processor time, where the system knows how."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # absent on Windows, where the parent's clock alone must do

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
    cells = characters = 0
    seen: list[int] = []
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        yield {"sheet": name}
        left = sheet.start[1] if sheet.start else 0  # calamine fills in leading rows, but not leading columns
        number = 0
        for number, row in enumerate(sheet.iter_rows(), start=1):
            texts = [as_text(cell) for cell in row]
            cells += len(texts)
            characters += sum(map(len, texts))
            if cells > MAX_CELLS or characters > MAX_CHARACTERS:
                yield {"too_large": True}
                return
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield {"line": number, "left": left, "cells": texts}
        seen.append(number)
    yield {**account_of(data), "seen": sorted(seen)}


def as_text(cell: Any) -> str:
    """This function will write a cell as a person would: 1428563, not 1428563.0; a day, not a moment."""
    match cell:
        case float():  # first, because most cells are figures
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case str():
            return cell.strip()
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time() | timedelta():
            return str(cell)
        case _:
            return "" if cell is None else str(cell)


def account_of(data: bytes) -> dict[str, Any]:
    """This function will say what the XML of the sheets holds, apart from what the reader makes of it.

    ``formulas`` names cells whose formula was never calculated, so that no figure is stored with it; ``errors``
    cells that show an error such as #DIV/0!, which the reader gives as blank; ``last`` the last row of each
    sheet that holds a value: no reader may stop before it.
    """
    formulas: dict[str, None] = {}
    errors: dict[str, None] = {}
    last: dict[str, int] = {}
    for part, window in _windows(data):
        # The plain look comes first: most sheets hold neither, and the patterns try every cell.
        if b"f>" in window or b"<f" in window or b":f" in window:
            formulas.update(dict.fromkeys(f"{part} {match[1].decode()}" for match in _FORMULA.finditer(window)))
        if b't="e"' in window:
            errors.update(dict.fromkeys(f"{part} {match[1].decode()}" for match in _ERROR.finditer(window)))
        for match in _VALUE.finditer(window, max(0, len(window) - _OVERLAP)):
            last[part] = max(last.get(part, 0), int(match[1]))
    return {
        "formulas": list(formulas)[:MOST_NAMED],
        "errors": list(errors)[:MOST_NAMED],
        "last": sorted(last.values()),
    }


def _windows(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each sheet's XML in overlapping pieces, so that a large sheet is never in memory whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not (name.startswith("xl/worksheets/") and name.endswith(".xml")):
                continue
            with archive.open(name) as stream:
                tail = b""
                while chunk := stream.read(_CHUNK):
                    window = tail + chunk
                    yield name.rsplit("/", 1)[-1].removesuffix(".xml"), window
                    tail = window[-_OVERLAP:]


if __name__ == "__main__":
    sys.exit(main())
