"""How often groups meet, whether they do, and whom their cycle has not reached."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.meetings.cadence import (
    Cycle,
    Pace,
    ToCover,
    coverage,
    cycle_of,
    months_later,
    pace,
    review_due,
)
from tests.factories.rooms import kind

SQG = kind("sqg-2022", "system-group").cadence
BEGAN = date(2025, 1, 1)


@pytest.mark.requirement("MTG-07", "MTG-01", "MTG-02", "MTG-03", "MTG-04")
@pytest.mark.parametrize(
    ("pack", "name", "last", "due"),
    [
        ("qsg-2017", "system-group", date(2026, 1, 5), date(2026, 3, 5)),
        ("qsg-2017", "regional-group", date(2026, 1, 5), date(2026, 4, 5)),
        ("sqg-2022", "system-group", date(2025, 11, 30), date(2026, 2, 28)),
        ("sqg-2022", "place-group", date(2026, 1, 31), date(2026, 2, 28)),
        ("sqg-2022", "quality-improvement-group", date(2024, 1, 31), date(2024, 2, 29)),
    ],
)
def test_next_meeting_is_due_as_long_after_the_last_as_the_guidance_says(
    pack: str, name: str, last: date, due: date
) -> None:
    found = pace(kind(pack, name).cadence, BEGAN, last, held=[date(2025, 6, 1), last])
    assert found and (found.due_by, found.last_on) == (due, last)


@pytest.mark.requirement("MTG-07")
@pytest.mark.parametrize(
    ("today", "planned", "expected", "says"),
    [
        (
            date(2026, 2, 1),
            [date(2026, 4, 1)],
            Pace.IN_TIME,
            "The next meeting is on 1 April 2026; it is due by 5 April",
        ),
        (date(2026, 2, 1), [date(2026, 4, 5)], Pace.IN_TIME, "The next meeting is on 5 April 2026"),
        (date(2026, 2, 1), [date(2026, 4, 6)], Pace.PLANNED_LATE, "on 6 April 2026, is later than 5 April 2026"),
        (date(2026, 2, 1), [date(2026, 5, 1), date(2026, 3, 1)], Pace.IN_TIME, "The next meeting is on 1 March 2026"),
        (date(2026, 2, 1), [], Pace.NOT_PLANNED, "No meeting is planned. The next is due by 5 April 2026."),
        (date(2026, 2, 1), [date(2026, 1, 9)], Pace.NOT_PLANNED, "No meeting is planned."),
        (date(2026, 4, 5), [], Pace.NOT_PLANNED, "No meeting is planned."),
        (date(2026, 4, 6), [], Pace.OVERDUE, "The group had to meet by 5 April 2026. It last met on 5 January 2026."),
        (date(2026, 4, 6), [date(2026, 4, 7)], Pace.OVERDUE, "The next meeting is on 7 April 2026."),
    ],
)
def test_group_is_late_where_nothing_stands_within_the_interval(
    today: date, planned: list[date], expected: Pace, says: str
) -> None:
    found = pace(SQG, BEGAN, today, [date(2026, 1, 5)], planned)
    assert found and found.pace is expected and says in found.words
    assert expected.is_breach is (found.remark is not None)
    assert found.remark is None or found.remark.source.startswith("MTG-07; SQG 2022")


def test_first_meeting_is_counted_from_when_the_group_began() -> None:
    found = pace(SQG, BEGAN, date(2025, 2, 1))
    assert found and found.due_by == date(2025, 4, 1) and "It has not met yet." in found.words


@pytest.mark.requirement("MTG-05", "MTG-06")
@pytest.mark.parametrize(
    ("pack", "name"),
    [("sqg-2022", "rapid-quality-review"), ("qsg-2017", "national-group"), ("qsg-2013", "system-group")],
)
def test_group_without_an_interval_is_never_late(pack: str, name: str) -> None:
    assert pace(kind(pack, name).cadence, BEGAN, date(2030, 1, 1)) is None


@pytest.mark.requirement("MTG-06")
def test_meeting_called_at_short_notice_counts_like_any_other() -> None:
    found = pace(SQG, BEGAN, date(2026, 1, 7), [date(2026, 1, 5), date(2026, 1, 7)])
    assert found and found.due_by == date(2026, 4, 7)


@pytest.mark.requirement("MTG-01", "MTG-02")
def test_how_often_is_looked_at_again_each_year() -> None:
    assert review_due(SQG, date(2025, 4, 1), date(2026, 3, 31)) is None
    found = review_due(SQG, date(2025, 4, 1), date(2026, 4, 1))
    assert found and "by 1 April 2026" in found.says
    assert review_due(kind("sqg-2022", "place-group").cadence, BEGAN, date(2030, 1, 1)) is None
    assert review_due(None, BEGAN, date(2030, 1, 1)) is None


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(on: date, months: int) -> None:
    then = months_later(on, months)
    assert (then.year * 12 + then.month) - (on.year * 12 + on.month) == months
    assert then.day == on.day or (then.day < on.day and (then + timedelta(days=1)).day == 1)


# --- the cycle


CYCLE = Cycle(date(2026, 4, 1), date(2027, 3, 31))
EVERYONE = [
    ToCover("a", "Lantern Trust", "acute"),
    ToCover("b", "Harbour Homes", "care homes"),
    ToCover("c", "Moor Practice", "primary care"),
    ToCover("d", "Moor Homes", "care homes"),
]


@pytest.mark.requirement("MTG-10")
def test_cycle_names_whom_it_has_not_reached() -> None:
    discussed = [("a", date(2026, 5, 1)), ("b", date(2026, 3, 31)), ("elsewhere", date(2026, 5, 1))]
    planned = [("a", date(2026, 9, 1)), ("c", date(2027, 3, 31)), ("d", date(2027, 4, 1))]
    found = coverage(CYCLE, EVERYONE, discussed, planned)
    assert [[one.id for one in part] for part in (found.discussed, found.planned, found.missing)] == [
        ["a"], ["c"], ["b", "d"],
    ]  # fmt: skip
    assert found.words == (
        "1 of 4 was discussed since 1 April 2026; 1 is planned by 31 March 2027. "
        "Neither discussed nor planned: Harbour Homes and Moor Homes."
    )
    assert found.by_sector == (("care homes", 0, 2), ("acute", 1, 1), ("primary care", 1, 1)) and not found.is_whole


@pytest.mark.requirement("MTG-10")
def test_cycle_that_reaches_everybody_says_so() -> None:
    found = coverage(CYCLE, EVERYONE[:1], [("a", date(2026, 5, 1))])
    assert found.is_whole and found.words == "1 of 1 was discussed since 1 April 2026. Nobody is left out."
    assert "nobody yet" in coverage(CYCLE, [], []).words


@given(st.dates(date(2026, 4, 1), date(2040, 1, 1)), st.integers(1, 24))
def test_cycles_follow_each_other_without_a_gap(today: date, months: int) -> None:
    found = cycle_of(date(2026, 4, 1), months, today)
    assert found.begins_on <= today <= found.ends_on
    after = cycle_of(date(2026, 4, 1), months, found.ends_on + timedelta(days=1))
    assert after.begins_on == found.ends_on + timedelta(days=1)
