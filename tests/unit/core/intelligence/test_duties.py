"""The duty to answer a coroner's report: fifty-six days, and how an answer stands on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.intelligence.duties import Answer, Standing, Stated, response_due, standing

SENT = date(2025, 1, 22)
DUE = date(2025, 3, 19)
DAYS = st.dates(date(2013, 7, 25), date(2100, 1, 1))


@pytest.mark.requirement("INT-13")
@pytest.mark.parametrize(
    ("sent_on", "due"),
    [
        (date(2025, 1, 22), date(2025, 3, 19)),
        (date(2025, 11, 12), date(2026, 1, 7)),  # over the turn of a year
        (date(2024, 1, 10), date(2024, 3, 6)),  # over a leap day
        (date(2023, 1, 10), date(2023, 3, 7)),
        (date(2025, 12, 24), date(2026, 2, 18)),
    ],
)
def test_an_answer_is_due_on_the_fifty_sixth_day_after_the_report_was_sent(sent_on: date, due: date) -> None:
    assert response_due(sent_on) == due


@given(DAYS)
def test_fifty_six_days_are_eight_weeks_counted_one_by_one(sent_on: date) -> None:
    day = sent_on
    for _ in range(56):
        day += timedelta(days=1)
    assert response_due(sent_on) == day
    assert day.weekday() == sent_on.weekday()


@pytest.mark.requirement("INT-13")
@pytest.mark.parametrize(
    ("due", "status", "on", "more", "answer", "days"),
    [
        # awaited
        (DUE, Stated.AWAITED, date(2025, 3, 9), {}, Answer.AWAITED, 10),
        (DUE, Stated.AWAITED, DUE, {}, Answer.AWAITED, 0),
        (None, Stated.AWAITED, DUE, {}, Answer.AWAITED, None),
        # overdue
        (DUE, Stated.AWAITED, date(2025, 3, 20), {}, Answer.OVERDUE, 1),
        (DUE, Stated.OVERDUE, date(2025, 4, 19), {}, Answer.OVERDUE, 31),
        (DUE, Stated.OVERDUE, date(2025, 4, 19), {"stated_on": date(2025, 3, 1)}, Answer.OVERDUE, 31),
        (None, Stated.OVERDUE, DUE, {}, Answer.OVERDUE, None),
        (DUE, Stated.AWAITED, date(2025, 4, 19), {"stated_on": date(2025, 3, 20)}, Answer.OVERDUE, 31),
        # an extension, before or after the time ran out
        (DUE, Stated.OVERDUE, date(2025, 4, 19), {"extended_to": date(2025, 5, 1)}, Answer.AWAITED, 12),
        (DUE, Stated.AWAITED, date(2025, 5, 2), {"extended_to": date(2025, 5, 1)}, Answer.OVERDUE, 1),
        (DUE, Stated.AWAITED, date(2025, 3, 18), {"extended_to": date(2025, 3, 1)}, Answer.AWAITED, 1),
        (None, Stated.AWAITED, date(2025, 4, 30), {"extended_to": date(2025, 5, 1)}, Answer.AWAITED, 1),
        # answered
        (DUE, Stated.ANSWERED, date(2025, 9, 1), {}, Answer.ANSWERED, None),
        (DUE, Stated.UNKNOWN, date(2025, 9, 1), {"answered_on": DUE}, Answer.ANSWERED, 0),
        (DUE, Stated.ANSWERED, date(2025, 9, 1), {"answered_on": date(2025, 3, 12)}, Answer.ANSWERED, -7),
        (DUE, Stated.AWAITED, date(2025, 9, 1), {"answered_on": date(2025, 3, 20)}, Answer.ANSWERED_LATE, 1),
        (None, Stated.ANSWERED, date(2025, 9, 1), {"answered_on": date(2025, 3, 20)}, Answer.ANSWERED, None),
        (
            DUE,
            Stated.ANSWERED,
            date(2025, 9, 1),
            {"answered_on": date(2025, 4, 1), "extended_to": date(2025, 4, 1)},
            Answer.ANSWERED,
            0,
        ),
        # unknown
        (DUE, Stated.UNKNOWN, date(2025, 3, 1), {}, Answer.UNKNOWN, None),
        (DUE, Stated.UNKNOWN, date(2025, 9, 1), {}, Answer.UNKNOWN, None),
        (DUE, Stated.AWAITED, date(2025, 4, 19), {"stated_on": date(2025, 3, 1)}, Answer.UNKNOWN, 31),
        (DUE, Stated.AWAITED, date(2025, 4, 19), {"stated_on": DUE}, Answer.UNKNOWN, 31),
    ],
)
def test_how_an_answer_stands(
    due: date | None, status: Stated, on: date, more: dict[str, date], answer: Answer, days: int | None
) -> None:
    assert standing(due, status, on=on, **more) == Standing(answer, days)


def test_an_answer_still_to_come_has_not_come() -> None:
    later = date(2025, 4, 1)
    assert standing(DUE, Stated.AWAITED, on=date(2025, 3, 1), answered_on=later).answer is Answer.AWAITED
    assert standing(DUE, Stated.AWAITED, on=later, answered_on=later) == Standing(Answer.ANSWERED_LATE, 13)


@given(DAYS, DAYS, st.sampled_from(Stated), st.none() | DAYS, st.none() | DAYS)
def test_nothing_is_overdue_before_its_last_day(
    sent_on: date, on: date, status: Stated, extended_to: date | None, stated_on: date | None
) -> None:
    due = response_due(sent_on)
    found = standing(due, status, on=on, extended_to=extended_to, stated_on=stated_on)
    if found.answer is Answer.OVERDUE:
        assert on > due
        assert extended_to is None or on > extended_to
        assert found.days == (on - max(due, extended_to or due)).days
