"""The tables of the command line: CSV read with every fault at once, and written whole or not at all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from errno import EISDIR
from math import isfinite
from pathlib import Path

from sightline.core.verdict import Invalid
from sightline.intake.contract import Fault

MOST_FAULTS = 50
# Further from 1 than this a figure is a slip; its square, or a sum of its squares, might leave what can be reckoned with.
SMALLEST, LARGEST = 1e-100, 1e100

# float() and int() would also take "1_000", "nan", "inf" and digits of other scripts.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
# How files begin that are often given for a CSV.
_NO_CSV = {
    b"PK\x03\x04": "a workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "an old workbook or document",
    b"%PDF": "a PDF",
    b"PAR1": "Parquet",
}


def refuse(faults: list[str]) -> None:
    """This function will refuse files in which there are faults, and name as many of them as a person will read."""
    if faults:
        more = len(faults) - MOST_FAULTS
        raise Invalid(*faults[:MOST_FAULTS], *([f"{more} more faults are not shown."] if more > 0 else []))


class Cells:
    """One row, its cells read by kind; a cell that cannot be read becomes a fault and None."""

    def __init__(self, path: Path, line: int, row: dict[str, str], faults: list[str]) -> None:
        self.path, self.line, self.row, self.faults = path, line, row, faults

    def fault(self, column: str, says: str, mend: str) -> None:
        self.faults.append(told(self.path, Fault(says, mend, self.line, column)))

    def number(self, column: str) -> float | None:
        text = self.row[column]
        if not text:
            return None
        value = float(text) if _NUMBER.fullmatch(text) else float("nan")
        if not isfinite(value):
            self.fault(column, f"“{text[:40]}” is not a number.", "Write it as 12.5, or leave the cell empty.")
            return None
        if value and not SMALLEST <= abs(value) <= LARGEST:
            self.fault(column, f"“{text[:40]}” is too far from 1 to be reckoned with.", "Write it in another unit.")
            return None
        return value

    def count(self, column: str, text: str) -> int | None:
        if not _COUNT.fullmatch(text):
            self.fault(column, f"“{text[:40]}” is not a whole number.", "Write it with the digits 0 to 9 alone.")
            return None
        return int(text)

    def day(self, column: str) -> date | None:
        text = self.row[column]
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(column, f"“{text[:40]}” is not a date.", "Write it as 2026-03-01, or leave the cell empty.")
            return None


def rows_of(path: Path, columns: Sequence[str], faults: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """This function will read a CSV, each row with the line on which it begins, up to a fault that hides the rest."""
    text = _text(path, faults)
    if text is None:
        return
    # newline="" leaves line ends inside quoted cells to the csv module, which counts them.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if not any(header):
            says = "the first line is empty." if text.strip() else "there is nothing in it."
            faults.append(told(path, Fault(says, f"Begin it with a header: {', '.join(columns)}.", 1)))
            return
        if not _header_fits(path, header, columns, faults):
            return
        line = reader.line_num + 1
        for cells in reader:
            here, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                says = f"{len(cells)} cells stand under {len(header)} columns."
                faults.append(told(path, Fault(says, "Give every row as many cells as the header.", here)))
                continue
            yield here, dict(zip(header, (cell.strip() for cell in cells), strict=True))
    except csv.Error as problem:
        mend = "Close every quotation mark, and export the file as CSV again."
        faults.append(told(path, Fault(f"the row cannot be read ({problem}).", mend, max(reader.line_num, 1))))


def _text(path: Path, faults: list[str]) -> str | None:
    """The whole file as text, or a fault."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        faults.append(f"{path}: {problem.strerror or problem}. Give the path of a CSV file.")
        return None
    if kind := next((kind for start, kind in _NO_CSV.items() if content.startswith(start)), ""):
        faults.append(told(path, Fault(f"this is {kind}, not CSV.", "Export the sheet as “CSV UTF-8”.")))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        faults.append(told(path, Fault("the text is not UTF-8.", "Save the file as “CSV UTF-8”.", line)))
        return None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        faults.append(told(path, Fault("there is a NUL byte.", "Export the file as CSV again.", line)))
        return None
    return text


def _header_fits(path: Path, header: list[str], columns: Sequence[str], faults: list[str]) -> bool:
    """Whether every column that is needed is there, and none twice."""
    absent = [name for name in columns if name not in header]
    twice = sorted({name for name in header if header.count(name) > 1})
    if absent or twice:
        says = f"there is no column {', '.join(absent)}." if absent else f"column {', '.join(twice)} stands twice."
        faults.append(told(path, Fault(says, _mend_of_header(header, columns), 1)))
    return not absent and not twice


def _mend_of_header(header: list[str], columns: Sequence[str]) -> str:
    """What to do about a header, which may be right but for the sign between its columns, or its capitals."""
    if mend := mend_of_parting(header):
        return mend
    here = ", ".join(name[:40] for name in header[:20])
    return f"The header needs {', '.join(columns)}, each once; it has {here}."


def mend_of_parting(header: Sequence[str]) -> str:
    """This function will say what to do where a header is one cell because something else than commas parts it."""
    sign = next((sign for sign in ";\t|" if len(header) == 1 and sign in header[0]), "")
    named = {"\t": "tabs"}.get(sign, f"“{sign}”")
    return (
        f"Its columns are parted by {named}: save it with commas between them, and points in numbers." if sign else ""
    )


def told(path: Path, fault: Fault) -> str:
    """This function will say a fault with the file that it is in."""
    # A name may have been read with a line's end in it.
    return f"{path.name}: {' '.join(str(fault).split())}"


def write_tables(out: Path, tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]]) -> dict[Path, int]:
    """This function will write tables, each a header and its rows by the name of its file, all of them or none.

    The folder is made. Gives the number of rows of each. Raises ``Invalid`` where they cannot be written.
    """
    written: dict[Path, int] = {}
    try:
        out.mkdir(parents=True, exist_ok=True)
        if blocked := next((name for name in tables if (out / name).is_dir()), ""):
            raise IsADirectoryError(EISDIR, "a folder of that name is in the way", out / blocked)
        for name, (header, rows) in tables.items():
            written[out / name] = _write_beside(out / name, header, rows)
        for path in written:
            _beside(path).replace(path)
    except OSError as problem:
        for name in tables:
            with suppress(OSError):
                _beside(out / name).unlink(missing_ok=True)
        where = problem.filename or out
        raise Invalid(f"{where}: {problem.strerror or problem}. Give --out a folder that can be written to.") from None
    return written


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """This function will write one table whole or not at all, and give the number of its rows."""
    count = _write_beside(path, header, rows)
    _beside(path).replace(path)
    return count


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _write_beside(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table under another name until it is whole."""
    count = 0
    with _beside(path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def figure(value: float) -> str:
    """This function will write a number with 17 significant digits, and nothing for one that cannot be had."""
    return f"{value:.17g}" if isfinite(value) else ""
