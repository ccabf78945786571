"""When a log waits to be looked at: the rule beside a slow twin, counted in meetings and in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.actions.reviewing import LogMeeting, unreviewed
from sightline.core.rulebook.clocks import Clock, ClockId, Unit

ON = date(2026, 3, 2)


def a_clock(value: int = 1, unit: Unit = Unit.MEETINGS, is_on: bool = True) -> Clock:
    """This function will make the clock of a log's review."""
    return Clock(
        id=ClockId.ACTION_REVIEW,
        name="Review",
        value=value,
        unit=unit,
        is_on=is_on,
        says="It is looked at.",
        cites="local",
    )


def met(*days_ago: int, reviewed: tuple[int, ...] = ()) -> list[LogMeeting]:
    """This function will hold meetings so many days ago, the log looked at in some of them."""
    return [LogMeeting(ON - timedelta(days=one), one in reviewed) for one in days_ago]


@pytest.mark.requirement("ACT-04")
@pytest.mark.parametrize(
    ("clock", "meetings", "since"),
    [
        (a_clock(), met(), None),
        (a_clock(), met(30), 1),
        (a_clock(), met(30, reviewed=(30,)), None),
        (a_clock(), met(90, 60, 30, reviewed=(90,)), 2),
        (a_clock(3), met(90, 60, 30, reviewed=(90,)), None),
        (a_clock(2), met(90, 60, 30, reviewed=(90,)), 2),
        (a_clock(is_on=False), met(90, 60, 30), None),
        (None, met(90, 60, 30), None),
        (a_clock(2, Unit.MONTHS), met(90, 30, reviewed=(90,)), 1),
        (a_clock(3, Unit.MONTHS), met(80, 30, reviewed=(80,)), None),
        (a_clock(20, Unit.DAYS), met(30), 1),
        (a_clock(30, Unit.DAYS), met(30), None),  # due today, and not overdue
    ],
)
def test_a_log_waits_as_its_clock_has_it(clock: Clock | None, meetings: list[LogMeeting], since: int | None) -> None:
    found = unreviewed(clock, meetings, ON)
    assert (found.meetings if found else None) == since


def slowly(value: int, meetings: list[LogMeeting]) -> bool:
    """Whether a log waits, by walking back from the newest meeting until it was looked at."""
    count = 0
    for one in sorted(meetings, key=lambda each: each.held_on, reverse=True):
        if any(each.was_reviewed and each.held_on == one.held_on for each in meetings):
            break
        count += 1
    return count >= value


@pytest.mark.requirement("ACT-04")
@settings(max_examples=200, deadline=None)
@given(st.integers(1, 4), st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=8))
def test_a_log_waits_as_walking_back_from_the_newest_meeting_finds(value: int, drawn: list[tuple[int, bool]]) -> None:
    meetings = [LogMeeting(ON - timedelta(days=ago), reviewed) for ago, reviewed in drawn]
    found = unreviewed(a_clock(value), meetings, ON)
    assert (found is not None) is slowly(value, meetings)
    assert unreviewed(a_clock(value), meetings[::-1], ON) == found
    if found is not None and found.last_reviewed_on is not None:
        assert found.last_reviewed_on < found.last_held_on
