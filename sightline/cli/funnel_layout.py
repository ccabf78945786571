"""The column layout of ``sightline funnel``: reads units and sets with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sightline.cli.tables import Cells, refuse, rows_of, told
from sightline.intake.contract import Fault

SETS_IN = ("set_id", "data_type")
UNITS_IN = ("set_id", "unit", "numerator", "denominator")
KINDS = ("SR", "PR", "RC")


@dataclass(frozen=True, slots=True)
class UnitSet:
    """One funnel as its row says, with its units filled in; ``line`` is where the row stands."""

    set_id: str
    kind: str
    target: float | None
    stated_n: int | None
    line: int
    title: str = ""
    units: dict[str, int] = field(default_factory=dict)
    numerators: list[float] = field(default_factory=list)
    denominators: list[float] = field(default_factory=list)


def read_sets(units: Path, sets: Path) -> list[UnitSet]:
    """This function will read both files, or refuse them with every fault found, each with its line and its mend."""
    faults: list[str] = []
    known: dict[str, UnitSet] = {}
    for line, row in rows_of(sets, SETS_IN, faults):
        one = _set(Cells(sets, line, row, faults))
        if one is not None and one.set_id in known:
            mend = f"It is also on line {known[one.set_id].line}: keep one of them."
            faults.append(told(sets, Fault("the set is named twice.", mend, line, "set_id")))
        elif one is not None:
            known[one.set_id] = one
    refused_sets = bool(faults)
    for line, row in rows_of(units, UNITS_IN, faults):
        _add_unit(Cells(units, line, row, faults), known, refused_sets)
    if not faults:
        faults.extend(told(sets, fault) for one in known.values() for fault in _whole(one))
    if not faults and not known:
        faults.append(told(sets, Fault("there are no sets.", "Give each set a row.")))
    refuse(faults)
    return list(known.values())


def _set(cells: Cells) -> UnitSet | None:
    """Read one row of the sets file."""
    before = len(cells.faults)
    name, kind, stated = cells.row["set_id"], cells.row["data_type"], cells.row.get("units", "")
    if not name:
        cells.fault("set_id", "the name is empty.", "Give each set a name of its own.")
    if kind not in KINDS:
        cells.fault("data_type", f"“{kind[:40]}” is not known.", f"Use {', '.join(KINDS)}.")
    target = cells.number("target") if "target" in cells.row else None
    if target is not None and not 0 < target <= (1 if kind == "PR" else 1e15):
        cells.fault("target", f"{target:.6g} is not a possible ratio.", "Give one above 0, or leave the cell empty.")
    stated_n = cells.count("units", stated) if stated else None
    return (
        None
        if len(cells.faults) > before
        else UnitSet(name, kind, target, stated_n, cells.line, cells.row.get("title", ""))
    )


def _add_unit(cells: Cells, known: dict[str, UnitSet], refused_sets: bool) -> None:
    """Read one row of the units file into its set; an empty number is missing."""
    one, unit = known.get(cells.row["set_id"]), cells.row["unit"]
    numerator, denominator = cells.number("numerator"), cells.number("denominator")
    if one is None:
        # Where a row of the sets file was refused, its units would only repeat that fault.
        if not refused_sets:
            says = f"set “{cells.row['set_id'][:40]}” has no row in the sets file."
            cells.fault("set_id", says, "Add its row there, or take its units out.")
        return
    if not unit:
        cells.fault("unit", "the name is empty.", "Give each unit a name of its own.")
    elif unit in one.units:
        says = f"unit “{unit[:40]}” is named twice in set “{one.set_id[:40]}”."
        cells.fault("unit", says, f"It is also on line {one.units[unit]}: keep one of them.")
    one.units[unit] = cells.line
    one.numerators.append(float("nan") if numerator is None else numerator)
    one.denominators.append(float("nan") if denominator is None else denominator)


def _whole(one: UnitSet) -> Iterator[Fault]:
    """Hold a set against its units once all are read."""
    length = len(one.units)
    if not length:
        yield Fault(f"set “{one.set_id}” has no units.", "Add its units, or take this row out.", one.line)
    elif one.stated_n is not None and one.stated_n != length:
        says = f"set “{one.set_id}” says {one.stated_n} units and has {length}."
        yield Fault(says, "Correct units, or bring those that are absent.", one.line, "units")
