"""The demonstration's calendar: every date in it is counted back from the day on which it is made."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 48
PUBLISHED_AFTER = timedelta(days=42)


def first_of(day: date) -> date:
    """This function will give the first day of the month that holds this day."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """This function will move the first of a month by whole months, backwards for a negative number."""
    whole = month.year * 12 + month.month - 1 + count
    return date(whole // 12, whole % 12 + 1, 1)


def month_end(month: date) -> date:
    """This function will give the last day of this month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def financial_year(day: date) -> int:
    """This function will give the year in which the financial year of this day began, on 1 April."""
    return day.year if day.month >= 4 else day.year - 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """Dates of the demonstration: ``back`` counts whole months before the last published month, which is 0."""

    today: date

    @property
    def last(self) -> date:
        """The last month that is published: the one that held the day six weeks ago."""
        return first_of(self.today - PUBLISHED_AFTER)

    def month(self, back: int) -> date:
        """This function will give the first day of the month ``back`` months before the last published one."""
        return add_months(self.last, -back)

    def back(self, month: date) -> int:
        """This function will say how many months before the last published one this month lies."""
        return (self.last.year - month.year) * 12 + self.last.month - month.month

    def months(self) -> tuple[date, ...]:
        """This function will give all months, oldest first."""
        return tuple(self.month(back) for back in range(MONTHS - 1, -1, -1))

    def april(self, at_least: int) -> date:
        """This function will find the latest 1 April at least so many months before the last published month."""
        latest = self.month(at_least)
        return date(financial_year(latest), 4, 1)

    @property
    def merger(self) -> date:
        """The day on which the merged trust began: 1 April, 14 to 25 months before the last published month."""
        return self.april(14)

    @property
    def new_layout(self) -> date:
        """The first month that came in the newer A&E layout."""
        return self.april(12)
