"""The column layouts of ``sightline cusum`` and ``bernoulli``: reads series and their points with every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sightline.cli.tables import Cells, refuse, rows_of, told
from sightline.intake.contract import Fault

CUSUM_SERIES_IN = ("series_id", "ewma_lambda", "cusum_decision_interval", "cusum_se_shift", "baseline_n")
CUSUM_POINTS_IN = ("series_id", "idx", "y")
BERNOULLI_SERIES_IN = ("series_id", "target", "odds_ratio", "limit")
BERNOULLI_POINTS_IN = ("series_id", "idx", "x")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """What both kinds of series have: a name, the line it stands on, how many points it says, and their values."""

    series_id: str
    line: int
    stated_n: int | None
    title: str = ""
    values: list[float | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class CusumSeries(SeriesRow):
    """One series of figures: weight of its EWMA, limit and shift of its sums, and how many points its centre rests on."""

    weight: float
    limit: float
    shift: float
    baseline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BernoulliSeries(SeriesRow):
    """One series of cases. A ``target`` below 1 is the usual risk, one above it the number of cases that give it.

    ``risks`` holds each case's own risk where the points have that column; it then takes the target's place.
    """

    target: float
    odds_ratio: float
    limit: float
    risks: list[float | None] = field(default_factory=list)


Series = TypeVar("Series", bound=SeriesRow)


def read_cusum(points: Path, series: Path) -> list[CusumSeries]:
    """This function will read both files, or refuse them with every fault found, each with its line and its mend."""

    def add(cells: Cells, one: CusumSeries | None) -> None:
        value = cells.number("y")
        if one is not None:
            one.values.append(value)

    return _read(points, series, (CUSUM_SERIES_IN, CUSUM_POINTS_IN), _cusum_series, add)


def read_bernoulli(points: Path, series: Path) -> list[BernoulliSeries]:
    """This function will do the same for cases; an outcome is 0, 1 or empty, and a risk lies between 0 and 1."""

    def add(cells: Cells, one: BernoulliSeries | None) -> None:
        outcome = cells.number("x")
        if outcome not in {None, 0.0, 1.0}:
            cells.fault("x", f"{outcome:.6g} is no outcome.", "Write 1 where the event happened, 0 where not.")
        risk = cells.number("risk") if "risk" in cells.row else None
        if risk is not None and not 0 < risk < 1:
            cells.fault("risk", f"{risk:.6g} is no risk.", "Write a share between 0 and 1, or leave the cell empty.")
        if one is not None:
            one.values.append(outcome)
            if "risk" in cells.row:
                one.risks.append(risk)

    return _read(points, series, (BERNOULLI_SERIES_IN, BERNOULLI_POINTS_IN), _bernoulli_series, add)


def _read(
    points: Path,
    series: Path,
    columns: tuple[Sequence[str], Sequence[str]],
    one_of: Callable[[Cells], Series | None],
    add: Callable[[Cells, Series | None], None],
) -> list[Series]:
    """Read the series, then each point into its own."""
    faults: list[str] = []
    known: dict[str, Series] = {}
    for line, row in rows_of(series, columns[0], faults):
        one = one_of(Cells(series, line, row, faults))
        if one is not None and one.series_id in known:
            mend = f"It is also on line {known[one.series_id].line}: keep one of them."
            faults.append(told(series, Fault("the series is named twice.", mend, line, "series_id")))
        elif one is not None:
            known[one.series_id] = one
    refused_series = bool(faults)
    for line, row in rows_of(points, columns[1], faults):
        cells = Cells(points, line, row, faults)
        _check_place(cells, known.get(row["series_id"]), refused_series)
        add(cells, known.get(row["series_id"]))
    if not faults:
        faults.extend(told(series, fault) for one in known.values() for fault in _whole(one))
    if not faults and not known:
        faults.append(told(series, Fault("there are no series.", "Give each series a row.")))
    refuse(faults)
    return list(known.values())


def _check_place(cells: Cells, one: SeriesRow | None, refused_series: bool) -> None:
    """Whether a point belongs to a known series and comes next in it."""
    index = cells.count("idx", cells.row["idx"])
    if one is None:
        # Where a row of the series file was refused, its points would only repeat that fault.
        if not refused_series:
            says = f"series “{cells.row['series_id'][:40]}” has no row in the series file."
            cells.fault("series_id", says, "Add its row there, or take its points out.")
    elif index is not None and index != len(one.values):
        says = f"idx is {index} where {len(one.values)} comes next in series “{one.series_id[:40]}”."
        cells.fault("idx", says, "Number points 0, 1, 2 in order of time; give a missing one a row with an empty cell.")


def _whole(one: SeriesRow) -> Iterator[Fault]:
    """Hold a series against its points once all are read."""
    length = len(one.values)
    if not length:
        yield Fault(f"series “{one.series_id}” has no points.", "Add its points, or take this row out.", one.line)
    elif one.stated_n is not None and one.stated_n != length:
        says = f"series “{one.series_id}” says {one.stated_n} points and has {length}."
        yield Fault(says, "Correct n, or bring the points that are absent.", one.line, "n")


def _cusum_series(cells: Cells) -> CusumSeries | None:
    before = len(cells.faults)
    name, stated_n = _name_and_n(cells)
    weight = _setting(cells, "ewma_lambda", 0.0, 1.0, inclusive=True)
    limit, shift = (_setting(cells, column, 0.0) for column in ("cusum_decision_interval", "cusum_se_shift"))
    fixed = cells.row["baseline_n"]
    baseline = cells.count("baseline_n", fixed) if fixed else 0
    if len(cells.faults) > before:
        return None
    return CusumSeries(
        series_id=name,
        line=cells.line,
        stated_n=stated_n,
        title=cells.row.get("title", ""),
        weight=weight,
        limit=limit,
        shift=shift,
        baseline=baseline or 0,
    )


def _bernoulli_series(cells: Cells) -> BernoulliSeries | None:
    before = len(cells.faults)
    name, stated_n = _name_and_n(cells)
    target = _setting(cells, "target", 0.0)
    if target == 1 or (target > 1 and target != int(target)):
        mend = "Give the usual risk, below 1, or the number of cases at the start that give it."
        cells.fault("target", f"{target:.6g} is neither a risk nor a number of cases.", mend)
    odds_ratio, limit = _setting(cells, "odds_ratio", 1.0), _setting(cells, "limit", 0.0)
    if len(cells.faults) > before:
        return None
    return BernoulliSeries(
        series_id=name,
        line=cells.line,
        stated_n=stated_n,
        title=cells.row.get("title", ""),
        target=target,
        odds_ratio=odds_ratio,
        limit=limit,
    )


def _name_and_n(cells: Cells) -> tuple[str, int | None]:
    name, stated = cells.row["series_id"], cells.row.get("n", "")
    if not name:
        cells.fault("series_id", "the name is empty.", "Give each series a name of its own.")
    return name, cells.count("n", stated) if stated else None


def _setting(cells: Cells, column: str, above: float, most: float = 1e9, *, inclusive: bool = False) -> float:
    """A number that has to be there and within its range; what stands for it after a fault is never used."""
    before = len(cells.faults)
    number = cells.number(column)
    if len(cells.faults) > before:
        return above
    if number is None:
        cells.fault(column, "the cell is empty.", f"Write a number above {above:g}.")
        return above
    if not (above < number < most or (inclusive and number == most)):
        upper = f", and {most:g} at most" if inclusive else ""
        cells.fault(column, f"{number:.6g} makes no sense here.", f"Write a number above {above:g}{upper}.")
    return number
