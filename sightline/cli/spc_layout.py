"""The column layout of ``sightline spc``: reads points and series with every fault at once, writes three files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sightline.cli.tables import Cells, refuse, rows_of, told
from sightline.intake.contract import Fault

SERIES_IN = ("series_id", "improvement_direction", "target", "fix_after_n_points", "rebase_idx")
POINTS_IN = ("series_id", "idx", "date", "y")
DIRECTIONS = ("increase", "decrease", "neutral")

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
    title: str = ""
    because: tuple[str, ...] = ()
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
    told = reasons(row=cells.row, parts=[index for index in rebases if index is not None])
    return SpcSeries(
        name, direction, target, baseline or 0, kept, stated_n, cells.line, cells.row.get("title", ""), told
    )


def reasons(row: dict[str, str], parts: list[int]) -> tuple[str, ...]:
    """This function will read the reasons of rebases, parted as they are by semicolons, in the order of their points."""
    told = [reason.strip() for reason in row.get("rebase_because", "").split(";")]
    by_point = dict(zip(parts, [*told, *[""] * len(parts)], strict=False))
    return tuple(by_point[index] for index in sorted(by_point) if index > 0)


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
