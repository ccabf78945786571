"""Oversight segments are told with their framework year and compared only within it; recovery support names a director."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.core.risks import (
    RecoverySupport,
    Segment,
    SegmentChange,
    change,
    may_compare,
    names_its_director,
    segment_on,
    support_on,
)

SOURCE = "segmentation table"
FIRST = Segment("2022/23", 3, date(2022, 7, 1), SOURCE, until=date(2023, 4, 1))
SECOND = Segment("2022/23", 4, date(2023, 4, 1), SOURCE, until=date(2025, 6, 26))
LATER = Segment("2025/26", 4, date(2025, 9, 9), SOURCE)


@pytest.mark.requirement("ORG-16")
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 6, 30), None),
        (date(2022, 7, 1), FIRST),
        (date(2023, 3, 31), FIRST),
        (date(2023, 4, 1), SECOND),
        (date(2025, 7, 1), None),
        (date(2026, 1, 1), LATER),
    ],
)
def test_segment_is_the_one_that_counted_on_the_day(day: date, expected: Segment | None) -> None:
    assert segment_on((LATER, FIRST, SECOND), day) == expected


def test_of_two_that_overlap_the_later_counts() -> None:
    corrected = Segment("2025/26", 5, date(2025, 10, 1), SOURCE)
    assert segment_on((LATER, corrected), date(2026, 1, 1)) == corrected


@pytest.mark.requirement("ORG-16")
def test_numbers_are_never_compared_across_framework_years() -> None:
    verdict = may_compare(SECOND, LATER)
    assert not verdict
    assert "2022/23" in verdict.words and "2025/26" in verdict.words
    assert change(SECOND, LATER) is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (FIRST, SECOND, SegmentChange.MORE_SUPPORT),
        (SECOND, FIRST, SegmentChange.LESS_SUPPORT),
        (FIRST, FIRST, SegmentChange.SAME),
    ],
)
def test_within_one_year_a_change_is_told(before: Segment, after: Segment, expected: SegmentChange) -> None:
    assert may_compare(before, after)
    assert change(before, after) is expected


@pytest.mark.requirement("ORG-17")
def test_recovery_support_counts_from_its_first_day_to_the_one_before_its_end() -> None:
    support = RecoverySupport(date(2025, 4, 1), until=date(2026, 4, 1), director="director")
    days = (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [support_on((support,), day) is not None for day in days] == [False, True, True, False]
    assert support_on((RecoverySupport(date(2025, 4, 1)),), date(2030, 1, 1))


@pytest.mark.requirement("ORG-17")
@pytest.mark.parametrize(("director", "known"), [("director", True), ("", False), ("  ", False)])
def test_recovery_support_says_whom_to_consult(director: str, known: bool) -> None:
    assert bool(names_its_director(RecoverySupport(date(2025, 4, 1), director=director))) is known
