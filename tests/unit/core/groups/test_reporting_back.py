"""When a sub-group reports back, and that no group reports to itself (GRP-11)."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.core.groups.reporting_back import Pace, Rhythm, goes_round, next_due, pace, problems

FIRST = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("rhythm", "reported", "due"),
    [
        (Rhythm(FIRST), None, FIRST),
        (Rhythm(FIRST), FIRST, None),
        (Rhythm(FIRST, 1), FIRST, date(2026, 2, 28)),
        (Rhythm(FIRST, 3), date(2026, 1, 10), date(2026, 4, 10)),
        (Rhythm(FIRST, 3, date(2026, 3, 1)), FIRST, date(2026, 3, 1)),
        (Rhythm(FIRST, 3, date(2026, 3, 1)), date(2026, 3, 1), None),
        (Rhythm(FIRST, None, date(2026, 6, 1)), FIRST, date(2026, 6, 1)),
        (Rhythm(FIRST, None, date(2026, 6, 1)), date(2026, 6, 2), None),
    ],
)
def test_given_a_rhythm_and_the_last_report_then_the_next_is_due_in_time(
    rhythm: Rhythm, reported: date | None, due: date | None
) -> None:
    assert next_due(rhythm, reported) == due


@pytest.mark.parametrize(
    ("due", "stands"),
    [
        (None, Pace.DONE),
        (date(2026, 1, 14), Pace.OVERDUE),
        (date(2026, 1, 15), Pace.SOON),
        (date(2026, 2, 12), Pace.SOON),
        (date(2026, 2, 13), Pace.LATER),
    ],
)
def test_given_the_day_on_which_it_is_due_then_it_is_overdue_from_the_day_after(due: date | None, stands: Pace) -> None:
    assert pace(due, date(2026, 1, 15)) is stands


@pytest.mark.parametrize("rhythm", [Rhythm(FIRST, 0), Rhythm(FIRST, 25), Rhythm(FIRST, 1, date(2026, 1, 30))])
def test_given_what_cannot_be_then_it_is_said(rhythm: Rhythm) -> None:
    assert problems(rhythm)
    assert not problems(Rhythm(FIRST, 1, FIRST))


@pytest.mark.parametrize(
    ("parent", "parents", "round_"),
    [
        ("b", {}, False),
        ("a", {}, True),
        ("b", {"b": "c", "c": "d"}, False),
        ("b", {"b": "a"}, True),
        ("b", {"b": "c", "c": "a"}, True),
        ("b", {"b": "c", "c": "b"}, True),  # a circle of others would never end
        ("b", {"a": "d", "d": "b"}, False),  # what the group reports to now is replaced, and is no way back
    ],
)
def test_given_who_reports_to_whom_then_no_group_comes_to_report_to_itself(
    parent: str, parents: dict[str, str], round_: bool
) -> None:
    assert goes_round("a", parent, parents) is round_
