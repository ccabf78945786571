"""Risks that come back: the same category at the same subject, within the window of the clocks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sightline.core.risks.facts import RiskFacts, Window
from sightline.core.rulebook.clocks import Clock, Shorter
from sightline.core.rulebook.registers import Registers, Same


@dataclass(frozen=True, slots=True)
class Return:
    """An earlier risk that came back, after how many whole months, and the trigger that it offers to the region."""

    earlier: RiskFacts
    closed_on: date
    months: int
    is_linked: bool  # somebody has said already that it is the same
    trigger: str
    cites: str


def window_of(clock: Clock) -> Window:
    """This function will read the window from the clock of recurrence, as its settings say (RSK-07)."""
    return Window(
        at_least_months=clock.value,
        at_most_months=clock.at_most or clock.value,
        sooner_counts=clock.chosen("shorter") == Shorter.COUNTS,
        is_on=clock.is_on,
    )


def returns(risk: RiskFacts, earlier: Iterable[RiskFacts], window: Window, rules: Registers) -> tuple[Return, ...]:
    """This function will find the closed risks that came back as this one, the latest first (RSK-07).

    The same risk that recurs in close proximity is a trigger for the region (NQB risk response 2022, Enhanced/Overview).
    """
    if not window.is_on:
        return ()
    rule = rules.returning
    found = [
        Return(
            one,
            one.closed_on,
            months_between(one.closed_on, risk.opened_on),
            risk.follows == one.id,
            rule.trigger,
            rule.cites,
        )
        for one in earlier
        if one.id != risk.id
        and one.closed_on is not None
        and falls_within(one.closed_on, risk.opened_on, window)
        and _is_same(risk, one, rule.same)
    ]
    return tuple(sorted(found, key=lambda one: (one.closed_on, one.earlier.id), reverse=True))


def falls_within(closed: date, opened: date, window: Window) -> bool:
    """This function will say whether a risk that returns on a day does so within the window, both ends included."""
    if opened < closed or opened > months_after(closed, window.at_most_months):
        return False
    return window.sooner_counts or opened >= months_after(closed, window.at_least_months)


def months_between(first: date, last: date) -> int:
    """This function will count the whole months from one day to a later one."""
    apart = (last.year - first.year) * 12 + last.month - first.month
    return apart - (last < months_after(first, apart))


def months_after(day: date, months: int) -> date:
    """This function will give the same day so many months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _is_same(risk: RiskFacts, other: RiskFacts, same: Same) -> bool:
    if risk.follows == other.id:
        return True
    return (
        same is Same.CATEGORY and risk.category == other.category and not set(risk.subjects).isdisjoint(other.subjects)
    )
