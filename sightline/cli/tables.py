"""The tables of the command line: CSV read with every fault at once, and written whole or not at all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import isfinite
from pathlib import Path

from sightline.core.verdict import Invalid
from sightline.intake.contract import Fault

MOST_FAULTS = 50

# float() and int() would also take "1_000", "nan", "inf" and digits of other scripts.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)


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
        faults.append(told(path, Fault(says, f"The header needs {', '.join(columns)}, each once.", 1)))
    return not absent and not twice


def told(path: Path, fault: Fault) -> str:
    """This function will say a fault with the file that it is in."""
    return f"{path.name}: {fault}"


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """This function will write one table whole or not at all, and give the number of its rows."""
    beside = path.with_name(path.name + ".part")
    count = 0
    with beside.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    beside.replace(path)
    return count


def figure(value: float) -> str:
    """This function will write a number with 17 significant digits, and nothing for one that cannot be had."""
    return f"{value:.17g}" if isfinite(value) else ""
