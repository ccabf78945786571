"""Periods: every way in which publishers write them, and none that has not begun."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.intake import periods
from sightline.intake.cells import BadCell
from sightline.intake.contract import PeriodKind
from sightline.intake.periods import Period

MONTHS = {
    "MSitAE-MAY-2025": date(2025, 5, 1),
    "msitae-may-2025": date(2025, 5, 1),
    "Nov 2023": date(2023, 11, 1),
    "SEPT 2024": date(2024, 9, 1),
    "June 2025": date(2025, 6, 1),
    "May-25": date(2025, 5, 1),
    "2025-05": date(2025, 5, 1),
    "2011-12": date(2011, 12, 1),
    "2025-05-31": date(2025, 5, 1),
    "31/05/2025": date(2025, 5, 1),
}
DAYS = {
    "2025-05-31": date(2025, 5, 31),
    "2025-05-31 00:00:00": date(2025, 5, 31),
    "2025-05-31T00:00:00Z": date(2025, 5, 31),
    "31/05/2025": date(2025, 5, 31),
    "1/2/2025": date(2025, 2, 1),
    "10th July 2025": date(2025, 7, 10),
    "1 July 2025": date(2025, 7, 1),
}
NO_DAYS = [
    "",
    "31/13/2025",
    "30/02/2025",
    "2025-02-30",
    "05/31/2025",
    "2025-05-31 12:00:00",
    "31.05.2025",
    "２０２５-05-31",
]
KINDS = {
    "2024-25": Period(date(2024, 4, 1), PeriodKind.FINANCIAL_YEAR),
    "2024/25": Period(date(2024, 4, 1), PeriodKind.FINANCIAL_YEAR),
    "1999-00": Period(date(1999, 4, 1), PeriodKind.FINANCIAL_YEAR),
    "2024": Period(date(2024, 1, 1), PeriodKind.YEAR),
    "2024-25 Q1": Period(date(2024, 4, 1), PeriodKind.QUARTER),
    "Q4 2024-25": Period(date(2025, 1, 1), PeriodKind.QUARTER),
    "May 2025": Period(date(2025, 5, 1), PeriodKind.MONTH),
    "2025-05": Period(date(2025, 5, 1), PeriodKind.MONTH),
    "2025-05-07": Period(date(2025, 5, 7), PeriodKind.DAY),
}


@pytest.mark.parametrize(("text", "month"), MONTHS.items())
def test_a_month_is_read_however_it_is_written(text: str, month: date) -> None:
    assert periods.month_of(text) == month


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day_is_read_with_the_day_before_the_month(text: str, day: date) -> None:
    assert periods.day_of(text) == day


@pytest.mark.parametrize("text", NO_DAYS)
def test_no_day_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(BadCell) as refused:
        periods.day_of(text)
    assert refused.value.mend


@pytest.mark.parametrize(("text", "period"), KINDS.items())
def test_the_kind_of_a_period_follows_from_how_it_is_written(text: str, period: Period) -> None:
    assert periods.period_of(text) == period


@pytest.mark.parametrize("text", ["2016-18", "2016-2018", "16-17", "2016"])
def test_a_financial_year_has_two_years_that_follow_each_other(text: str) -> None:
    with pytest.raises(BadCell):
        periods.financial_year(text)


def test_the_number_by_which_excel_stores_a_date_is_named() -> None:
    with pytest.raises(BadCell, match="Excel stores a date"):
        periods.period_of("4538")


def test_a_period_that_begins_after_today_is_refused() -> None:
    today = date(2025, 5, 31)
    assert periods.not_future(today, today) == today
    with pytest.raises(BadCell, match="has not begun"):
        periods.not_future(date(2025, 6, 1), today)


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        (PeriodKind.DAY, date(2024, 2, 1)),
        (PeriodKind.MONTH, date(2024, 2, 29)),
        (PeriodKind.QUARTER, date(2024, 4, 30)),
        (PeriodKind.YEAR, date(2025, 1, 31)),
        (PeriodKind.THREE_YEARS, date(2027, 1, 31)),
    ],
)
def test_a_period_ends_on_the_day_before_the_next(kind: PeriodKind, end: date) -> None:
    assert Period(date(2024, 2, 1), kind).end == end


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)), st.integers(min_value=-400, max_value=400))
def test_moving_by_months_agrees_with_moving_one_by_one(day: date, months: int) -> None:
    slow = day.replace(day=1)
    for _ in range(abs(months)):
        if months > 0:
            slow = date(slow.year + slow.month // 12, slow.month % 12 + 1, 1)
        else:
            slow = date(slow.year - (slow.month == 1), (slow.month - 2) % 12 + 1, 1)
    assert periods.months_after(day.replace(day=1), months) == slow
