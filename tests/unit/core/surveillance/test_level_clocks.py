"""The clocks of a level, each against a slow twin that walks from day to day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.rulebook.clocks import ClockId, Clocks, later_by
from sightline.core.surveillance.clocks import long_stay, quarter_of, recurs, reviews_due
from sightline.core.surveillance.facts import Dated, History
from tests.factories.levels import clock, part, rules

PACK = "qsg-2017"
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))
CHOICES = [
    (counting, quarters) for counting in ("any-time", "full-quarters") for quarters in ("financial", "from-start")
]


def walked(since: date, on: date, counting: str, quarters: str) -> int:
    """This function will count quarters by laying each day into the quarter that it falls in."""
    seen: dict[tuple[int, int], list[date]] = {}
    day = since
    while day <= on:
        months = (day.year - since.year) * 12 + day.month - since.month
        months -= later_by(since, months) > day
        place = (0, months // 3) if quarters == "from-start" else (day.year, (day.month - 1) // 3)
        seen.setdefault(place, []).append(day)
        day += timedelta(days=1)
    if counting == "any-time":
        return len(seen)
    firsts = [days[0] for days in seen.values()][:-1]  # the last quarter has not ended
    return sum(quarters == "from-start" or (day.day == 1 and day.month in {1, 4, 7, 10}) for day in firsts)


@pytest.mark.requirement("SUR-07", "SUR-08")
@pytest.mark.parametrize(("counting", "quarters"), CHOICES)
@given(since=st.dates(date(2021, 1, 1), date(2023, 12, 31)), stay=st.integers(0, 800))
def test_long_stay_counts_as_whoever_walks_from_day_to_day(
    counting: str, quarters: str, since: date, stay: int
) -> None:
    on = since + timedelta(days=stay)
    rule = clock("long-stay", PACK, counting=counting, quarters=quarters)
    found = long_stay(rule, History.of([Dated("enhanced", PACK, since)]), PACK, on)
    assert found is not None
    slow = walked(since, on, counting, quarters)
    if quarters == "financial" or since.day <= 28:  # the twin lays the ends of long months elsewhere
        assert found.quarters == slow
        assert found.is_long is (slow > 3 if counting == "any-time" else slow >= 3)
    assert found.is_long is (on >= found.fires_on)


@pytest.mark.requirement("SUR-08")
def test_financial_and_calendar_quarters_begin_on_the_same_days() -> None:
    rule, other = (clock("long-stay", PACK, quarters=word) for word in ("financial", "calendar"))
    for number in range(800):
        day = date(2024, 1, 1) + timedelta(days=number)
        assert quarter_of(rule, day) == quarter_of(other, day) <= day < later_by(quarter_of(rule, day), 3)


def test_quarter_from_the_start_begins_with_the_level() -> None:
    rule = clock("long-stay", PACK, quarters="from-start")
    since = date(2025, 5, 5)
    assert quarter_of(rule, date(2025, 8, 4), since) == since
    assert quarter_of(rule, date(2025, 8, 5), since) == date(2025, 8, 5)
    found = long_stay(rule, History.of([Dated("enhanced", PACK, since)]), PACK, date(2026, 2, 4))
    assert found and not found.is_long and found.fires_on == date(2026, 2, 5)


@pytest.mark.requirement("SUR-07", "LVL-19")
@pytest.mark.parametrize(
    ("history", "since"),
    [
        ([], None),
        ([("routine", PACK, date(2025, 1, 1))], None),
        ([("enhanced", PACK, date(2025, 9, 1))], None),  # later than asked about
        ([("enhanced", PACK, date(2025, 1, 1)), ("routine", PACK, date(2025, 2, 1))], None),
        ([("enhanced", PACK, date(2025, 1, 1)), ("enhanced", "sqg-2022", date(2025, 2, 1))], None),
        ([("risk-summit", PACK, date(2025, 1, 1)), ("enhanced", PACK, date(2025, 2, 1))], date(2025, 1, 1)),
        ([("enhanced", "qsg-2013", date(2025, 1, 1)), ("enhanced", PACK, date(2025, 2, 1))], date(2025, 2, 1)),
    ],
)
def test_stay_is_unbroken_at_the_levels_of_the_clock_under_one_guidance(
    history: list[tuple[str, str, date]], since: date | None
) -> None:
    found = long_stay(clock("long-stay", PACK), History.of(Dated(*one) for one in history), PACK, date(2025, 6, 1))
    assert (found.since if found else None) == since


@pytest.mark.requirement("LVL-19")
def test_long_stay_is_off_in_2022_until_a_house_switches_it_on() -> None:
    history = History.of([Dated("enhanced", "sqg-2022", date(2023, 1, 1))])
    published = part("sqg-2022", "clocks", Clocks).clock("long-stay")
    assert published and long_stay(published, history, "sqg-2022", date(2025, 1, 1)) is None
    found = long_stay(clock("long-stay", "sqg-2022"), history, "sqg-2022", date(2025, 1, 1))
    assert found and found.is_long


@pytest.mark.requirement("RSK-07")
@pytest.mark.parametrize(
    ("returned", "counting", "not_counting"),
    [
        (date(2025, 1, 31), None, None),  # before it was closed
        (date(2025, 2, 1), 0, None),
        (date(2025, 7, 31), 5, None),
        (date(2025, 8, 1), 6, 6),
        (date(2025, 9, 1), 7, 7),
        (date(2026, 2, 1), 12, 12),
        (date(2026, 2, 2), None, None),
    ],
)
def test_window_of_recurrence_from_end_to_end(returned: date, counting: int | None, not_counting: int | None) -> None:
    for shorter, expected in (("counts", counting), ("does-not-count", not_counting)):
        rule = clock("recurrence", "sqg-2022", shorter=shorter)
        found = recurs(rule, rules().triggers, date(2025, 2, 1), returned)
        assert (found.months if found else None) == expected
    off = clock("recurrence", "sqg-2022").model_copy(update={"is_on": False})
    assert recurs(off, rules().triggers, date(2025, 2, 1), date(2025, 9, 1)) is None


@given(day=DAYS, months=st.integers(0, 40))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    found = later_by(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@pytest.mark.requirement("SUR-09", "PRV-04")
def test_reviews_and_updates_fall_due_in_their_order() -> None:
    clocks = part("sqg-2022", "clocks", Clocks)
    last = {one: date(2026, 1, 5) for one in ClockId}
    found = reviews_due(clocks, "intensive", last, date(2026, 4, 6))
    assert [(one.clock, one.due_on, one.is_overdue) for one in found] == [
        (ClockId.CHAIRS_UPDATE, date(2026, 4, 5), True),
        (ClockId.REGION_UPDATE, date(2026, 4, 5), True),
        (ClockId.LEVEL_REVIEW, None, False),  # at the next meeting, whenever that is
    ]
    assert all(one.source for one in found)
    assert not any(one.is_overdue for one in reviews_due(clocks, "intensive", last, date(2026, 4, 5)))
    assert {one.clock for one in reviews_due(clocks, "enhanced", last, date(2026, 4, 5))} == {
        ClockId.REGION_UPDATE, ClockId.LEVEL_REVIEW,
    }  # fmt: skip
    assert reviews_due(clocks, "routine", last, date(2026, 4, 5)) == ()


@pytest.mark.requirement("LVL-16")
def test_day_set_for_the_next_review_counts_before_the_clock() -> None:
    clocks = part("sqg-2022", "clocks", Clocks)
    found = reviews_due(clocks, "enhanced", {}, date(2026, 4, 6), next_review_on=date(2026, 4, 1))
    first = found[0]
    assert (first.clock, first.due_on, first.is_overdue) == (ClockId.LEVEL_REVIEW, date(2026, 4, 1), True)


@pytest.mark.parametrize("pack", ["qsg-2013", "qsg-2017", "sqg-2022"])
def test_no_clock_of_a_group_or_of_the_house_falls_due_for_a_subject(pack: str) -> None:
    clocks = part(pack, "clocks", Clocks)
    for level in ("routine", "enhanced", "intensive"):
        found = reviews_due(clocks, level, dict.fromkeys(ClockId, date(2014, 1, 6)), date(2026, 4, 7))
        assert {one.clock for one in found} <= {ClockId.REGION_UPDATE, ClockId.CHAIRS_UPDATE, ClockId.LEVEL_REVIEW}
