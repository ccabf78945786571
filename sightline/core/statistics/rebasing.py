"""Rebases: from the day on which a person says that a process changed to the first period of a new phase."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

from sightline.core.statistics.remarks import Remark, RemarkKind


def snap_rebases(dates: Sequence[date], rebase_dates: Iterable[date]) -> tuple[tuple[int, ...], tuple[Remark, ...]]:
    """This function will find the first period on or after each rebase date, and say so where the date was moved.

    ``dates`` are the first days of the periods, in order. A date before or in the first period, or after the
    last, divides nothing and is remarked upon instead of being passed over in silence.
    """
    starts: dict[int, date] = {}
    remarks: list[Remark] = []
    for asked in sorted(set(rebase_dates)):
        index = bisect_left(dates, asked)
        if index == 0 or index == len(dates):
            remarks.append(_without_effect(asked, index))
            continue
        if index in starts:
            remarks.append(_same_period(asked, index, dates[index]))
        elif dates[index] != asked:
            remarks.append(_snapped(asked, index, dates[index]))
        starts.setdefault(index, asked)
    return tuple(starts), tuple(remarks)


def _snapped(asked: date, index: int, used: date) -> Remark:
    says = f"The rebase on {_day(asked)} falls between two periods. It takes effect from {_day(used)}."
    return Remark(RemarkKind.REBASE_SNAPPED, index, says)


def _same_period(asked: date, index: int, used: date) -> Remark:
    says = f"The rebase on {_day(asked)} begins the same period as an earlier one, {_day(used)}, and adds nothing."
    return Remark(RemarkKind.REBASE_WITHOUT_EFFECT, index, says)


def _without_effect(asked: date, index: int) -> Remark:
    where = "not after the first period" if index == 0 else "after the last period"
    says = f"The rebase on {_day(asked)} is {where}, so there is nothing for it to divide."
    return Remark(RemarkKind.REBASE_WITHOUT_EFFECT, index, says)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
