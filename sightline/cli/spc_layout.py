"""The column layout of ``sightline spc``: reads points and series with every fault at once, writes three files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from pathlib import Path

from sightline.core.verdict import Invalid
from sightline.intake.contract import Fault

SERIES_IN = ("series_id", "improvement_direction", "target", "fix_after_n_points", "rebase_idx")
POINTS_IN = ("series_id", "idx", "date", "y")
DIRECTIONS = ("increase", "decrease", "neutral")
MOST_FAULTS = 50

PHASE_COLUMNS = (
    *("case_id", "rebase_group", "start_idx", "n", "n_valid"),
    *("mean", "amr", "lpl", "upl", "near_lpl", "near_upl"),
)
POINT_COLUMNS = (
    *("case_id", "idx", "rebase_group", "r_outside", "r_trend", "r_2in3", "r_shift", "r_2in3_mdc2023"),
    *("special_cause_type", "special_cause_flag", "point_type", "special_cause_type_mdc2023", "point_type_mdc2023"),
    *("short_group_warning", "boundary_margin", "fragile"),
)
CASE_COLUMNS = (
    *("case_id", "series_id", "screen_outliers", "status", "message", "variation_type", "assurance_type"),
    *("variation_icon", "assurance_icon", "variation_type_mdc2023", "n_special", "n_special_mdc2023"),
)

# float() and int() would also take "1_000", "nan", "inf" and digits of other scripts.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SpcSeries:
    """One series as its row says, with its points filled in; ``line`` is where the row stands."""

    series_id: str
    direction: str
    target: float | None
    baseline: int
    rebases: tuple[int, ...]
    stated_n: int | None
    line: int
    values: list[float | None] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)


def read_layout(points: Path, series: Path) -> list[SpcSeries]:
    """This function will read both files, or refuse them with every fault found, each with its line and its mend."""
    faults: list[str] = []
    known: dict[str, SpcSeries] = {}
    for line, row in rows_of(series, SERIES_IN, faults):
        one = _series(Cells(series, line, row, faults))
        if one is not None and one.series_id in known:
            mend = f"It is also on line {known[one.series_id].line}: keep one of them."
            faults.append(told(series, Fault("the series is named twice.", mend, line, "series_id")))
        elif one is not None:
            known[one.series_id] = one
    refused_series = bool(faults)
    for line, row in rows_of(points, POINTS_IN, faults):
        _add_point(Cells(points, line, row, faults), known, refused_series)
    if not faults:
        faults.extend(told(series, fault) for one in known.values() for fault in _whole(one))
    if not faults and not known:
        faults.append(told(series, Fault("there are no series.", "Give each series a row.")))
    refuse(faults)
    return list(known.values())


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


def _series(cells: Cells) -> SpcSeries | None:
    """Read one row of the series file."""
    before = len(cells.faults)
    name, direction = cells.row["series_id"], cells.row["improvement_direction"]
    if not name:
        cells.fault("series_id", "the name is empty.", "Give each series a name of its own.")
    if direction not in DIRECTIONS:
        cells.fault("improvement_direction", f"“{direction[:40]}” is not known.", f"Use {', '.join(DIRECTIONS)}.")
    target = cells.number("target")
    fixed, stated = cells.row["fix_after_n_points"], cells.row.get("n", "")
    baseline = cells.count("fix_after_n_points", fixed) if fixed else 0
    stated_n = cells.count("n", stated) if stated else None
    parts = [part.strip() for part in cells.row["rebase_idx"].split(";") if part.strip()]
    rebases = [cells.count("rebase_idx", part) for part in parts]
    if len(cells.faults) > before:
        return None
    kept = tuple(sorted({index for index in rebases if index is not None}))
    return SpcSeries(name, direction, target, baseline or 0, kept, stated_n, cells.line)


def _add_point(cells: Cells, known: dict[str, SpcSeries], refused_series: bool) -> None:
    """Read one row of the points file into its series."""
    one = known.get(cells.row["series_id"])
    index, day = cells.count("idx", cells.row["idx"]), cells.day("date")
    value = cells.number("y")
    if one is None:
        # Where a row of the series file was refused, its points would only repeat that fault.
        if not refused_series:
            says = f"series “{cells.row['series_id'][:40]}” has no row in the series file."
            cells.fault("series_id", says, "Add its row there, or take its points out.")
        return
    if index is not None and index != len(one.values):
        says = f"idx is {index} where {len(one.values)} comes next in series “{one.series_id[:40]}”."
        cells.fault("idx", says, "Number points 0, 1, 2 in order of time; give a missing period a row with empty y.")
    if day is not None and one.dates and day <= one.dates[-1]:
        cells.fault("date", f"{day} does not come after {one.dates[-1]}.", "Put the points in order of time.")
    one.values.append(value)
    if day is not None:
        one.dates.append(day)


def _whole(one: SpcSeries) -> Iterator[Fault]:
    """Hold a series against its points once all are read."""
    length = len(one.values)
    if not length:
        yield Fault(f"series “{one.series_id}” has no points.", "Add its points, or take this row out.", one.line)
    elif one.stated_n is not None and one.stated_n != length:
        says = f"series “{one.series_id}” says {one.stated_n} points and has {length}."
        yield Fault(says, "Correct n, or bring the points that are absent.", one.line, "n")
    for index in one.rebases:
        if length and index >= length:
            says = f"point {index} lies after the last one, {length - 1}."
            yield Fault(says, "Name the idx of the first point of the new phase.", one.line, "rebase_idx")


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
