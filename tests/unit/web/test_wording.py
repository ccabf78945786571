"""Days, moments and numbers as readers see them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sightline.web import wording


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2026, 3, 3, 14, 30, tzinfo=UTC), "2.30pm on 3 March 2026"),
        (datetime(2026, 7, 3, 14, 30, tzinfo=UTC), "3.30pm on 3 July 2026"),  # summer time in London
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "midnight on 1 July 2026"),
        (datetime(2026, 1, 1, 12, 0, tzinfo=UTC), "midday on 1 January 2026"),
        (datetime(2026, 1, 1, 0, 5, tzinfo=UTC), "12.05am on 1 January 2026"),
        (datetime(2026, 1, 1, 9, 0, tzinfo=UTC), "9am on 1 January 2026"),
        (None, ""),
    ],
)
def test_moments_are_written_as_london_clocks_show_them(at: datetime | None, says: str) -> None:
    assert wording.moment(at) == says


def test_days_and_months_are_written_in_words() -> None:
    assert wording.day(date(2026, 3, 3)) == "3 March 2026"
    assert wording.month(date(2025, 3, 1)) == "March 2025"
    assert wording.short_month(date(2025, 3, 1)) == "Mar 2025"
    assert wording.day(datetime(2026, 3, 31, 23, 30, tzinfo=UTC)) == "1 April 2026"
    assert wording.day(None) == wording.month(None) == ""


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "says"),
    [
        (1234567, None, "", "1,234,567"),
        (94.25, 1, "%", "94.2%"),
        (94.0, 1, "per cent", "94.0%"),
        (3.456, None, "per 1,000", "3.46 per 1,000"),
        (1500, 0, "£", "£1,500"),
        (-1500, 0, "£", "−£1,500"),
        (-2.5, 1, "%", "−2.5%"),
        (-0.001, 1, "", "0.0"),
        (0, None, "days", "0 days"),
        (None, 1, "%", "no figure"),
        (float("nan"), 1, "%", "no figure"),
        (float("inf"), 1, "", "no figure"),
    ],
)
def test_numbers_carry_their_thousands_and_unit(
    value: float | None, decimals: int | None, unit: str, says: str
) -> None:
    assert wording.number(value, decimals, unit) == says


def test_counts_agree_with_their_noun() -> None:
    assert [wording.plural(count, "period") for count in (0, 1, 2)] == ["0 periods", "1 period", "2 periods"]
    assert wording.plural(1200, "body", "bodies") == "1,200 bodies"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Monitor staffing", "Monitor staffing."),
        ("Who waits?", "Who waits?"),
        ("Count them. ", "Count them."),
        ("…", "…"),
    ],
)
def test_somebodys_words_end_as_a_sentence_before_others_follow(words: str, sentence: str) -> None:
    assert wording.ended(words) == sentence
