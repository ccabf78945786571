"""Turns what a source has read into a Parsed: twins settled, promises held, faults kept with their lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sightline.intake.cells import BadCell
from sightline.intake.contract import Check, Fault, Observation, Parsed, PeriodKind, ReceivedFile
from sightline.intake.periods import Period, not_future
from sightline.intake.rows import Report, Row


def settle(observations: Iterable[Observation], report: Report) -> list[Observation]:
    """This function will keep one observation of each organisation, period and indicator; twins must agree."""
    kept: dict[tuple[str, str, date, PeriodKind], Observation] = {}
    repeated = 0
    for one in observations:
        key = (one.indicator, one.code, one.start, one.kind)
        first = kept.setdefault(key, one)
        if first is one:
            continue
        repeated += 1
        if (first.value, first.numerator, first.denominator) != (one.value, one.numerator, one.denominator):
            report.fault(
                f"{one.code} has another figure for {one.indicator} and the same period on line {first.line}.",
                "Remove the row that is wrong.",
                one.line,
            )
    if repeated:
        report.warnings.append(f"{repeated:,} figures stand twice in the file with the same value; one was kept.")
    return list(kept.values())


def finish(
    name: str, title: str, file: ReceivedFile, report: Report, found: Iterable[Observation] = (), **more: Any
) -> Parsed:
    """This function will close the account of one file: twins settled, every fault, warning and row counted."""
    return Parsed(
        name,
        title,
        settle(found, report),
        checks=report.checks,
        faults=report.faults,
        warnings=(*file.warnings, *report.warnings),
        revised=more.pop("revised", False) or "revised" in file.name.casefold(),
        rows=report.rows,
        skipped=report.skipped,
        **more,
    )


def share(part: float, whole: float, per: float = 100.0) -> float | None:
    """This function will give part of whole per hundred (or ``per``); None where there is nothing to divide by."""
    return per * part / whole if whole else None


def part_of(row: Row, part: float, whole: float, key: str, words: str) -> None:
    """This function will note a fault when a part is larger than the whole it is taken from."""
    if part > whole:
        row.fault(f"{part:g} {words} are more than all {whole:g}.", "Correct the row, or ask the publisher.", key)


def begun(row: Row, period: Period | date | None, today: date, key: str) -> date | None:
    """This function will give the first day of a period, unless it is still to come."""
    if period is None:
        return None
    try:
        return not_future(period.start if isinstance(period, Period) else period, today)
    except BadCell as bad:
        row.fault(bad.says, bad.mend, key)
        return None


def broken_promises(checks: Sequence[Check]) -> list[Fault]:
    """This function will name every total or printed rate that does not agree with the figures beneath it."""
    return [
        Fault(
            f"{check.says}: the file says {check.stated:,.10g}, its own figures make {check.found:,.10g}.",
            "Take the file from the publisher again; if it is the same there, ask the publisher.",
            check.line,
        )
        for check in checks
        if not abs(check.stated - check.found) <= check.within
    ]


def nothing_found(parsed: Parsed) -> list[Fault]:
    """This function will refuse a file that parsed without fault but holds no figure at all."""
    if parsed.observations or parsed.ratings or parsed.bodies or parsed.faults:
        return []
    return [Fault("There are headings but no data.", "Take the file from the publisher again.")]
