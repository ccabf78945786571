"""The plan of a cycle: spread evenly, the gravest first; how each stands; and for how long it may be agreed."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.meetings.cadence import Cycle
from sightline.core.meetings.cycle import Covered, ToPlan, covered, may_agree, months_to_meet, spread
from sightline.core.rulebook.clocks import Clock, ClockId, Unit

YEAR = Cycle(date(2026, 1, 10), date(2027, 1, 9))
TODAY = date(2026, 5, 20)
MONTHS = [date(2026, number, 1) for number in (6, 8, 10)]
REVIEW = Clock(
    id=ClockId.BUSINESS_CYCLE_REVIEW,
    name="Review",
    value=12,
    unit=Unit.MONTHS,
    is_on=True,
    says="Looked at yearly.",
    cites="local",
)  # fmt: skip


@pytest.mark.requirement("MTG-10")
def test_gravest_is_planned_first_then_whoever_was_not_discussed_for_longest() -> None:
    wanted = [
        ToPlan("late", "Late", 0, date(2026, 4, 1)),
        ToPlan("never", "Never", 0),
        ToPlan("old", "Old", 0, date(2024, 4, 1)),
        ToPlan("grave", "Grave", 2, date(2026, 5, 1)),
    ]
    assert spread(wanted, MONTHS[:2]) == (
        ("grave", MONTHS[0]), ("never", MONTHS[0]), ("old", MONTHS[1]), ("late", MONTHS[1]),
    )  # fmt: skip
    assert spread(wanted, []) == ()


@pytest.mark.requirement("MTG-10")
@given(st.lists(st.integers(0, 3), max_size=60), st.integers(1, 12))
def test_everybody_is_planned_once_and_evenly(ranks: list[int], months: int) -> None:
    slots = [date(2026, number + 1, 1) for number in range(months)]
    found = spread([ToPlan(str(number), "x", rank) for number, rank in enumerate(ranks)], slots)
    assert sorted(id_ for id_, _ in found) == sorted(str(number) for number in range(len(ranks)))
    by_month = Counter(dict.fromkeys(slots, 0))
    by_month.update(slot for _, slot in found)
    assert max(by_month.values()) - min(by_month.values()) <= 1
    in_turn = [ranks[int(id_)] for id_, _ in sorted(found, key=lambda pair: pair[1])]
    assert in_turn == sorted(in_turn, reverse=True)


@pytest.mark.requirement("MTG-10")
@pytest.mark.parametrize(
    ("last_on", "planned_in", "stands"),
    [
        (date(2026, 1, 10), None, Covered.DISCUSSED),
        (date(2026, 1, 9), None, Covered.MISSING),  # in the cycle before
        (None, date(2026, 5, 1), Covered.PLANNED),  # the month is not over
        (None, date(2026, 4, 1), Covered.OVERDUE),
        (date(2026, 3, 1), date(2026, 4, 1), Covered.DISCUSSED),
        (None, date(2027, 2, 1), Covered.MISSING),  # planned for the next cycle
    ],
)
def test_how_one_stands_in_a_cycle(last_on: date | None, planned_in: date | None, stands: Covered) -> None:
    assert covered(YEAR, TODAY, last_on, planned_in) is stands


def test_months_are_those_of_planned_meetings_and_then_of_the_interval() -> None:
    planned = [date(2026, 4, 2), date(2026, 6, 3), date(2026, 7, 9), date(2027, 6, 1)]
    assert months_to_meet(YEAR, TODAY, planned, 3) == tuple(
        date(year, month, 1) for year, month in ((2026, 6), (2026, 7), (2026, 10), (2027, 1))
    )
    assert months_to_meet(YEAR, TODAY, [], 4) == (date(2026, 5, 1), date(2026, 9, 1), date(2027, 1, 1))
    assert months_to_meet(YEAR, date(2027, 2, 1), [], 2) == ()


@pytest.mark.requirement("MTG-09")
@pytest.mark.parametrize(
    ("months", "after", "is_allowed"),
    [(12, 12, True), (24, 6, True), (12, 13, False), (0, 12, False), (37, 12, False), (12, 0, False)],
)
def test_cycle_is_agreed_for_a_time_and_reviewed_within_a_year(months: int, after: int, is_allowed: bool) -> None:
    assert bool(may_agree(months, after, REVIEW)) is is_allowed


def test_without_a_running_clock_a_group_chooses_when_it_looks_again() -> None:
    assert may_agree(12, 24, None)
