"""The files that ``sightline spc --chart`` reads, in the columns of the reference vectors, with every fault at once.

Charts of ratios, counts and times read the columns of the attribute vectors, charts of single values and of subgroups
those of the XmR vectors, and medians taken anew those of the run charts. Rows of one ``idx`` are one subgroup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sightline.cli.spc_layout import DIRECTIONS, reasons
from sightline.cli.tables import Cells, refuse, rows_of, told
from sightline.core.statistics.kinds import COUNTS, RATIOS, SUBGROUPS, ChartKind
from sightline.intake.contract import Fault

# Not a kind of chart, but the run chart whose median is taken anew after each sustained run.
RUN_MEDIANS = "run-medians"
TOWARDS = ("above", "below", "both")


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series as its row says, with its points filled in; ``groups`` has one list of values for each ``idx``."""

    series_id: str
    line: int
    rebases: tuple[int, ...] = ()
    baseline: int = 0
    first: int = 0
    run: int = 0
    towards: str = ""
    title: str = ""
    improves: str = "neutral"
    target: float | None = None
    because: tuple[str, ...] = ()
    groups: list[list[float | None]] = field(default_factory=list)
    sizes: list[float | None] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)

    @property
    def values(self) -> list[float | None]:
        """One value for each point."""
        return [group[0] for group in self.groups]


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """Which columns a chart reads."""

    points: tuple[str, ...]
    series: tuple[str, ...]
    rebases: str = ""
    baseline: str = ""


_ATTRIBUTES = ChartLayout(
    points=("series_id", "idx", "numerator", "denominator"),
    series=("series_id", "part_idx", "freeze_n"),
    rebases="part_idx",
    baseline="freeze_n",
)
_VALUES = ChartLayout(
    points=("series_id", "idx", "y"),
    series=("series_id", "rebase_idx", "fix_after_n_points"),
    rebases="rebase_idx",
    baseline="fix_after_n_points",
)
_MEDIANS = ChartLayout(
    points=("series_id", "idx", "date", "y"), series=("series_id", "med_rows", "runlength", "direction")
)


def layout_of(chart: str) -> ChartLayout:
    """This function will say which columns a chart reads."""
    if chart == RUN_MEDIANS:
        return _MEDIANS
    return _ATTRIBUTES if ChartKind(chart) in RATIOS | COUNTS else _VALUES


def read_charts(points: Path, series: Path, chart: str) -> list[ChartSeries]:
    """This function will read both files, or refuse them with every fault found, each with its line and its mend.

    A series whose column ``charts`` does not name this chart is left out with its points.
    """
    layout, faults = layout_of(chart), list[str]()
    known: dict[str, ChartSeries | None] = {}
    lines: dict[str, int] = {}
    for line, row in rows_of(series, layout.series, faults):
        name = row["series_id"]
        if name in known:
            mend = f"It is also on line {lines[name]}: keep one of them."
            faults.append(told(series, Fault("the series is named twice.", mend, line, "series_id")))
            continue
        wanted = chart in row.get("charts", chart).split(";")
        known[name], lines[name] = (_series(Cells(series, line, row, faults), layout) if wanted else None), line
    refused = bool(faults)
    for line, row in rows_of(points, layout.points, faults):
        cells = Cells(points, line, row, faults)
        if row["series_id"] not in known:
            if not refused:
                says = f"series “{row['series_id'][:40]}” has no row in the series file."
                cells.fault("series_id", says, "Add its row there, or take its points out.")
            continue
        one = known[row["series_id"]]
        if one is not None:
            _add(cells, one, chart)
    found = [one for one in known.values() if one is not None]
    if not faults:
        faults.extend(told(series, fault) for one in found for fault in _whole(one))
    if not faults and not found:
        says, mend = f"there are no series for chart “{chart}”.", "Give each a row, and name the chart in “charts”."
        faults.append(told(series, Fault(says, mend)))
    refuse(faults)
    return found


def _series(cells: Cells, layout: ChartLayout) -> ChartSeries | None:
    """Read one row of the series file."""
    before, name = len(cells.faults), cells.row["series_id"]
    if not name:
        cells.fault("series_id", "the name is empty.", "Give each series a name of its own.")
    if layout is _MEDIANS:
        first, run = (cells.count(column, cells.row[column]) for column in ("med_rows", "runlength"))
        for column, number in (("med_rows", first), ("runlength", run)):
            if number == 0:
                cells.fault(column, "0 points are none.", "Give 1 or more.")
        towards = cells.row["direction"]
        if towards not in TOWARDS:
            cells.fault("direction", f"“{towards[:40]}” is not known.", f"Use {', '.join(TOWARDS)}.")
        if len(cells.faults) > before:
            return None
        title = cells.row.get("title", "")
        return ChartSeries(name, cells.line, first=first or 0, run=run or 0, towards=towards, title=title)
    parts = [part.strip() for part in cells.row[layout.rebases].split(";") if part.strip()]
    rebases = [cells.count(layout.rebases, part) for part in parts]
    fixed = cells.row[layout.baseline]
    baseline = cells.count(layout.baseline, fixed) if fixed else 0
    improves = cells.row.get("improvement_direction", "") or "neutral"
    if improves not in DIRECTIONS:
        cells.fault("improvement_direction", f"“{improves[:40]}” is not known.", f"Use {', '.join(DIRECTIONS)}.")
    target = cells.number("target") if "target" in cells.row else None
    if len(cells.faults) > before:
        return None
    return ChartSeries(
        name,
        cells.line,
        tuple(sorted({index or 0 for index in rebases})),
        baseline or 0,
        title=cells.row.get("title", ""),
        improves=improves,
        target=target,
        because=reasons(cells.row, [index or 0 for index in rebases]),
    )


def _add(cells: Cells, one: ChartSeries, chart: str) -> None:
    """Read one row of the points file into its series."""
    attribute = chart != RUN_MEDIANS and ChartKind(chart) in RATIOS | COUNTS
    index = cells.count("idx", cells.row["idx"])
    value = cells.number("numerator" if attribute else "y")
    size = cells.number("denominator") if attribute else None
    day = cells.day("date") if "date" in cells.row else None
    if index is not None and chart in SUBGROUPS and index == len(one.groups) - 1:
        one.groups[index].append(value)
        return
    earlier = next((known for known in reversed(one.dates) if known), "") if day else ""
    if day is not None and day.isoformat() <= earlier:
        cells.fault("date", f"{day} does not come after {earlier}.", "Put the points in order of time.")
    one.dates.append(day.isoformat() if day else "")
    if index is not None and index != len(one.groups):
        says = f"idx is {index} where {len(one.groups)} comes next in series “{one.series_id[:40]}”."
        mend = "Number points 0, 1, 2 in order of time; give a missing period a row with empty cells."
        cells.fault("idx", says, mend)
    one.groups.append([value])
    one.sizes.append(size)


def _whole(one: ChartSeries) -> Iterator[Fault]:
    """Hold a series against its points once all are read."""
    length = len(one.groups)
    if not length:
        yield Fault(f"series “{one.series_id}” has no points.", "Add its points, or take this row out.", one.line)
    for index in one.rebases:
        if length and index >= length:
            says = f"point {index} lies after the last one, {length - 1}."
            yield Fault(says, "Name the idx of the first point of the new phase.", one.line)
